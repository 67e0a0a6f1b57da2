// SPDX-License-Identifier: Apache-2.0
// The whole plan run: tables, assignment, ways, supporters and verdicts for three hazards.
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "lemon_flow.hpp"
#include "machine.hpp"
#include "planner/course_ways.hpp"
#include "planner/evacuation_planner.hpp"
#include "planner/invented_city.hpp"
#include "planner/modes.hpp"
#include "registry/error.hpp"
#include "report.hpp"
#include "route/error.hpp"
#include "route/osm_import.hpp"

namespace bench {
namespace {

std::string rule_file(const char* name) {
  std::ifstream in(std::string(TOMONI_RULES) + "/" + name);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// CPU time by step of a run, in the order of the steps.
class StepTimes {
 public:
  [[nodiscard]] planner::Progress progress() {
    return [this](std::string_view step, double) {
      const double now = watch_.ms();
      spent_[current_] += now - since_;
      since_ = now;
      current_ = step;
    };
  }
  [[nodiscard]] nlohmann::ordered_json document() {
    progress()("", 0);
    nlohmann::ordered_json seconds;
    for (const auto& [step, ms] : spent_) {
      if (!step.empty()) {
        seconds[step] = significant(ms / 1000);
      }
    }
    return seconds;
  }

 private:
  Stopwatch watch_;
  double since_ = 0;
  std::string current_;
  std::map<std::string, double> spent_;
};

/// The seats of one course by LEMON too: equal optimum, both times.
void compare_assignment(const planner::PlanWorld& world, Report& report) {
  const auto course =
      planner::course_case(world, world.request.hazards.front(), [](std::string_view, double) {});
  const auto seats = planner::seat_problem(world, course.shelters);
  std::vector<FlowArc> arcs;
  for (std::uint32_t person = 0; person < course.costs.sources(); ++person) {
    for (std::uint32_t shelter = 0; shelter < course.costs.targets(); ++shelter) {
      if (course.costs.at(person, shelter) < route::kInfinity) {
        arcs.push_back({person, shelter, course.costs.at(person, shelter)});
      }
    }
  }
  route::Assignment own;
  const Timing own_time =
      measure({3, 60}, [&] { own = assign_shelters(seats.over(course.costs)); });
  FlowAnswer peer;
  const Timing peer_time = measure({3, 60}, [&] {
    peer =
        solve_with_lemon(static_cast<std::uint32_t>(world.subjects.size()), seats.capacity, arcs);
  });
  report.checks.check_equal("LEMON: unassigned", own.unassigned, peer.unassigned, "flood");
  report.checks.check_equal("LEMON: optimum", own.total_cost, static_cast<std::uint64_t>(peer.cost),
                            "flood");
  report.checks.check_equal("proven optimal", own.total_cost, own.lower_bound, "flood");
  report.document["assignment"] = {{"arcs", arcs.size()},
                                   {"seconds", significant(own_time.median_ms / 1000)},
                                   {"lemon_seconds", significant(peer_time.median_ms / 1000)},
                                   {"unassigned", own.unassigned}};
  report.row("assignment", own_time);
  report.row("  LEMON NetworkSimplex", peer_time);
}

nlohmann::ordered_json describe(const planner::CourseReport& course) {
  return {{"hazard", registry::to_text(course.hazard)},
          {"planned", course.planned},
          {"executable", course.verdicts.contains(registry::PlanVerdict::Executable)
                             ? course.verdicts.at(registry::PlanVerdict::Executable)
                             : 0},
          {"total_cost_s", course.total_cost_s},
          {"lower_bound_s", course.lower_bound_s},
          {"needing_help", course.needing_help},
          {"helped", course.helped},
          {"last_delivery_s", course.last_delivery_s},
          {"last_delivery_lower_bound_s", course.last_delivery_bound_s}};
}

}  // namespace

int run_plan(const ModeRequest& request) {
  if (request.file.empty()) {
    throw route::InputError("--plan に道路のファイル（.osm.pbf）を指定してください。");
  }
  route::RoadGraph graph = route::import_osm(request.file).graph;
  InventedCitySize size;
  if (request.quick) {
    size = {.people = 300, .supporters = 200, .shelters = 12};
  }
  InventedCity city = invented_city(graph, size, request.seed);
  route::HazardMap flood = invented_flood(graph);
  const planner::CityRoads roads(std::move(graph), std::move(flood),
                                 route::parse_profiles(rule_file("profiles.toml")));
  const auto local_plan = registry::parse_local_plan(rule_file("local_plan_sample.toml"));
  const auto mobility = planner::parse_mobility_rules(rule_file("mobility.toml"));
  const auto acceptance = planner::parse_acceptance_rules(rule_file("acceptance.toml"));
  const auto rules = planner::parse_planning_rules(rule_file("planning.toml"));
  planner::PlanRequest asked{.local_plan = local_plan,
                             .mobility = mobility,
                             .acceptance = acceptance,
                             .rules = rules,
                             .hazards = local_plan.planning_hazards,
                             .now = {1'795'000'000'000},
                             .store = false,
                             .second_ways = false};
  planner::PlanWorld world{.roads = roads,
                           .request = asked,
                           .subjects = std::move(city.subjects),
                           .demands = {},
                           .shelters = std::move(city.shelters),
                           .stored = {}};
  for (std::size_t i = 0; i < world.subjects.size(); ++i) {
    world.demands.push_back(planner::anonymous_demand(world.subjects[i], i, {mobility, rules},
                                                      local_plan.companions,
                                                      registry::tokyo_date(asked.now)));
  }
  Report report{.people = std::cerr};
  report.document = {{"program", "planner_bench"},
                     {"mode", "plan"},
                     {"date", now_utc()},
                     {"machine", describe_machine()},
                     {"seed", request.seed},
                     {"people", world.subjects.size()},
                     {"shelters", world.shelters.size()},
                     {"nodes", roads.graph.node_count()}};
  forget_peak_memory();
  for (const bool second_ways : {false, true}) {
    asked.second_ways = second_ways;
    StepTimes steps;
    const Stopwatch watch;
    const planner::PlanReport plans = compute_plans(world, steps.progress());
    const double seconds = watch.ms() / 1000;
    nlohmann::ordered_json run = {{"second_ways", second_ways},
                                  {"seconds", significant(seconds)},
                                  {"steps", steps.document()}};
    for (const planner::CourseReport& course : plans.courses) {
      run["courses"].push_back(describe(course));
      report.checks.check_equal("assignment proven optimal", course.total_cost_s,
                                course.lower_bound_s, "course");
    }
    report.row(second_ways ? "whole run with second ways" : "whole run", seconds, "s");
    report.document["runs"].push_back(std::move(run));
  }
  report.document["peak_mib"] = significant(memory().peak_mib);
  compare_assignment(world, report);
  report.document["checks"] = report.checks.tallies();
  std::cout << report.document.dump(2) << "\n";
  for (const std::string& difference : report.checks.differences()) {
    std::cerr << "WRONG: " << difference << "\n";
  }
  return report.checks.all_right() ? kDone : kFailed;
}

}  // namespace bench
