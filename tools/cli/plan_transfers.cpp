// SPDX-License-Identifier: Apache-2.0
// `tomoni plan transfers`: how long the vehicles need for the second stage; nothing is stored.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/plan_study.hpp"
#include "cli/report.hpp"
#include "planner/transfer_fleet.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const planner::FleetReport& report) {
  Json vehicles = Json::array();
  for (const std::vector<planner::FleetTrip>& trips : report.trips) {
    Json of_vehicle = Json::array();
    for (const planner::FleetTrip& trip : trips) {
      of_vehicle.push_back({{"from", trip.from},
                            {"to", trip.to},
                            {"people", trip.people},
                            {"arrival_s", trip.arrival_s},
                            {"delivered_s", trip.delivered_s}});
    }
    vehicles.push_back(of_vehicle);
  }
  return {{"hazard", registry::to_text(report.hazard)},
          {"waiting", report.waiting},
          {"left", report.left},
          {"last_delivery_s", report.last_s},
          {"last_delivery_lower_bound_s", report.last_bound_s},
          {"vehicles", vehicles}};
}

Json run(const StudyOptions& options) {
  PlanStudy study(options);
  study.request.second_ways = false;
  const planner::PlanReport plans = compute_plans(study.world, progress_line());
  Json courses = Json::array();
  for (const planner::FleetReport& report : fleet_reports(study.world, plans)) {
    courses.push_back(json_of(report));
  }
  return {{"courses", courses}};
}

void print_plan_transfers(const Json& document, const Context& context) {
  for (const Json& course : document["courses"]) {
    std::cout << course["hazard"].get<std::string>()
              << context.say(": 移る人（同伴者を含む） ", ": people to move (with companions) ")
              << course["waiting"] << context.say("、残る人 ", ", left ") << course["left"]
              << context.say("、最後の到着 ", ", last arrival ")
              << whole_minutes(course["last_delivery_s"].get<double>())
              << context.say(" 分（下界 ", " min (lower bound ")
              << whole_minutes(course["last_delivery_lower_bound_s"].get<double>())
              << context.say(" 分）\n", " min)\n");
    int number = 0;
    for (const Json& trips : course["vehicles"]) {
      std::cout << context.say("  車両", "  vehicle ") << ++number << ": " << trips.size()
                << context.say("回\n", " trips\n");
    }
  }
}

}  // namespace

void add_plan_transfers(CLI::App& plan, Context& context) {
  const auto options = std::make_shared<StudyOptions>();
  add_study(
      plan, context, *options,
      {.name = "transfers",
       .description = "福祉避難所への移送に車両で何分かかるか (vehicles for the second stage)",
       .run = [options] { return run(*options); },
       .print = print_plan_transfers});
}

}  // namespace cli
