// SPDX-License-Identifier: Apache-2.0
#include "route/chain_following.hpp"

#include <algorithm>

#include "chain_description.hpp"

namespace route {
namespace {

using Teams = std::vector<std::vector<Helper>>;

/// Who fetches each person; nothing when a route holds somebody twice or whom the helper may not
/// fetch, or too many people.
std::optional<Teams> teams_of(const ChainModel& model, const ChainRoutes& routes) {
  if (routes.size() != model.supporters) {
    return std::nullopt;
  }
  Teams teams(model.people);
  for (Helper helper = 0; helper < routes.size(); ++helper) {
    if (routes[helper].size() > model.problem.supporters[helper].most_people) {
      return std::nullopt;
    }
    for (const Person person : routes[helper]) {
      if (person >= model.people || model.to(helper, person) >= kNeverInChain ||
          (!teams[person].empty() && teams[person].back() == helper)) {
        return std::nullopt;
      }
      teams[person].push_back(helper);
    }
  }
  return teams;
}

/// The team without one of its members is enough for the person; nobody left out: all of it.
bool is_enough(const ChainModel& model, Person person, const std::vector<Helper>& team,
               std::optional<Helper> without) {
  std::uint32_t hands = 0;
  std::uint32_t seats = 0;
  for (const Helper helper : team) {
    if (helper != without) {
      hands += model.problem.supporters[helper].hands;
      seats = std::max(seats, model.problem.supporters[helper].vehicle_seats);
    }
  }
  return hands >= model.problem.people[person].hands &&
         seats >= model.problem.people[person].vehicle_seats;
}

bool is_just_enough(const ChainModel& model, Person person, const std::vector<Helper>& team) {
  return team.empty() || (is_enough(model, person, team, std::nullopt) &&
                          std::ranges::none_of(team, [&](Helper spare) {
                            return is_enough(model, person, team, spare);
                          }));
}

/// Everybody is reached although a person is left only when the whole team is there.
bool nobody_waits_for_ever(const ChainRoutes& routes, const Teams& teams) {
  std::vector<std::size_t> next(routes.size(), 0);
  std::vector<std::size_t> there(teams.size(), 0);
  std::vector<Helper> going;
  const auto arrive = [&](Helper helper) {
    if (next[helper] == routes[helper].size()) {
      return;
    }
    const Person person = routes[helper][next[helper]];
    if (++there[person] == teams[person].size()) {
      for (const Helper member : teams[person]) {
        ++next[member];
        going.push_back(member);
      }
    }
  };
  for (Helper helper = 0; helper < routes.size(); ++helper) {
    arrive(helper);
  }
  while (!going.empty()) {
    const Helper helper = going.back();
    going.pop_back();
    arrive(helper);
  }
  for (Helper helper = 0; helper < routes.size(); ++helper) {
    if (next[helper] < routes[helper].size()) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<ChainPlan> follow_chains(const ChainProblem& problem, const ChainRoutes& routes) {
  const ChainModel model(problem);
  const auto teams = teams_of(model, routes);
  if (!teams || !nobody_waits_for_ever(routes, *teams)) {
    return std::nullopt;
  }
  for (Person person = 0; person < model.people; ++person) {
    if (!is_just_enough(model, person, (*teams)[person])) {
      return std::nullopt;
    }
  }
  ChainTimetable table(model);
  table.restore({routes, *teams});
  for (Person person = 0; person < model.people; ++person) {
    if (!(*teams)[person].empty() && !table.served(person)) {
      return std::nullopt;  // a limit is missed
    }
  }
  return describe(model, ChainBounds(model), table);
}

}  // namespace route
