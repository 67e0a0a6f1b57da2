// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "pinned.hpp"
#include "registry/message_desk.hpp"
#include "sql_types.hpp"

namespace registry {

/// A message in the form of the table `message`.
struct MessageRecord {
  MessageId id;
  EventId event;
  MessagePurpose purpose = MessagePurpose::ElderlyEvacuation;
  Audience audience = Audience::Supporter;
  std::string recipient;
  std::string address;
  int revision = 1;
  std::string subject;
  std::string body;
  Instant expires_at;
  Instant composed_at;
  std::string composed_by;
};

/// Where a message stands.
struct StoredState {
  MessageId message;
  MessageState state = MessageState::Queued;
  std::string detail;
  int attempts = 0;
  Instant not_before;
  Instant at;
};

/// A message with its newest state.
struct QueuedMessage {
  MessageRecord message;
  StoredState now;
};

/// Writes messages, whom they speak of, and states, each with one prepared insert.
class MessageWriter : Pinned {
 public:
  explicit MessageWriter(soci::session& sql);
  void write(const MessageRecord& message, const std::vector<PersonId>& people);
  void write(const StoredState& state);

 private:
  MessageRecord message_;
  StoredState state_;
  PersonId person_;
  soci::statement insert_message_;
  soci::statement insert_person_;
  soci::statement insert_state_;
};

/// Stored revisions are those of the request and so many for every change of ways.
inline constexpr int kRevisionsPerChange = 10'000;

/// Recipient, address and stored revision.
using Addressee = std::tuple<std::string, std::string, int>;
/// Whom messages of the event and purpose were written to.
[[nodiscard]] std::vector<Addressee> stored_addressees(soci::session& sql,
                                                       const MessageRequest& request);

/// Everything that is queued, of one event or (empty) of all, in the order of its times.
[[nodiscard]] std::vector<QueuedMessage> stored_queue(soci::session& sql, const EventId& event);

/// Nothing for a message that is not in the outbox.
[[nodiscard]] std::optional<StoredState> stored_state(soci::session& sql, const MessageId& id);

[[nodiscard]] std::vector<PersonId> people_of(soci::session& sql, const MessageId& id);

[[nodiscard]] std::vector<OutboxLine> stored_outbox(soci::session& sql);

}  // namespace registry
