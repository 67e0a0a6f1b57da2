// SPDX-License-Identifier: Apache-2.0
// What the results of drills say of speeds and preparation, for the commands that add results.
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/drill_loop.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "planner/drill_calibration.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

Json interval_json(const planner::Estimate& estimate) {
  return {{"value", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}

Json json_of(const planner::CalibratedProfile& each, const std::string& label) {
  return {{"profile", each.profile},
          {"label", label},
          {"results", each.results},
          {"people", each.people},
          {"tracks", each.tracks},
          {"enough", each.enough},
          {"travel_ratio", interval_json(each.travel)},
          {"travel_differs", each.travel.excludes(1)},
          {"preparation_s", interval_json(each.preparation_s)},
          {"preparation_p90_s", each.preparation_p90_s},
          {"planned_speed_mps", each.planned_speed_mps},
          {"proposed_speed_mps", each.proposed_speed_mps},
          {"planned_preparation_s", each.planned_preparation.p50_s}};
}

/// `1.20 倍（1.05～1.33`, the bracket still open.
void print_interval(const Json& estimate, double unit, const std::string& word) {
  std::cout << estimate["value"].get<double>() / unit << word << "（"
            << estimate["low"].get<double>() / unit << "～"
            << estimate["high"].get<double>() / unit;
}

void print_proposal(const Json& each, const Context& context) {
  if (!each["enough"].get<bool>()) {
    std::cout << context.say("    件数が足りないので、速さの案は出しません。\n",
                             "    Too few results for a proposal.\n");
    return;
  }
  if (!each["travel_differs"].get<bool>()) {
    std::cout << context.say("    いまの速さのままでよい（区間に 1 倍が入る）。\n",
                             "    The present speed may stay (the interval holds 1).\n");
    return;
  }
  std::cout << std::setprecision(2) << context.say("    速さの案: ", "    Proposed speed: ")
            << each["planned_speed_mps"].get<double>() << " → "
            << each["proposed_speed_mps"].get<double>()
            << context.say(" m/秒。rules/profiles.toml を人が書き換えるまで変わりません。\n",
                           " m/s. Nothing changes until somebody edits rules/profiles.toml.\n");
}

}  // namespace

Json calibration(const CityFolder& city, registry::Session& session, const Proposal& proposal) {
  const auto profiles = route::parse_profiles(city.rules("profiles.toml"));
  const auto planning = planner::parse_planning_rules(city.rules("planning.toml"));
  const auto rules = planner::parse_drill_rules(city.rules("drill.toml"));
  const auto calibrated =
      planner::calibrate(registry::DrillDesk(session).results({}), profiles, planning, rules);
  Json all = Json::array();
  for (const planner::CalibratedProfile& each : calibrated) {
    all.push_back(json_of(each, route::profile_named(profiles, each.profile).label_ja));
  }
  Json document = {{"calibration", all}};
  if (!proposal.proposal.empty() && !proposal.dry_run) {
    write_file(proposal.proposal, proposal_text(calibrated, rules));
    document["proposal"] = proposal.proposal;
  }
  return document;
}

void print_calibration(const Json& document, const Context& context) {
  constexpr double kMinute = 60;
  if (!document["calibration"].empty()) {
    std::cout << context.say("これまでの訓練から（中央値、括弧内は信頼区間）:\n",
                             "From all drills so far (medians with their intervals):\n");
  }
  std::cout << std::fixed;
  for (const Json& each : document["calibration"]) {
    std::cout << "  "
              << context.say(each["label"].get_ref<const std::string&>().c_str(),
                             each["profile"].get_ref<const std::string&>().c_str())
              << ": " << each["results"] << context.say(" 件（うち軌跡 ", " results (tracks ")
              << each["tracks"] << context.say("）、移動は計画の ", "), travel / plan ")
              << std::setprecision(2);
    print_interval(each["travel_ratio"], 1, context.say(" 倍", ""));
    std::cout << context.say("）、準備 ", "）, preparation ") << std::setprecision(1);
    print_interval(each["preparation_s"], kMinute, context.say(" 分", " min"));
    std::cout << context.say("、計画 ", ", plan ") << std::setprecision(0)
              << each["planned_preparation_s"].get<double>() / kMinute << "）\n";
    print_proposal(each, context);
  }
  if (document.contains("proposal")) {
    std::cout << context.say("  直す案: ", "  Proposal: ")
              << document["proposal"].get<std::string>() << '\n';
  }
}

}  // namespace cli
