// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "registry/registrant.hpp"
#include "sql_types.hpp"

namespace registry {

/// A person in the form of the table `person`.
struct PersonRecord {
  Person person;
  std::string contacts;
  std::optional<double> lat;
  std::optional<double> lon;
};

[[nodiscard]] PersonRecord to_record(const Person& person);
[[nodiscard]] Person to_person(const PersonRecord& record);

/// Over everything the resident file says of a person.
[[nodiscard]] std::string content_hash(const PersonRecord& record);

/// Columns of `person_columns`, with the id before them.
inline constexpr const char* kPersonColumns = R"sql(
  p.id, p.resident_no, p.household_no, p.name, p.name_kana, p.name_alias, p.birth_date,
  p.birth_text, p.sex, p.relation_to_head, p.postcode, p.town_code, p.address, p.address_number,
  p.building, p.actual_residence, p.phone, p.emergency_contacts, p.residency, p.living_place,
  p.expect_return, p.protective_measure, p.protective_until, p.mobility, p.lat, p.lon,
  CASE WHEN p.household_no = '' THEN 1 ELSE
    (SELECT count(*) FROM person h
     WHERE h.household_no = p.household_no AND h.residency = 'resident') END AS household_size
)sql";

/// Calls `field(column, member)` for every stored column but the id.
template <class Record, class Field>
void person_fields(Record& record, Field field) {
  auto& person = record.person;
  field("resident_no", person.resident_no);
  field("household_no", person.household_no);
  field("name", person.name);
  field("name_kana", person.name_kana);
  field("name_alias", person.name_alias);
  field("birth_date", person.birth_date);
  field("birth_text", person.birth_text);
  field("sex", person.sex);
  field("relation_to_head", person.relation_to_head);
  field("postcode", person.postcode);
  field("town_code", person.town_code);
  field("address", person.address);
  field("address_number", person.address_number);
  field("building", person.building);
  field("actual_residence", person.actual_residence);
  field("phone", person.phone);
  field("emergency_contacts", record.contacts);
  field("residency", person.residency);
  field("living_place", person.living_place);
  field("expect_return", person.expect_return);
  field("protective_measure", person.protective_measure);
  field("protective_until", person.protective_until);
  field("mobility", person.mobility);
  field("lat", record.lat);
  field("lon", record.lon);
}

/// The same with what is counted, in the order of `kPersonColumns`: for reading.
template <class Record, class Field>
void person_columns(Record& record, Field field) {
  person_fields(record, field);
  field("household_size", record.person.household_size);
}

/// 宛名番号 → id of everybody.
[[nodiscard]] std::unordered_map<std::string, PersonId> person_ids(soci::session& sql);

/// Certificates by person, in the order of the files; of one kind of file or (empty) of both, of
/// one person or (empty) of everybody.
struct CertificateFilter {
  std::string source;
  std::string person;
};
[[nodiscard]] std::map<PersonId, std::vector<Certificate>> stored_certificates(
    soci::session& sql, const CertificateFilter& filter);

}  // namespace registry
