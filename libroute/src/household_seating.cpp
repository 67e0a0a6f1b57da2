// SPDX-License-Identifier: Apache-2.0
#include "household_seating.hpp"

#include <algorithm>

#include "load_moves.hpp"
#include "route/error.hpp"

namespace route {
namespace {

constexpr std::uint32_t kPlenty = std::uint32_t{1} << 30;

/// A cycle of moves puts at most as many seats out as the largest load has, and costs less than
/// `step` besides; each class must outweigh that of the one below.
std::vector<Cost> outside_costs(const SeatingProblem& problem) {
  std::vector<bool> seen(256, false);
  const Cost load = largest_load(problem);
  Cost dearest = 0;
  for (const Party& party : problem.parties) {
    seen[party.precedence] = true;
  }
  for (const Weight weight : problem.costs) {
    dearest = weight < kInfinity ? std::max(dearest, Cost{weight}) : dearest;
  }
  constexpr Cost kStepMoves = 16;
  const Cost step = kStepMoves * load * (dearest + 1);
  std::vector<Cost> costs(seen.size(), 0);
  Cost last = 0;
  for (std::size_t precedence = 0; precedence < seen.size(); ++precedence) {
    if (seen[precedence]) {
      TOMONI_EXPECT(last < kNever / (4 * load * load));  // few classes: enough for any real town
      last = last * load + step;
    }
    costs[precedence] = last;
  }
  return costs;
}

}  // namespace

HouseholdSeating::HouseholdSeating(const SeatingProblem& problem)
    : problem_(&problem),
      needs_(problem.limited_needs() + 1U),
      outside_cost_(outside_costs(problem)),
      place_of_(problem.people(), static_cast<std::uint32_t>(problem.shelters())),
      slot_(problem.people(), 0),
      members_(problem.shelters() + 1),
      free_(problem.capacity),
      need_left_(needs_ * (problem.shelters() + 1), kPlenty) {
  free_.push_back(kPlenty);
  for (const NeedLimit& limit : problem.limits) {
    need_left_[limit.need * (problem.shelters() + 1) + limit.shelter] = limit.places;
  }
  for (std::size_t person = 0; person < problem.people(); ++person) {
    if (seats(person) > 0) {
      slot_[person] = static_cast<std::uint32_t>(members_[outside()].size());
      members_[outside()].push_back(static_cast<std::uint32_t>(person));
    }
  }
}

void HouseholdSeating::count(std::size_t person, std::size_t place, std::uint32_t sign) {
  if (place != outside()) {
    free_[place] += sign * seats(person);
    need_left_[need_entry(person, place)] += sign;
  }
}

void HouseholdSeating::move(std::size_t person, std::size_t place) {
  auto& old = members_[place_of_[person]];
  slot_[old.back()] = slot_[person];
  old[slot_[person]] = old.back();
  old.pop_back();
  count(person, place_of_[person], 1);
  place_of_[person] = static_cast<std::uint32_t>(place);
  slot_[person] = static_cast<std::uint32_t>(members_[place].size());
  members_[place].push_back(static_cast<std::uint32_t>(person));
  count(person, place, ~std::uint32_t{0});  // minus one, modulo 2^32
}

}  // namespace route
