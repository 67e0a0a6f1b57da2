// SPDX-License-Identifier: Apache-2.0
#include "import_batch.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "list_text.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

std::string codes_of(const std::vector<ChangeKind>& kinds) {
  std::vector<std::string> codes;
  codes.reserve(kinds.size());
  for (const ChangeKind kind : kinds) {
    codes.emplace_back(to_code(kind));
  }
  return to_json(codes);
}

std::vector<ChangeKind> kinds_of(const std::string& codes) {
  std::vector<ChangeKind> kinds;
  for (const std::string& code : texts_from_json(codes)) {
    kinds.push_back(from_code<ChangeKind>(code));
  }
  return kinds;
}

std::string rejected_text(const std::vector<Rejected>& rejected) {
  nlohmann::json list = nlohmann::json::array();
  for (const Rejected& row : rejected) {
    list.push_back(nlohmann::json::array({row.line, row.column, row.code, row.message}));
  }
  return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<Rejected> rejected_from(const std::string& text) {
  std::vector<Rejected> rejected;
  for (const nlohmann::json& row : nlohmann::json::parse(text)) {
    rejected.push_back({.line = row.at(0).get<std::size_t>(),
                        .column = row.at(1).get<std::string>(),
                        .code = row.at(2).get<std::string>(),
                        .message = row.at(3).get<std::string>()});
  }
  return rejected;
}

constexpr const char* kSelectBatch = R"sql(
  SELECT id, kind, state, mapping, full_file, as_of, previewed_at, previewed_by, approved_at,
         approved_by, applied_at, applied_by, reverted_at, reverted_by
  FROM import_batch
)sql";

void receive_batch(soci::statement& statement, BatchSummary& batch) {
  statement.exchange(soci::into(batch.id));
  statement.exchange(soci::into(batch.kind));
  statement.exchange(soci::into(batch.state));
  statement.exchange(soci::into(batch.mapping));
  statement.exchange(soci::into(batch.full));
  statement.exchange(soci::into(batch.on));
  statement.exchange(soci::into(batch.previewed_at));
  statement.exchange(soci::into(batch.previewed_by));
  statement.exchange(soci::into(batch.approved_at));
  statement.exchange(soci::into(batch.approved_by));
  statement.exchange(soci::into(batch.applied_at));
  statement.exchange(soci::into(batch.applied_by));
  statement.exchange(soci::into(batch.reverted_at));
  statement.exchange(soci::into(batch.reverted_by));
}

/// The next few changes after (before) an ordinal.
std::vector<StoredChange> some_changes(soci::session& sql, const BatchId& batch,
                                       Direction direction, long long from) {
  const std::string bound =
      direction == Direction::Forward ? " AND ordinal > :after" : " AND ordinal < :after";
  const std::string order = direction == Direction::Forward ? " ORDER BY ordinal LIMIT 256"
                                                            : " ORDER BY ordinal DESC LIMIT 256";
  StoredChange row;
  long long line = 0;
  std::string kinds;
  std::string fields;
  soci::statement rows = prepared(
      sql,
      "SELECT ordinal, person, line, kinds, fields, before_image, after_image, after_hash, "
      "excluded_by FROM import_change WHERE batch = :batch" +
          bound + order,
      [&](soci::statement& statement) {
        statement.exchange(soci::into(row.ordinal));
        statement.exchange(soci::into(row.change.person));
        statement.exchange(soci::into(line));
        statement.exchange(soci::into(kinds));
        statement.exchange(soci::into(fields));
        statement.exchange(soci::into(row.before));
        statement.exchange(soci::into(row.after));
        statement.exchange(soci::into(row.after_hash));
        statement.exchange(soci::into(row.change.excluded_by));
        statement.exchange(soci::use(batch, "batch"));
        statement.exchange(soci::use(from, "after"));
      });
  std::vector<StoredChange> changes;
  rows.execute();
  while (rows.fetch()) {
    row.change.line = static_cast<std::size_t>(line);
    row.change.kinds = kinds_of(kinds);
    row.change.fields = texts_from_json(fields);
    changes.push_back(row);
  }
  return changes;
}

