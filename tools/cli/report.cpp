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

Json to_json(const planner::PlanReport& report) {
  Json use = Json::array();
  for (const planner::ShelterUse& shelter : report.use) {
    use.push_back({{"shelter", shelter.shelter.value},
                   {"name", shelter.name},
                   {"capacity", shelter.capacity},
                   {"capacity_assumed", shelter.capacity_assumed},
                   {"used", shelter.used},
                   {"price_of_one_more_place_s", shelter.price_s}});
  }
  Json plans = Json::array();
  for (const registry::EvacuationPlan& plan : report.plans) {
    Json row = {{"registrant", plan.subject.value}};
    const registry::PlanCourse& course = plan.main_course();
    if (course.legs.empty()) {
      row["gap"] = registry::to_text(course.gap);
    } else {
      const registry::PlanLeg& leg = course.legs.front();
      row["shelter"] = leg.shelter.value;
      row["profile"] = leg.profile;
      row["duration_s"] = leg.duration_s;
      row["length_m"] = leg.length_m;
    }
    plans.push_back(row);
  }
  return {{"registrants", report.registrants},
          {"planned", report.planned},
          {"unassigned", report.unassigned},
          {"shelters", report.shelters},
          {"shelters_permitted", report.shelters_permitted},
          {"shelters_left_out", report.shelters_left_out},
          {"mean_duration_s", report.mean_duration_s},
          {"longest_duration_s", report.longest_duration_s},
          {"total_cost_s", report.total_cost_s},
          {"lower_bound_s", report.lower_bound_s},
          {"stored",
           {{"added", report.stored.added},
            {"revised", report.stored.revised},
            {"unchanged", report.stored.unchanged},
            {"kept", report.stored.kept}}},
          {"capacity", use},
          {"plans", plans}};
}

}  // namespace cli
