// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <sys/types.h>

namespace support {

/// A certificate of its own authority with its key, made for one test.
struct Certificate {
  std::filesystem::path file;  ///< also what a client trusts
  std::filesystem::path key;
};
/// `host` is the name it is made out to.
[[nodiscard]] Certificate make_certificate(const std::filesystem::path& folder,
                                           const std::string& host);

/// A real mail server (aiosmtpd) on a free port, ended with the object. Recipients that begin with
/// `unknown` get 550, `busy` 451 once, `always-busy` 452, `spam` 554 after the text; a sender that
/// begins with `stranger` gets 553; all others are accepted.
class SmtpServer {
 public:
  explicit SmtpServer(std::filesystem::path folder, const std::vector<std::string>& options = {});
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer(SmtpServer&&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  SmtpServer& operator=(SmtpServer&&) = delete;
  ~SmtpServer();

  [[nodiscard]] static bool installed();
  [[nodiscard]] int port() const { return port_; }
  /// What was accepted, in its order, as Python's mail reader decodes it.
  [[nodiscard]] std::vector<nlohmann::json> mails() const;
  /// How often a recipient was offered.
  [[nodiscard]] int asked(const std::string& address) const;

 private:
  std::filesystem::path folder_;
  pid_t process_ = -1;
  int port_ = 0;
};

}  // namespace support
