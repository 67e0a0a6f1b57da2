// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "messages/smtp_sender.hpp"
#include "registry/message_desk.hpp"

namespace messages {

/// What becomes of a mail after a reply; nothing when it stays as it is, because the fault is not
/// with it. The n-th wait is `first` × 2ⁿ⁻¹, at most `longest`.
[[nodiscard]] std::optional<registry::DeliveryRecord> record_of(const registry::OutboxMail& mail,
                                                                const SmtpReply& reply,
                                                                const RetryRules& rules,
                                                                registry::Instant now);

struct DeliveryReport {
  std::size_t sent = 0;
  std::size_t refused = 0;  ///< failed for good
  std::size_t later = 0;    ///< times a server said: later
  std::string stopped;      ///< why the rest still waits, in words; empty when all is done
  bool misconfigured = false;
};

/// The world of a run.
struct DeliveryWorld {
  registry::Clock clock;
  std::function<void(std::chrono::milliseconds)> wait;
};

/// Sends what is due of an event (empty: of all), and again what a server puts off, until nothing
/// is left or the rules' patience is at its end; a later run goes on from there. Each mail is
/// recorded before the next is sent: a program that dies sends at most one mail a second time,
/// under the same Message-ID.
[[nodiscard]] DeliveryReport deliver(registry::MessageDesk& desk, SmtpSender& sender,
                                     const registry::EventId& event, const DeliveryWorld& world);

}  // namespace messages
