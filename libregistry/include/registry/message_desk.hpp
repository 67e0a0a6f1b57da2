// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/disclosure.hpp"
#include "registry/event.hpp"
#include "registry/message.hpp"
#include "registry/safety_check.hpp"

namespace registry {

class Session;

using MessageId = TextId<struct MessageTag>;

/// Who is to be told what.
struct MessageRequest {
  EventId event;
  MessagePurpose purpose = MessagePurpose::ElderlyEvacuation;
  std::vector<Audience> audiences;
  int revision = 1;  ///< a message that has to be said anew gets the next one; up to 9999
  /// Only people whose way the event has changed (`EventWayDesk`); no areas are needed then. Each
  /// reader is written to once for every change that concerns him or her.
  bool only_rerouted = false;
  bool whole_city = false;
  std::vector<AreaRef> areas;        ///< whose people are meant
  std::optional<HazardKind> hazard;  ///< which course of a plan names the shelter; nothing = main
  MessageFacts facts;
  SafetyRules safety{};  ///< for who is accounted for already
};

/// Counts that point at nobody.
struct MessageCounts {
  std::size_t supporters = 0;        ///< mails to supporters
  std::size_t registrants = 0;       ///< mails to registrants and families
  std::size_t already = 0;           ///< of both, queued before: not queued again
  std::size_t people = 0;            ///< spoken of
  std::size_t without_address = 0;   ///< supporters without one that can be used
  std::size_t unreachable = 0;       ///< registrants without one
  std::size_t without_consent = 0;   ///< people who agreed to nothing (no decision covers them)
  std::size_t protected_people = 0;  ///< 支援措置: never in a mail
  std::size_t accounted_for = 0;     ///< safe by the reports of the event: nobody goes to them
};

/// A message on its way out.
struct OutboxMail {
  MessageId id;
  std::string address;
  std::string subject;
  std::string text;
  int attempts = 0;  ///< made so far
};

/// What became of one message. `detail` is codes only.
struct DeliveryRecord {
  MessageId id;
  MessageState state = MessageState::Sent;
  std::string detail;
  std::optional<Instant> not_before;  ///< `Queued`: when to try again
};

/// A line of the outbox: how many.
struct OutboxLine {
  EventId event;
  MessagePurpose purpose = MessagePurpose::ElderlyEvacuation;
  Audience audience = Audience::Supporter;
  int revision = 1;
  int change = 0;  ///< of 経路変更: which computation of the event it tells of
  MessageState state = MessageState::Queued;
  std::string detail;
  std::size_t messages = 0;
};

/// A message that somebody else says did not arrive.
struct BouncedMessage {
  MessageId id;
  std::string status;  ///< RFC 3463, e.g. 5.1.1
};

struct BounceCounts {
  std::size_t recorded = 0;
  std::size_t already = 0;  ///< known as bounced
  std::size_t unknown = 0;  ///< not from this outbox
};

/// The outbox. A desk of a session; every call is audited.
///
/// A supporter is told only of people who are assigned, live in the areas asked for, and have
/// agreed that supporters receive the plan, unless a decision of two people (49条の11③, 49条の15③)
/// covers them: what `decide_access` grants a supporter's own account. In a drill only who agreed
/// to drills counts, and no decision does. Registrants are told of themselves alone, at addresses
/// of their own (連絡先 of kind mail). People under 支援措置 stand in no message and receive none.
/// Mails name where people go today: what the event has closed and which shelters are open counts
/// before the plan. Where a mail sends somebody to a person (高齢者等避難, 避難指示, 安否確認,
/// 経路変更, 避難所開設), people who are accounted for are left out; 無事 counts only if it is not
/// older than the order that stands at the home.
class MessageDesk {
 public:
  explicit MessageDesk(Session& session) : session_(&session) {}

  /// What `queue` would do.
  [[nodiscard]] MessageCounts preview(const MessageRequest& request);
  /// Composes and stores what is not in the outbox yet. Throws `InputError` for a request without
  /// event, audience or areas.
  MessageCounts queue(const MessageRequest& request, const MessageTemplates& templates);

  /// Messages whose time has come, oldest first, at most `most`; of one event, or (empty) of all.
  /// Those that have run out are recorded as failed instead. Everybody they speak of is in the
  /// audit row.
  [[nodiscard]] std::vector<OutboxMail> due(const EventId& event, std::size_t most);
  /// When the next message is due that is not due yet.
  [[nodiscard]] std::optional<Instant> next_due(const EventId& event);
  /// Only what is still queued changes its state by this.
  void record(const std::vector<DeliveryRecord>& records);
  /// A message counts as bounced once, whether it was taken for sent or failed.
  BounceCounts bounce(const std::vector<BouncedMessage>& bounced);

  [[nodiscard]] std::vector<OutboxLine> outbox();

 private:
  Session* session_;
};

}  // namespace registry
