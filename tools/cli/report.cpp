// SPDX-License-Identifier: Apache-2.0
#include "cli/report.hpp"

#include <unistd.h>

#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

namespace cli {

using Json = nlohmann::ordered_json;

void print_json(const Json& document) {
  std::cout << document.dump(2) << '\n';
}

std::function<void(std::string_view, double)> progress_line() {
  if (::isatty(STDERR_FILENO) == 0) {
    return [](std::string_view, double) {};
  }
  return [](std::string_view step, double share) {
    std::cerr << "\r\033[K" << step << ' ' << static_cast<int>(share * 100) << " %";
    if (share >= 1) {
      std::cerr << '\n';
    }
    std::cerr << std::flush;
  };
}

long whole_minutes(double seconds) {
  return std::lround(std::ceil(seconds / 60));
}

Json to_json(const registry::ImportReport& report) {
  Json rejected = Json::array();
  for (const registry::Rejected& row : report.rejected) {
    rejected.push_back(
        {{"line", row.line}, {"column", row.column}, {"code", row.code}, {"message", row.message}});
  }
  return {{"encoding", report.encoding}, {"rows_read", report.rows_read}, {"added", report.added},
          {"changed", report.changed},   {"unchanged", report.unchanged}, {"rejected", rejected},
          {"notes", report.notes}};
}

Json to_json(const route::BuildReport& report) {
  return {{"ways_read", report.ways_read},
          {"ways_used", report.ways_used},
          {"ways_dropped", report.ways_dropped},
          {"remarks", report.remarks},
          {"missing_nodes", report.missing_nodes},
          {"nodes", report.nodes},
          {"edges", report.edges},
          {"components", report.components},
          {"nodes_in_largest", report.nodes_in_largest},
          {"length_km", report.length_km}};
}

Json to_json(const route::HazardReport& report) {
  return {{"features_read", report.features_read},
          {"zones", report.zones},
          {"dropped", report.dropped},
          {"repaired", report.repaired}};
}

Json to_json(const route::ClosureReport& report) {
  return {{"features_read", report.features_read},
          {"closures", report.closures},
          {"dropped", report.dropped},
          {"repaired", report.repaired}};
}

Json to_json(const route::TurnReport& report) {
  return {{"turn_relations_read", report.relations_read},
          {"turn_relations_used", report.relations_used},
          {"turn_relations_dropped", report.relations_dropped},
          {"turns_banned", report.turns_banned}};
}

Json to_json(const registry::EligibilityRun& run) {
  return {{"persons", run.persons}, {"eligible", run.eligible}, {"excluded", run.excluded},
          {"review", run.review},   {"joined", run.joined},     {"left", run.left}};
}

namespace {

std::string verdict_key(registry::PlanVerdict verdict) {
  switch (verdict) {
    case registry::PlanVerdict::NotJudged:
      return "NOT_JUDGED";
    case registry::PlanVerdict::Executable:
      return "EXECUTABLE";
    case registry::PlanVerdict::AtRisk:
      return "AT_RISK";
    case registry::PlanVerdict::NotExecutable:
      return "NOT_EXECUTABLE";
  }
  return {};
}

Json use_json(const planner::CourseReport& report) {
  Json use = Json::array();
  for (const planner::ShelterUse& shelter : report.use) {
    use.push_back({{"shelter", shelter.shelter.value},
                   {"name", shelter.name},
                   {"capacity", shelter.capacity},
                   {"capacity_assumed", shelter.capacity_assumed},
                   {"used", shelter.used},
                   {"price_of_one_more_place_s", shelter.price_s}});
  }
  return use;
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

}  // namespace

Json to_json(const planner::CourseReport& report) {
  Json verdicts = Json::object();
  for (const auto verdict : {registry::PlanVerdict::Executable, registry::PlanVerdict::AtRisk,
                             registry::PlanVerdict::NotExecutable}) {
    const auto found = report.verdicts.find(verdict);
    verdicts[verdict_key(verdict)] = found == report.verdicts.end() ? 0 : found->second;
  }
  return {{"hazard", registry::to_text(report.hazard)},
          {"computed_anew_because", report.affected},
          {"planned", report.planned},
          {"unassigned", report.unassigned},
          {"verdicts", verdicts},
          {"not_executable_because", report.causes},
          {"shelters_permitted", report.shelters_permitted},
          {"shelters_left_out", report.shelters_left_out},
          {"mean_duration_s", report.mean_duration_s},
          {"longest_duration_s", report.longest_duration_s},
          {"total_cost_s", report.total_cost_s},
          {"lower_bound_s", report.lower_bound_s},
          {"transfers_without_place", report.transfers_without_place},
          {"supporters",
           {{"people_needing_help", report.needing_help},
            {"helped", report.helped},
            {"supporters_with_several_people", report.double_booked},
            {"last_delivery_s", report.last_delivery_s},
            {"last_delivery_lower_bound_s", report.last_delivery_bound_s}}},
          {"capacity", use_json(report)}};
}

Json to_json(const registry::PlanCourse& course) {
  Json legs = Json::array();
  for (const registry::PlanLeg& leg : course.legs) {
    legs.push_back({{"leg", registry::to_text(leg.kind)},
                    {"shelter", leg.shelter.value},
                    {"name", leg.shelter_name},
                    {"profile", leg.profile},
                    {"duration_s", leg.duration_s},
                    {"length_m", leg.length_m}});
  }
  Json helpers = Json::array();
  for (const registry::PlannedHelper& helper : course.helpers) {
    helpers.push_back({{"supporter", helper.supporter.value},
                       {"backup", helper.backup},
                       {"trip", helper.trip},
                       {"arrives_s", helper.arrives_s}});
  }
  const registry::PlanTiming& timing = course.timing;
  Json row = {{"hazard", registry::to_text(course.hazard)},
              {"verdict", verdict_key(course.verdict)},
              {"cause", course.cause},
              {"slack_s", or_null(timing.slack_s())},
              {"limit_s", or_null(timing.limit_s)},
              {"limit_cause", timing.limit_cause},
              {"latest_start_s", or_null(timing.latest_start_s)},
              {"steps_s",
               {{"notify", timing.notify_s},
                {"supporter", timing.supporter_s},
                {"preparation", timing.preparation_s},
                {"travel", timing.travel_s}}},
              {"total_p50_s", timing.total_s()},
              {"total_p90_s", timing.total_p90_s},
              {"risks", course.risks},
              {"legs", legs},
              {"second_way",
               {{"found", !course.second.route.empty()},
                {"extra_s", course.second.extra_s},
                {"shared_m", course.second.shared_m}}},
              {"helpers", helpers}};
  if (course.gap != registry::Gap::None) {
    row["gap"] = registry::to_text(course.gap);
  }
  if (course.verdict == registry::PlanVerdict::NotExecutable) {
    row["stay"] = {{"advice", registry::to_text(course.stay)}, {"reason", course.stay_reason}};
  }
  return row;
}

Json to_json(const planner::PlanReport& report) {
  Json courses = Json::array();
  for (const planner::CourseReport& course : report.courses) {
    courses.push_back(to_json(course));
  }
  Json plans = Json::array();
  for (const registry::EvacuationPlan& plan : report.plans) {
    Json of_plan = Json::array();
    for (const registry::PlanCourse& course : plan.courses) {
      of_plan.push_back(to_json(course));
    }
    plans.push_back({{"registrant", plan.subject.value}, {"courses", of_plan}});
  }
  Json settled = Json::array();
  for (const registry::PersonId& person : report.settled_but_different) {
    settled.push_back(person.value);
  }
  Json broken = Json::array();
  for (const registry::Invalidation& each : report.broken) {
    broken.push_back({{"registrant", each.subject.value}, {"reason", to_text(each.reason)}});
  }
  return {{"registrants", report.registrants},
          {"executable", report.executable()},
          {"shelters", report.shelters},
          {"courses", courses},
          {"settled_but_different", settled},
          {"broken", broken},
          {"marked_for_review", report.marked_for_review},
          {"stored",
           {{"added", report.stored.added},
            {"revised", report.stored.revised},
            {"unchanged", report.stored.unchanged},
            {"kept", report.stored.kept}}},
          {"plans", plans}};
}

}  // namespace cli
