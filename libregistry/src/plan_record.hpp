// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "registry/evacuation_plan.hpp"
#include "sql_types.hpp"

namespace registry {

/// One leg in the form of the table `plan_leg`.
struct LegRecord {
  PlanLeg leg;
  long long duration_s = 0;
  std::string hazards_met;
  std::string route;
};

[[nodiscard]] LegRecord to_record(const PlanLeg& leg);
[[nodiscard]] PlanLeg to_leg(const LegRecord& record);

/// Calls `field(column, member)` for every column of the content, in the order of the tables.
template <class Record, class Field>
void leg_fields(Record& record, Field field) {
  auto& leg = record.leg;
  field("shelter", leg.shelter);
  field("shelter_name", leg.shelter_name);
  field("shelter_address", leg.shelter_address);
  field("arrival", leg.arrival);
  field("profile", leg.profile);
  field("duration_s", record.duration_s);
  field("length_m", leg.length_m);
  field("steps_met", leg.steps_met);
  field("unverified_m", leg.unverified_m);
  field("steepest_up_permille", leg.steepest_up_permille);
  field("steepest_down_permille", leg.steepest_down_permille);
  field("hazards_met", record.hazards_met);
  field("route", record.route);
  field("home_to_road_m", leg.home_to_road_m);
  field("road_to_shelter_m", leg.road_to_shelter_m);
}

template <class Plan, class Field>
void revision_fields(Plan& plan, Field field) {
  field("status", plan.status);
  field("hazard", plan.hazard);
  field("gap", plan.gap);
  field("home_hazard", plan.home_hazard);
}

/// Over what a revision says; not when it was made, its number or its next review.
[[nodiscard]] std::string content_hash(const EvacuationPlan& plan);

/// The newest revisions, in the order of the persons' ids; of one person or (empty) of all.
[[nodiscard]] std::vector<EvacuationPlan> newest_plans(soci::session& sql,
                                                       const std::string& person);

}  // namespace registry
