// SPDX-License-Identifier: Apache-2.0
#include "messages/delivery.hpp"

#include <algorithm>

namespace messages {
namespace {

using registry::DeliveryRecord;
using registry::Instant;
using registry::MessageState;
using std::chrono::milliseconds;

constexpr milliseconds kBetweenKnocks{1000};
constexpr std::size_t kAtOnce = 100;  // mails taken out of the store in one go

milliseconds wait_after(int attempt, const RetryRules& rules) {
  milliseconds wait = rules.first;
  for (int i = 1; i < attempt && wait < rules.longest; ++i) {
    wait *= 2;
  }
  return std::min<milliseconds>(wait, rules.longest);
}

/// One run of deliveries.
class Run {
 public:
  Run(registry::MessageDesk& desk, SmtpSender& sender, const DeliveryWorld& world)
      : desk_(desk), sender_(sender), world_(world), left_(sender.config().retry.patience) {}

  DeliveryReport through(const registry::EventId& event) {
    while (report_.stopped.empty()) {
      const auto mails = desk_.due(event, kAtOnce);
      if (!mails.empty()) {
        send_all(mails);
        continue;
      }
      const auto next = desk_.next_due(event);
      if (!next) {
        break;
      }
      const milliseconds wait(next->milliseconds - world_.clock().milliseconds);
      pause(wait, "待つように言われたメールが残っています。あとでもう一度実行してください。");
    }
    return report_;
  }

 private:
  void send_all(const std::vector<registry::OutboxMail>& mails) {
    for (const registry::OutboxMail& each : mails) {
      const SmtpReply reply = send(each);
      if (!report_.stopped.empty()) {
        return;
      }
      const auto record = record_of(each, reply, sender_.config().retry, world_.clock());
      if (record) {
        desk_.record({*record});
        report_.sent += record->state == MessageState::Sent ? 1U : 0U;
        report_.refused += record->state == MessageState::Failed ? 1U : 0U;
        report_.later += record->state == MessageState::Queued ? 1U : 0U;
      }
    }
  }

  /// Tries until there is a server that answers for the mail.
  SmtpReply send(const registry::OutboxMail& mail) {
    for (int attempt = 1;; ++attempt) {
      SmtpReply reply = sender_.send({.id = mail.id.value,
                                      .from = {},
                                      .from_name = {},
                                      .to = mail.address,
                                      .subject = mail.subject,
                                      .text = mail.text,
                                      .at = world_.clock()});
      if (reply.outcome == SmtpOutcome::Misconfigured) {
        report_.stopped = reply.detail;
        report_.misconfigured = true;
      } else if (reply.outcome == SmtpOutcome::Unreachable) {
        // Whatever the rules say: no server is knocked at all the time.
        pause(std::max<milliseconds>(wait_after(attempt, sender_.config().retry), kBetweenKnocks),
              reply.detail);
      }
      if (reply.outcome != SmtpOutcome::Unreachable || !report_.stopped.empty()) {
        return reply;
      }
    }
  }

  void pause(milliseconds wait, const std::string& otherwise) {
    wait = std::max(wait, milliseconds(1));
    if (wait > left_) {
      report_.stopped = otherwise;
      return;
    }
    left_ -= wait;
    world_.wait(wait);
  }

  registry::MessageDesk& desk_;
  SmtpSender& sender_;
  const DeliveryWorld& world_;
  milliseconds left_;
  DeliveryReport report_;
};

}  // namespace

std::optional<DeliveryRecord> record_of(const registry::OutboxMail& mail, const SmtpReply& reply,
                                        const RetryRules& rules, Instant now) {
  const int attempt = mail.attempts + 1;
  switch (reply.outcome) {
    case SmtpOutcome::Accepted:
      return DeliveryRecord{mail.id, MessageState::Sent, reply.detail, {}};
    case SmtpOutcome::Refused:
      return DeliveryRecord{mail.id, MessageState::Failed, reply.detail, {}};
    case SmtpOutcome::TryLater:
      if (attempt >= rules.attempts) {
        return DeliveryRecord{mail.id, MessageState::Failed, reply.detail, {}};
      }
      return DeliveryRecord{mail.id, MessageState::Queued, reply.detail,
                            Instant{now.milliseconds + wait_after(attempt, rules).count()}};
    case SmtpOutcome::Unreachable:
    case SmtpOutcome::Misconfigured:
      break;
  }
  return std::nullopt;
}

DeliveryReport deliver(registry::MessageDesk& desk, SmtpSender& sender,
                       const registry::EventId& event, const DeliveryWorld& world) {
  return Run(desk, sender, world).through(event);
}

}  // namespace messages
