// SPDX-License-Identifier: Apache-2.0
#include "person_record.hpp"

#include "list_text.hpp"

namespace registry {

PersonRecord to_record(const Person& person) {
  PersonRecord record{
      .person = person, .contacts = to_json(person.emergency_contacts), .lat = {}, .lon = {}};
  if (person.position) {
    record.lat = person.position->lat;
    record.lon = person.position->lon;
  }
  return record;
}

Person to_person(const PersonRecord& record) {
  Person person = record.person;
  person.emergency_contacts = contacts_from_json(record.contacts);
  person.position.reset();
  if (record.lat && record.lon) {
    person.position = Position{.lat = *record.lat, .lon = *record.lon};
  }
  return person;
}

std::string content_hash(const PersonRecord& record) {
  Digest digest;
  person_fields(record, [&](const char*, const auto& field) { add_stored(digest, field); });
  return to_hex(digest.finish());
}

std::unordered_map<std::string, PersonId> person_ids(soci::session& sql) {
  std::unordered_map<std::string, PersonId> ids;
  std::string number;
  PersonId id;
  soci::statement rows =
      (sql.prepare << "SELECT resident_no, id FROM person", soci::into(number), soci::into(id));
  rows.execute();
  while (rows.fetch()) {
    ids.emplace(number, id);
  }
  return ids;
}

std::map<PersonId, std::vector<Certificate>> stored_certificates(soci::session& sql,
                                                                 const CertificateFilter& filter) {
  std::string query =
      "SELECT person, kind, scheme, grade, parts, issued_on, valid_to, class FROM certificate "
      "WHERE 1 = 1";
  if (!filter.source.empty()) {
    query += " AND source = :source";
  }
  if (!filter.person.empty()) {
    query += " AND person = :person";
  }
  query += " ORDER BY person, source, ordinal";

  PersonId person;
  Certificate certificate;
  std::string parts;
  soci::statement rows = prepared(sql, query, [&](soci::statement& statement) {
    statement.exchange(soci::into(person));
    statement.exchange(soci::into(certificate.kind));
    statement.exchange(soci::into(certificate.scheme));
    statement.exchange(soci::into(certificate.grade));
    statement.exchange(soci::into(parts));
    statement.exchange(soci::into(certificate.issued_on));
    statement.exchange(soci::into(certificate.valid_to));
    statement.exchange(soci::into(certificate.card_class));
    if (!filter.source.empty()) {
      statement.exchange(soci::use(filter.source, "source"));
    }
    if (!filter.person.empty()) {
      statement.exchange(soci::use(filter.person, "person"));
    }
  });
  std::map<PersonId, std::vector<Certificate>> certificates;
  rows.execute();
  while (rows.fetch()) {
    certificate.parts = parts_from_json(parts);
    certificates[person].push_back(certificate);
  }
  return certificates;
}

}  // namespace registry
