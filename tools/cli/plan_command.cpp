// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "cli/plan_changes.hpp"
#include "cli/plan_inputs.hpp"
#include "cli/report.hpp"
#include "planner/evacuation_planner.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct PlanOptions {
  std::string dir;
  std::vector<std::string> hazards;
  bool no_second_way = false;
  bool update = false;
};

void print_course(const Json& course, const Context& context) {
  std::cout << course["hazard"].get<std::string>() << context.say(": 避難先あり ", ": planned ")
            << course["planned"] << context.say("、実行できる ", ", executable ")
            << course["verdicts"]["EXECUTABLE"] << context.say("、危うい ", ", at risk ")
            << course["verdicts"]["AT_RISK"] << context.say("、実行できない ", ", not executable ")
            << course["verdicts"]["NOT_EXECUTABLE"] << '\n';
  for (const auto& [reason, people] : course["unassigned"].items()) {
    std::cout << context.say("  避難先なし ", "  No destination ") << reason << ": " << people
              << '\n';
  }
  for (const auto& [cause, people] : course["not_executable_because"].items()) {
    std::cout << context.say("  実行できない理由 ", "  Not executable ") << cause << ": " << people
              << '\n';
  }
  std::cout << context.say("  平均所要 ", "  Mean duration ")
            << whole_minutes(course["mean_duration_s"].get<double>())
            << context.say(" 分、最長 ", " min, longest ")
            << whole_minutes(course["longest_duration_s"].get<double>())
            << context.say(" 分、割当の合計 ", " min, assignment ") << course["total_cost_s"]
            << context.say(" 秒（下界 ", " s (lower bound ") << course["lower_bound_s"]
            << context.say(" 秒）\n", " s)\n");
  for (const Json& shelter : course["capacity"]) {
    std::cout << "    " << shelter["name"].get<std::string>() << ": " << shelter["used"] << " / "
              << shelter["capacity"]
              << (shelter["capacity_assumed"].get<bool>()
                      ? context.say("（定員は仮定）", " (capacity assumed)")
                      : std::string())
              << '\n';
  }
}

void print_plan(const Json& report, const Context& context) {
  const Json& plan = report["plan"];
  std::cout << context.say("名簿登載者 ", "On the register ") << plan["registrants"]
            << context.say("、どの災害でも実行できる計画 ", ", executable in every hazard ")
            << plan["executable"] << '\n';
  for (const Json& course : plan["courses"]) {
    print_course(course, context);
  }
  if (!plan["settled_but_different"].empty()) {
    std::cout << context.say("確定した計画のうち、今日なら違う計画になるもの ",
                             "Settled plans that would be different today ")
              << plan["settled_but_different"].size() << '\n';
  }
  if (!plan["broken"].empty()) {
    std::cout << context.say("確定した計画のうち、もう実行できないもの ",
                             "Settled plans that no longer hold ")
              << plan["broken"].size() << context.say("（新たに要見直し ", " (newly for review ")
              << plan["marked_for_review"] << context.say("）\n", ")\n");
    for (const Json& each : plan["broken"]) {
      std::cout << "  " << each["registrant"].get<std::string>() << "  "
                << each["reason"].get<std::string>() << '\n';
    }
  }
  if (report.contains("changes")) {
    std::cout << context.say("変わった計画 ", "Plans that changed ") << report["changes"].size()
              << '\n';
    print_changes(report["changes"]);
  }
  const Json& stored = plan["stored"];
  std::cout << context.say("保存: 新規 ", "Stored: new ") << stored["added"]
            << context.say("、改訂 ", ", revised ") << stored["revised"]
            << context.say("、変更なし ", ", unchanged ") << stored["unchanged"]
            << context.say("、人が決めたので据え置き ", ", settled by people ") << stored["kept"]
            << '\n';
}

Json run(const PlanOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const PlanInputs inputs(city, options.hazards);
  const auto criteria = registry::parse_rule_set(city.rules(inputs.local_plan.rule_set_file));
  const auto roads = city.roads();
  auto registry = city.open_registry();
  registry::Session session = registry.session(actor("個別避難計画の作成（49条の14）"));
  Json result;
  if (!context.dry_run) {
    result["eligibility"] = to_json(session.run_eligibility(criteria, registry::tokyo_date(now())));
  }
  planner::PlanRequest request = inputs.request();
  request.store = !context.dry_run;
  request.second_ways = !options.no_second_way;
  request.only_affected = options.update;
  const planner::PlanReport report = make_plans(session, *roads, request, progress_line());
  result["plan"] = to_json(report);
  if (options.update) {
    result["changes"] = to_json(planner::changes_between(report.before, report.plans));
  }
  return result;
}

}  // namespace

void add_plan(CLI::App& app, Context& context) {
  const auto options = std::make_shared<PlanOptions>();
  CLI::App* command =
      app.add_subcommand("plan", "名簿の全員の個別避難計画を作る (make everybody's plan)");
  command->require_subcommand(0, 1);
  add_plan_desk(*command, context);
  add_plan_studies(*command, context);
  add_plan_supporters(*command, context);
  add_plan_transfers(*command, context);
  add_plan_weak(*command, context);
  add_plan_inputs(*command, options->dir, options->hazards);
  command->add_flag("--update", options->update,
                    "いまも正しい計画は席ごとそのままにし、ほかだけを作り直す (only what no longer "
                    "holds)");
  command->add_flag("--no-second-way", options->no_second_way,
                    "代わりの経路を探さない (do not look for second ways)");
  command->callback([options, command, &context] {
    if (!command->get_subcommands().empty()) {
      return;  // a subcommand has done its work
    }
    if (options->dir.empty()) {
      throw CLI::RequiredError("--dir");
    }
    const Json result = run(*options, context);
    if (context.json) {
      print_json(result);
    } else {
      print_plan(result, context);
    }
  });
}

}  // namespace cli
