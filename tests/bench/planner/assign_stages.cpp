// SPDX-License-Identifier: Apache-2.0
#include "planner/assign_stages.hpp"

#include <algorithm>

#include "lemon_flow.hpp"
#include "planner/assignment_check.hpp"

namespace bench {
namespace {

/// Whole where the instance is.
nlohmann::ordered_json in_seconds(std::uint64_t cost, const AssignmentInstance& instance) {
  if (instance.per_second == 1) {
    return cost;
  }
  return static_cast<double>(cost) / instance.per_second;
}

TownSize smaller(TownSize size, std::uint32_t divisor) {
  size.people /= divisor;
  size.shelters = std::max<std::uint32_t>(2, size.shelters / divisor);
  return size;
}

void note_time(const AssignBench& bench, nlohmann::ordered_json& row, const Timing& timing) {
  row["seconds"] = significant(timing.median_ms / 1000);
  row["timing"] = in_ms(timing);
  bench.report.row(row.at("name").get<std::string>(), timing);
}

nlohmann::ordered_json head(const std::string& name, const AssignmentInstance& town,
                            std::uint32_t seed) {
  return {{"name", name},
          {"seed", seed},
          {"people", town.seats.size()},
          {"shelters", town.capacity.size()},
          {"arcs", town.arcs()}};
}

std::vector<FlowArc> flow_arcs(const AssignmentInstance& town) {
  std::vector<FlowArc> arcs;
  for (std::uint32_t person = 0; person < town.seats.size(); ++person) {
    for (std::uint32_t shelter = 0; shelter < town.capacity.size(); ++shelter) {
      const route::Weight weight = town.costs.at(person, shelter);
      if (weight < route::kInfinity) {
        arcs.push_back({person, shelter, weight});
      }
    }
  }
  return arcs;
}

/// Times `assign_shelters` and counts its answer again.
nlohmann::ordered_json solve(const AssignBench& bench, nlohmann::ordered_json row,
                             const AssignmentInstance& town, route::AssignmentAim aim) {
  route::AssignmentProblem problem = town.problem();
  problem.aim = aim;
  route::Assignment assignment;
  const Timing timing =
      measure(bench.rounds, [&] { assignment = route::assign_shelters(problem); });
  row.update(outcome(bench.report, town, assignment));
  note_time(bench, row, timing);
  return row;
}

}  // namespace

nlohmann::ordered_json outcome(Report& report, const AssignmentInstance& instance,
                               const route::Assignment& assignment) {
  const AssignmentCount again = count_again(instance, assignment);
  report.checks.check_equal("objective", assignment.total_cost, again.cost, "counted again");
  report.checks.check_equal("unassigned", assignment.unassigned_seats, again.unassigned_seats,
                            "counted again");
  report.checks.check_equal("violations", again.violations, 0, "capacity and eligibility");
  report.checks.check_equal("left out who fit", again.could_fit, 0, "seats left for them");
  report.checks.check("bound", assignment.lower_bound <= assignment.total_cost,
                      [] { return "the lower bound is above the objective"; });
  return {{"objective", in_seconds(assignment.total_cost, instance)},
          {"unassigned", assignment.unassigned_seats},
          {"unassigned_people", assignment.unassigned},
          {"lower_bound", in_seconds(assignment.lower_bound, instance)},
          {"unassigned_lower_bound", assignment.least_unassigned_seats},
          {"gap", assignment.gap()},
          {"longest", in_seconds(assignment.longest, instance)},
          {"longest_lower_bound", in_seconds(assignment.longest_bound, instance)},
          {"violations", again.violations}};
}

void measure_units(const AssignBench& bench, const std::string& name, const TownSize& size,
                   std::uint32_t seed) {
  const AssignmentInstance town = generated_town(smaller(size, bench.divisor), seed);
  auto row = solve(bench, head(name, town, seed), town, route::AssignmentAim::LeastTotal);
  const auto arcs = flow_arcs(town);
  FlowAnswer peer;
  const Timing timing = measure(bench.rounds, [&] {
    peer = solve_with_lemon(static_cast<std::uint32_t>(town.seats.size()), town.capacity, arcs);
  });
  bench.report.checks.check_equal("LEMON: unassigned", row.at("unassigned"), peer.unassigned, name);
  bench.report.checks.check("LEMON: optimum", row.at("objective") == static_cast<double>(peer.cost),
                            [&] { return name + ": " + std::to_string(peer.cost); });
  bench.report.checks.check("proven optimal", row.at("objective") == row.at("lower_bound"),
                            [&] { return name; });
  row["lemon_seconds"] = significant(timing.median_ms / 1000);
  row["of_lemon"] = significant(row.at("timing").at("median_ms").get<double>() / timing.median_ms);
  bench.report.row("  LEMON NetworkSimplex", timing);
  bench.report.document["units"].push_back(std::move(row));
}

void measure_households(const AssignBench& bench, const std::string& name, const TownSize& size,
                        std::uint32_t seed) {
  const AssignmentInstance town = generated_town(smaller(size, bench.divisor), seed);
  auto row = solve(bench, head(name, town, seed), town, route::AssignmentAim::LeastTotal);
  bench.report.row("  gap", row.at("gap").get<double>() * 100, "%");
  bench.report.document["households"].push_back(std::move(row));
}

void measure_worst_first(const AssignBench& bench, const std::string& name, const TownSize& size,
                         std::uint32_t seed) {
  const AssignmentInstance town = generated_town(smaller(size, bench.divisor), seed);
  auto row = solve(bench, head(name, town, seed), town, route::AssignmentAim::WorstFirst);
  const auto least = route::assign_shelters(town.problem());
  row["least_total"] = {{"objective", in_seconds(least.total_cost, town)},
                        {"longest", in_seconds(least.longest, town)}};
  bench.report.checks.check_equal("worst first seats as many", row.at("unassigned"),
                                  least.unassigned_seats, name);
  bench.report.document["worst_first"].push_back(std::move(row));
}

}  // namespace bench
