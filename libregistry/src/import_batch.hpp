// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "database.hpp"
#include "import_flow.hpp"
#include "registry/import_desk.hpp"
#include "sql_types.hpp"

namespace registry {

/// Whether a batch keeps what it would write, or has written it already.
enum class Keeping : std::uint8_t { ForApproval, Applied };

/// Writes the changes of one batch as they are found.
class ChangeWriter : Pinned {
 public:
  ChangeWriter(Database& database, BatchId batch, Keeping keeping);
  void add(const FoundChange& change);
  [[nodiscard]] long long count() const { return ordinal_; }

 private:
  BatchId batch_;
  Keeping keeping_;
  long long ordinal_ = 0;
  long long line_ = 0;
  std::string person_;
  std::string kinds_;
  std::string fields_;
  std::string before_;
  std::string after_;
  std::string after_hash_;
  soci::statement insert_;
};

/// One change as stored.
struct StoredChange {
  long long ordinal = 0;
  BatchChange change;
  std::string before;
  std::string after;
  std::string after_hash;
};

enum class Direction : std::uint8_t { Forward, Backward };

/// Calls `use` for every change of a batch, a few at a time; `use` may write.
void for_each_change(soci::session& sql, const BatchId& batch, Direction direction,
                     const std::function<void(const StoredChange&)>& use);

void insert_batch(Database& database, const BatchSummary& summary);
/// Once the whole file has been compared.
void store_report(soci::session& sql, const BatchId& batch, const ImportReport& report);
void update_state(soci::session& sql, const BatchSummary& summary);
/// Throws `InputError` when there is no such batch.
[[nodiscard]] BatchSummary load_batch(soci::session& sql, const BatchId& batch);
[[nodiscard]] std::vector<BatchSummary> load_batches(soci::session& sql);
[[nodiscard]] ImportReport load_report(soci::session& sql, const BatchId& batch);

/// What a batch says of people known before; of those not left out.
[[nodiscard]] ImportDiff load_diff(soci::session& sql, const BatchSummary& batch);

void store_ripple(soci::session& sql, const BatchId& batch, const Ripple& ripple);
[[nodiscard]] Ripple load_ripple(soci::session& sql, const BatchId& batch);

/// What an import can make false, as it stands in the store (import_view.cpp).
[[nodiscard]] RegistryView registry_view(soci::session& sql);

}  // namespace registry