bool only(const BatchChange& change, ChangeKind kind) {
  return change.kinds.size() == 1 && change.kinds.front() == kind;
}

/// Kinds for which it matters where the person lived: for the supporters among the residents.
bool leaves_home(const BatchChange& change) {
  return std::ranges::any_of(change.kinds, [](ChangeKind kind) {
    return kind == ChangeKind::Moved || kind == ChangeKind::Died || kind == ChangeKind::Left ||
           kind == ChangeKind::Deleted || kind == ChangeKind::EnteredFacility;
  });
}

}  // namespace

ChangeWriter::ChangeWriter(Database& database, BatchId batch, Keeping keeping)
    : batch_(std::move(batch)),
      keeping_(keeping),
      insert_(prepared(database.sql(), R"sql(
        INSERT INTO import_change (batch, ordinal, person, line, kinds, fields, before_image,
                                   after_image, after_hash, excluded_by)
        VALUES (:batch, :ordinal, :person, :line, :kinds, :fields, :before_image, :after_image,
                :after_hash, '')
      )sql",
                       [this](soci::statement& statement) {
                         const auto bind = binder(statement);
                         bind("batch", batch_);
                         bind("ordinal", ordinal_);
                         bind("person", person_);
                         bind("line", line_);
                         bind("kinds", kinds_);
                         bind("fields", fields_);
                         bind("before_image", before_);
                         bind("after_image", after_);
                         bind("after_hash", after_hash_);
                       })) {}

void ChangeWriter::add(const FoundChange& change) {
  ++ordinal_;
  person_ = change.person.value;
  line_ = static_cast<long long>(change.line);
  kinds_ = codes_of(change.difference.kinds);
  fields_ = to_json(change.difference.fields);
  before_ = change.before;
  after_hash_ = image_hash(change.after);
  after_ = keeping_ == Keeping::ForApproval ? change.after : std::string();
  insert_.execute(true);
}

void for_each_change(soci::session& sql, const BatchId& batch, Direction direction,
                     const std::function<void(const StoredChange&)>& use) {
  long long from = direction == Direction::Forward ? 0 : std::numeric_limits<std::int64_t>::max();
  for (;;) {
    const std::vector<StoredChange> changes = some_changes(sql, batch, direction, from);
    if (changes.empty()) {
      return;
    }
    for (const StoredChange& change : changes) {
      use(change);
    }
    from = changes.back().ordinal;
  }
}

void insert_batch(Database& database, const BatchSummary& summary) {
  database.sql() << R"sql(
    INSERT INTO import_batch (id, kind, state, mapping, encoding, full_file, as_of, rows_read,
                              added, changed, unchanged, rejected, notes, previewed_at,
                              previewed_by, approved_by, applied_by, reverted_by)
    VALUES (:id, :kind, :state, :mapping, '', :full_file, :as_of, 0, 0, 0, 0, '[]', '[]',
            :previewed_at, :previewed_by, '', '', '')
  )sql",
      soci::use(summary.id, "id"), soci::use(summary.kind, "kind"),
      soci::use(summary.state, "state"), soci::use(summary.mapping, "mapping"),
      soci::use(summary.full, "full_file"), soci::use(summary.on, "as_of"),
      soci::use(summary.previewed_at, "previewed_at"),
      soci::use(summary.previewed_by, "previewed_by");
}

void store_report(soci::session& sql, const BatchId& batch, const ImportReport& report) {
  const auto rows_read = static_cast<long long>(report.rows_read);
  const auto added = static_cast<long long>(report.added);
  const auto changed = static_cast<long long>(report.changed);
  const auto unchanged = static_cast<long long>(report.unchanged);
  const std::string rejected = rejected_text(report.rejected);
  const std::string notes = to_json(report.notes);
  sql << R"sql(
    UPDATE import_batch SET encoding = :encoding, rows_read = :rows_read, added = :added,
      changed = :changed, unchanged = :unchanged, rejected = :rejected, notes = :notes
    WHERE id = :id
  )sql",
      soci::use(report.encoding, "encoding"), soci::use(rows_read, "rows_read"),
      soci::use(added, "added"), soci::use(changed, "changed"), soci::use(unchanged, "unchanged"),
      soci::use(rejected, "rejected"), soci::use(notes, "notes"), soci::use(batch, "id");
}

