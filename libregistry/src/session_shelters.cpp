// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"
#include "import_counts.hpp"
#include "shelter_merge.hpp"
#include "shelter_record.hpp"

namespace registry {
namespace {

class ShelterImport : Pinned {
 public:
  ShelterImport(Database& database, const Actor& actor)
      : database_(database),
        at_(database.now()),
        account_(actor.name),
        stored_(stored_shelters(database.sql(), {})),
        upsert_(prepared(database.sql(),
                         R"sql(
              INSERT INTO shelter (
                id, common_id, name, name_kana, address, phone, lat, lon, emergency_site, shelter,
                designated_welfare, agreement_welfare, suited, rated, arrival, acceptance, capacity,
                gathering_point, has_power, has_beds, has_ostomate, step_free, power_limit,
                stretcher_limit, wheelchair_limit, companion_limit, opens_after_min,
                changed_by, changed_at)
              VALUES (
                :id, :common_id, :name, :name_kana, :address, :phone, :lat, :lon, :emergency_site,
                :shelter, :designated_welfare, :agreement_welfare, :suited, :rated, :arrival,
                :acceptance, :capacity, :gathering_point, :has_power, :has_beds, :has_ostomate,
                :step_free, :power_limit, :stretcher_limit, :wheelchair_limit, :companion_limit,
                :opens_after_min, :changed_by, :changed_at)
              ON CONFLICT (id) DO UPDATE SET
                common_id = excluded.common_id, name = excluded.name,
                name_kana = excluded.name_kana, address = excluded.address,
                phone = excluded.phone, lat = excluded.lat, lon = excluded.lon,
                emergency_site = excluded.emergency_site, shelter = excluded.shelter,
                designated_welfare = excluded.designated_welfare,
                agreement_welfare = excluded.agreement_welfare, suited = excluded.suited,
                rated = excluded.rated, arrival = excluded.arrival,
                acceptance = excluded.acceptance, capacity = excluded.capacity,
                gathering_point = excluded.gathering_point, has_power = excluded.has_power,
                has_beds = excluded.has_beds, has_ostomate = excluded.has_ostomate,
                step_free = excluded.step_free, power_limit = excluded.power_limit,
                stretcher_limit = excluded.stretcher_limit,
                wheelchair_limit = excluded.wheelchair_limit,
                companion_limit = excluded.companion_limit,
                opens_after_min = excluded.opens_after_min,
                rev = shelter.rev + 1, changed_by = excluded.changed_by,
                changed_at = excluded.changed_at
            )sql",
                         [this](soci::statement& statement) {
                           const auto bind = binder(statement);
                           shelter_fields(std::as_const(record_), bind);
                           bind("changed_by", account_);
                           bind("changed_at", at_);
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
  std::string account_;
  ShelterRecord record_;
  std::vector<Shelter> stored_;
  soci::statement upsert_;
};

}  // namespace

ImportReport Session::import_shelters(const ParsedRows<ShelterRow>& rows) {
  return store_->audited(actor_, Action::ImportShelters, [&](AuditNote& note) {
    ImportReport report = continued(rows.report);
    ShelterImport import(*store_, actor_);
    for (const ShelterRow& row : rows.rows) {
      count(report, import.store(row.shelter));
    }
    note.detail = counts(report);
    return report;
  });
}

std::vector<Shelter> Session::shelters() {
  return store_->read([&] { return stored_shelters(store_->sql(), {}); });
}

}  // namespace registry
