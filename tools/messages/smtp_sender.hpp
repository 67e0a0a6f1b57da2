// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "messages/mail_text.hpp"
#include "messages/smtp_config.hpp"

namespace messages {

/// What a server made of one mail.
enum class SmtpOutcome {
  Accepted,
  TryLater,      ///< 4xx for this mail
  Refused,       ///< 5xx for this mail: final
  Unreachable,   ///< no server, no answer, or 421: nothing is wrong with the mail
  Misconfigured  ///< certificate, sign-in or sender refused: no mail will pass until it is mended
};

struct SmtpReply {
  SmtpOutcome outcome = SmtpOutcome::Unreachable;
  /// Codes of the server (`550 5.1.1`), or what is wrong in words. Never a server's own words,
  /// which repeat addresses.
  std::string detail;
};

/// Sends mail over one connection after the other. The only user of libcurl.
class SmtpSender {
 public:
  /// Reads the password. Throws `registry::InputError` as `read_password` does.
  explicit SmtpSender(const SmtpConfig& config);
  SmtpSender(const SmtpSender&) = delete;
  SmtpSender(SmtpSender&&) = delete;
  SmtpSender& operator=(const SmtpSender&) = delete;
  SmtpSender& operator=(SmtpSender&&) = delete;
  ~SmtpSender();

  [[nodiscard]] const SmtpConfig& config() const { return config_; }
  /// From and name of the sender are the configuration's.
  [[nodiscard]] SmtpReply send(Mail mail);

 private:
  struct Connection;
  SmtpConfig config_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace messages
