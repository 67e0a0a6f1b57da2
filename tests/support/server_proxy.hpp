// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

namespace support {

/// Stands between a client and the PostgreSQL server whose socket lies in `server`, with a socket
/// of the same name in `folder`; passes everything on until told to lose an answer.
class ServerProxy {
 public:
  ServerProxy(const std::filesystem::path& server, const std::filesystem::path& folder);
  ServerProxy(const ServerProxy&) = delete;
  ServerProxy& operator=(const ServerProxy&) = delete;
  ~ServerProxy();

  /// Passes the next query with this text on, waits for the server's answer and cuts the client off
  /// instead of handing it over.
  void swallow_next_answer_to(const std::string& query);
  [[nodiscard]] bool has_swallowed() const { return swallowed_; }

 private:
  void serve();
  bool pass_on(int client, int server);

  std::filesystem::path real_;
  std::string query_;
  std::atomic<bool> armed_ = false;
  std::atomic<bool> swallowed_ = false;
  int listener_ = -1;
  int end_ = -1;  ///< readable when the proxy is to end
  std::thread thread_;
};

}  // namespace support
