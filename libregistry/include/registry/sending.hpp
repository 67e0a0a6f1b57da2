// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "registry/safety_check.hpp"

namespace registry {

class Session;

/// What somebody recorded of a supporter on the day.
enum class SendStep : std::uint8_t {
  Sent,    ///< 派遣: has been asked and is on the way to a person
  Back,    ///< 戻り: is done, or has turned back
  Cannot,  ///< 行けない: to one person, or (without one) to nobody
  Can      ///< 行ける: takes back 行けない, and is there whatever the usual hours say
};
inline constexpr std::size_t kSendSteps = 4;
[[nodiscard]] std::string_view to_text(SendStep step);

/// One line of the book of supporters who were sent. Lines are only added; the same line may come
/// any number of times.
struct SendEntry {
  std::string uuid;  ///< given by who records it
  SendStep step = SendStep::Sent;
  SupporterId supporter;
  PersonId person;  ///< `Sent`; `Cannot` where it is about one person only
  Instant at;
  std::string note;
  std::string recorded_by;  ///< account, given by the store
};

/// What is known of one supporter on the day.
struct SupporterDay {
  SupporterId supporter;
  std::optional<Instant> since;   ///< on the way, or with the person, since then
  PersonId person;                ///< to whom; empty where the account may not see the person
  bool said_can = false;          ///< 行ける
  bool cannot = false;            ///< 行けない, to nobody
  std::set<PersonId> cannot_to;   ///< 行けない, to these
  std::optional<Instant> last{};  ///< of the newest line
  friend bool operator==(const SupporterDay&, const SupporterDay&) = default;
};

/// Every supporter of the book, by id; lines count in the order of their times, then as written.
[[nodiscard]] std::map<SupporterId, SupporterDay> supporter_days(std::vector<SendEntry> book);

/// Whether a sending has come to its end without 戻り: the person is accounted for by a report that
/// is not older than it.
[[nodiscard]] bool is_over(const SupporterDay& day, const PersonSafety& person);

/// Why a line cannot follow, in Japanese; nothing when it can. Refused: a time before the event, in
/// the future or before an earlier line of the supporter; sending somebody who is under way or has
/// said 行けない; 戻り of somebody who was not sent.
[[nodiscard]] std::optional<std::string> fault_of(const SendEntry& entry, const SupporterDay& day,
                                                  const DisasterEvent& event, Instant now);

/// What recording a line did.
struct SendDone {
  bool stored = false;             ///< false: a repeat, or on the way to this person already
  std::optional<EvacLevel> level;  ///< the highest order in force at the person's home
};

/// 支援者の派遣. A desk of a session.
class SendingDesk {
 public:
  SendingDesk(Session& session, SafetyRules rules) : session_(&session), rules_(rules) {}

  /// Throws `InputError` with `fault_of`, for an unknown supporter or person, and for a number that
  /// another line bears; `AccessRefused` for a person the account may not see; `DisclosureRefused`
  /// for an event that is not open.
  SendDone record(const EventId& event, SendEntry entry);
  /// Supporters with a line in the book, in the order of their ids. Who is with a person who is
  /// accounted for is free again.
  [[nodiscard]] std::vector<SupporterDay> days(const EventId& event);

 private:
  Session* session_;
  SafetyRules rules_;
};

}  // namespace registry
