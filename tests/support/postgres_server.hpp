// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace support {

/// A PostgreSQL 15 server of the tests' own: a cluster in a temporary folder, reached through a
/// Unix socket in it and through loopback, with password. Runs as the system user `postgres` when
/// we are root, which PostgreSQL refuses to be. Dies with the process that started it, however that
/// ends. Keeps the safe settings (fsync): what is tested is what a city runs.
class PostgresServer {
 public:
  /// Whether the programs of PostgreSQL 15 are on this machine.
  [[nodiscard]] static bool installed();

  /// Makes the cluster in `folder`, which must not exist, and waits until it answers.
  explicit PostgresServer(std::filesystem::path folder);
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  /// Stops the server and removes the folder.
  ~PostgresServer();

  /// Kills the server as a power cut would, and starts it again.
  void crash_and_restart();

 private:
  void make_cluster() const;
  void start();
  void stop(int signal);

  std::filesystem::path folder_;
  pid_t process_ = -1;
};

/// A database of its own on the server whose folder is given; made at once, dropped at the end.
class PostgresDatabase {
 public:
  enum class Order { Bytes, Language };  ///< how it sorts: as a store needs it, or not

  explicit PostgresDatabase(std::filesystem::path server, Order order = Order::Bytes);
  /// A copy, as of now; nobody may be connected to the original.
  PostgresDatabase(const PostgresDatabase& original);
  PostgresDatabase& operator=(const PostgresDatabase&) = delete;
  ~PostgresDatabase();

  /// What libpq needs, password included.
  [[nodiscard]] std::string connection() const;
  /// Runs SQL behind the registry's back, as the server's administrator; the first value of the
  /// answer, if any.
  std::string run(const std::string& sql) const;
  /// Cuts every connection to it.
  void cut_connections() const;

  static constexpr const char* kPassword = "test-canary-4711";

 private:
  std::filesystem::path server_;
  std::string name_;
};

}  // namespace support