void update_state(soci::session& sql, const BatchSummary& summary) {
  sql << R"sql(
    UPDATE import_batch SET state = :state, approved_at = :approved_at,
      approved_by = :approved_by, applied_at = :applied_at, applied_by = :applied_by,
      reverted_at = :reverted_at, reverted_by = :reverted_by
    WHERE id = :id
  )sql",
      soci::use(summary.state, "state"), soci::use(summary.approved_at, "approved_at"),
      soci::use(summary.approved_by, "approved_by"), soci::use(summary.applied_at, "applied_at"),
      soci::use(summary.applied_by, "applied_by"), soci::use(summary.reverted_at, "reverted_at"),
      soci::use(summary.reverted_by, "reverted_by"), soci::use(summary.id, "id");
}

BatchSummary load_batch(soci::session& sql, const BatchId& batch) {
  BatchSummary summary;
  soci::statement row =
      prepared(sql, std::string(kSelectBatch) + " WHERE id = :id", [&](soci::statement& statement) {
        receive_batch(statement, summary);
        statement.exchange(soci::use(batch, "id"));
      });
  row.execute();
  if (!row.fetch()) {
    throw InputError(
        "この番号の取り込みはありません。tomoni review list で番号を確かめてください。");
  }
  return summary;
}

std::vector<BatchSummary> load_batches(soci::session& sql) {
  BatchSummary summary;
  soci::statement rows =
      prepared(sql, std::string(kSelectBatch) + " ORDER BY previewed_at DESC, id DESC",
               [&](soci::statement& statement) { receive_batch(statement, summary); });
  std::vector<BatchSummary> batches;
  rows.execute();
  while (rows.fetch()) {
    batches.push_back(summary);
  }
  return batches;
}

ImportReport load_report(soci::session& sql, const BatchId& batch) {
  ImportReport report;
  long long rows_read = 0;
  long long added = 0;
  long long changed = 0;
  long long unchanged = 0;
  std::string rejected;
  std::string notes;
  sql << "SELECT encoding, rows_read, added, changed, unchanged, rejected, notes "
         "FROM import_batch WHERE id = :id",
      soci::into(report.encoding), soci::into(rows_read), soci::into(added), soci::into(changed),
      soci::into(unchanged), soci::into(rejected), soci::into(notes), soci::use(batch, "id");
  report.rows_read = static_cast<std::size_t>(rows_read);
  report.added = static_cast<std::size_t>(added);
  report.changed = static_cast<std::size_t>(changed);
  report.unchanged = static_cast<std::size_t>(unchanged);
  report.rejected = rejected_from(rejected);
  report.notes = texts_from_json(notes);
  for (const Rejected& row : report.rejected) {
    report.queued += row.code == "IN_REVIEW_QUEUE" ? 1U : 0U;
  }
  return report;
}

ImportDiff load_diff(soci::session& sql, const BatchSummary& batch) {
  ImportDiff diff;
  for_each_change(sql, batch.id, Direction::Forward, [&](const StoredChange& stored) {
    const BatchChange& change = stored.change;
    if (!change.excluded_by.empty() || only(change, ChangeKind::New) ||
        only(change, ChangeKind::Missing)) {
      return;
    }
    PersonChange known{
        .person = change.person, .kinds = change.kinds, .fields = change.fields, .former = {}};
    if (batch.kind == ImportKind::Residents && leaves_home(change)) {
      known.former = home_keys(to_person(person_from_image(stored.before).record));
    }
    diff.changes.push_back(std::move(known));
  });
  return diff;
}

}  // namespace registry
