// SPDX-License-Identifier: Apache-2.0
#include "plan_record.hpp"

#include "list_text.hpp"
#include "registry/error.hpp"

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

/// Reads rows that belong to the newest revisions and hands each to `take(plan, record)`.
template <class Record, class Fields, class Take>
void each_row(soci::session& sql, const std::string& query, const std::string& person,
              const char* order, Fields fields, Take take) {
  PlanId plan;
  Record record;
  soci::statement rows =
      prepared(sql, newest_only(query, person, order), [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        receive("plan", plan);
        fields(record, receive);
        if (!person.empty()) {
          statement.exchange(soci::use(person, "person"));
        }
      });
  rows.execute();
  while (rows.fetch()) {
    take(plan, record);
  }
}

using Courses = std::map<PlanId, std::vector<PlanCourse>>;

void read_courses(soci::session& sql, const std::string& person, Courses& courses) {
  each_row<CourseRecord>(
      sql, R"sql(
        SELECT p.id, r.course, r.hazard, r.gap, r.home_hazard, r.second_route, r.second_extra_s,
               r.second_shared_m, r.stay, r.stay_reason, r.notify_s, r.supporter_s,
               r.preparation_s, r.travel_s, r.total_p90_s, r.limit_s, r.limit_cause,
               r.latest_start_s, r.verdict, r.cause, r.risks
        FROM plan p JOIN plan_course r ON r.plan = p.id
      )sql",
      person, " ORDER BY p.id, r.course",
      [](CourseRecord& record, auto receive) { course_fields(record, receive); },
      [&](const PlanId& plan, const CourseRecord& record) {
        courses[plan].push_back(to_course(record));
      });
}

/// The course a leg or helper belongs to.
PlanCourse& course_at(Courses& courses, const PlanId& plan, int number) {
  std::vector<PlanCourse>& of_plan = courses[plan];
  if (number < 0 || static_cast<std::size_t>(number) >= of_plan.size()) {
    throw Error("台帳の計画の記録が壊れています。控えから戻してください。");
  }
  return of_plan[static_cast<std::size_t>(number)];
}

void read_legs(soci::session& sql, const std::string& person, Courses& courses) {
  each_row<LegRecord>(
      sql, R"sql(
        SELECT p.id, r.course, r.kind, r.shelter, r.shelter_name, r.shelter_address, r.arrival,
               r.profile, r.duration_s, r.length_m, r.steps_met, r.unverified_m,
               r.steepest_up_permille, r.steepest_down_permille, r.hazards_met, r.route,
               r.home_to_road_m, r.road_to_shelter_m
        FROM plan p JOIN plan_leg r ON r.plan = p.id
      )sql",
      person, " ORDER BY p.id, r.ordinal",
      [](LegRecord& record, auto receive) { leg_fields(record, receive); },
      [&](const PlanId& plan, const LegRecord& record) {
        course_at(courses, plan, record.course).legs.push_back(to_leg(record));
      });
}

void read_helpers(soci::session& sql, const std::string& person, Courses& courses) {
  each_row<HelperRecord>(
      sql, R"sql(
        SELECT p.id, r.course, r.supporter, r.backup, r.trip, r.arrives_s
        FROM plan p JOIN plan_helper r ON r.plan = p.id
      )sql",
      person, " ORDER BY p.id, r.ordinal",
      [](HelperRecord& record, auto receive) { helper_fields(record, receive); },
      [&](const PlanId& plan, const HelperRecord& record) {
        course_at(courses, plan, record.course).helpers.push_back(to_helper(record));
      });
}

}  // namespace

CourseRecord to_record(const PlanCourse& course, int number) {
  CourseRecord record{.course = course,
                      .number = number,
                      .second_route = to_route_text(course.second.route),
                      .second_extra_s = course.second.extra_s,
                      .notify_s = course.timing.notify_s,
                      .supporter_s = course.timing.supporter_s,
                      .preparation_s = course.timing.preparation_s,
                      .travel_s = course.timing.travel_s,
                      .total_p90_s = course.timing.total_p90_s,
                      .limit_s = course.timing.limit_s,
                      .latest_start_s = course.timing.latest_start_s,
                      .risks = to_json(course.risks)};
  record.course.legs.clear();
  record.course.helpers.clear();
  return record;
}

PlanCourse to_course(const CourseRecord& record) {
  PlanCourse course = record.course;
  course.second.route = route_from_text(record.second_route);
  course.second.extra_s = record.second_extra_s;
  course.timing.notify_s = record.notify_s;
  course.timing.supporter_s = record.supporter_s;
  course.timing.preparation_s = record.preparation_s;
  course.timing.travel_s = record.travel_s;
  course.timing.total_p90_s = record.total_p90_s;
  course.timing.limit_s = record.limit_s;
  course.timing.latest_start_s = record.latest_start_s;
  course.risks = texts_from_json(record.risks);
  return course;
}

HelperRecord to_record(const PlannedHelper& helper, int course) {
  return {.helper = helper, .course = course, .arrives_s = helper.arrives_s};
}

PlannedHelper to_helper(const HelperRecord& record) {
  PlannedHelper helper = record.helper;
  helper.arrives_s = record.arrives_s;
  return helper;
}

LegRecord to_record(const PlanLeg& leg, int course) {
  return {.leg = leg,
          .course = course,
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
  add("status", plan.status);
  for_each_record(
      plan, [&](const CourseRecord& record) { course_fields(record, add); },
      [&](const LegRecord& record) { leg_fields(record, add); },
      [&](const HelperRecord& record) { helper_fields(record, add); });
  return to_hex(digest.finish());
}

std::vector<EvacuationPlan> newest_plans(soci::session& sql, const std::string& person) {
  EvacuationPlan plan;
  soci::statement rows = prepared(sql,
                                  newest_only(R"sql(
        SELECT p.id, p.subject, p.kind, r.rev, r.created_at, r.next_review, r.status
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
                                    receive("status", plan.status);
                                    if (!person.empty()) {
                                      statement.exchange(soci::use(person, "person"));
                                    }
                                  });
  Courses courses;
  read_courses(sql, person, courses);
  read_legs(sql, person, courses);
  read_helpers(sql, person, courses);
  std::vector<EvacuationPlan> plans;
  rows.execute();
  while (rows.fetch()) {
    plans.push_back(plan);
    plans.back().courses = std::move(courses[plan.id]);
  }
  return plans;
}

}  // namespace registry
