// SPDX-License-Identifier: Apache-2.0
// `tomoni drill new` and `tomoni drill run`.
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "cli/commands.hpp"
#include "cli/drill_improve.hpp"
#include "cli/drill_loop.hpp"
#include "cli/drill_processes.hpp"
#include "cli/drill_run.hpp"
#include "cli/files.hpp"
#include "cli/report.hpp"
#include "planner/drill_replay.hpp"
#include "registry/error.hpp"

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

// ---- new ----

struct NewOptions {
  std::string dir;
  std::string file;
  std::string hazard;
  std::string start;
};

std::string tomorrow_morning() {
  constexpr std::int64_t kDay = std::int64_t{24} * 3'600'000;
  return registry::to_iso(registry::tokyo_date({now().milliseconds + kDay})) + "T09:00";
}

Json write_scenario(const NewOptions& options, const Context& context) {
  const CityFolder city(options.dir);
  const ScenarioBasis basis(city);
  auto hazard = city.local_plan().planning_hazards.front();
  if (!options.hazard.empty()) {
    const auto kind = registry::parse_hazard_kind(options.hazard);
    if (!kind) {
      throw CLI::ValidationError("--hazard", "災害種別の名前ではありません。例: 洪水, 地震");
    }
    hazard = *kind;
  }
  fs::path file = options.file;
  if (fs::is_directory(file)) {
    file /= "drill.toml";
  }
  if (fs::exists(file)) {
    throw registry::InputError("すでにあります: " + file.string() +
                               "。別の名前を指定してください。元のファイルは変わっていません。");
  }
  const std::string start = options.start.empty() ? tomorrow_morning() : options.start;
  const std::string text = scenario_text(hazard, start, basis.world());
  static_cast<void>(parse_drill_scenario(text, file.filename().string(), basis.world()));
  if (!context.dry_run) {
    write_file(file, text);
  }
  return {{"file", file.string()},
          {"hazard", registry::to_text(hazard)},
          {"areas", basis.areas.size()},
          {"shelters", basis.shelters.size()},
          {"findings", open_findings(city)}};
}

void add_new(CLI::App& drill, Context& context) {
  const auto options = std::make_shared<NewOptions>();
  CLI::App* command =
      drill.add_subcommand("new", "説明付きのシナリオを書き出す (write a commented scenario)");
  command->add_option("file", options->file, "書き出すファイルかフォルダ (file or folder)")
      ->required();
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--hazard", options->hazard,
                      "災害種別。既定は地域防災計画の最初のもの (hazard)");
  command->add_option("--start", options->start, "始まり、日本時間 2026-11-21T09:00 (start)");
  command->callback([options, &context] {
    const Json document = write_scenario(*options, context);
    if (context.json) {
      print_json(document);
    } else {
      std::cout << document["file"].get<std::string>()
                << context.say(
                       " を書きました。直してから tomoni drill run --scenario で実行します。\n",
                       " written. Edit it, then: tomoni drill run --scenario\n");
      if (!document["findings"].empty()) {
        std::cout << context.say("これまでの訓練で終わっていない指摘（この訓練で確かめます）:\n",
                                 "Open findings of earlier drills, to be checked at this one:\n");
        print_findings(document["findings"], context);
      }
    }
  });
}

// ---- run ----

struct RunOptions {
  std::string dir;
  std::string scenario;
  std::string out;
  std::string replay;
  DrillRuns runs;
};

struct Played {
  route::DrillTotals totals;
  planner::CutOffRuns cut_off = {};
};

Played play(const route::DrillSimulator& simulator, const DrillRuns& runs,
            const planner::DrillWorld& world, const planner::Progress& progress) {
  const unsigned threads =
      runs.threads > 0 ? runs.threads : std::max(1U, std::thread::hardware_concurrency());
  std::uint32_t done = 0;
  Played played;
  const auto sink = [&](const route::DrillRun& run) {
    count_cut_off(world, run, played.cut_off);
    ++done;
    progress("訓練", static_cast<double>(done) / runs.runs);
  };
  played.totals = simulate_drills(
      simulator, {.seed = runs.seed, .first_run = 0, .runs = runs.runs, .threads = threads}, sink);
  return played;
}

/// The same runs, shared out over the processes that mpirun has started.
void run_with_others(const RunOptions& options, const Context& context) {
  if (!options.replay.empty()) {
    throw registry::InputError("--replay は、mpirun を付けずに実行してください。");
  }
  std::vector<std::string> arguments = {"--dir",      options.dir,
                                        "--scenario", options.scenario,
                                        "--runs",     std::to_string(options.runs.runs),
                                        "--seed",     std::to_string(options.runs.seed),
                                        "--threads",  std::to_string(options.runs.threads)};
  if (!options.out.empty() && !context.dry_run) {
    arguments.insert(arguments.end(), {"--out", options.out});
  }
  go_on_as_one_of_many(arguments);
}

