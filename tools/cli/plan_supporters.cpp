// SPDX-License-Identifier: Apache-2.0
// `tomoni plan supporters`: who should help whom; nobody is asked and nothing is stored.
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/plan_study.hpp"
#include "cli/report.hpp"
#include "planner/supporter_proposals.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const planner::ProposalsFor& of) {
  Json supporters = Json::array();
  for (const planner::SupporterProposal& each : of.supporters) {
    supporters.push_back({{"supporter", each.supporter.value},
                          {"travel_s", each.travel_s},
                          {"agreed", each.agreed},
                          {"first", each.first}});
  }
  return {{"registrant", of.person.value},
          {"supporters", supporters},
          {"refused", of.refused},
          {"carrier_missing", of.carrier_missing},
          {"vehicle_missing", of.vehicle_missing},
          {"uncovered", of.uncovered},
          {"coverage", of.coverage}};
}

Json parts_of(const route::SupportChoiceValue& value) {
  return {{"people_alone", value.alone},
          {"times_of_day_uncovered", value.uncovered},
          {"supporters_missing", value.missing}};
}

Json propose(const StudyOptions& options) {
  PlanStudy study(options);
  const auto everybody = study.session.supporters();
  const auto proposals = propose_supporters(study.world, everybody);
  Json people = Json::array();
  for (const planner::ProposalsFor& of : proposals.people) {
    people.push_back(json_of(of));
  }
  Json double_booked = Json::array();
  for (const registry::SupporterId& supporter : proposals.double_booked) {
    double_booked.push_back(supporter.value);
  }
  return {{"people_needing_help", people.size()},
          {"result", parts_of(proposals.value)},
          {"lower_bound", parts_of(proposals.lower_bound)},
          {"double_booked", double_booked},
          {"people", people}};
}

void print_plan_supporters(const Json& document, const Context& context) {
  const Json& result = document["result"];
  const Json& bound = document["lower_bound"];
  const auto row = [&](const char* ja, const char* en, const char* key) {
    std::cout << context.say(ja, en) << result[key] << context.say("（下界 ", " (lower bound ")
              << bound[key] << context.say("）\n", ")\n");
  };
  std::cout << context.say("手助けの要る人 ", "People who need help ")
            << document["people_needing_help"] << '\n';
  row("支援者がいない人 ", "People without anybody ", "people_alone");
  row("だれも来られない時間帯 ", "Times of day without anybody ", "times_of_day_uncovered");
  row("足りない支援者 ", "Supporters missing ", "supporters_missing");
  std::cout << context.say("何人もの一番手になる支援者 ", "Supporters who go first for several ")
            << document["double_booked"].size() << '\n';
  const auto count = [&](const char* key) {
    return std::ranges::count_if(document["people"],
                                 [&](const Json& person) { return person[key].get<bool>(); });
  };
  std::cout << context.say("運べる支援者のいない人 ", "Nobody who can carry them ")
            << count("carrier_missing")
            << context.say("、車両のある支援者のいない人 ", ", nobody with a vehicle ")
            << count("vehicle_missing") << '\n';
  for (const Json& person : document["people"]) {
    for (const Json& each : person["supporters"]) {
      if (!each["agreed"].get<bool>()) {
        std::cout << "  " << person["registrant"].get<std::string>()
                  << context.say("  候補 ", "  to be asked ")
                  << each["supporter"].get<std::string>() << "  "
                  << whole_minutes(each["travel_s"].get<double>()) << context.say("分\n", " min\n");
      }
    }
  }
}

}  // namespace

void add_plan_supporters(CLI::App& plan, Context& context) {
  const auto options = std::make_shared<StudyOptions>();
  add_study(
      plan, context, *options,
      {.name = "supporters",
       .description = "支援者の過不足と候補 (supporters: missing, double-booked, to be asked)",
       .run = [options] { return propose(*options); },
       .print = print_plan_supporters});
}

}  // namespace cli
