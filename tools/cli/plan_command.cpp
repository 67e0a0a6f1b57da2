// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "planner/evacuation_planner.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string dir;
  std::string hazard;
};

registry::HazardKind hazard_of(const Options& options, const registry::LocalPlan& plan) {
  if (options.hazard.empty()) {
    return plan.planning_hazards.front();
  }
  const auto kind = registry::parse_hazard_kind(options.hazard);
  if (!kind) {
    throw CLI::ValidationError("--hazard", "災害種別の名前ではありません。例: 洪水, 地震");
  }
  return *kind;
}

void print_words(const Json& report, const Context& context) {
  const Json& plan = report["plan"];
  std::cout << context.say("名簿登載者 ", "On the register ") << plan["registrants"]
            << context.say("、計画あり ", ", planned ") << plan["planned"] << '\n';
  for (const auto& [reason, people] : plan["unassigned"].items()) {
    std::cout << context.say("避難先なし ", "No destination ") << reason << ": " << people << '\n';
  }
  std::cout << context.say("平均所要 ", "Mean duration ")
            << whole_minutes(plan["mean_duration_s"].get<double>())
            << context.say(" 分、最長 ", " min, longest ")
            << whole_minutes(plan["longest_duration_s"].get<double>())
            << context.say(" 分\n", " min\n");
  for (const Json& shelter : plan["capacity"]) {
    std::cout << "  " << shelter["name"].get<std::string>() << ": " << shelter["used"] << " / "
              << shelter["capacity"]
              << (shelter["capacity_assumed"].get<bool>()
                      ? context.say("（定員は仮定）", " (capacity assumed)")
                      : std::string())
              << '\n';
  }
  const Json& stored = plan["stored"];
  std::cout << context.say("保存: 新規 ", "Stored: new ") << stored["added"]
            << context.say("、改訂 ", ", revised ") << stored["revised"]
            << context.say("、変更なし ", ", unchanged ") << stored["unchanged"]
            << context.say("、人が決めたので据え置き ", ", settled by people ") << stored["kept"]
            << '\n';
}

Json run(const Options& options, const Context& context) {
  const CityFolder city(options.dir);
  const registry::LocalPlan local_plan = city.local_plan();
  const auto rules = registry::parse_rule_set(city.rules(local_plan.rule_set_file));
  const auto mobility = planner::parse_mobility_rules(city.rules("mobility.toml"));
  const auto acceptance = planner::parse_acceptance_rules(city.rules("acceptance.toml"));
  const auto roads = city.roads();
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("個別避難計画の作成（49条の14）"));
  Json result;
  if (!context.dry_run) {
    result["eligibility"] = to_json(session.run_eligibility(rules, registry::tokyo_date(now())));
  }
  const planner::PlanRequest request{.local_plan = local_plan,
                                     .mobility = mobility,
                                     .acceptance = acceptance,
                                     .hazard = hazard_of(options, local_plan),
                                     .now = now(),
                                     .store = !context.dry_run};
  result["hazard"] = registry::to_text(request.hazard);
  result["plan"] = to_json(make_plans(session, *roads, request, progress_line()));
  return result;
}

}  // namespace

void add_plan(CLI::App& app, Context& context) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("plan", "名簿の全員の個別避難計画を作る (make everybody's plan)");
  command->require_subcommand(0, 1);
  add_plan_desk(*command, context);
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)");
  command->add_option("--hazard", options->hazard,
                      "災害種別。既定は地域防災計画の設定 (hazard, default from the local plan)");
  command->callback([options, command, &context] {
    if (!command->get_subcommands().empty()) {
      return;  // the desk has done its work
    }
    if (options->dir.empty()) {
      throw CLI::RequiredError("--dir");
    }
    const Json result = run(*options, context);
    if (context.json) {
      print_json(result);
    } else {
      print_words(result, context);
    }
  });
}

}  // namespace cli
