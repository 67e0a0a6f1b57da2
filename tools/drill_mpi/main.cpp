// SPDX-License-Identifier: Apache-2.0
// `mpirun -n K tomoni-drill-mpi ...`: the runs of `tomoni drill run` split over K processes by
// range. The result file is the one that a single process writes, byte for byte.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/mpi/collectives.hpp>
#include <boost/mpi/communicator.hpp>
#include <boost/mpi/environment.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <vector>

#include "cli/drill_run.hpp"
#include "registry/error.hpp"

namespace {

using Words = std::vector<std::uint64_t>;

struct Options {
  std::string dir;
  std::string scenario;
  std::string out;
  cli::DrillRuns runs;
};

/// Every process must have joined the same scene, or the sums would be of different things.
void require_same(const boost::mpi::communicator& world, const std::string& hash) {
  std::vector<std::string> all;
  boost::mpi::all_gather(world, hash, all);
  for (const std::string& other : all) {
    if (other != hash) {
      throw registry::Error(
          "プロセスごとに計画や道路が違います。訓練の間は台帳を変えず、同じフォルダで実行して"
          "ください。");
    }
  }
}

void run(const boost::mpi::communicator& world, const Options& options) {
  cli::DrillSetting setting(options.dir, options.scenario);
  setting.join([](std::string_view, double) {});
  require_same(world, setting.data_hash() + setting.rules_hash());
  if (setting.world().people.empty()) {
    throw registry::InputError(
        "訓練に出る人がいません。tomoni drill run で理由を確かめてください。");
  }
  const auto rank = static_cast<std::uint64_t>(world.rank());
  const auto size = static_cast<std::uint64_t>(world.size());
  const auto first = static_cast<std::uint32_t>(options.runs.runs * rank / size);
  const auto end = static_cast<std::uint32_t>(options.runs.runs * (rank + 1) / size);
  const route::DrillSimulator simulator(setting.world().scene);
  planner::CutOffRuns cut_off(setting.world().areas.size());
  route::DrillTotals own = simulate_drills(
      simulator,
      {.seed = options.runs.seed,
       .first_run = first,
       .runs = end - first,
       .threads = std::max(1U, options.runs.threads)},
      [&](const route::DrillRun& run) { count_cut_off(setting.world(), run, cut_off); });
  std::vector<Words> parts;
  boost::mpi::gather(world, own.words(), parts, 0);
  std::vector<planner::CutOffRuns> cut_offs;
  boost::mpi::gather(world, cut_off, cut_offs, 0);
  if (world.rank() != 0) {
    return;
  }
  route::DrillTotals totals = route::DrillTotals::from_words(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    totals.merge(route::DrillTotals::from_words(parts[i]));
    std::ranges::transform(cut_off, cut_offs[i], cut_off.begin(), std::plus());
  }
  const registry::ResultFile results = cli::results_of(setting, options.runs, totals, cut_off);
  if (!options.out.empty()) {
    write_result_file(options.out, results);
  }
  std::cout << cli::summary_of(results).dump(2) << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const boost::mpi::environment environment(argc, argv);
    const boost::mpi::communicator world;
    Options options;
    CLI::App app{"避難訓練を多くのプロセスで試す (drills over many processes)"};
    app.add_option("--dir", options.dir, "市のフォルダ (city folder)")->required();
    app.add_option("--scenario", options.scenario, "シナリオ (scenario)")->required();
    app.add_option("--runs", options.runs.runs, "回数 (how many runs)")
        ->check(CLI::Range(1, 100'000));
    app.add_option("--seed", options.runs.seed, "乱数の種 (seed)");
    app.add_option("--threads", options.runs.threads, "プロセスごとの並列 (threads of each)");
    app.add_option("--out", options.out, "結果ファイル、SQLite (result file)");
    CLI11_PARSE(app, argc, argv);
    try {
      run(world, options);
    } catch (const std::exception& error) {
      std::cerr << "tomoni-drill-mpi: " << error.what() << std::endl;
      world.abort(1);  // the others wait for us
    }
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "tomoni-drill-mpi: " << error.what() << '\n';
    return 1;
  }
}
