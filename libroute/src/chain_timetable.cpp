// SPDX-License-Identifier: Apache-2.0
#include "chain_timetable.hpp"

#include <algorithm>

// A helper without shared visits never waits: arrival, start and delivery follow one another, and
// a change touches this route only. Linked routes: linked_timetable.cpp.

namespace route {

ChainTimetable::ChainTimetable(const ChainModel& model)
    : model_(model),
      routes_(model.supporters),
      teams_(model.people),
      stops_(model.people),
      shared_visits_(model.supporters, 0),
      helper_limit_(model.supporters),
      deadline_(model.deadline),
      helper_work_(model.supporters, 0),
      counted_(model.people, 0),
      is_changed_(model.supporters, 0),
      in_group_(model.supporters, 0),
      next_(model.supporters, 0),
      there_(model.people, 0) {
  set_limit(kNeverInChain);
}

void ChainTimetable::set_limit(ChainSeconds limit) {
  for (Helper helper = 0; helper < model_.supporters; ++helper) {
    helper_limit_[helper] = std::min(limit, model_.problem.supporters[helper].retreat);
  }
  for (Helper helper = 0; helper < model_.supporters; ++helper) {
    refresh(helper);
  }
  put_out_the_late();
}

void ChainTimetable::insert(Person person, std::span<const ChainPlace> places) {
  for (const ChainPlace& place : places) {
    touch(place.helper);
    std::vector<Person>& route = routes_[place.helper];
    route.insert(route.begin() + place.position, person);
    teams_[person].push_back(place.helper);
    shared_visits_[place.helper] += places.size() > 1 ? 1U : 0U;
  }
  std::ranges::sort(teams_[person]);
  refresh(places.front().helper);
}

void ChainTimetable::drop(Person person) {
  const bool shared = teams_[person].size() > 1;
  for (const Helper helper : teams_[person]) {
    touch(helper);
    std::erase(routes_[helper], person);
    shared_visits_[helper] -= shared ? 1U : 0U;
  }
  teams_[person].clear();
  if (counted_[person] != 0) {
    sum_ -= stops_[person].delivered;
    late_ -= is_late(person) ? 1U : 0U;
    counted_[person] = 0;
  }
}

void ChainTimetable::remove(std::span<const Person> people) {
  std::vector<Helper> helpers;
  for (const Person person : people) {
    helpers.insert(helpers.end(), teams_[person].begin(), teams_[person].end());
    drop(person);
  }
  std::ranges::sort(helpers);
  helpers.erase(std::unique(helpers.begin(), helpers.end()), helpers.end());
  for (const Helper helper : helpers) {
    refresh(helper);
  }
}

void ChainTimetable::put_out_the_late() {
  while (!violators_.empty()) {
    const std::vector<Person> out = std::move(violators_);
    violators_.clear();
    remove(out);
  }
}

void ChainTimetable::touch(Helper helper) {
  if (is_changed_[helper] != 0) {
    return;
  }
  is_changed_[helper] = 1;
  changed_.push_back(helper);
  if (old_routes_.size() < changed_.size()) {
    old_routes_.emplace_back();
  }
  old_routes_[changed_.size() - 1] = routes_[helper];
}

void ChainTimetable::keep() {
  put_out_the_late();
  for (const Helper helper : changed_) {
    is_changed_[helper] = 0;
  }
  changed_.clear();
}

void ChainTimetable::take_back() {
  violators_.clear();
  for (const Helper helper : changed_) {
    for (const Person person : routes_[helper]) {
      std::erase(teams_[person], helper);
      if (teams_[person].empty() && counted_[person] != 0) {
        sum_ -= stops_[person].delivered;
        late_ -= is_late(person) ? 1U : 0U;
        counted_[person] = 0;
      }
    }
  }
  for (std::size_t i = 0; i < changed_.size(); ++i) {
    routes_[changed_[i]] = old_routes_[i];
    for (const Person person : old_routes_[i]) {
      teams_[person].push_back(changed_[i]);
    }
  }
  for (const Helper helper : changed_) {
    shared_visits_[helper] = 0;
    for (const Person person : routes_[helper]) {
      std::ranges::sort(teams_[person]);
      shared_visits_[helper] += teams_[person].size() > 1 ? 1U : 0U;
    }
  }
  for (const Helper helper : changed_) {
    refresh(helper);
    is_changed_[helper] = 0;
  }
  changed_.clear();
}

void ChainTimetable::restore(const Snapshot& snapshot) {
  keep();
  routes_ = snapshot.routes;
  teams_ = snapshot.teams;
  std::ranges::fill(counted_, 0);
  sum_ = 0;
  late_ = 0;
  for (Helper helper = 0; helper < model_.supporters; ++helper) {
    shared_visits_[helper] = static_cast<std::uint32_t>(std::ranges::count_if(
        routes_[helper], [this](Person person) { return teams_[person].size() > 1; }));
  }
  for (Helper helper = 0; helper < model_.supporters; ++helper) {
    refresh(helper);
  }
  keep();
}

ChainSeconds ChainTimetable::arrival(Helper helper, std::size_t position) const {
  const Person person = routes_[helper][position];
  if (position == 0) {
    return model_.problem.supporters[helper].ready + model_.to(helper, person);
  }
  const Person before = routes_[helper][position - 1];
  return stops_[before].delivered + model_.from(model_.problem.people[before].shelter, person);
}

ChainSeconds ChainTimetable::latest_start(Helper helper, std::size_t position) const {
  const Person person = routes_[helper][position];
  ChainSeconds delivered = limit(helper, person);
  if (position + 1 < routes_[helper].size()) {
    const Person next = routes_[helper][position + 1];
    delivered = std::min(delivered, stops_[next].latest_start -
                                        model_.from(model_.problem.people[person].shelter, next));
  }
  return delivered - model_.service[person];
}

bool ChainTimetable::is_late(Person person) const {
  return stops_[person].delivered > model_.problem.people[person].deadline;
}

void ChainTimetable::set_times(Person person, ChainSeconds start) {
  ChainStop& stop = stops_[person];
  if (counted_[person] != 0) {
    sum_ -= stop.delivered;
    late_ -= is_late(person) ? 1U : 0U;
  }
  counted_[person] = 1;
  stop.start = start;
  stop.delivered = start + model_.service[person];
  sum_ += stop.delivered;
  late_ += is_late(person) ? 1U : 0U;
}

void ChainTimetable::set_work(Helper helper) {
  const std::vector<Person>& route = routes_[helper];
  const ChainSeconds now =
      route.empty() ? 0 : stops_[route.back()].delivered - model_.problem.supporters[helper].ready;
  work_ += now - helper_work_[helper];
  helper_work_[helper] = now;
}

void ChainTimetable::refresh(Helper helper) {
  if (shared_visits_[helper] > 0) {
    refresh_linked(helper);
  } else {
    refresh_alone(helper);
  }
}

void ChainTimetable::refresh_alone(Helper helper) {
  const std::vector<Person>& route = routes_[helper];
  for (std::size_t i = 0; i < route.size(); ++i) {
    set_times(route[i], arrival(helper, i));
    if (stops_[route[i]].delivered > limit(helper, route[i])) {
      violators_.push_back(route[i]);
    }
  }
  for (std::size_t i = route.size(); i-- > 0;) {
    stops_[route[i]].latest_start = latest_start(helper, i);
  }
  set_work(helper);
}

ChainValue ChainTimetable::value() const {
  ChainValue value;
  value.late = late_;
  value.sum = sum_;
  for (Person person = 0; person < model_.people; ++person) {
    if (!served(person)) {
      value.unserved += model_.problem.people[person].weight;
    } else {
      value.last = std::max(value.last, stops_[person].delivered);
    }
  }
  return value;
}

}  // namespace route
