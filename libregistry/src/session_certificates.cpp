// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "database.hpp"
#include "import_counts.hpp"
#include "list_text.hpp"
#include "person_record.hpp"

namespace registry {
namespace {

using Rows = std::vector<const CertificateRow*>;

/// Replaces the certificates that one kind of file gave a person.
class CertificateWriter : Pinned {
 public:
  CertificateWriter(soci::session& sql, std::string source)
      : source_(std::move(source)),
        remove_(
            (sql.prepare << "DELETE FROM certificate WHERE person = :person AND source = :source",
             soci::use(person_, "person"), soci::use(source_, "source"))),
        insert_(prepared(sql,
                         R"sql(
                           INSERT INTO certificate (person, source, ordinal, kind, scheme, grade,
                                                    parts, issued_on, valid_to)
                           VALUES (:person, :source, :ordinal, :kind, :scheme, :grade, :parts,
                                   :issued_on, :valid_to)
                         )sql",
                         [this](soci::statement& statement) {
                           const auto bind = binder(statement);
                           bind("person", person_);
                           bind("source", source_);
                           bind("ordinal", ordinal_);
                           bind("kind", certificate_.kind);
                           bind("scheme", certificate_.scheme);
                           bind("grade", certificate_.grade);
                           bind("parts", parts_);
                           bind("issued_on", certificate_.issued_on);
                           bind("valid_to", certificate_.valid_to);
                         })),
        state_(prepared(sql,
                        R"sql(
                          UPDATE person
                          SET living_place = coalesce(:living_place, living_place),
                              mobility = coalesce(:mobility, mobility)
                          WHERE id = :person
                            AND (living_place <> coalesce(:living_place, living_place)
                                 OR mobility <> coalesce(:mobility, mobility))
                        )sql",
                        [this](soci::statement& statement) {
                          const auto bind = binder(statement);
                          bind("person", person_);
                          bind("living_place", living_place_);
                          bind("mobility", mobility_);
                        })) {}

  void replace(const PersonId& person, const Rows& rows) {
    person_ = person.value;
    ordinal_ = 0;
    remove_.execute(true);
    for (const CertificateRow* row : rows) {
      certificate_ = row->certificate;
      parts_ = to_json(certificate_.parts);
      insert_.execute(true);
      ++ordinal_;
    }
  }

  /// Where the person lives and how he or she moves, when the row says so. Whether that was news.
  bool update_state(const PersonId& person, const CertificateRow& row) {
    if (!row.living_place && !row.mobility) {
      return false;
    }
    person_ = person.value;
    living_place_ = row.living_place;
    mobility_ = row.mobility;
    state_.execute(true);
    return state_.get_affected_rows() > 0;
  }

 private:
  std::string source_;
  std::string person_;
  int ordinal_ = 0;
  Certificate certificate_;
  std::string parts_;
  std::optional<LivingPlace> living_place_;
  std::optional<Mobility> mobility_;
  soci::statement remove_;
  soci::statement insert_;
  soci::statement state_;
};

/// Compares the rows of a file with what is stored. A row that equals a stored certificate is
/// unchanged; one of the same kind and scheme replaces a stored one; others are new. What is left
/// over of the stored ones ends.
class CertificateImport {
 public:
  CertificateImport(soci::session& sql, const std::string& source, const ImportReport& parsed)
      : writer_(sql, source),
        stored_(stored_certificates(sql, {.source = source, .person = {}})),
        report_(continued(parsed)) {}

  void store(const PersonId& person, const Rows& rows) {
    const std::vector<Certificate> before = stored_[person];
    std::vector<Certificate> unmatched = before;
    std::vector<Change> changes;
    for (const CertificateRow* row : rows) {
      changes.push_back(take_equal(unmatched, row->certificate) ? Change::Unchanged
                                                                : Change::Added);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (changes[i] == Change::Added && take_same_kind(unmatched, rows[i]->certificate)) {
        changes[i] = Change::Changed;
      }
      if (writer_.update_state(person, *rows[i]) && changes[i] == Change::Unchanged) {
        changes[i] = Change::Changed;
      }
      count(report_, changes[i]);
    }
    ended_ += unmatched.size();
    const bool same = std::equal(
        before.begin(), before.end(), rows.begin(), rows.end(),
        [](const Certificate& old, const CertificateRow* row) { return old == row->certificate; });
    if (!same) {
      writer_.replace(person, rows);
    }
  }

  void reject(Rejected rejected) { report_.rejected.push_back(std::move(rejected)); }

  [[nodiscard]] ImportReport finish() {
    if (ended_ > 0) {
      report_.notes.push_back("ファイルで名前の挙がった人の、ファイルにない認定・手帳 " +
                              std::to_string(ended_) + " 件を外しました。");
    }
    return report_;
  }

 private:
  static bool take_equal(std::vector<Certificate>& from, const Certificate& wanted) {
    const auto found = std::find(from.begin(), from.end(), wanted);
    if (found == from.end()) {
      return false;
    }
    from.erase(found);
    return true;
  }

  static bool take_same_kind(std::vector<Certificate>& from, const Certificate& wanted) {
    const auto found = std::find_if(from.begin(), from.end(), [&](const Certificate& stored) {
      return stored.kind == wanted.kind && stored.scheme == wanted.scheme;
    });
    if (found == from.end()) {
      return false;
    }
    from.erase(found);
    return true;
  }

  CertificateWriter writer_;
  std::map<PersonId, std::vector<Certificate>> stored_;
  ImportReport report_;
  std::size_t ended_ = 0;
};

ImportReport import_certificates(Database& database, const ParsedRows<CertificateRow>& rows,
                                 const std::string& source) {
  const auto ids = person_ids(database.sql());
  CertificateImport import(database.sql(), source, rows.report);
  std::map<PersonId, Rows> by_person;
  for (const CertificateRow& row : rows.rows) {
    const auto person = ids.find(row.resident_no);
    if (person == ids.end()) {
      import.reject(unknown_person(row.line, "宛名番号"));
      continue;
    }
    by_person[person->second].push_back(&row);
  }
  for (const auto& [person, its_rows] : by_person) {
    import.store(person, its_rows);
  }
  return import.finish();
}

}  // namespace

ImportReport Session::import_care(const ParsedRows<CertificateRow>& rows) {
  return store_->audited(actor_, Action::ImportCare, [&](AuditNote& note) {
    ImportReport report = import_certificates(*store_, rows, "care");
    note.detail = counts(report);
    return report;
  });
}

ImportReport Session::import_disability(const ParsedRows<CertificateRow>& rows) {
  return store_->audited(actor_, Action::ImportDisability, [&](AuditNote& note) {
    ImportReport report = import_certificates(*store_, rows, "disability");
    note.detail = counts(report);
    return report;
  });
}

}  // namespace registry
