// SPDX-License-Identifier: Apache-2.0
#include "household_rounding.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "household_ruin.hpp"
#include "load_cycles.hpp"
#include "seat_prices.hpp"

namespace route {
namespace {

constexpr std::size_t kMovesToImprove = 4;
constexpr std::size_t kMovesToSeat = 6;  // households left out are worth a longer search

void seat_whole_households(const ShelterGraph& graph, HouseholdSeating& seating) {
  for (std::size_t person = 0; person < graph.problem().people(); ++person) {
    const auto units = graph.units_of(person);
    if (!units.empty() && std::ranges::all_of(units, [&units](const ShelterGraph::Unit& unit) {
          return unit.place == units.front().place;
        })) {
      seating.move(person, units.front().place);
    }
  }
}

/// Highest precedence first, then largest, then in index order.
std::vector<std::uint32_t> left_out(const HouseholdSeating& seating) {
  std::vector<std::uint32_t> people = seating.members(seating.outside());
  const auto rank = [&](std::uint32_t person) {
    const Party& party = seating.problem().parties[person];
    return std::make_tuple(-int{party.precedence}, -Cost{party.seats}, person);
  };
  std::ranges::sort(people, [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
  return people;
}

void seat_largest_first(HouseholdSeating& seating) {
  for (const std::uint32_t person : left_out(seating)) {
    std::size_t best = seating.outside();
    for (std::size_t shelter = 0; shelter < seating.outside(); ++shelter) {
      if (seating.fits(person, shelter) &&
          seating.cost(person, shelter) < seating.cost(person, best)) {
        best = shelter;
      }
    }
    seating.move(person, best);
  }
}

/// Households of the same size and need change places among themselves: one seat each, so exact.
bool exchange_among(const std::vector<std::uint32_t>& equals, HouseholdSeating& seating) {
  const SeatingProblem& all = seating.problem();
  const std::uint32_t seats = seating.seats(equals.front());
  const std::uint8_t need = all.parties[equals.front()].need;
  SeatingProblem part;
  std::vector<std::uint32_t> here(all.shelters() + 1, 0);
  for (const std::uint32_t person : equals) {
    const auto row = all.row(person);
    part.costs.insert(part.costs.end(), row.begin(), row.end());
    part.parties.push_back({1, all.parties[person].precedence, std::uint8_t{need > 0}});
    ++here[seating.place_of(person)];
  }
  for (std::size_t shelter = 0; shelter < all.shelters(); ++shelter) {
    part.capacity.push_back(here[shelter] + seating.free(shelter) / seats);
  }
  for (const NeedLimit& limit : all.limits) {
    if (limit.need == need) {
      std::uint32_t taken = 0;
      for (const std::uint32_t other : seating.members(limit.shelter)) {
        taken += all.parties[other].need == need && seating.seats(other) != seats ? 1U : 0U;
      }
      part.limits.push_back({limit.shelter, 1, limit.places - taken});
    }
  }
  const ShelterGraph exact(std::move(part));
  Cost gain = 0;
  for (std::size_t i = 0; i < equals.size(); ++i) {
    gain += seating.cost(equals[i], seating.place_of(equals[i])) -
            seating.cost(equals[i], exact.units()[i].place);
  }
  for (std::size_t i = 0; gain > 0 && i < equals.size(); ++i) {
    if (exact.units()[i].place != seating.place_of(equals[i])) {
      seating.move(equals[i], exact.units()[i].place);
    }
  }
  return gain > 0;
}

bool exchange_among_equals(HouseholdSeating& seating) {
  const SeatingProblem& problem = seating.problem();
  std::map<std::pair<std::uint32_t, std::uint8_t>, std::vector<std::uint32_t>> groups;
  for (std::uint32_t person = 0; person < problem.people(); ++person) {
    const Party& party = problem.parties[person];
    if (party.seats > 0) {
      const bool limited = party.need <= problem.limited_needs();
      groups[{party.seats, limited ? party.need : std::uint8_t{0}}].push_back(person);
    }
  }
  bool gained = false;
  for (const auto& [group, equals] : groups) {
    gained = exchange_among(equals, seating) || gained;
  }
  return gained;
}

/// Places in order, again and again, until a whole round finds nothing.
bool improve_by_cycles(HouseholdSeating& seating) {
  LoadCycles cycles(seating);
  bool gained = false;
  for (bool found = true; found;) {
    found = false;
    while (cycles.improve(seating.outside(), kMovesToSeat)) {
      found = true;
    }
    for (std::size_t place = 0; place < seating.outside(); ++place) {
      while (cycles.improve(place, kMovesToImprove)) {
        found = true;
      }
    }
    gained = gained || found;
  }
  return gained;
}

/// More search could gain no more than one part in ten thousand.
bool is_near_bound(const ShelterGraph& graph, const HouseholdSeating& seating) {
  const SeatingProblem& problem = graph.problem();
  SeatsByClass given(kPrecedenceClasses, 0);
  SeatsByClass most(kPrecedenceClasses, 0);
  std::uint64_t cost = 0;
  for (std::size_t person = 0; person < problem.people(); ++person) {
    const Party& party = problem.parties[person];
    if (party.seats > 0 && seating.place_of(person) != seating.outside()) {
      given[party.precedence] += party.seats;
      cost += static_cast<std::uint64_t>(seating.cost(person, seating.place_of(person)));
    }
    most[party.precedence] += static_cast<std::uint64_t>(std::ranges::count_if(
        graph.units_of(person),
        [&graph](const ShelterGraph::Unit& unit) { return unit.place != graph.outside(); }));
  }
  const std::uint64_t bound = bound_from_prices(problem, find_seat_prices(graph), given);
  return given == most && cost - bound <= bound / 10'000;
}

}  // namespace

std::vector<std::uint32_t> round_households(const ShelterGraph& graph, Effort effort) {
  HouseholdSeating seating(graph.problem());
  seat_whole_households(graph, seating);
  seat_largest_first(seating);
  while (improve_by_cycles(seating) && exchange_among_equals(seating)) {
  }
  if (effort == Effort::Thorough && !is_near_bound(graph, seating)) {
    ruin_and_recreate(seating);
  }
  return seating.places();
}

}  // namespace route
