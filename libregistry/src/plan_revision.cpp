// SPDX-License-Identifier: Apache-2.0
#include "plan_revision.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "digest.hpp"
#include "plan_record.hpp"
#include "register_record.hpp"
#include "sql_types.hpp"

namespace registry {
namespace {

using Json = nlohmann::ordered_json;

std::optional<Newest> newest_where(soci::session& sql, const std::string& condition,
                                   const std::string& first, const std::string& second) {
  Newest newest;
  soci::statement row = prepared(sql,
                                 R"sql(
      SELECT p.id, p.subject, r.rev, r.status FROM plan p JOIN plan_rev r ON r.plan = p.id
      WHERE r.rev = (SELECT max(rev) FROM plan_rev WHERE plan = p.id) AND )sql" +
                                     condition,
                                 [&](soci::statement& statement) {
                                   const auto receive = receiver(statement);
                                   receive("id", newest.plan);
                                   receive("subject", newest.subject);
                                   receive("rev", newest.revision);
                                   receive("status", newest.status);
                                   statement.exchange(soci::use(first, "first"));
                                   if (!second.empty()) {
                                     statement.exchange(soci::use(second, "second"));
                                   }
                                 });
  row.execute();
  return row.fetch() ? std::optional(newest) : std::nullopt;
}

constexpr const char* kCopyRevision = R"sql(
  INSERT INTO plan_rev (plan, rev, status, created_at, next_review, content_hash)
  SELECT plan, :rev, :status, :at,
         CASE WHEN :given = 1 THEN :next_review ELSE next_review END, :hash
  FROM plan_rev WHERE plan = :plan AND rev = :old
)sql";

constexpr std::array kCopyParts = {
    R"sql(
  INSERT INTO plan_course (
    plan, rev, course, hazard, gap, home_hazard, second_route, second_extra_s, second_shared_m,
    stay, stay_reason, notify_s, supporter_s, preparation_s, travel_s, total_p90_s, limit_s,
    limit_cause, latest_start_s, verdict, cause, risks)
  SELECT
    plan, :rev, course, hazard, gap, home_hazard, second_route, second_extra_s, second_shared_m,
    stay, stay_reason, notify_s, supporter_s, preparation_s, travel_s, total_p90_s, limit_s,
    limit_cause, latest_start_s, verdict, cause, risks
  FROM plan_course WHERE plan = :plan AND rev = :old
)sql",
    R"sql(
  INSERT INTO plan_leg (
    plan, rev, ordinal, course, kind, shelter, shelter_name, shelter_address, arrival, profile,
    duration_s, length_m, steps_met, unverified_m, steepest_up_permille, steepest_down_permille,
    hazards_met, route, home_to_road_m, road_to_shelter_m)
  SELECT
    plan, :rev, ordinal, course, kind, shelter, shelter_name, shelter_address, arrival, profile,
    duration_s, length_m, steps_met, unverified_m, steepest_up_permille, steepest_down_permille,
    hazards_met, route, home_to_road_m, road_to_shelter_m
  FROM plan_leg WHERE plan = :plan AND rev = :old
)sql",
    R"sql(
  INSERT INTO plan_helper (plan, rev, ordinal, course, supporter, backup, trip, arrives_s)
  SELECT plan, :rev, ordinal, course, supporter, backup, trip, arrives_s
  FROM plan_helper WHERE plan = :plan AND rev = :old
)sql"};

/// A revision people made differs from every computed one, whatever it says.
std::string hash_of(const Newest& newest, PlanStatus status) {
  Digest digest;
  digest.add(newest.plan.value);
  digest.add(std::int64_t{newest.revision});
  digest.add(to_code(status));
  return to_hex(digest.finish());
}

Json frozen(const PlanSubject& subject) {
  const Person& person = subject.registrant.person;
  Json reasons = Json::array();
  for (const Certificate& certificate : subject.registrant.certificates) {
    reasons.push_back({{"kind", to_code(certificate.kind)}, {"grade", certificate.grade}});
  }
  Json contacts = Json::array();
  for (const Contact& contact : person.emergency_contacts) {
    contacts.push_back(
        {{"name", contact.name}, {"relation", contact.relation}, {"phone", contact.phone}});
  }
  Json supporters = Json::array();
  for (const AssignedSupporter& assigned : subject.supporters) {
    const Supporter& supporter = assigned.supporter;
    supporters.push_back({{"name", supporter.name},
                          {"organisation", supporter.organisation},
                          {"address", supporter.address},
                          {"phone", supporter.phone},
                          {"relation", assigned.relation},
                          {"role", assigned.role}});
  }
  return {{"name", person.name},
          {"name_kana", person.name_kana},
          {"birth", person.birth_text},
          {"sex", to_code(person.sex)},
          {"address", person.full_address()},
          {"actual_residence", person.actual_residence},
          {"phone", person.phone},
          {"emergency_contacts", contacts},
          {"clauses", subject.registrant.clauses},
          {"reasons", reasons},
          {"supporters", supporters}};
}

}  // namespace

std::optional<Newest> newest_revision(soci::session& sql, const PlanId& plan) {
  return newest_where(sql, "p.id = :first", plan.value, {});
}

std::optional<Newest> newest_revision(soci::session& sql, const PersonId& subject, PlanKind kind) {
  return newest_where(sql, "p.subject = :first AND p.kind = :second", subject.value,
                      std::string(to_code(kind)));
}

int add_revision(Database& database, const Newest& newest, PlanStatus status, Date next_review) {
  const int revision = newest.revision + 1;
  const Instant at = database.now();
  const std::string hash = hash_of(newest, status);
  const bool given = next_review.ok();
  database.sql() << kCopyRevision, soci::use(revision, "rev"), soci::use(status, "status"),
      soci::use(at, "at"), soci::use(given, "given"), soci::use(next_review, "next_review"),
      soci::use(hash, "hash"), soci::use(newest.plan, "plan"), soci::use(newest.revision, "old");
  for (const char* copy_part : kCopyParts) {
    database.sql() << copy_part, soci::use(revision, "rev"), soci::use(newest.plan, "plan"),
        soci::use(newest.revision, "old");
  }
  return revision;
}

void freeze_subject(Database& database, const Newest& revision) {
  const auto subjects = stored_subjects(database.sql(), revision.subject.value);
  if (subjects.empty()) {
    return;
  }
  const std::string content = frozen(subjects.front()).dump();
  database.sql() << "INSERT INTO plan_subject (plan, rev, content) VALUES (:plan, :rev, :content)",
      soci::use(revision.plan, "plan"), soci::use(revision.revision, "rev"),
      soci::use(content, "content");
}

}  // namespace registry
