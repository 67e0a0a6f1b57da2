// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <chrono>
#include <memory>
#include <string>

#include "dialect.hpp"
#include "pinned.hpp"
#include "registry/registry.hpp"

namespace registry {

/// What differs between the databases a store can lie in. One connection, one thread. Errors leave
/// as SOCI's or as ours.
class Backend : Pinned {
 public:
  virtual ~Backend() = default;
  Backend(const Backend&) = delete;
  Backend(Backend&&) = delete;
  Backend& operator=(const Backend&) = delete;
  Backend& operator=(Backend&&) = delete;

  [[nodiscard]] soci::session& sql() { return sql_; }

  /// Version of the tables, 0 before there are any.
  [[nodiscard]] virtual int version() = 0;
  /// What has to be there before the tables of a new store, within the transaction that makes them.
  virtual void prepare_tables() = 0;
  /// Marks the tables as being of this version, within the transaction that makes them so.
  virtual void mark_version(int version) = 0;
  /// Takes back what creating a store has left, after it failed.
  virtual void discard() noexcept = 0;

  /// Begins a transaction as the only writer; waits for another one as long as patience lasts.
  virtual void begin() = 0;
  /// Returns when the transaction is durable. Throws `Error` when it is not, or nobody can know.
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  /// Undoes what came after `SAVEPOINT part`. False when that is not possible any more: then the
  /// whole transaction is lost.
  [[nodiscard]] bool undo_part() noexcept;
  /// To be called before reading outside a transaction: connects again where that was lost.
  virtual void make_ready() = 0;

  /// One statement without values, in our words.
  virtual void run(const std::string& statement) = 0;
  [[nodiscard]] virtual Dialect dialect() const = 0;

  /// Remembers an error after which nothing may be acknowledged any more.
  virtual void note(const soci::soci_error& error) = 0;

 protected:
  Backend() = default;
  soci::session sql_;  // NOLINT: the two backends open and close it
};

enum class OpenMode { Create, Open };

/// What both backends need to be opened.
struct BackendNeeds {
  const StoreKey* key;
  std::chrono::milliseconds patience;
  OpenMode mode;
};

[[nodiscard]] std::unique_ptr<Backend> open_sqlite(const std::filesystem::path& file,
                                                   const BackendNeeds& needs);
[[nodiscard]] std::unique_ptr<Backend> open_postgres(const PostgresLocation& location,
                                                     const BackendNeeds& needs);

}  // namespace registry
