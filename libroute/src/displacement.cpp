// SPDX-License-Identifier: Apache-2.0
#include "displacement.hpp"

#include <algorithm>

#include "load_cycles.hpp"

namespace route {
namespace {

constexpr std::size_t kMostMoves = 4;

using Chain = std::vector<Displacement>;

Displacement displacement(const SeatingProblem& problem, std::size_t person, std::int32_t from,
                          std::int32_t to) {
  const auto cost = [&](std::int32_t shelter) {
    return shelter == Assignment::kNone
               ? Cost{0}
               : Cost{problem.cost(person, static_cast<std::size_t>(shelter))} *
                     problem.parties[person].seats;
  };
  return {person, from, to, cost(to) - cost(from)};
}

std::int32_t shelter_at(const SeatingProblem& problem, std::size_t place) {
  return place == problem.shelters() ? Assignment::kNone : static_cast<std::int32_t>(place);
}

/// Each after the one who takes their place.
Chain in_order(Chain chain, std::size_t first) {
  const auto begins = [first](const Displacement& step) { return step.person == first; };
  for (std::size_t done = 0; done < chain.size(); ++done) {
    const auto rest = chain.begin() + static_cast<std::ptrdiff_t>(done);
    auto next = done == 0 ? std::find_if(rest, chain.end(), begins)
                          : std::find_if(rest, chain.end(), [&rest](const Displacement& step) {
                              return step.from == (rest - 1)->to;
                            });
    next = next == chain.end() ? rest : next;
    std::rotate(rest, next, next + 1);
  }
  return chain;
}

Chain exact_chain(const ShelterGraph& graph, std::size_t person, std::size_t shelter) {
  ShelterGraph trial = graph;
  trial.force(person, shelter);
  Chain chain;
  for (std::size_t i = 0; i < graph.units().size(); ++i) {
    const std::uint32_t from = graph.units()[i].place;
    const std::uint32_t to = trial.units()[i].place;
    if (from != to && graph.problem().parties[graph.units()[i].person].seats > 0) {
      chain.push_back(displacement(graph.problem(), graph.units()[i].person,
                                   shelter_at(graph.problem(), from),
                                   shelter_at(graph.problem(), to)));
    }
  }
  return trial.units_of(person).front().place == shelter ? in_order(std::move(chain), person)
                                                         : Chain{};
}

HouseholdSeating seated_as(const SeatingProblem& problem, const Assignment& now) {
  HouseholdSeating seating(problem);
  for (std::size_t person = 0; person < problem.people(); ++person) {
    if (now.shelter[person] != Assignment::kNone) {
      seating.move(person, static_cast<std::size_t>(now.shelter[person]));
    }
  }
  return seating;
}

/// All places for the need are taken: one of those who have them goes elsewhere.
LoadCycle change_with_same_need(const HouseholdSeating& seating, std::uint32_t person,
                                std::uint32_t to) {
  const std::uint32_t from = seating.place_of(person);
  const Party& party = seating.problem().parties[person];
  const Cost own = seating.cost(person, to) - seating.cost(person, from);
  LoadCycle best{kNever};
  for (const std::uint32_t other : seating.members(to)) {
    const Party& moving = seating.problem().parties[other];
    if (moving.need != party.need || party.seats > seating.free(to) + moving.seats) {
      continue;
    }
    for (std::uint32_t place = 0; place <= seating.outside(); ++place) {
      const bool in_exchange = place == from && moving.seats <= seating.free(from) + party.seats;
      const Cost there = seating.cost(other, place);
      const Cost extra = own + there - seating.cost(other, to);
      if (place != to && there < kNever && extra < best.extra &&
          (in_exchange || seating.fits(other, place))) {
        best = {extra, {{person, from, to}, {other, to, place}}};
      }
    }
  }
  return best;
}

Chain household_chain(const SeatingProblem& problem, const Assignment& now, std::size_t person,
                      std::size_t shelter) {
  HouseholdSeating seating = seated_as(problem, now);
  const auto who = static_cast<std::uint32_t>(person);
  LoadCycle cycle =
      seating.has_place(person, shelter)
          ? LoadCycles(seating).cheapest_with(who, shelter, kMostMoves).value_or(LoadCycle{})
          : change_with_same_need(seating, who, static_cast<std::uint32_t>(shelter));
  Chain chain;
  for (const HouseholdMove& move : cycle.moves) {
    chain.push_back(displacement(problem, move.person, shelter_at(problem, move.from),
                                 shelter_at(problem, move.to)));
  }
  return chain;
}

bool is_full_for(const SeatingProblem& problem, const Assignment& now, std::size_t person,
                 std::size_t shelter) {
  const Party& party = problem.parties[person];
  const bool no_place = std::ranges::any_of(now.need_use, [&](const NeedUse& use) {
    return use.limit.shelter == shelter && use.limit.need == party.need &&
           use.used >= use.limit.places;
  });
  return no_place || now.used[shelter] + std::uint64_t{party.seats} > problem.capacity[shelter];
}

}  // namespace

WhyNot why_not_there(const ShelterGraph& graph, const Assignment& now, std::size_t person,
                     std::size_t shelter) {
  const SeatingProblem& problem = graph.problem();
  WhyNot why{.seat_price = now.seat_price[shelter]};
  if (problem.parties[person].seats == 0 || problem.cost(person, shelter) == kInfinity) {
    why.answer = WhyNot::Answer::NotPermitted;
    return why;
  }
  if (now.shelter[person] == static_cast<std::int32_t>(shelter)) {
    return why;
  }
  why.full = is_full_for(problem, now, person, shelter);
  why.chain = problem.has_households() ? household_chain(problem, now, person, shelter)
                                       : exact_chain(graph, person, shelter);
  why.answer = why.chain.empty() ? WhyNot::Answer::Impossible : WhyNot::Answer::Costs;
  for (const Displacement& step : why.chain) {
    const std::int64_t seats = problem.parties[step.person].seats;
    why.extra_cost += step.extra_cost;
    why.more_unassigned += step.to == Assignment::kNone ? seats : 0;
    why.more_unassigned -= step.from == Assignment::kNone ? seats : 0;
  }
  return why;
}

}  // namespace route
