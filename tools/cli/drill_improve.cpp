// SPDX-License-Identifier: Apache-2.0
// `tomoni drill improve`: which actions save people, and what must not fail alone.
#include "cli/drill_improve.hpp"

#include <chrono>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "cli/drill_run.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "planner/drill_report.hpp"
#include "planner/drill_study.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;

struct DrillImproveOptions {
  std::string dir;
  std::string scenario;
  std::optional<std::uint32_t> runs;
  std::optional<std::size_t> most;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  std::string out;
};

Json interval(const planner::Estimate& estimate) {
  return {estimate.low, estimate.high};
}

Json json_of(const planner::DrillStudy& study) {
  Json actions = Json::array();
  for (const planner::RankedAction& each : study.actions) {
    actions.push_back({{"kind", planner::code_of(each.action.kind)},
                       {"words", planner::words_of(each.action.kind)},
                       {"what", each.action.what},
                       {"saved", each.effect.saved.value},
                       {"interval", interval(each.effect.saved)},
                       {"helps", each.helps()},
                       {"better", each.effect.better},
                       {"worse", each.effect.worse}});
  }
  Json points = Json::array();
  for (const planner::RankedPoint& each : study.points) {
    const planner::Estimate& saved = each.effect.saved;
    points.push_back({{"kind", planner::code_of(each.point.kind)},
                      {"words", planner::words_of(each.point.kind)},
                      {"what", each.point.what},
                      {"load", each.point.load},
                      {"lost", 0 - saved.value},
                      {"interval", {0 - saved.high, 0 - saved.low}},
                      {"costs", each.costs()},
                      {"worse", each.effect.worse}});
  }
  return {{"actions", actions}, {"single_points", points}};
}

Json run(const DrillImproveOptions& options, const Context& context) {
  DrillSetting setting(options.dir, options.scenario);
  const auto progress = progress_line();
  setting.join(progress, DrillSetting::SecondWays::ForAll);
  if (setting.world().people.empty()) {
    throw registry::InputError(
        "訓練に出る人がいません。tomoni drill run で理由を確かめてください。");
  }
  planner::ActionMeans means =
      planner::means_of(setting.world(), setting.rules(), setting.planning());
  means.rules.most = options.most.value_or(means.rules.most);
  const DrillRuns runs{.runs = options.runs.value_or(means.rules.runs), .seed = options.seed};
  const unsigned threads =
      options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  const auto started = std::chrono::steady_clock::now();
  const planner::DrillStudy study = study_drill(setting.world(), means,
                                                {.seed = runs.seed,
                                                 .runs = runs.runs,
                                                 .threads = threads,
                                                 .confidence = setting.rules().confidence},
                                                progress);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  registry::ResultFile results = results_of(setting, runs, study.base, study.cut_off);
  Json document = summary_of(results);
  document.update(json_of(study));
  document["seconds"] = took.count();
  if (!options.out.empty() && !context.dry_run) {
    for (registry::ResultTable& table : planner::study_tables(study)) {
      results.tables.push_back(std::move(table));
    }
    write_result_file(options.out, results);
    document["out"] = options.out;
  }
  return document;
}

std::string people(const Json& value) {
  return planner::people_text(value.get<double>());
}

void print_line(const Json& each, const char* figure, const Context& context) {
  std::cout << "  " << people(each[figure]) << context.say(" 人（", " people (")
            << people(each["interval"][0]) << "～" << people(each["interval"][1])
            << context.say("）  ", ")  ") << each["words"].get<std::string>() << ": "
            << each["what"].get<std::string>();
}

void print_actions(const Json& actions, bool helps, const Context& context) {
  bool any = false;
  for (const Json& each : actions) {
    if (each["helps"].get<bool>() == helps) {
      any = true;
      print_line(each, "saved", context);
      std::cout << context.say("（悪くなる人 ", " (worse off ") << each["worse"]
                << context.say("）\n", ")\n");
    }
  }
  if (!any) {
    std::cout << context.say("  なし\n", "  none\n");
  }
}

void print_study(const Json& document, const Context& context) {
  std::cout << document["name"].get<std::string>() << context.say(": ", ": ") << document["runs"]
            << context.say(" 回ずつ、間に合う人は平均 ", " runs each, safe in time on average ")
            << people(document["outcomes"]["safe"]) << context.say(" 人\n", "\n")
            << context.say("効果がある改善案（1回あたり助かる人、多い順）\n",
                           "Actions that help (people saved per run, most first)\n");
  print_actions(document["actions"], true, context);
  std::cout << context.say("効果があるとはいえない案\n", "Not shown to help\n");
  print_actions(document["actions"], false, context);
  std::cout << context.say("それだけが使えないと失う人（1回あたり）\n",
                           "People lost when this alone fails (per run)\n");
  for (const Json& each : document["single_points"]) {
    print_line(each, "lost", context);
    std::cout << (each["costs"].get<bool>()
                      ? ""
                      : context.say("（失うとはいえない）", " (not shown to cost anybody)"))
              << '\n';
  }
  std::cout << context.say("試すのにかかった時間 ", "Time taken ") << people(document["seconds"])
            << context.say(" 秒\n", " s\n");
  if (document.contains("out")) {
    std::cout << context.say("結果: ", "Result: ") << document["out"].get<std::string>() << '\n';
  }
}

}  // namespace

void add_drill_improve(CLI::App& drill, Context& context) {
  const auto options = std::make_shared<DrillImproveOptions>();
  CLI::App* command = drill.add_subcommand(
      "improve", "改善案と単一障害点: 一つずつ変えて同じ乱数で試す (what saves people)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--scenario", options->scenario, "シナリオ、TOML か JSON (scenario)")
      ->required();
  command
      ->add_option("--runs", options->runs,
                   "案ごとの回数。既定は rules/drill.toml (how many runs of each)")
      ->check(CLI::Range(2, 100'000));
  command->add_option("--seed", options->seed, "乱数の種 (seed)");
  command
      ->add_option("--most", options->most,
                   "種類ごとに試す数。既定は rules/drill.toml (how many of each kind)")
      ->check(CLI::Range(1, 1000));
  command->add_option("--threads", options->threads, "並列の数。結果は変わらない (threads)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--out", options->out, "結果ファイル、SQLite (result file)");
  command->callback([options, &context] {
    const Json document = run(*options, context);
    if (context.json) {
      print_json(document);
    } else {
      print_study(document, context);
    }
  });
}

}  // namespace cli
