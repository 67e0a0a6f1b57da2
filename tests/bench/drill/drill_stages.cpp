// SPDX-License-Identifier: Apache-2.0
#include "drill/drill_stages.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <map>
#include <numeric>
#include <set>

#include "machine.hpp"

namespace bench {
namespace {

using route::DrillOutcome;
using route::DrillRun;
using route::DrillSimulator;
using route::DrillTotals;

/// Seconds on the wall, and of the processor in all threads together.
struct Seconds {
  double wall = 0;
  double cpu = 0;
};

double processor_seconds() {
  std::timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

template <class Work>
Seconds seconds_of(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  const double cpu = processor_seconds();
  work();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), processor_seconds() - cpu};
}

std::size_t count_safe(const DrillRun& run) {
  return static_cast<std::size_t>(
      std::ranges::count(run.people, DrillOutcome::Safe, &route::PersonRun::outcome));
}

std::uint64_t count_detours(const DrillRun& run) {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      run.people, [](const route::PersonRun& person) { return person.detours > 0; }));
}

/// Roads, the busiest one in ten first, until `share` of the people need one of them.
std::vector<route::EdgeId> roads_of_many(const route::RoadGraph& graph, const DrillRun& run,
                                         double share) {
  std::map<route::EdgeId, std::set<std::uint32_t>> users;
  for (const route::DrillMove& move : run.moves) {
    for (const route::ArcId arc : move.arcs) {
      if (move.kind == route::DrillMover::Person) {
        users[graph.edge(arc)].insert(move.who);
      }
    }
  }
  std::vector<std::pair<std::size_t, route::EdgeId>> busy;
  busy.reserve(users.size());
  for (const auto& [edge, people] : users) {
    busy.emplace_back(people.size(), edge);
  }
  std::ranges::sort(busy, std::greater{});
  std::set<std::uint32_t> touched;
  std::vector<route::EdgeId> roads;
  const auto enough = static_cast<std::size_t>(share * static_cast<double>(run.people.size()));
  for (std::size_t i = busy.size() / 10; i < busy.size() && touched.size() < enough; ++i) {
    roads.push_back(busy[i].second);
    touched.merge(users[busy[i].second]);
  }
  return roads;
}

void measure_closure(InventedDrill& drill, const DrillStagesRequest& request, const DrillRun& open,
                     nlohmann::ordered_json& entry) {
  constexpr double kTouched = 0.05;
  constexpr route::Weight kHalfHour = 1'800'000;
  const auto roads = roads_of_many(request.graph, open, kTouched);
  const DrillSimulator closed(drill.with_closed(roads, kHalfHour));
  std::uint64_t detours = 0;
  const Timing under_way = measure({static_cast<int>(request.single_runs), 60},
                                   [&] { detours = count_detours(closed.run(request.seed, 0)); });
  const route::DrillScene without = drill.without(roads);
  const Timing anew = measure({3, 60}, [&] { const DrillSimulator again(without); });
  entry["closure"] = {{"roads", roads.size()},
                      {"share_of_people", kTouched},
                      {"run_with_closure_s", significant(under_way.median_ms / 1000)},
                      {"people_with_detours", detours},
                      {"all_ways_anew_s", significant(anew.median_ms / 1000)}};
}

void measure_series(const DrillSimulator& simulator, const DrillStagesRequest& request,
                    Report& report, nlohmann::ordered_json& entry) {
  const auto series = [&](std::uint32_t first, std::uint32_t runs, unsigned threads) {
    return simulate_drills(simulator, {request.seed, first, runs, threads});
  };
  DrillTotals alone;
  DrillTotals together;
  const Seconds one = seconds_of([&] { alone = series(0, request.short_runs, 1); });
  const Seconds many =
      seconds_of([&] { together = series(0, request.short_runs, request.threads); });
  report.checks.check("threads leave no trace", alone.words() == together.words(),
                      [] { return "sums differ"; });
  const std::uint32_t half = request.short_runs / 2;
  DrillTotals parts = series(half, request.short_runs - half, request.threads);
  parts.merge(series(0, half, 1));
  report.checks.check("ranges leave no trace", alone.words() == parts.words(),
                      [] { return "sums differ"; });
  std::uint64_t violations = 0;
  for (const route::SupporterTotals& supporter : alone.supporters) {
    violations += supporter.violations;
  }
  report.checks.check_equal("retreat violations", violations, 0, "series");
  const Seconds all = seconds_of([&] {
    if (request.runs > 0) {
      together = series(0, request.runs, request.threads);
    }
  });
  entry["series"] = {{"runs", request.runs},
                     {"threads", request.threads},
                     {"wall_s", significant(all.wall)},
                     {"cpu_s", significant(all.cpu)},
                     {"short_runs", request.short_runs},
                     {"one_thread_wall_s", significant(one.wall)},
                     {"all_threads_wall_s", significant(many.wall)},
                     {"speed_up", significant(one.wall / many.wall)}};
  report.row(std::to_string(request.runs) + " runs", all.wall, "s");
}

}  // namespace

void measure_drill(const DrillStagesRequest& request, DrillHazard hazard, Report& report) {
  const bool water = hazard == DrillHazard::Water;
  report.section(water ? "water that rises" : "rubble");
  InventedDrill drill(request.graph, request.size, hazard, request.seed);
  forget_peak_memory();
  const Timing ready = measure({3, 60}, [&] { const DrillSimulator again(drill.scene()); });
  const DrillSimulator simulator(drill.scene());
  std::uint32_t number = 0;
  DrillRun run;
  const Timing single = measure({static_cast<int>(request.single_runs), 120},
                                [&] { run = simulator.run(request.seed, number++); });
  nlohmann::ordered_json entry = {{"hazard", water ? "water" : "rubble"},
                                  {"making_ready_s", significant(ready.median_ms / 1000)},
                                  {"run_s", significant(single.median_ms / 1000)},
                                  {"events", run.events},
                                  {"safe", count_safe(run)},
                                  {"people_with_detours", count_detours(run)}};
  report.row("making ready", ready);
  report.row("one run", single);
  measure_series(simulator, request, report, entry);
  entry["peak_mib"] = significant(memory().peak_mib);
  measure_closure(drill, request, simulator.run(request.seed, 0, DrillSimulator::Trace::Yes),
                  entry);
  report.document["drills"].push_back(std::move(entry));
}

}  // namespace bench
