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
  int course = 0;  ///< index of its course
  long long duration_s = 0;
  std::string hazards_met;
  std::string route;
};

[[nodiscard]] LegRecord to_record(const PlanLeg& leg, int course);
[[nodiscard]] PlanLeg to_leg(const LegRecord& record);

/// Calls `field(column, member)` for every column of the content, in the order of the tables.
template <class Record, class Field>
void leg_fields(Record& record, Field field) {
  auto& leg = record.leg;
  field("course", record.course);
  field("kind", leg.kind);
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

/// One course in the form of the table `plan_course`.
struct CourseRecord {
  PlanCourse course;  ///< without legs and helpers
  int number = 0;
  std::string second_route;
  long long second_extra_s = 0;
  long long notify_s = 0;
  long long supporter_s = 0;
  long long preparation_s = 0;
  long long travel_s = 0;
  long long total_p90_s = 0;
  std::optional<long long> limit_s;
  std::optional<long long> latest_start_s;
  std::string risks;
};

[[nodiscard]] CourseRecord to_record(const PlanCourse& course, int number);
[[nodiscard]] PlanCourse to_course(const CourseRecord& record);

template <class Record, class Field>
void course_fields(Record& record, Field field) {
  auto& course = record.course;
  field("course", record.number);
  field("hazard", course.hazard);
  field("gap", course.gap);
  field("home_hazard", course.home_hazard);
  field("second_route", record.second_route);
  field("second_extra_s", record.second_extra_s);
  field("second_shared_m", course.second.shared_m);
  field("stay", course.stay);
  field("stay_reason", course.stay_reason);
  field("notify_s", record.notify_s);
  field("supporter_s", record.supporter_s);
  field("preparation_s", record.preparation_s);
  field("travel_s", record.travel_s);
  field("total_p90_s", record.total_p90_s);
  field("limit_s", record.limit_s);
  field("limit_cause", course.timing.limit_cause);
  field("latest_start_s", record.latest_start_s);
  field("verdict", course.verdict);
  field("cause", course.cause);
  field("risks", record.risks);
}

/// One planned helper in the form of the table `plan_helper`.
struct HelperRecord {
  PlannedHelper helper;
  int course = 0;
  long long arrives_s = 0;
};

[[nodiscard]] HelperRecord to_record(const PlannedHelper& helper, int course);
[[nodiscard]] PlannedHelper to_helper(const HelperRecord& record);

template <class Record, class Field>
void helper_fields(Record& record, Field field) {
  auto& helper = record.helper;
  field("course", record.course);
  field("supporter", helper.supporter);
  field("backup", helper.backup);
  field("trip", helper.trip);
  field("arrives_s", record.arrives_s);
}

/// Hands the parts of a plan to the functions, each course before its legs and helpers.
template <class OnCourse, class OnLeg, class OnHelper>
void for_each_record(const EvacuationPlan& plan, OnCourse on_course, OnLeg on_leg,
                     OnHelper on_helper) {
  int number = 0;
  for (const PlanCourse& course : plan.courses) {
    on_course(to_record(course, number));
    for (const PlanLeg& leg : course.legs) {
      on_leg(to_record(leg, number));
    }
    for (const PlannedHelper& helper : course.helpers) {
      on_helper(to_record(helper, number));
    }
    ++number;
  }
}

/// Over what a revision says; not when it was made, its number or its next review.
[[nodiscard]] std::string content_hash(const EvacuationPlan& plan);

/// The newest revisions, in the order of the persons' ids; of one person or (empty) of all.
[[nodiscard]] std::vector<EvacuationPlan> newest_plans(soci::session& sql,
                                                       const std::string& person);

}  // namespace registry
