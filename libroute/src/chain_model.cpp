// SPDX-License-Identifier: Apache-2.0
#include "chain_model.hpp"

#include <algorithm>

#include "route/error.hpp"

namespace route {
namespace {

void check(const ChainProblem& problem) {
  const std::size_t people = problem.people.size();
  TOMONI_EXPECT(problem.to_person.size() == people * problem.supporters.size());
  TOMONI_EXPECT(problem.from_shelter.size() == people * problem.shelters);
  for (const ChainPerson& person : problem.people) {
    TOMONI_EXPECT(person.shelter < problem.shelters && person.hands >= 1 && person.hands <= 4);
    TOMONI_EXPECT(person.prepare >= 0 && person.trip >= 0 && person.weight >= 1);
  }
  for (const ChainSupporter& supporter : problem.supporters) {
    TOMONI_EXPECT(supporter.ready >= 0 && supporter.hands >= 1);
  }
}

struct Arrival {
  ChainSeconds at;
  const ChainSupporter* supporter;
};

/// First moment at which enough hands (and the vehicle) are there and all of them can be in the
/// shelter by their retreat time; `arrivals` in order of time.
ChainSeconds first_start(const std::vector<Arrival>& arrivals, const ChainPerson& person,
                         bool heed_retreat) {
  const ChainSeconds service = person.prepare + person.trip;
  for (std::size_t last = 0; last < arrivals.size(); ++last) {
    std::uint64_t hands = 0;
    bool vehicle = person.vehicle_seats == 0;
    for (std::size_t i = 0; i <= last; ++i) {
      const ChainSupporter& supporter = *arrivals[i].supporter;
      if (heed_retreat && arrivals[last].at + service > supporter.retreat) {
        continue;
      }
      hands += supporter.hands;
      vehicle = vehicle || supporter.vehicle_seats >= person.vehicle_seats;
    }
    if (hands >= person.hands && vehicle) {
      return arrivals[last].at;
    }
  }
  return kNeverInChain;
}

/// When each shelter can be reached at the earliest, having taken somebody there.
std::vector<ChainSeconds> earliest_at_shelters(const ChainModel& model, Helper helper) {
  std::vector<ChainSeconds> at(model.shelters, kNeverInChain);
  const ChainSeconds ready = model.problem.supporters[helper].ready;
  for (bool changed = true;
       changed;) {  // at most one round per shelter, and one that finds nothing
    changed = false;
    for (Person person = 0; person < model.people; ++person) {
      if (model.to(helper, person) >= kNeverInChain) {
        continue;
      }
      ChainSeconds arrival = ready + model.to(helper, person);
      for (std::uint32_t shelter = 0; shelter < model.shelters; ++shelter) {
        arrival = std::min(arrival, at[shelter] + model.from(shelter, person));
      }
      ChainSeconds& there = at[model.problem.people[person].shelter];
      if (arrival + model.service[person] < there) {
        there = arrival + model.service[person];
        changed = true;
      }
    }
  }
  return at;
}

/// By person: when the helper can be there at the earliest.
std::vector<ChainSeconds> earliest_arrivals(const ChainModel& model, Helper helper) {
  const std::vector<ChainSeconds> at = earliest_at_shelters(model, helper);
  std::vector<ChainSeconds> arrivals(model.people, kNeverInChain);
  for (Person person = 0; person < model.people; ++person) {
    if (model.to(helper, person) >= kNeverInChain) {
      continue;
    }
    arrivals[person] = model.problem.supporters[helper].ready + model.to(helper, person);
    for (std::uint32_t shelter = 0; shelter < model.shelters; ++shelter) {
      arrivals[person] = std::min(arrivals[person], at[shelter] + model.from(shelter, person));
    }
  }
  return arrivals;
}

/// Whether anybody can serve the person, and how soon.
void judge(ChainModel& model, Person person,
           const std::vector<std::vector<ChainSeconds>>& arrivals) {
  const ChainPerson& who = model.problem.people[person];
  std::uint64_t hands = 0;
  bool vehicle = who.vehicle_seats == 0;
  std::vector<Arrival> in_order;
  for (const Helper helper : model.eligible[person]) {
    const ChainSupporter& supporter = model.problem.supporters[helper];
    if (supporter.most_people == 0) {
      continue;
    }
    hands += supporter.hands;
    vehicle = vehicle || supporter.vehicle_seats >= who.vehicle_seats;
    in_order.push_back({arrivals[helper][person], &supporter});
  }
  if (in_order.empty()) {
    model.hopeless[person] = Unserved::NoSupporter;
    return;
  }
  if (hands < who.hands) {
    model.hopeless[person] = Unserved::TooFewHands;
    return;
  }
  if (!vehicle) {
    model.hopeless[person] = Unserved::NoVehicle;
    return;
  }
  std::ranges::stable_sort(in_order, {}, &Arrival::at);
  if (first_start(in_order, who, false) + model.service[person] > model.deadline[person]) {
    model.hopeless[person] = Unserved::NoneInTime;
    return;
  }
  const ChainSeconds start = first_start(in_order, who, true);
  if (start >= kNeverInChain || start + model.service[person] > model.deadline[person]) {
    model.hopeless[person] = Unserved::RetreatTime;
    return;
  }
  model.earliest[person] = start + model.service[person];
}

}  // namespace

ChainModel::ChainModel(const ChainProblem& the_problem)
    : problem(the_problem),
      people(the_problem.people.size()),
      supporters(the_problem.supporters.size()),
      shelters(the_problem.shelters),
      service(people),
      deadline(people, kNeverInChain),
      eligible(people),
      earliest(people, kNeverInChain),
      hopeless(people),
      ways_to(people * supporters),
      ways_from(people * shelters) {
  check(problem);
  for (Person person = 0; person < people; ++person) {
    const ChainPerson& who = problem.people[person];
    service[person] = who.prepare + who.trip;
    if (problem.deadlines == ChainDeadlines::Hard) {
      deadline[person] = who.deadline;
    }
    everybody_alone = everybody_alone && who.hands == 1 && who.vehicle_seats == 0;
    for (Helper helper = 0; helper < supporters; ++helper) {
      const ChainSeconds seconds = problem.to_person[helper * people + person];
      ways_to[person * supporters + helper] = seconds;
      if (seconds < kNeverInChain) {
        eligible[person].push_back(helper);
      }
    }
    for (std::uint32_t shelter = 0; shelter < shelters; ++shelter) {
      ways_from[person * shelters + shelter] = problem.from_shelter[shelter * people + person];
    }
  }
  std::vector<std::vector<ChainSeconds>> arrivals;
  arrivals.reserve(supporters);
  for (Helper helper = 0; helper < supporters; ++helper) {
    arrivals.push_back(earliest_arrivals(*this, helper));
  }
  for (Person person = 0; person < people; ++person) {
    judge(*this, person, arrivals);
  }
}

}  // namespace route
