// SPDX-License-Identifier: Apache-2.0
#include "worst_first.hpp"

#include <algorithm>

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

/// Only who can be seated, not at what cost.
SeatingProblem reachable_within(const SeatingProblem& problem, Weight longest) {
  SeatingProblem part = problem;
  for (Weight& weight : part.costs) {
    weight = weight <= longest && weight < kInfinity ? 0 : kInfinity;
  }
  return part;
}

SeatsByClass seats_of(const ShelterGraph& graph) {
  SeatsByClass seats(kPrecedenceClasses, 0);
  for (const ShelterGraph::Unit& unit : graph.units()) {
    if (unit.place != graph.outside()) {
      ++seats[graph.problem().parties[unit.person].precedence];
    }
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

/// The shortest longest way of so many seats, households torn apart.
Weight bottleneck(const SeatingProblem& problem, const SeatsByClass& wanted) {
  const auto costs = costs_between(problem, 0, kInfinity);
  if (costs.empty() || at_least(SeatsByClass(kPrecedenceClasses, 0), wanted)) {
    return 0;
  }
  return first_enough(costs, [&](Weight longest) {
    return at_least(seats_of(ShelterGraph(reachable_within(problem, longest))), wanted);
  });
}

/// The same of whole households, as far as rounding finds them.
Weight household_bottleneck(const SeatingProblem& problem, const SeatsByClass& wanted, Weight least,
                            Weight most) {
  const auto costs = costs_between(problem, least, most);
  return costs.empty() ? least : first_enough(costs, [&](Weight longest) {
    return at_least(seats_given(problem, places_of(ShelterGraph(within(problem, longest)))),
                    wanted);
  });
}

}  // namespace

Assignment assign_worst_first(const SeatingProblem& problem) {
  const auto unlimited = places_of(ShelterGraph(problem));
  const SeatsByClass wanted = seats_given(problem, unlimited);
  const Weight bound = bottleneck(problem, wanted);
  const Weight longest =
      problem.has_households()
          ? household_bottleneck(problem, wanted, bound, longest_of(problem, unlimited))
          : bound;
  const ShelterGraph graph(within(problem, longest));
  Assignment result = describe(graph, places_of(graph));
  result.longest_bound = bound;
  name_reasons(problem, result);
  return result;
}

}  // namespace route
