// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"
#include "import_counts.hpp"
#include "list_text.hpp"
#include "registry/error.hpp"
#include "shelter_merge.hpp"
#include "sql_types.hpp"

namespace registry {
namespace {

/// A shelter in the form of the table `shelter`.
struct ShelterRecord {
  Shelter shelter;
  std::string suited;
  std::string acceptance;
};

/// Calls `field(column, member)` for every column, in the order of the query below.
template <class Record, class Field>
void shelter_fields(Record& record, Field field) {
  auto& shelter = record.shelter;
  field("id", shelter.id);
  field("common_id", shelter.common_id);
  field("name", shelter.name);
  field("name_kana", shelter.name_kana);
  field("address", shelter.address);
  field("phone", shelter.phone);
  field("lat", shelter.position.lat);
  field("lon", shelter.position.lon);
  field("emergency_site", shelter.kinds.emergency_site);
  field("shelter", shelter.kinds.shelter);
  field("designated_welfare", shelter.kinds.designated_welfare);
  field("agreement_welfare", shelter.kinds.agreement_welfare);
  field("suited", record.suited);
  field("rated", shelter.rated);
  field("arrival", shelter.arrival);
  field("acceptance", record.acceptance);
  field("capacity", shelter.capacity);
}

ShelterRecord to_record(const Shelter& shelter) {
  ShelterRecord record{.shelter = shelter, .suited = {}, .acceptance = to_json(shelter.acceptance)};
  for (const bool suited : shelter.suited) {
    record.suited += suited ? '1' : '0';
  }
  return record;
}

Shelter to_shelter(const ShelterRecord& record) {
  Shelter shelter = record.shelter;
  if (record.suited.size() != shelter.suited.size()) {
    throw Error("台帳の避難先の記録が壊れています。控えから戻してください。");
  }
  for (std::size_t i = 0; i < shelter.suited.size(); ++i) {
    shelter.suited.at(i) = record.suited[i] == '1';
  }
  shelter.acceptance = texts_from_json(record.acceptance);
  return shelter;
}

std::vector<Shelter> stored_shelters(soci::session& sql) {
  ShelterRecord record;
  soci::statement rows =
      prepared(sql,
               R"sql(
        SELECT id, common_id, name, name_kana, address, phone, lat, lon, emergency_site, shelter,
               designated_welfare, agreement_welfare, suited, rated, arrival, acceptance, capacity
        FROM shelter ORDER BY id
      )sql",
               [&](soci::statement& statement) { shelter_fields(record, receiver(statement)); });
  std::vector<Shelter> shelters;
  rows.execute();
  while (rows.fetch()) {
    shelters.push_back(to_shelter(record));
  }
  return shelters;
}

class ShelterImport : Pinned {
 public:
  explicit ShelterImport(Database& database)
      : database_(database),
        at_(database.now()),
        stored_(stored_shelters(database.sql())),
        upsert_(prepared(database.sql(),
                         R"sql(
              INSERT OR REPLACE INTO shelter (
                id, common_id, name, name_kana, address, phone, lat, lon, emergency_site, shelter,
                designated_welfare, agreement_welfare, suited, rated, arrival, acceptance, capacity)
              VALUES (
                :id, :common_id, :name, :name_kana, :address, :phone, :lat, :lon, :emergency_site,
                :shelter, :designated_welfare, :agreement_welfare, :suited, :rated, :arrival,
                :acceptance, :capacity)
            )sql",
                         [this](soci::statement& statement) {
                           shelter_fields(std::as_const(record_), binder(statement));
                         })) {}

  Change store(const Shelter& row) {
    const auto found = find_shelter(stored_, row);
    if (!found) {
      stored_.push_back(row);
      stored_.back().id.value = database_.new_id(at_);
      write(stored_.back());
      return Change::Added;
    }
    Shelter& stored = stored_[found->index];
    Shelter result = merged(stored, row, found->match);
    if (same_content(result, stored)) {
      return Change::Unchanged;
    }
    stored = std::move(result);
    write(stored);
    return Change::Changed;
  }

 private:
  void write(const Shelter& shelter) {
    record_ = to_record(shelter);
    upsert_.execute(true);
  }

  Database& database_;
  Instant at_;
  ShelterRecord record_;
  std::vector<Shelter> stored_;
  soci::statement upsert_;
};

}  // namespace

ImportReport Session::import_shelters(const ParsedRows<ShelterRow>& rows) {
  return store_->audited(actor_, Action::ImportShelters, [&](AuditNote& note) {
    ImportReport report = continued(rows.report);
    ShelterImport import(*store_);
    for (const ShelterRow& row : rows.rows) {
      count(report, import.store(row.shelter));
    }
    note.detail = counts(report);
    return report;
  });
}

std::vector<Shelter> Session::shelters() {
  return store_->read([&] { return stored_shelters(store_->sql()); });
}

}  // namespace registry
