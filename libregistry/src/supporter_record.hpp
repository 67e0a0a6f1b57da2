// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registry/supporter.hpp"
#include "sql_types.hpp"

namespace registry {

/// A supporter in the form of the table `supporter`.
struct SupporterRecord {
  Supporter supporter;
  std::optional<double> lat;
  std::optional<double> lon;
};

[[nodiscard]] SupporterRecord to_record(const Supporter& supporter);

/// Over everything the file says of a supporter; the id does not count.
[[nodiscard]] std::string content_hash(SupporterRecord record);

/// Calls `field(column, member)` for every column, in the order of the query below.
template <class Record, class Field>
void supporter_fields(Record& record, Field field) {
  auto& supporter = record.supporter;
  field("id", supporter.id);
  field("supporter_no", supporter.supporter_no);
  field("name", supporter.name);
  field("name_kana", supporter.name_kana);
  field("organisation", supporter.organisation);
  field("address", supporter.address);
  field("phone", supporter.phone);
  field("mail", supporter.mail);
  field("weekday_day", supporter.available.weekday_day);
  field("weekday_night", supporter.available.weekday_night);
  field("holiday", supporter.available.holiday);
  field("max_persons", supporter.max_persons);
  field("has_vehicle", supporter.has_vehicle);
  field("lat", record.lat);
  field("lon", record.lon);
}

[[nodiscard]] Supporter to_supporter(const SupporterRecord& record);

/// Supporters by the person they help, in the order of the files; for one person or (empty) all.
[[nodiscard]] std::map<PersonId, std::vector<AssignedSupporter>> stored_links(
    soci::session& sql, const std::string& person);

/// Of them those whose help the person has not refused.
[[nodiscard]] std::map<PersonId, std::vector<AssignedSupporter>> accepted_links(
    soci::session& sql, const std::string& person);

}  // namespace registry
