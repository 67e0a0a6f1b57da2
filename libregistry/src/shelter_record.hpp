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
  field("gathering_point", shelter.kinds.gathering_point);
  field("has_power", shelter.equipment[static_cast<std::size_t>(Equipment::Power)]);
  field("has_beds", shelter.equipment[static_cast<std::size_t>(Equipment::Bed)]);
  field("has_ostomate", shelter.equipment[static_cast<std::size_t>(Equipment::Ostomate)]);
  field("step_free", shelter.equipment[static_cast<std::size_t>(Equipment::StepFree)]);
  field("power_limit", shelter.need_limit[static_cast<std::size_t>(NeedClass::Power)]);
  field("stretcher_limit", shelter.need_limit[static_cast<std::size_t>(NeedClass::Stretcher)]);
  field("wheelchair_limit", shelter.need_limit[static_cast<std::size_t>(NeedClass::Wheelchair)]);
  field("companion_limit", shelter.companion_limit);
  field("opens_after_min", shelter.opens_after_min);
}

[[nodiscard]] ShelterRecord to_record(const Shelter& shelter);
[[nodiscard]] Shelter to_shelter(const ShelterRecord& record);

/// In the order of their ids; one or (empty) all.
[[nodiscard]] std::vector<Shelter> stored_shelters(soci::session& sql, const std::string& only);

}  // namespace registry
