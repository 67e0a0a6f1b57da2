// SPDX-License-Identifier: Apache-2.0
#include "worst_first.hpp"

#include <algorithm>
#include <numeric>

#include "seating_result.hpp"

namespace route {
namespace {

SeatingProblem within(const SeatingProblem& problem, Weight longest) {
  SeatingProblem part = problem;
  for (Weight& weight : part.costs) {
    weight = weight <= longest ? weight : kInfinity;
  }
  return part;
}

/// Seats that can be given within that longest way, at whatever cost; fewer once it is clear that
/// more than `left_out` remain.
SeatsByClass seats_within(const SeatingProblem& problem, Weight longest, std::uint64_t left_out) {
  ShelterGraph graph({{}, {}, problem.capacity, problem.limits});
  std::vector<Weight> row(problem.shelters());
  SeatsByClass seats(kPrecedenceClasses, 0);
  std::uint64_t outside = 0;
  for (std::size_t person = 0; person < problem.people() && outside <= left_out; ++person) {
    std::ranges::transform(problem.row(person), row.begin(), [longest](Weight weight) {
      return weight <= longest && weight < kInfinity ? 0 : kInfinity;
    });
    graph.add_person(row, problem.parties[person]);
    outside = 0;
    for (std::size_t layer = 0; layer < graph.layers(); ++layer) {
      outside += graph.members(layer, graph.outside());
    }
  }
  for (const ShelterGraph::Unit& unit : graph.units()) {
    seats[graph.problem().parties[unit.person].precedence] +=
        unit.place != graph.outside() ? 1U : 0U;
  }
  return seats;
}

/// The costs that occur, from the first to the second, ascending.
std::vector<Weight> costs_between(const SeatingProblem& problem, Weight least, Weight most) {
  std::vector<Weight> costs;
  std::ranges::copy_if(problem.costs, std::back_inserter(costs), [least, most](Weight weight) {
    return least <= weight && weight <= most && weight < kInfinity;
  });
  std::ranges::sort(costs);
  costs.erase(std::unique(costs.begin(), costs.end()), costs.end());
  return costs;
}

/// The first that is enough; the last is known to be.
template <class Enough>
Weight first_enough(const std::vector<Weight>& ascending, const Enough& enough) {
  const auto last = ascending.end() - 1;
  return *std::partition_point(ascending.begin(), last,
                               [&enough](Weight longest) { return !enough(longest); });
}

Weight longest_of(const SeatingProblem& problem, const std::vector<std::uint32_t>& places) {
  Weight longest = 0;
  for (std::size_t person = 0; person < problem.people(); ++person) {
    if (places[person] != problem.shelters()) {
      longest = std::max(longest, problem.cost(person, places[person]));
    }
  }
  return longest;
}

bool at_least(const SeatsByClass& seats, const SeatsByClass& wanted) {
  return !std::lexicographical_compare(seats.rbegin(), seats.rend(), wanted.rbegin(),
                                       wanted.rend());
}

/// When everybody who may go anywhere is seated, nobody's longest way is below their shortest.
Weight longest_of_nearest(const SeatingProblem& problem, const SeatsByClass& seated) {
  SeatsByClass everybody(kPrecedenceClasses, 0);
  Weight longest = 0;
  for (std::size_t person = 0; person < problem.people(); ++person) {
    const auto row = problem.row(person);
    const auto nearest = std::ranges::min_element(row);
    if (nearest != row.end() && *nearest < kInfinity) {
      everybody[problem.parties[person].precedence] += problem.parties[person].seats;
      longest = std::max(longest, *nearest);
    }
  }
  return everybody == seated ? longest : 0;
}

/// How many seats may remain before it is clear that too few are given. Households are no measure:
/// single seats may give more of a higher class and fewer in all.
std::uint64_t left_out_of(const SeatingProblem& problem, const SeatsByClass& wanted) {
  if (problem.has_households()) {
    return std::numeric_limits<std::uint64_t>::max();
  }
  return problem.people() - std::accumulate(wanted.begin(), wanted.end(), std::uint64_t{0});
}

/// The shortest longest way of so many seats, households torn apart; `most` is known to do.
Weight bottleneck(const SeatingProblem& problem, const SeatsByClass& wanted, Weight most) {
  const auto costs = costs_between(problem, longest_of_nearest(problem, wanted), most);
  if (costs.empty() || at_least(SeatsByClass(kPrecedenceClasses, 0), wanted)) {
    return 0;
  }
  const std::uint64_t left_out = left_out_of(problem, wanted);
  return first_enough(costs, [&](Weight longest) {
    return at_least(seats_within(problem, longest, left_out), wanted);
  });
}

/// The same of whole households, as far as rounding finds them.
Weight household_bottleneck(const SeatingProblem& problem, const SeatsByClass& wanted, Weight least,
                            Weight most) {
  const auto costs = costs_between(problem, least, most);
  return costs.empty() ? least : first_enough(costs, [&](Weight longest) {
    return at_least(
        seats_given(problem, places_of(ShelterGraph(within(problem, longest)), Effort::Quick)),
        wanted);
  });
}

}  // namespace

Assignment assign_worst_first(const SeatingProblem& problem) {
  const auto unlimited = places_of(ShelterGraph(problem), Effort::Quick);
  const SeatsByClass wanted = seats_given(problem, unlimited);
  const Weight most = longest_of(problem, unlimited);
  const Weight bound = bottleneck(problem, wanted, most);
  const Weight longest =
      problem.has_households() ? household_bottleneck(problem, wanted, bound, most) : bound;
  const ShelterGraph graph(within(problem, longest));
  Assignment result = describe(graph, places_of(graph));
  result.longest_bound = bound;
  name_reasons(problem, result);
  return result;
}

}  // namespace route
