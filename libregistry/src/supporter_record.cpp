// SPDX-License-Identifier: Apache-2.0
#include "supporter_record.hpp"

#include "needs_store.hpp"
#include "registry/supporter_refusal.hpp"

namespace registry {

SupporterRecord to_record(const Supporter& supporter) {
  SupporterRecord record{.supporter = supporter, .lat = {}, .lon = {}};
  if (supporter.position) {
    record.lat = supporter.position->lat;
    record.lon = supporter.position->lon;
  }
  return record;
}

Supporter to_supporter(const SupporterRecord& record) {
  Supporter supporter = record.supporter;
  supporter.position.reset();
  if (record.lat && record.lon) {
    supporter.position = Position{.lat = *record.lat, .lon = *record.lon};
  }
  return supporter;
}

std::string content_hash(SupporterRecord record) {
  record.supporter.id = {};
  Digest digest;
  supporter_fields(record, [&](const char*, const auto& field) { add_stored(digest, field); });
  return to_hex(digest.finish());
}

std::map<PersonId, std::vector<AssignedSupporter>> stored_links(soci::session& sql,
                                                                const std::string& person) {
  std::string query = R"sql(
    SELECT l.person, l.relation, l.role,
           s.id, s.supporter_no, s.name, s.name_kana, s.organisation, s.address, s.phone, s.mail,
           s.weekday_day, s.weekday_night, s.holiday, s.max_persons, s.has_vehicle, s.lat, s.lon
    FROM supporter_link l JOIN supporter s ON s.id = l.supporter
  )sql";
  if (!person.empty()) {
    query += " WHERE l.person = :person";
  }
  query += " ORDER BY l.person, l.number";

  PersonId helped;
  AssignedSupporter assigned;
  SupporterRecord record;
  soci::statement rows = prepared(sql, query, [&](soci::statement& statement) {
    const auto receive = receiver(statement);
    receive("person", helped);
    receive("relation", assigned.relation);
    receive("role", assigned.role);
    supporter_fields(record, receive);
    if (!person.empty()) {
      statement.exchange(soci::use(person, "person"));
    }
  });
  std::map<PersonId, std::vector<AssignedSupporter>> links;
  rows.execute();
  while (rows.fetch()) {
    assigned.supporter = to_supporter(record);
    links[helped].push_back(assigned);
  }
  return links;
}

std::map<PersonId, std::vector<AssignedSupporter>> accepted_links(soci::session& sql,
                                                                  const std::string& person) {
  auto links = stored_links(sql, person);
  const auto needs = needs_of(sql, person);
  for (auto& [helped, supporters] : links) {
    const auto known = needs.find(helped.value);
    if (known != needs.end()) {
      std::erase_if(supporters, [&](const AssignedSupporter& each) {
        return is_refused(known->second, each.supporter, each.relation);
      });
    }
  }
  return links;
}

}  // namespace registry
