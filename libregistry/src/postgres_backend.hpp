// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/postgresql/soci-postgresql.h>

#include <string>

#include "backend.hpp"

namespace registry {

/// A PostgreSQL database. Writers wait for each other at an advisory lock, so that the audit chain
/// has one end. A connection that was lost is made again by the next call.
class PostgresBackend final : public Backend {
 public:
  PostgresBackend(PostgresLocation location, const BackendNeeds& needs);

  [[nodiscard]] int version() override;
  void prepare_tables() override;
  void mark_version(int version) override;
  void discard() noexcept override {}  // the transaction that failed has left nothing
  void begin() override;
  void commit() override;
  void rollback() noexcept override;
  void make_ready() override;
  void run(const std::string& statement) override;
  [[nodiscard]] Dialect dialect() const override { return Dialect::Postgres; }
  void note(const soci::soci_error& error) override;

 private:
  [[nodiscard]] PGconn* connection();
  [[nodiscard]] bool is_lost();
  void connect();
  void check_server();
  void check_identity();
  void begin_alone();
  void settle_lost_commit();

  PostgresLocation location_;
  std::chrono::milliseconds patience_;
  std::string key_mark_;     ///< tells a key from another one, and nothing about it
  bool lost_ = false;        ///< the server has said that the connection ends
  std::string transaction_;  ///< the server's number of the running one; empty outside
};

}  // namespace registry
