// SPDX-License-Identifier: Apache-2.0
#include "registry/person_desk.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "database.hpp"
#include "import_counts.hpp"
#include "list_text.hpp"
#include "needs_store.hpp"
#include "person_gate.hpp"
#include "person_record.hpp"
#include "registry/error.hpp"
#include "row_edit.hpp"
#include "supporter_record.hpp"

namespace registry {
namespace {

std::optional<Person> stored_person(soci::session& sql, const PersonId& id) {
  PersonRecord record;
  soci::statement row =
      prepared(sql, std::string("SELECT ") + kPersonColumns + " FROM person p WHERE p.id = :person",
               [&](soci::statement& statement) {
                 const auto receive = receiver(statement);
                 receive("id", record.person.id);
                 person_columns(record, receive);
                 statement.exchange(soci::use(id, "person"));
               });
  return row.execute(true) ? std::optional(to_person(record)) : std::nullopt;
}

std::vector<RegisterEntry> stored_entries(soci::session& sql, const PersonId& id) {
  std::vector<RegisterEntry> entries;
  RegisterEntry entry;
  std::string clauses;
  soci::statement rows = (sql.prepare << R"sql(
      SELECT kind, joined_on, left_on, clauses FROM register_entry
      WHERE person = :person ORDER BY number
    )sql",
                          soci::into(entry.kind), soci::into(entry.joined_on),
                          soci::into(entry.left_on), soci::into(clauses), soci::use(id, "person"));
  rows.execute();
  while (rows.fetch()) {
    entry.clauses = texts_from_json(clauses);
    entries.push_back(entry);
  }
  return entries;
}

std::vector<std::pair<AreaLevel, std::string>> stored_places(soci::session& sql,
                                                             const PersonId& id) {
  std::vector<std::pair<AreaLevel, std::string>> places;
  AreaLevel level = AreaLevel::Town;
  std::string name;
  soci::statement rows = (sql.prepare << R"sql(
      SELECT pa.level, a.name FROM person_area pa
      JOIN area a ON a.level = pa.level AND a.code = pa.code WHERE pa.person = :person
    )sql",
                          soci::into(level), soci::into(name), soci::use(id, "person"));
  rows.execute();
  while (rows.fetch()) {
    places.emplace_back(level, name);
  }
  std::ranges::sort(places);
  return places;
}

PersonView view_of(soci::session& sql, Person person, FieldSet fields) {
  PersonView view;
  const PersonId id = person.id;
  view.fields = fields;
  view.person = std::move(person);
  keep_only(fields, view.person);
  if (fields.contains(Field::CareData)) {
    view.certificates = stored_certificates(sql, {.source = {}, .person = id.value})[id];
  }
  view.registers = stored_entries(sql, id);
  if (!fields.contains(Field::Reasons)) {
    for (RegisterEntry& entry : view.registers) {
      entry.clauses.clear();
    }
  }
  if (fields.contains(Field::Place)) {
    view.areas = stored_places(sql, id);
  }
  if (fields.contains(Field::Helpers)) {
    view.supporters = stored_links(sql, id.value)[id];
  }
  Revised<Needs> needs = stored_needs(sql, id);
  view.needs = std::move(needs.record);
  view.revision = needs.revision;
  keep_only(fields, view.needs);
  return view;
}

/// One row of the file; the fault it is rejected for, or what became of it.
class NeedsImport : Pinned {
 public:
  NeedsImport(Database& store, const Actor& actor)
      : store_(store),
        actor_(actor),
        gate_(store, actor, Action::ImportNeeds),
        ids_(person_ids(store.sql())) {}

  void take(const NeedsRow& row, ImportReport& report) {
    const auto id = ids_.find(row.resident_no);
    if (id == ids_.end()) {
      report.rejected.push_back(unknown_person(row.line, "宛名番号"));
      return;
    }
    if (!seen_.insert(row.resident_no).second) {
      report.rejected.push_back({row.line, "宛名番号", "DUPLICATE_NUMBER",
                                 "同じ宛名番号の行が前にあります。1行にまとめてください。"});
      return;
    }
    if (!gate_.fields(id->second)) {
      report.rejected.push_back({row.line, "宛名番号", "NOT_PERMITTED",
                                 "この利用者が扱える方ではありません。窓口へ照会してください。"});
      return;
    }
    Revised<Needs> needs = stored_needs(store_.sql(), id->second);
    const Needs before = needs.record;
    for (const auto& [column, cell] : row.cells) {
      if (const auto fault = set_needs_cell(needs.record, column, cell)) {
        report.rejected.push_back({row.line, column, fault->code, fault->message});
        return;
      }
    }
    if (needs.revision > 0 && needs.record == before) {
      count(report, Change::Unchanged);
      return;
    }
    const Change change = needs.revision == 0 ? Change::Added : Change::Changed;
    (void)write_needs(store_, actor_, id->second, needs);
    people_.push_back(id->second);
    count(report, change);
  }

  [[nodiscard]] const std::vector<PersonId>& people() const { return people_; }

 private:
  Database& store_;
  const Actor& actor_;
  PersonGate gate_;
  std::unordered_map<std::string, PersonId> ids_;
  std::unordered_set<std::string> seen_;
  std::vector<PersonId> people_;
};

}  // namespace

PersonDesk::PersonDesk(Session& session) : session_(&session) {}

std::optional<PersonView> PersonDesk::show(const PersonId& person) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowPerson,
                       [&](AuditNote& note) -> std::optional<PersonView> {
                         auto found = stored_person(store.sql(), person);
                         note.detail = found ? "found=1" : "found=0";
                         if (!found) {
                           return std::nullopt;
                         }
                         note.subject = person.value;
                         PersonGate gate(store, actor, Action::ShowPerson);
                         const AccessDecision decision = gate.decide(person);
                         const auto* refusal = std::get_if<AccessRefusal>(&decision);
                         if (refusal != nullptr && *refusal == AccessRefusal::Protected) {
                           note.detail = "closed=1";
                           PersonView view;
                           view.person = protected_row(person);
                           view.closed = true;
                           return view;
                         }
                         const AccessGrant grant = gate.require(person);
                         if (grant.has(Duty::FlagEmergency)) {
                           note.detail += " emergency=1";
                         }
                         return view_of(store.sql(), std::move(*found), grant.fields);
                       });
}

EditResult PersonDesk::edit(const PersonId& person, const Needs& needs, int revision) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::EditPerson, [&](AuditNote& note) {
    if (!stored_person(store.sql(), person)) {
      throw InputError("その番号の方は台帳にいません。番号を確かめてください。");
    }
    PersonGate(store, actor, Action::EditPerson).require(person);
    EditResult result = write_needs(store, actor, person, {needs, revision});
    note.subject = person.value;
    note.detail = "needs " + edit_detail(result);
    return result;
  });
}

ImportReport PersonDesk::import_needs(const ParsedRows<NeedsRow>& rows) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ImportNeeds, [&](AuditNote& note) {
    ImportReport report = continued(rows.report);
    NeedsImport writer(store, actor);
    for (const NeedsRow& row : rows.rows) {
      writer.take(row, report);
    }
    note.people = writer.people();
    note.detail = counts(report);
    return report;
  });
}

}  // namespace registry
