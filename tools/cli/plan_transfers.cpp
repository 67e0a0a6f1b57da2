// SPDX-License-Identifier: Apache-2.0
// `tomoni plan transfers`: how long the vehicles need for the second stage; nothing is stored.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/plan_inputs.hpp"
#include "cli/report.hpp"
#include "planner/transfer_fleet.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string dir;
  std::vector<std::string> hazards;
};

Json to_json(const planner::FleetReport& report) {
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

Json run(const Options& options) {
  const CityFolder city(options.dir);
  const PlanInputs inputs(city, options.hazards);
  const auto roads = city.roads();
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("個別避難計画の検討（49条の14）"));
  planner::PlanRequest request = inputs.request();
  request.store = false;
  request.second_ways = false;
  const planner::PlanWorld world = plan_world(session, *roads, request);
  const planner::PlanReport plans = compute_plans(world, progress_line());
  Json courses = Json::array();
  for (const planner::FleetReport& report : fleet_reports(world, plans)) {
    courses.push_back(to_json(report));
  }
  return {{"courses", courses}};
}

void print_words(const Json& document, const Context& context) {
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
  const auto options = std::make_shared<Options>();
  CLI::App* command = plan.add_subcommand(
      "transfers", "福祉避難所への移送に車両で何分かかるか (vehicles for the second stage)");
  add_plan_inputs(*command, options->dir, options->hazards);
  command->get_option("--dir")->required();
  command->callback([options, &context] {
    const Json document = run(*options);
    if (context.json) {
      print_json(document);
    } else {
      print_words(document, context);
    }
  });
}

}  // namespace cli
