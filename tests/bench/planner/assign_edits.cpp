// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "planner/assign_stages.hpp"
#include "route/shelter_assigner.hpp"

namespace bench {
namespace {

/// An assigner and beside it the plain figures, for the full solution.
struct Edited {
  AssignmentInstance town;
  route::ShelterAssigner assigner;

  explicit Edited(AssignmentInstance start) : town(std::move(start)), assigner(town.problem()) {}

  void add_person(const std::vector<route::Weight>& row) {
    route::DistanceTable costs(town.seats.size() + 1, town.capacity.size());
    for (std::size_t person = 0; person < town.seats.size(); ++person) {
      std::ranges::copy(town.costs.row(person), costs.row(person).begin());
    }
    std::ranges::copy(row, costs.row(town.seats.size()).begin());
    town.costs = std::move(costs);
    town.seats.push_back(1);
  }
  void set_costs(std::size_t person, const std::vector<route::Weight>& row) {
    std::ranges::copy(row, town.costs.row(person).begin());
  }
};

struct Latencies {
  std::vector<double> edit;
  std::vector<double> with_report;
};

double at_share(std::vector<double> ms, double share) {
  if (ms.empty()) {
    return 0;
  }
  std::ranges::sort(ms);
  return ms[static_cast<std::size_t>(share * static_cast<double>(ms.size() - 1))];
}

template <class Edit>
void time_edit(Edited& state, Latencies& latencies, Checks& checks, const Edit& edit) {
  const Stopwatch watch;
  edit();
  latencies.edit.push_back(watch.ms());
  const auto assignment = state.assigner.assignment();
  latencies.with_report.push_back(watch.ms());
  const auto full = route::assign_shelters(state.town.problem());
  checks.check_equal("edit = full", assignment.total_cost, full.total_cost, "objective");
  // A person taken out counts as one without a permitted shelter in the full solution.
  const auto removed = std::ranges::count(assignment.reason, route::Unassigned::Removed);
  checks.check_equal("edit = full", assignment.unassigned + static_cast<std::size_t>(removed),
                     full.unassigned, "unassigned");
  checks.check_equal("edit is proven", assignment.lower_bound, assignment.total_cost, "bound");
}

/// Why some people are not in the nearest shelter they may go to.
nlohmann::ordered_json time_why_not(const Edited& state) {
  constexpr std::size_t kAsked = 100;
  const auto now = state.assigner.assignment();
  std::vector<double> ms;
  for (std::size_t person = 0; ms.size() < kAsked && person < state.town.seats.size(); ++person) {
    std::size_t nearest = 0;
    for (std::size_t shelter = 1; shelter < state.town.capacity.size(); ++shelter) {
      const bool nearer =
          state.town.costs.at(person, shelter) < state.town.costs.at(person, nearest);
      nearest = nearer ? shelter : nearest;
    }
    if (now.shelter[person] != static_cast<std::int32_t>(nearest)) {
      const Stopwatch watch;
      const auto why = state.assigner.why_not(now, person, nearest);
      ms.push_back(watch.ms());
    }
  }
  return {{"asked", ms.size()},
          {"median_ms", significant(at_share(ms, 0.5))},
          {"max_ms", significant(at_share(ms, 1))}};
}

}  // namespace

void measure_edits(const AssignBench& bench, const TownSize& size, std::uint32_t seed) {
  constexpr std::size_t kEdits = 200;
  const std::vector<route::Weight> nowhere(size.shelters, route::kInfinity);
  Edited state(generated_town(size, seed));
  Checks& checks = bench.report.checks;
  auto& document = bench.report.document["edits"];
  std::array<Latencies, 5> kinds;
  const std::array names = {"add_person", "remove_person", "set_costs", "seats", "lose_shelter"};
  for (std::size_t edit = 0; edit < kEdits / bench.divisor; ++edit) {
    Latencies& latencies = kinds[edit % kinds.size()];
    const auto draw = static_cast<std::uint32_t>(edit) * 7919 + seed;
    const std::size_t person = draw % size.people;
    const std::size_t shelter = draw % size.shelters;
    const auto row = generated_row(state.town, draw);
    switch (edit % kinds.size()) {
      case 0:
        state.add_person(row);
        time_edit(state, latencies, checks, [&] { state.assigner.add_person({.costs = row}); });
        break;
      case 1:
        state.set_costs(person, nowhere);
        time_edit(state, latencies, checks, [&] { state.assigner.remove_person(person); });
        break;
      case 2:
        state.set_costs(size.people + edit / kinds.size(), row);
        time_edit(state, latencies, checks,
                  [&] { state.assigner.set_costs(size.people + edit / kinds.size(), row); });
        break;
      case 3:
        state.town.capacity[shelter] += 20;
        time_edit(state, latencies, checks,
                  [&] { state.assigner.set_capacity(shelter, state.town.capacity[shelter]); });
        break;
      default: {
        const std::uint32_t seats = std::exchange(state.town.capacity[shelter], 0);
        time_edit(state, latencies, checks, [&] { state.assigner.set_capacity(shelter, 0); });
        state.town.capacity[shelter] = seats;
        state.assigner.set_capacity(shelter, seats);
      }
    }
  }
  Latencies all;
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    document[names[kind]] = {{"median_ms", significant(at_share(kinds[kind].edit, 0.5))},
                             {"max_ms", significant(at_share(kinds[kind].edit, 1))}};
    all.edit.insert(all.edit.end(), kinds[kind].edit.begin(), kinds[kind].edit.end());
    all.with_report.insert(all.with_report.end(), kinds[kind].with_report.begin(),
                           kinds[kind].with_report.end());
  }
  document["edits"] = all.edit.size();
  document["median_ms"] = significant(at_share(all.edit, 0.5));
  document["p99_ms"] = significant(at_share(all.edit, 0.99));
  document["with_result_median_ms"] = significant(at_share(all.with_report, 0.5));
  document["with_result_p99_ms"] = significant(at_share(all.with_report, 0.99));
  document["why_not"] = time_why_not(state);
  bench.report.row("edit, median", document["median_ms"], "ms");
  bench.report.row("edit, p99", document["p99_ms"], "ms");
}

}  // namespace bench
