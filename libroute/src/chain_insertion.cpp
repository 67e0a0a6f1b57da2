// SPDX-License-Identifier: Apache-2.0
#include "chain_insertion.hpp"

#include <algorithm>
#include <limits>

// One helper: the times of the others shift by the same amount until somebody waits anyway; a place
// is possible when the next person's start stays at or below the latest start.
//
// Several helpers: every gap of every helper is an interval of possible starts. In order of
// arrival, each arrival is tried as the moment at which the team is complete; members are taken
// from the gaps open then, those who wait least first. So that no two people wait for each other,
// everybody before the person must start earlier than everybody after (sufficient, and nearly
// necessary).

namespace route {
namespace {

constexpr std::size_t kTeamsTried = 24;
constexpr double kImpossible = std::numeric_limits<double>::infinity();

}  // namespace

ChainInsertion ChainInserter::best(Person person, const std::vector<Helper>& helpers,
                                   ChainAim aim) {
  aim_ = aim;
  const ChainPerson& who = model_.problem.people[person];
  if (who.hands > 1) {
    return best_team(person, helpers);
  }
  ChainInsertion best;
  for (const Helper helper : helpers) {
    const ChainSupporter& supporter = model_.problem.supporters[helper];
    if (supporter.vehicle_seats >= who.vehicle_seats &&
        table_.route(helper).size() < supporter.most_people) {
      best_alone(person, helper, best);
    }
  }
  return best;
}

double ChainInserter::late_cost(Person person, ChainSeconds delivered) const {
  return delivered > model_.problem.people[person].deadline ? kLateCost : 0;
}

/// Of those from a position on, when they are done so much later.
double ChainInserter::late_cost(Helper helper, std::size_t position, ChainSeconds shift) const {
  double cost = 0;
  const std::vector<Person>& route = table_.route(helper);
  for (std::size_t i = position; i < route.size(); ++i) {
    const ChainSeconds delivered = table_.stop(route[i]).delivered;
    cost += late_cost(route[i], delivered + shift) - late_cost(route[i], delivered);
  }
  return cost;
}

double ChainInserter::cost_alone(Person person, ChainPlace place, ChainSeconds free_from,
                                 ChainSeconds delivered) const {
  const std::vector<Person>& route = table_.route(place.helper);
  const bool soft = model_.problem.deadlines == ChainDeadlines::Soft;
  const double late = soft ? late_cost(person, delivered) : 0;
  if (place.position == route.size()) {
    const ChainSeconds cost = aim_ == ChainAim::Work ? delivered - free_from : delivered;
    return late + static_cast<double>(cost);
  }
  const Person next = route[place.position];
  const ChainSeconds arrival = delivered + model_.from(model_.problem.people[person].shelter, next);
  if (arrival > table_.stop(next).latest_start) {
    return kImpossible;
  }
  const ChainSeconds shift = arrival - table_.stop(next).start;
  const auto after = static_cast<ChainSeconds>(route.size() - place.position);
  const ChainSeconds cost = aim_ == ChainAim::Work ? shift : delivered + shift * after;
  return late + static_cast<double>(cost) +
         (soft ? late_cost(place.helper, place.position, shift) : 0);
}

void ChainInserter::best_alone(Person person, Helper helper, ChainInsertion& best) {
  const std::vector<Person>& route = table_.route(helper);
  const ChainSeconds service = model_.service[person];
  const ChainSeconds limit = table_.limit(helper, person);
  ChainSeconds free_from = model_.problem.supporters[helper].ready;
  ChainSeconds travel = model_.to(helper, person);
  for (std::uint32_t position = 0; free_from + service <= limit; ++position) {
    const ChainSeconds delivered = free_from + travel + service;
    if (delivered <= limit && (blink_ == 0 || !random_.chance(blink_))) {
      const double cost = cost_alone(person, {helper, position}, free_from, delivered);
      if (cost < best.cost) {
        best.places[0] = {helper, position};
        best.count = 1;
        best.cost = cost;
      }
    }
    if (position == route.size()) {
      return;
    }
    free_from = table_.stop(route[position]).delivered;
    travel = model_.from(model_.problem.people[route[position]].shelter, person);
  }
}

void ChainInserter::collect_gaps(Person person, Helper helper) {
  const std::vector<Person>& route = table_.route(helper);
  const std::uint32_t shelter = model_.problem.people[person].shelter;
  for (std::uint32_t position = 0; position <= route.size(); ++position) {
    Gap gap{.place = {helper, position},
            .arrival = model_.problem.supporters[helper].ready + model_.to(helper, person),
            .latest_start = table_.limit(helper, person),
            .start_before = -1,
            .start_after = kNeverInChain};
    if (position > 0) {
      const Person before = route[position - 1];
      gap.start_before = table_.stop(before).start;
      gap.arrival = table_.stop(before).delivered +
                    model_.from(model_.problem.people[before].shelter, person);
    }
    if (position < route.size()) {
      const ChainStop& next = table_.stop(route[position]);
      gap.start_after = next.start;
      gap.latest_start =
          std::min(gap.latest_start, next.latest_start - model_.from(shelter, route[position]));
    }
    gap.latest_start -= model_.service[person];
    if (gap.arrival <= gap.latest_start && gap.start_before < gap.start_after &&
        (blink_ == 0 || !random_.chance(blink_))) {
      gaps_.push_back(gap);
    }
  }
}

bool ChainInserter::fits_into_team(const Gap& gap) const {
  return std::max(team_before_, gap.start_before) < std::min(team_after_, gap.start_after) &&
         std::ranges::none_of(team_, [&](std::size_t member) {
           return gaps_[member].place.helper == gap.place.helper;
         });
}

void ChainInserter::join(std::size_t gap) {
  team_.push_back(gap);
  team_before_ = std::max(team_before_, gaps_[gap].start_before);
  team_after_ = std::min(team_after_, gaps_[gap].start_after);
}

/// Into `team_`, complete when the helper of the gap `last` arrives; false when there is none.
bool ChainInserter::pick_team(Person person, std::size_t last) {
  const ChainPerson& who = model_.problem.people[person];
  const ChainSeconds start = gaps_[last].arrival;
  const auto supporter = [this](std::size_t gap) -> const ChainSupporter& {
    return model_.problem.supporters[gaps_[gap].place.helper];
  };
  const auto open = [&](std::size_t gap) {
    return gaps_[gap].latest_start >= start && fits_into_team(gaps_[gap]);
  };
  team_.clear();
  team_before_ = -1;
  team_after_ = kNeverInChain;
  join(last);
  std::uint32_t hands = supporter(last).hands;
  if (supporter(last).vehicle_seats < who.vehicle_seats) {
    std::size_t driver = last;
    while (driver-- > 0 && (supporter(driver).vehicle_seats < who.vehicle_seats || !open(driver))) {
    }
    if (driver > last) {  // wrapped around: nobody
      return false;
    }
    join(driver);
    hands += supporter(driver).hands;
  }
  for (std::size_t gap = last; hands < who.hands && gap-- > 0;) {
    if (open(gap)) {
      join(gap);
      hands += supporter(gap).hands;
    }
  }
  return hands >= who.hands && team_.size() <= ChainInsertion{}.places.size() &&
         everybody_needed(person);
}

/// Nobody goes along for nothing.
bool ChainInserter::everybody_needed(Person person) const {
  const ChainPerson& who = model_.problem.people[person];
  return std::ranges::none_of(team_, [&](std::size_t spare) {
    std::uint32_t hands = 0;
    std::uint32_t seats = 0;
    for (const std::size_t member : team_) {
      if (member != spare) {
        const ChainSupporter& supporter = model_.problem.supporters[gaps_[member].place.helper];
        hands += supporter.hands;
        seats = std::max(seats, supporter.vehicle_seats);
      }
    }
    return hands >= who.hands && seats >= who.vehicle_seats;
  });
}

double ChainInserter::team_cost(Person person, ChainSeconds start) const {
  const ChainSeconds delivered = start + model_.service[person];
  const std::uint32_t shelter = model_.problem.people[person].shelter;
  double cost =
      late_cost(person, delivered) + static_cast<double>(aim_ == ChainAim::Sum ? delivered : 0);
  for (const std::size_t member : team_) {
    const auto [helper, position] = gaps_[member].place;
    const std::vector<Person>& route = table_.route(helper);
    if (position == route.size()) {
      const ChainSeconds free_from = route.empty() ? model_.problem.supporters[helper].ready
                                                   : table_.stop(route.back()).delivered;
      cost += static_cast<double>(aim_ == ChainAim::Work ? delivered - free_from : 0);
      continue;
    }
    const ChainSeconds arrival = delivered + model_.from(shelter, route[position]);
    const ChainSeconds shift = arrival - table_.stop(route[position]).start;
    const auto after = static_cast<ChainSeconds>(route.size() - position);
    cost += static_cast<double>(aim_ == ChainAim::Work ? shift : shift * after);
    cost += late_cost(helper, position, shift);
  }
  return cost;
}

ChainInsertion ChainInserter::best_team(Person person, const std::vector<Helper>& helpers) {
  gaps_.clear();
  for (const Helper helper : helpers) {
    if (table_.route(helper).size() < model_.problem.supporters[helper].most_people) {
      collect_gaps(person, helper);
    }
  }
  std::ranges::stable_sort(gaps_, {}, &Gap::arrival);
  ChainInsertion best;
  std::size_t tried = 0;
  for (std::size_t last = 0; last < gaps_.size() && tried < kTeamsTried; ++last) {
    if (!pick_team(person, last)) {
      continue;
    }
    ++tried;
    const double cost = team_cost(person, gaps_[last].arrival);
    if (cost < best.cost) {
      best.cost = cost;
      best.count = team_.size();
      for (std::size_t i = 0; i < team_.size(); ++i) {
        best.places[i] = gaps_[team_[i]].place;
      }
    }
  }
  return best;
}

}  // namespace route
