// SPDX-License-Identifier: Apache-2.0
#include "message_store.hpp"

#include "stored_rows.hpp"

namespace registry {
namespace {

template <class Record, class Field>
void message_fields(Record& message, Field field) {
  field("id", message.id);
  field("event", message.event);
  field("purpose", message.purpose);
  field("audience", message.audience);
  field("recipient", message.recipient);
  field("address", message.address);
  field("revision", message.revision);
  field("subject", message.subject);
  field("body", message.body);
  field("expires_at", message.expires_at);
  field("composed_at", message.composed_at);
  field("composed_by", message.composed_by);
}

template <class Record, class Field>
void state_fields(Record& state, Field field) {
  field("message", state.message);
  field("state", state.state);
  field("detail", state.detail);
  field("attempts", state.attempts);
  field("not_before", state.not_before);
  field("at", state.at);
}

constexpr const char* kInsertMessage = R"sql(
  INSERT INTO message (id, event, purpose, audience, recipient, address, revision, subject, body,
    expires_at, composed_at, composed_by)
  VALUES (:id, :event, :purpose, :audience, :recipient, :address, :revision, :subject, :body,
    :expires_at, :composed_at, :composed_by)
)sql";

constexpr const char* kInsertState = R"sql(
  INSERT INTO message_state (message, state, detail, attempts, not_before, at)
  VALUES (:message, :state, :detail, :attempts, :not_before, :at)
)sql";

}  // namespace

MessageWriter::MessageWriter(soci::session& sql)
    : insert_message_(prepared(sql, kInsertMessage,
                               [this](soci::statement& statement) {
                                 message_fields(std::as_const(message_), binder(statement));
                               })),
      insert_person_(
          prepared(sql, "INSERT INTO message_person (message, person) VALUES (:message, :person)",
                   [this](soci::statement& statement) {
                     const auto bind = binder(statement);
                     bind("message", std::as_const(message_.id));
                     bind("person", std::as_const(person_));
                   })),
      insert_state_(prepared(sql, kInsertState, [this](soci::statement& statement) {
        state_fields(std::as_const(state_), binder(statement));
      })) {}

void MessageWriter::write(const MessageRecord& message, const std::vector<PersonId>& people) {
  message_ = message;
  insert_message_.execute(true);
  for (const PersonId& person : people) {
    person_ = person;
    insert_person_.execute(true);
  }
}

void MessageWriter::write(const StoredState& state) {
  state_ = state;
  insert_state_.execute(true);
}

std::vector<Addressee> stored_addressees(soci::session& sql, const MessageRequest& request) {
  Addressee addressee;
  return stored_rows(
      sql,
      "SELECT recipient, address, revision FROM message "
      "WHERE event = :event AND purpose = :purpose",
      [&](soci::statement& statement) {
        statement.exchange(soci::into(std::get<0>(addressee)));
        statement.exchange(soci::into(std::get<1>(addressee)));
        statement.exchange(soci::into(std::get<2>(addressee)));
        const auto bind = binder(statement);
        bind("event", request.event);
        bind("purpose", request.purpose);
      },
      [&] { return addressee; });
}

std::vector<QueuedMessage> stored_queue(soci::session& sql, const EventId& event) {
  QueuedMessage queued;
  return stored_rows(
      sql,
      std::string(R"sql(
      SELECT m.id, m.event, m.purpose, m.audience, m.recipient, m.address, m.revision, m.subject,
             m.body, m.expires_at, m.composed_at, m.composed_by,
             s.message, s.state, s.detail, s.attempts, s.not_before, s.at
      FROM message_state s JOIN message m ON m.id = s.message
      WHERE s.state = 'queued'
        AND NOT EXISTS (SELECT 1 FROM message_state n
                        WHERE n.message = s.message AND n.number > s.number)
    )sql") +
          (event.empty() ? "" : " AND m.event = :only") + " ORDER BY s.not_before, s.number",
      [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        message_fields(queued.message, receive);
        state_fields(queued.now, receive);
        if (!event.empty()) {
          statement.exchange(soci::use(event, "only"));
        }
      },
      [&] { return queued; });
}

std::optional<StoredState> stored_state(soci::session& sql, const MessageId& id) {
  StoredState state;
  soci::statement rows =
      prepared(sql,
               "SELECT message, state, detail, attempts, not_before, at FROM message_state "
               "WHERE message = :id ORDER BY number DESC",
               [&](soci::statement& statement) {
                 state_fields(state, receiver(statement));
                 statement.exchange(soci::use(id, "id"));
               });
  rows.execute();
  return rows.fetch() ? std::optional(state) : std::nullopt;
}

std::vector<PersonId> people_of(soci::session& sql, const MessageId& id) {
  PersonId person;
  return stored_rows(
      sql, "SELECT person FROM message_person WHERE message = :id ORDER BY person",
      [&](soci::statement& statement) {
        statement.exchange(soci::into(person));
        statement.exchange(soci::use(id, "id"));
      },
      [&] { return person; });
}

std::vector<OutboxLine> stored_outbox(soci::session& sql) {
  OutboxLine stored;
  long long messages = 0;
  return stored_rows(
      sql, R"sql(
      SELECT m.event, m.purpose, m.audience, m.revision, s.state, s.detail, count(*)
      FROM message_state s JOIN message m ON m.id = s.message
      WHERE NOT EXISTS (SELECT 1 FROM message_state n
                        WHERE n.message = s.message AND n.number > s.number)
      GROUP BY m.event, m.purpose, m.audience, m.revision, s.state, s.detail
      ORDER BY m.event, m.purpose, m.audience, m.revision, s.state, s.detail
    )sql",
      [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        receive("event", stored.event);
        receive("purpose", stored.purpose);
        receive("audience", stored.audience);
        receive("revision", stored.revision);
        receive("state", stored.state);
        receive("detail", stored.detail);
        receive("count", messages);
      },
      [&] {
        OutboxLine line = stored;
        line.messages = static_cast<std::size_t>(messages);
        line.change = line.revision / kRevisionsPerChange;
        line.revision %= kRevisionsPerChange;
        return line;
      });
}

}  // namespace registry
