// SPDX-License-Identifier: Apache-2.0
#include "registry/message_desk.hpp"

#include <algorithm>
#include <set>

#include "message_recipients.hpp"
#include "message_store.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

constexpr const char* kExpired = "expired";

void require_complete(const MessageRequest& request) {
  if (request.event.empty() || request.audiences.empty()) {
    throw InputError("災害と、だれに送るかを指定してください。");
  }
  if (!request.whole_city && request.areas.empty() && !request.only_rerouted) {
    throw InputError("対象の区域（または市全域）を指定してください。");
  }
  if (request.revision < 1 || request.revision >= kRevisionsPerChange) {
    throw InputError("版は 1 以上 9999 以下です。");
  }
}

/// As it is stored: every change of ways is told anew to those it concerns.
int stored_revision(const MessageRequest& request, const MessageRecipient& recipient) {
  return request.revision + (request.only_rerouted ? recipient.change * kRevisionsPerChange : 0);
}

/// Leaves out whoever has the message already; counts them.
void leave_out_known(soci::session& sql, const MessageRequest& request, MessageRecipients& found) {
  const auto stored = stored_addressees(sql, request);
  const std::set<Addressee> known(stored.begin(), stored.end());
  const std::size_t before = found.list.size();
  std::erase_if(found.list, [&](const MessageRecipient& each) {
    return known.contains({each.id, each.address, stored_revision(request, each)});
  });
  found.counts.already = before - found.list.size();
}

std::string counts_of(const MessageRequest& request, const MessageCounts& counts,
                      std::size_t queued) {
  return "purpose=" + std::string(to_code(request.purpose)) +
         " revision=" + std::to_string(request.revision) + " queued=" + std::to_string(queued) +
         " already=" + std::to_string(counts.already) +
         " protected=" + std::to_string(counts.protected_people);
}

}  // namespace

MessageCounts MessageDesk::preview(const MessageRequest& request) {
  Database& store = SessionInside::store(*session_);
  require_complete(request);
  return store.audited(SessionInside::actor(*session_), Action::QueueMessages,
                       [&](AuditNote& note) {
                         MessageRecipients found = recipients_of(store, request);
                         leave_out_known(store.sql(), request, found);
                         note.detail = "preview " + counts_of(request, found.counts, 0);
                         return found.counts;
                       });
}

MessageCounts MessageDesk::queue(const MessageRequest& request, const MessageTemplates& templates) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  require_complete(request);
  return store.audited(actor, Action::QueueMessages, [&](AuditNote& note) {
    MessageRecipients found = recipients_of(store, request);
    leave_out_known(store.sql(), request, found);
    const Instant now = store.now();
    MessageWriter writer(store.sql());
    std::set<PersonId> people;
    for (const MessageRecipient& each : found.list) {
      const ComposedMessage composed = compose(
          templates, templates.mail(request.purpose, each.audience), request.facts, each.people);
      const MessageRecord message{.id = {store.new_id(now)},
                                  .event = request.event,
                                  .purpose = request.purpose,
                                  .audience = each.audience,
                                  .recipient = each.id,
                                  .address = each.address,
                                  .revision = stored_revision(request, each),
                                  .subject = composed.subject,
                                  .body = composed.text,
                                  .expires_at = {now.milliseconds + templates.valid_ms},
                                  .composed_at = now,
                                  .composed_by = actor.name};
      writer.write(message, composed.people);
      writer.write({.message = message.id,
                    .state = MessageState::Queued,
                    .detail = {},
                    .attempts = 0,
                    .not_before = now,
                    .at = now});
      people.insert(composed.people.begin(), composed.people.end());
    }
    note.detail = counts_of(request, found.counts, found.list.size());
    note.people.assign(people.begin(), people.end());
    return found.counts;
  });
}

std::vector<OutboxMail> MessageDesk::due(const EventId& event, std::size_t most) {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::SendMessages, [&](AuditNote& note) {
    const Instant now = store.now();
    MessageWriter writer(store.sql());
    std::vector<OutboxMail> mails;
    std::set<PersonId> people;
    std::size_t expired = 0;
    for (const QueuedMessage& each : stored_queue(store.sql(), event)) {
      if (each.message.expires_at < now) {
        writer.write({.message = each.message.id,
                      .state = MessageState::Failed,
                      .detail = kExpired,
                      .attempts = each.now.attempts,
                      .not_before = now,
                      .at = now});
        ++expired;
      } else if (each.now.not_before <= now && mails.size() < most) {
        const auto spoken_of = people_of(store.sql(), each.message.id);
        people.insert(spoken_of.begin(), spoken_of.end());
        mails.push_back({each.message.id, each.message.address, each.message.subject,
                         each.message.body, each.now.attempts});
      }
    }
    note.detail = "due=" + std::to_string(mails.size()) + " expired=" + std::to_string(expired);
    note.people.assign(people.begin(), people.end());
    return mails;
  });
}

std::optional<Instant> MessageDesk::next_due(const EventId& event) {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ListMessages, [&](AuditNote& note) {
    const auto queue = stored_queue(store.sql(), event);
    note.detail = "waiting=" + std::to_string(queue.size());
    return queue.empty() ? std::nullopt : std::optional(queue.front().now.not_before);
  });
}

void MessageDesk::record(const std::vector<DeliveryRecord>& records) {
  Database& store = SessionInside::store(*session_);
  store.audited(SessionInside::actor(*session_), Action::SendMessages, [&](AuditNote& note) {
    const Instant now = store.now();
    MessageWriter writer(store.sql());
    std::size_t sent = 0;
    std::size_t failed = 0;
    std::size_t again = 0;
    for (const DeliveryRecord& each : records) {
      const auto before = stored_state(store.sql(), each.id);
      if (!before || before->state != MessageState::Queued) {
        continue;
      }
      writer.write({.message = each.id,
                    .state = each.state,
                    .detail = each.detail,
                    .attempts = before->attempts + 1,
                    .not_before = each.not_before.value_or(now),
                    .at = now});
      sent += each.state == MessageState::Sent ? 1U : 0U;
      failed += each.state == MessageState::Failed ? 1U : 0U;
      again += each.state == MessageState::Queued ? 1U : 0U;
    }
    note.detail = "sent=" + std::to_string(sent) + " failed=" + std::to_string(failed) +
                  " again=" + std::to_string(again);
    return true;
  });
}

BounceCounts MessageDesk::bounce(const std::vector<BouncedMessage>& bounced) {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ListMessages, [&](AuditNote& note) {
    const Instant now = store.now();
    MessageWriter writer(store.sql());
    BounceCounts counts;
    for (const BouncedMessage& each : bounced) {
      const auto before = stored_state(store.sql(), each.id);
      if (!before || before->state == MessageState::Queued) {
        ++counts.unknown;  // nobody can send back what has not been sent
      } else if (before->state == MessageState::Bounced) {
        ++counts.already;
      } else {
        writer.write({.message = each.id,
                      .state = MessageState::Bounced,
                      .detail = each.status,
                      .attempts = before->attempts,
                      .not_before = now,
                      .at = now});
        ++counts.recorded;
      }
    }
    note.detail =
        "bounced=" + std::to_string(counts.recorded) + " unknown=" + std::to_string(counts.unknown);
    return counts;
  });
}

std::vector<OutboxLine> MessageDesk::outbox() {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ListMessages, [&](AuditNote& note) {
    std::vector<OutboxLine> lines = stored_outbox(store.sql());
    note.detail = "lines=" + std::to_string(lines.size());
    return lines;
  });
}

}  // namespace registry