Json run(const RunOptions& options, const Context& context) {
  DrillSetting setting(options.dir, options.scenario);
  const auto progress = progress_line();
  setting.join(progress);
  if (setting.world().people.empty()) {
    throw registry::InputError(
        "訓練に出る人がいません。名簿と計画を作り（tomoni plan）、訓練参加の同意を記録するか、"
        "同意していない人が rules/drill.toml の least_group 人以上になってから実行してください。");
  }
  const route::DrillSimulator simulator(setting.world().scene);
  const Played played = play(simulator, options.runs, setting.world(), progress);
  const registry::ResultFile results =
      results_of(setting, options.runs, played.totals, played.cut_off);
  Json document = summary_of(results);
  if (!options.out.empty() && !context.dry_run) {
    write_result_file(options.out, results);
    document["out"] = options.out;
  }
  if (!options.replay.empty() && !context.dry_run) {
    const auto traced = simulator.run(options.runs.seed, 0, route::DrillSimulator::Trace::Yes);
    write_file(options.replay, drill_replay(setting.world(), traced));
    document["replay"] = options.replay;
  }
  return document;
}

/// A count, or `*`.
std::string shown(const Json& count) {
  return count.is_string() ? count.get<std::string>() : count.dump();
}

void print_run(const Json& document, const Context& context) {
  std::cout << std::fixed << std::setprecision(1) << document["name"].get<std::string>()
            << context.say(": 出る人 ", ": players ") << document["players"]
            << context.say("（同意した人 ", " (with consent ") << shown(document["real"])
            << context.say("、仮の人 ", ", stand-ins ") << shown(document["stand_ins"])
            << context.say("）、支援者 ", "), supporters ") << document["supporters"]
            << context.say("、出ない人 ", ", left out ") << shown(document["left_out"]) << "\n  "
            << document["runs"] << context.say(" 回の平均: 間に合う ", " runs, mean: safe in time ")
            << document["outcomes"]["safe"].get<double>()
            << context.say("人、遅れて着く ", ", late ")
            << document["outcomes"]["late"].get<double>()
            << context.say("人、自宅に残る ", ", left behind ")
            << document["outcomes"]["left_behind"].get<double>()
            << context.say("人、自宅にいない ", ", not at home ")
            << document["outcomes"]["away"].get<double>()
            << context.say("人\n  間に合わない理由\n", "\n  Why not safe in time\n");
  for (const auto& [code, cause] : document["causes"].items()) {
    std::cout << "    " << cause["words"].get<std::string>() << ' ' << cause["people"].get<double>()
              << context.say(" 人\n", " people\n");
  }
  if (document.contains("out")) {
    std::cout << context.say("  結果: ", "  Result: ") << document["out"].get<std::string>()
              << '\n';
  }
}

void add_run(CLI::App& drill, Context& context) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App* command =
      drill.add_subcommand("run", "シナリオを何度も試す (play the scenario many times)");
  command->add_option("--dir", options->dir, "市のフォルダ (city folder)")->required();
  command->add_option("--scenario", options->scenario, "シナリオ、TOML か JSON (scenario)")
      ->required();
  command->add_option("--runs", options->runs.runs, "回数 (how many runs)")
      ->check(CLI::Range(1, 100'000));
  command->add_option("--seed", options->runs.seed, "乱数の種 (seed)");
  command->add_option("--threads", options->runs.threads, "並列の数。結果は変わらない (threads)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--out", options->out, "結果ファイル、SQLite (result file)");
  command->add_option("--replay", options->replay, "最初の回の動きを GeoJSON へ (replay)");
  command->callback([options, &context] {
    if (is_one_of_many_processes()) {
      run_with_others(*options, context);
    }
    const Json document = run(*options, context);
    if (context.json) {
      print_json(document);
    } else {
      print_run(document, context);
    }
  });
}

}  // namespace

void add_drill(CLI::App& app, Context& context) {
  CLI::App* drill =
      app.add_subcommand("drill", "避難訓練: シナリオ、シミュレーション、実測 (drills)");
  drill->require_subcommand(1);
  add_new(*drill, context);
  add_run(*drill, context);
  add_drill_improve(*drill, context);
  add_drill_results(*drill, context);
  add_drill_loop(*drill, context);
}

}  // namespace cli
