// SPDX-License-Identifier: Apache-2.0
#include "seating_result.hpp"

#include <algorithm>

#include "route/error.hpp"

namespace route {
namespace {

template <class Value>
Value value_of(std::span<const Value> values, std::size_t person, Value otherwise) {
  return values.empty() ? otherwise : values[person];
}

Unassigned reason_of(const SeatingProblem& problem, const Assignment& assignment,
                     std::size_t person) {
  const std::uint32_t seats = problem.parties[person].seats;
  if (seats == 0) {
    return Unassigned::Removed;
  }
  bool permitted = false;
  bool large_enough = seats == 1;  // a lost shelter is full, not small
  bool has_seats = false;
  for (std::size_t shelter = 0; shelter < problem.shelters(); ++shelter) {
    if (problem.cost(person, shelter) < kInfinity) {
      permitted = true;
      large_enough = large_enough || seats <= problem.capacity[shelter];
      has_seats =
          has_seats || assignment.used[shelter] + std::uint64_t{seats} <= problem.capacity[shelter];
    }
  }
  if (!permitted) {
    return Unassigned::NoPermittedShelter;
  }
  if (!large_enough) {
    return Unassigned::HouseholdTooLarge;
  }
  return has_seats ? Unassigned::NeedPlacesFull : Unassigned::SheltersFull;
}

void count_needs(const SeatingProblem& problem, const SeatPrices& prices, Assignment& assignment) {
  std::vector<std::uint32_t> used(prices.place.size(), 0);
  for (std::size_t person = 0; person < problem.people(); ++person) {
    const std::size_t entry = problem.parties[person].need * problem.shelters();
    if (assignment.shelter[person] != Assignment::kNone && entry < used.size()) {
      ++used[entry + static_cast<std::size_t>(assignment.shelter[person])];
    }
  }
  for (const NeedLimit& limit : problem.limits) {
    const std::size_t entry = limit.need * problem.shelters() + limit.shelter;
    assignment.need_use.push_back(
        {limit, used[entry], static_cast<std::uint64_t>(prices.place[entry])});
  }
}

void count_person(const SeatingProblem& problem, std::size_t person, std::uint32_t place,
                  Assignment& assignment) {
  const std::uint32_t seats = problem.parties[person].seats;
  if (seats == 0) {
    return;
  }
  if (place == problem.shelters()) {
    ++assignment.unassigned;
    assignment.unassigned_seats += seats;
    return;
  }
  const Weight weight = problem.cost(person, place);
  assignment.shelter[person] = static_cast<std::int32_t>(place);
  assignment.used[place] += seats;
  assignment.total_cost += std::uint64_t{weight} * seats;
  assignment.longest = std::max(assignment.longest, weight);
}

}  // namespace

SeatingProblem seating_problem(const AssignmentProblem& problem) {
  const std::size_t people = problem.costs.sources();
  const auto fits = [people](std::size_t size) { return size == 0 || size == people; };
  TOMONI_EXPECT(problem.costs.targets() == problem.capacity.size());
  TOMONI_EXPECT(fits(problem.seats.size()) && fits(problem.precedence.size()) &&
                fits(problem.need.size()));
  SeatingProblem own;
  own.costs.reserve(people * problem.capacity.size());
  own.parties.reserve(people);
  for (std::size_t person = 0; person < people; ++person) {
    for (std::size_t shelter = 0; shelter < problem.capacity.size(); ++shelter) {
      own.costs.push_back(problem.costs.at(person, shelter));
    }
    const Party party{value_of(problem.seats, person, 1U),
                      value_of(problem.precedence, person, std::uint8_t{0}),
                      value_of(problem.need, person, std::uint8_t{0})};
    TOMONI_EXPECT(party.seats > 0);
    own.parties.push_back(party);
  }
  own.capacity.assign(problem.capacity.begin(), problem.capacity.end());
  own.limits.assign(problem.need_limits.begin(), problem.need_limits.end());
  return own;
}

std::vector<std::uint32_t> places_of(const ShelterGraph& graph, Effort effort) {
  const SeatingProblem& problem = graph.problem();
  if (problem.has_households()) {
    return round_households(graph, effort);
  }
  std::vector<std::uint32_t> places(problem.people(), graph.outside());
  for (std::size_t person = 0; person < problem.people(); ++person) {
    for (const ShelterGraph::Unit& unit : graph.units_of(person)) {
      places[person] = unit.place;
    }
  }
  return places;
}

SeatsByClass seats_given(const SeatingProblem& problem, const std::vector<std::uint32_t>& places) {
  SeatsByClass given(kPrecedenceClasses, 0);
  for (std::size_t person = 0; person < problem.people(); ++person) {
    if (places[person] != problem.shelters()) {
      given[problem.parties[person].precedence] += problem.parties[person].seats;
    }
  }
  return given;
}

Assignment describe(const ShelterGraph& graph, const std::vector<std::uint32_t>& places) {
  const SeatingProblem& problem = graph.problem();
  Assignment result;
  result.shelter.assign(problem.people(), Assignment::kNone);
  result.used.assign(problem.shelters(), 0);
  for (std::size_t person = 0; person < problem.people(); ++person) {
    count_person(problem, person, places[person], result);
    const auto units = graph.units_of(person);
    result.least_unassigned_seats += static_cast<std::uint64_t>(
        std::ranges::count(units, graph.outside(), &ShelterGraph::Unit::place));
  }
  const SeatPrices prices = find_seat_prices(graph);
  result.seat_price.assign(prices.seat.begin(), prices.seat.end());
  count_needs(problem, prices, result);
  result.lower_bound = bound_from_prices(problem, prices, seats_given(problem, places));
  name_reasons(problem, result);
  return result;
}

void name_reasons(const SeatingProblem& problem, Assignment& assignment) {
  assignment.reason.assign(problem.people(), Unassigned::NoPermittedShelter);
  for (std::size_t person = 0; person < problem.people(); ++person) {
    if (assignment.shelter[person] == Assignment::kNone) {
      assignment.reason[person] = reason_of(problem, assignment, person);
    }
  }
}

}  // namespace route
