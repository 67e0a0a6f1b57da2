// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>

#include "machine.hpp"
#include "stages.hpp"

namespace bench {

Options Options::quick() {
  Options options;
  options.rounds = {2, 1};
  options.slow_rounds = {1, 1};
  options.pairs = 300;
  options.compared_pairs = 20;
  options.table_sources = {100, 200};
  return options;
}

void Options::fit_to(std::size_t nodes) {
  constexpr std::size_t kFewest = 1'000;
  constexpr std::size_t kSettledAtMost = 1'000'000'000;
  pairs = std::min(pairs, std::max(kFewest, kSettledAtMost / nodes));
}

void run_all(const Bench& bench) {
  const auto& [task, options, report] = bench;
  auto& document = report.document;
  const Stopwatch watch;
  const auto start = std::chrono::steady_clock::now();
  document["program"] = "route_bench";
  document["date"] = now_utc();
  document["machine"] = describe_machine();
  document["graph"] = {{"kind", task.kind},
                       {"profile", task.profile},
                       {"nodes", task.net.positions.size()},
                       {"arcs", task.net.heads.size()}};
  document["rounds_at_most"] = options.rounds.most;
  document["seed"] = options.seed;
  report.section("graph");
  report.count("nodes", task.net.positions.size());
  report.count("arcs", task.net.heads.size());

  const route::CchTopology topology = measure_hierarchy(bench);
  measure_customization(bench, topology);
  measure_updates(bench, topology);
  measure_journeys(bench, topology);
  measure_tables(bench, topology);

  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  document["seconds"] = significant(seconds.count());
  document["processor_share"] = significant(watch.ms() / 1000 / seconds.count());
  document["checks"] = report.checks.tallies();
  document["differences"] = report.checks.differences();
  document["all_right"] = report.checks.all_right();
}

}  // namespace bench
