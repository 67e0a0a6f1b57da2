// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <optional>

#include "machine.hpp"
#include "planner/assign_stages.hpp"
#include "planner/modes.hpp"

namespace bench {
namespace {

constexpr TownSize kTown{};
constexpr TownSize kShort{.needed_permille = 1111};
constexpr TownSize kLarge{.people = 30'000, .shelters = 200};
constexpr TownSize kHouseholds{.most_seats = 4};
constexpr TownSize kTightHouseholds{.needed_permille = 995, .most_seats = 4};

void measure_all(const AssignBench& bench, std::uint32_t seed) {
  bench.report.section("one seat each");
  for (std::uint32_t more = 0; more < 3; ++more) {
    measure_units(bench, "10,000 x 60", kTown, seed + more);
  }
  measure_units(bench, "10,000 x 60, 10 % short", kShort, seed);
  measure_units(bench, "30,000 x 200", kLarge, seed);
  bench.report.section("households of 1-4");
  for (std::uint32_t more = 0; more < 3; ++more) {
    measure_households(bench, "10,000 x 60, 95 % full", kHouseholds, seed + more);
    measure_households(bench, "10,000 x 60, 99.5 % full", kTightHouseholds, seed + more);
  }
  bench.report.section("worst first");
  for (std::uint32_t more = 0; more < 3; ++more) {
    measure_worst_first(bench, "10,000 x 60", kTown, seed + more);
  }
  bench.report.section("edits");
  measure_edits(bench, kTown, seed);
}

void solve(const AssignmentInstance& instance, const ModeRequest& request, Report& report) {
  auto problem = instance.problem();
  problem.aim =
      request.worst_first ? route::AssignmentAim::WorstFirst : route::AssignmentAim::LeastTotal;
  const Stopwatch watch;
  const route::Assignment assignment = route::assign_shelters(problem);
  const double ms = watch.ms();
  report.document["people"] = instance.seats.size();
  report.document["shelters"] = instance.capacity.size();
  report.document["arcs"] = instance.arcs();
  report.document.update(outcome(report, instance, assignment));
  report.document["seconds"] = significant(ms / 1000);
  if (!request.solution.empty()) {
    write_solution(request.solution, assignment);
  }
}

}  // namespace

int run_assign(const ModeRequest& request) {
  std::optional<AssignmentInstance> instance;
  if (!request.file.empty()) {
    instance = read_assignment(request.file);
  }
  Report report{.people = std::cerr};
  report.document = {{"program", "planner_bench"},
                     {"mode", "assign"},
                     {"date", now_utc()},
                     {"machine", describe_machine()},
                     {"seed", request.seed}};
  if (instance) {
    solve(*instance, request, report);
  } else {
    AssignBench bench{report};
    if (request.quick) {
      bench.rounds = {1, 1};
      bench.divisor = 20;
    }
    measure_all(bench, request.seed);
  }
  report.document["checks"] = report.checks.tallies();
  std::cout << report.document.dump(2) << "\n";
  for (const std::string& difference : report.checks.differences()) {
    std::cerr << "WRONG: " << difference << "\n";
  }
  return report.checks.all_right() ? kDone : kFailed;
}

}  // namespace bench
