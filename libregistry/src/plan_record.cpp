// SPDX-License-Identifier: Apache-2.0
#include "plan_record.hpp"

#include "list_text.hpp"

namespace registry {
namespace {

/// Limits a query over plan `p` and its revision or leg `r` to newest revisions.
std::string newest_only(std::string query, const std::string& person, const char* order) {
  query += " WHERE r.rev = (SELECT max(rev) FROM plan_rev WHERE plan = p.id)";
  if (!person.empty()) {
    query += " AND p.subject = :person";
  }
  return query + order;
}

std::map<PlanId, std::vector<PlanLeg>> newest_legs(soci::session& sql, const std::string& person) {
  PlanId plan;
  LegRecord record;
  soci::statement rows = prepared(sql,
                                  newest_only(R"sql(
        SELECT p.id, r.shelter, r.shelter_name, r.shelter_address, r.arrival, r.profile,
               r.duration_s, r.length_m, r.steps_met, r.unverified_m, r.steepest_up_permille,
               r.steepest_down_permille, r.hazards_met, r.route, r.home_to_road_m,
               r.road_to_shelter_m
        FROM plan p JOIN plan_leg r ON r.plan = p.id
      )sql",
                                              person, " ORDER BY p.id, r.ordinal"),
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    receive("plan", plan);
                                    leg_fields(record, receive);
                                    if (!person.empty()) {
                                      statement.exchange(soci::use(person, "person"));
                                    }
                                  });
  std::map<PlanId, std::vector<PlanLeg>> legs;
  rows.execute();
  while (rows.fetch()) {
    legs[plan].push_back(to_leg(record));
  }
  return legs;
}

}  // namespace

LegRecord to_record(const PlanLeg& leg) {
  return {.leg = leg,
          .duration_s = leg.duration_s,
          .hazards_met = to_json(leg.hazards_met),
          .route = to_route_text(leg.route)};
}

PlanLeg to_leg(const LegRecord& record) {
  PlanLeg leg = record.leg;
  leg.duration_s = record.duration_s;
  leg.hazards_met = texts_from_json(record.hazards_met);
  leg.route = route_from_text(record.route);
  return leg;
}

std::string content_hash(const EvacuationPlan& plan) {
  Digest digest;
  const auto add = [&](const char*, const auto& field) { add_stored(digest, field); };
  revision_fields(plan, add);
  for (const PlanLeg& leg : plan.legs) {
    const LegRecord record = to_record(leg);
    leg_fields(record, add);
  }
  return to_hex(digest.finish());
}

std::vector<EvacuationPlan> newest_plans(soci::session& sql, const std::string& person) {
  EvacuationPlan plan;
  soci::statement rows = prepared(sql,
                                  newest_only(R"sql(
        SELECT p.id, p.subject, p.kind, r.rev, r.created_at, r.next_review, r.status, r.hazard,
               r.gap, r.home_hazard
        FROM plan p JOIN plan_rev r ON r.plan = p.id
      )sql",
                                              person, " ORDER BY p.subject, p.kind"),
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    receive("id", plan.id);
                                    receive("subject", plan.subject);
                                    receive("kind", plan.kind);
                                    receive("rev", plan.revision);
                                    receive("created_at", plan.created_at);
                                    receive("next_review", plan.next_review);
                                    revision_fields(plan, receive);
                                    if (!person.empty()) {
                                      statement.exchange(soci::use(person, "person"));
                                    }
                                  });
  auto legs = newest_legs(sql, person);
  std::vector<EvacuationPlan> plans;
  rows.execute();
  while (rows.fetch()) {
    plans.push_back(plan);
    plans.back().legs = std::move(legs[plan.id]);
  }
  return plans;
}

}  // namespace registry
