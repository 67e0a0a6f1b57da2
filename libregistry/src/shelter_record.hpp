// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/shelter.hpp"
#include "sql_types.hpp"

namespace registry {

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

[[nodiscard]] ShelterRecord to_record(const Shelter& shelter);
[[nodiscard]] Shelter to_shelter(const ShelterRecord& record);

/// In the order of their ids; one or (empty) all.
[[nodiscard]] std::vector<Shelter> stored_shelters(soci::session& sql, const std::string& only);

}  // namespace registry
