// SPDX-License-Identifier: Apache-2.0
#include "shelter_record.hpp"

#include "list_text.hpp"
#include "registry/error.hpp"

namespace registry {

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

std::vector<Shelter> stored_shelters(soci::session& sql, const std::string& only) {
  std::string query = R"sql(
    SELECT id, common_id, name, name_kana, address, phone, lat, lon, emergency_site, shelter,
           designated_welfare, agreement_welfare, suited, rated, arrival, acceptance, capacity,
           gathering_point, has_power, has_beds, has_ostomate, step_free, power_limit,
           stretcher_limit, wheelchair_limit, companion_limit, opens_after_min
    FROM shelter
  )sql";
  if (!only.empty()) {
    query += " WHERE id = :only";
  }
  ShelterRecord record;
  soci::statement rows = prepared(sql, query + " ORDER BY id", [&](soci::statement& statement) {
    shelter_fields(record, receiver(statement));
    if (!only.empty()) {
      statement.exchange(soci::use(only, "only"));
    }
  });
  std::vector<Shelter> shelters;
  rows.execute();
  while (rows.fetch()) {
    shelters.push_back(to_shelter(record));
  }
  return shelters;
}

}  // namespace registry
