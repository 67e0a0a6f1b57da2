// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace messages {

/// How the connection is protected. `None` is for a relay on the same machine only.
enum class SmtpSecurity { StartTls, Tls, None };

/// How often and when a mail is tried again.
struct RetryRules {
  int attempts = 5;                    ///< then it has failed
  std::chrono::seconds first{60};      ///< doubled with every attempt
  std::chrono::seconds longest{1800};  ///< but never longer
  std::chrono::seconds patience{300};  ///< a run waits this long in all
};

/// The city's mail server and in whose name mail goes out.
struct SmtpConfig {
  std::string host;
  int port = 587;
  SmtpSecurity security = SmtpSecurity::StartTls;
  std::filesystem::path ca_file;  ///< empty = the system's
  std::string user;               ///< empty = no sign-in
  std::filesystem::path password_file;
  std::string hello;  ///< name of this machine for the server
  std::string from;   ///< address
  std::string from_name;
  std::string bounces;  ///< address that undeliverable mail comes back to
  std::chrono::seconds connect_timeout{20};
  std::chrono::seconds reply_timeout{60};
  RetryRules retry;
};

/// Throws `registry::InputError` naming the key for an unknown or missing one, an address that is
/// none, mail in the clear to another machine, or a user without password file.
[[nodiscard]] SmtpConfig parse_smtp_config(std::string_view toml, std::string_view file);

/// First line of the password file. Throws `registry::InputError` when it is not there, empty, or
/// readable by others than its owner.
[[nodiscard]] std::string read_password(const std::filesystem::path& file);

}  // namespace messages
