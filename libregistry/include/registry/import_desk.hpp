// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registry/import_diff.hpp"
#include "registry/registry.hpp"

namespace registry {

using BatchId = TextId<struct BatchTag>;

/// preview → approve → apply → revert; a preview nobody wants is dropped.
enum class BatchState : std::uint8_t { Previewed, Approved, Applied, Reverted, Dropped };
[[nodiscard]] std::string_view to_text(BatchState state);  ///< 確認待ち, 承認済み, ...

/// How a file is to be taken.
struct ImportManner {
  std::string mapping = {};     ///< name of the mapping file, for the record
  bool full = false;            ///< the file names everybody: who is not in it is missing
  std::optional<Date> on = {};  ///< the day of the file; without it the day of the call in Tokyo
};

struct BatchSummary {
  BatchId id;
  ImportKind kind = ImportKind::Residents;
  BatchState state = BatchState::Previewed;
  std::string mapping;
  bool full = false;
  Date on{};
  Instant previewed_at;
  std::string previewed_by;
  std::optional<Instant> approved_at;
  std::string approved_by;
  std::optional<Instant> applied_at;
  std::string applied_by;
  std::optional<Instant> reverted_at;
  std::string reverted_by;
};

/// One person's change as it stands in a batch; no names.
struct BatchChange {
  PersonId person;
  std::size_t line = 0;  ///< of the file; 0 = nobody's row (missing from a full file)
  std::vector<ChangeKind> kinds;
  std::vector<std::string> fields;
  std::string excluded_by;  ///< empty = not left out
};

struct BatchDetail {
  BatchSummary summary;
  ImportReport report;
  std::vector<BatchChange> changes;
  /// What it made false, or, before it is applied, what it would make false now.
  Ripple ripple;
  /// Number of changes by kind, people left out not counted.
  [[nodiscard]] std::map<ChangeKind, std::size_t> counts() const;
};

struct AppliedBatch {
  BatchId id;
  ImportReport report;
  Ripple ripple;
  std::size_t plans_to_review = 0;  ///< plans that went to 要見直し
};

/// City files about people as reviewed diffs (domain §8.5). Every call is one transaction with its
/// audit row. Borrows the session.
class ImportDesk {
 public:
  explicit ImportDesk(Session& session) : session_(&session) {}

  /// Compares with the store and keeps the comparison; the store's people stay as they are.
  BatchId preview(const ParsedRows<ResidentRow>& rows, const ImportManner& manner);
  /// `kind`: Care, Disability or Intractable.
  BatchId preview(ImportKind kind, const ParsedRows<CertificateRow>& rows,
                  const ImportManner& manner);
  BatchId preview(const ParsedRows<VoluntaryRow>& rows, const ImportManner& manner);

  /// Preview, approval and application in one go, by one person.
  AppliedBatch import_now(const ParsedRows<ResidentRow>& rows, const ImportManner& manner);
  AppliedBatch import_now(ImportKind kind, const ParsedRows<CertificateRow>& rows,
                          const ImportManner& manner);
  AppliedBatch import_now(const ParsedRows<VoluntaryRow>& rows, const ImportManner& manner);

  [[nodiscard]] std::vector<BatchSummary> batches();  ///< newest first
  /// Throws `InputError` for a batch that is not there.
  [[nodiscard]] BatchDetail show(const BatchId& batch);
  /// Names for the clerk's own screen; people under 支援措置 are left out.
  [[nodiscard]] std::map<PersonId, std::string> names(const BatchId& batch);

  /// Leaves a person out. Only before approval; throws `InputError` when the person is not in it.
  void exclude(const BatchId& batch, const PersonId& person);
  void approve(const BatchId& batch);
  /// Throws `InputError` and stores nothing when a touched person changed since the preview.
  AppliedBatch apply(const BatchId& batch);
  /// Puts back exactly what stood there. Throws `InputError` and changes nothing when a touched
  /// person changed since, or has records that later work added.
  void revert(const BatchId& batch);
  /// Forgets the contents of a batch that was not applied.
  void drop(const BatchId& batch);

 private:
  Session* session_;
};

}  // namespace registry
