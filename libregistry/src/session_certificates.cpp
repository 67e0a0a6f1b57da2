// SPDX-License-Identifier: Apache-2.0
// Care, disability and disease files against the store: per person, the certificates that one kind
// of file gave are replaced by those of the file.
#include <algorithm>

#include "import_counts.hpp"
#include "import_flow.hpp"
#include "import_sheet.hpp"
#include "registry/import_desk.hpp"

namespace registry {
namespace {

using Rows = std::vector<const CertificateRow*>;

bool take_equal(std::vector<Certificate>& from, const Certificate& wanted) {
  const auto found = std::ranges::find(from, wanted);
  if (found == from.end()) {
    return false;
  }
  from.erase(found);
  return true;
}

bool take_same_kind(std::vector<Certificate>& from, const Certificate& wanted) {
  const auto found = std::ranges::find_if(from, [&](const Certificate& stored) {
    return stored.kind == wanted.kind && stored.scheme == wanted.scheme;
  });
  if (found == from.end()) {
    return false;
  }
  from.erase(found);
  return true;
}

/// Compares the rows of a file with what is stored. A row that equals a stored certificate is
/// unchanged; one of the same kind and scheme replaces a stored one; others are new. What is left
/// over of the stored ones ends.
class CertificateComparison : Pinned {
 public:
  CertificateComparison(const Comparison& comparison, const ImportReport& parsed)
      : comparison_(comparison), report_(continued(parsed)) {}

  void take(const PersonId& person, const Rows& rows) {
    FoundChange change;
    change.person = person;
    change.line = rows.front()->line;
    change.before = comparison_.target.image(person);
    const WelfareState before = welfare_from_image(change.before);
    WelfareState after = before;
    after.certificates.clear();
    count_rows(before, rows, after);
    change.difference = difference(before, after, comparison_.on);
    change.after = to_image(after);
    if (change.after != change.before) {
      comparison_.found(change);
    }
  }

  /// People of the store whom a full file does not name lose what this kind of file gave them.
  void end_missing(const std::map<PersonId, Rows>& named) {
    const auto stored = stored_certificates(
        comparison_.database.sql(), {.source = certificate_source(comparison_.kind), .person = {}});
    for (const auto& [person, certificates] : stored) {
      if (named.contains(person)) {
        continue;
      }
      FoundChange change;
      change.person = person;
      change.before = comparison_.target.image(person);
      const WelfareState before = welfare_from_image(change.before);
      WelfareState after = before;
      after.certificates.clear();
      change.difference = difference(before, after, comparison_.on);
      change.after = to_image(after);
      missing_ += before.certificates.size();
      comparison_.found(change);
    }
  }

  void reject(Rejected rejected) { report_.rejected.push_back(std::move(rejected)); }

  [[nodiscard]] ImportReport finish() {
    if (ended_ > 0) {
      report_.notes.push_back("ファイルで名前の挙がった人の、ファイルにない認定・手帳 " +
                              std::to_string(ended_) + " 件を外しました。");
    }
    if (missing_ > 0) {
      report_.notes.push_back("全件のファイルに名前のない人の認定・手帳 " +
                              std::to_string(missing_) + " 件を外しました。");
    }
    return report_;
  }

 private:
  /// Counts each row by what it changes and gathers the state after all of them.
  void count_rows(const WelfareState& before, const Rows& rows, WelfareState& after) {
    std::vector<Certificate> unmatched = before.certificates;
    std::vector<Change> changes;
    for (const CertificateRow* row : rows) {
      changes.push_back(take_equal(unmatched, row->certificate) ? Change::Unchanged
                                                                : Change::Added);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const CertificateRow& row = *rows[i];
      if (changes[i] == Change::Added && take_same_kind(unmatched, row.certificate)) {
        changes[i] = Change::Changed;
      }
      const LivingPlace place = row.living_place.value_or(after.living_place);
      const Mobility mobility = row.mobility.value_or(after.mobility);
      const bool news = place != after.living_place || mobility != after.mobility;
      if (news && changes[i] == Change::Unchanged) {
        changes[i] = Change::Changed;
      }
      after.living_place = place;
      after.mobility = mobility;
      after.certificates.push_back(row.certificate);
      count(report_, changes[i]);
    }
    ended_ += unmatched.size();
  }

  const Comparison& comparison_;
  ImportReport report_;
  std::size_t ended_ = 0;
  std::size_t missing_ = 0;
};

}  // namespace

ImportReport compare(const ParsedRows<CertificateRow>& rows, const Comparison& comparison) {
  PersonMatcher matcher(comparison.database, comparison.questions);
  CertificateComparison pass(comparison, rows.report);
  std::map<PersonId, Rows> by_person;
  std::vector<std::size_t> restored;
  std::vector<std::size_t> waiting;
  for (const CertificateRow& row : rows.rows) {
    const auto match = matcher.find(row.line, row.resident_no, row.identity);
    if (match.restored) {
      restored.push_back(row.line);
    }
    if (match.asked) {
      pass.reject(waiting_row(row.line));
      waiting.push_back(row.line);
    } else if (!match.person) {
      pass.reject(unknown_person(row.line, "宛名番号"));
    } else {
      by_person[*match.person].push_back(&row);
    }
  }
  for (const auto& [person, its_rows] : by_person) {
    pass.take(person, its_rows);
  }
  if (comparison.full) {
    pass.end_missing(by_person);
  }
  ImportReport report = pass.finish();
  note_lines(report, "宛名番号: 台帳の桁数に合わせて先頭の0を補いました", restored);
  report.queued = waiting.size();
  return report;
}

ImportReport Session::import_care(const ParsedRows<CertificateRow>& rows) {
  return ImportDesk(*this).import_now(ImportKind::Care, rows, {}).report;
}

ImportReport Session::import_disability(const ParsedRows<CertificateRow>& rows) {
  return ImportDesk(*this).import_now(ImportKind::Disability, rows, {}).report;
}

}  // namespace registry
