// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "chain_timetable.hpp"
#include "route/error.hpp"

// Routes that share people are walked together: a shared visit is done when its last helper has
// arrived; in that order backwards, the latest starts follow. Somebody missing in the walk would
// mean that two people wait for each other, which `insert` must not be asked for.

namespace route {

void ChainTimetable::gather_linked(Helper helper) {
  group_.assign(1, helper);
  in_group_[helper] = 1;
  for (std::size_t i = 0; i < group_.size(); ++i) {
    for (const Person person : routes_[group_[i]]) {
      there_[person] = 0;
      for (const Helper other : teams_[person]) {
        if (in_group_[other] == 0) {
          in_group_[other] = 1;
          group_.push_back(other);
        }
      }
    }
  }
  for (const Helper other : group_) {
    in_group_[other] = 0;
    next_[other] = 0;
  }
}

/// Everybody goes on as far as possible; a shared visit lets its other helpers go on, too.
void ChainTimetable::walk_linked() {
  walked_.clear();
  std::vector<Helper> going = group_;
  while (!going.empty()) {
    const Helper helper = going.back();
    going.pop_back();
    while (next_[helper] < routes_[helper].size()) {
      const Person person = routes_[helper][next_[helper]];
      if (++there_[person] < teams_[person].size()) {
        break;
      }
      ChainSeconds start = 0;
      for (const Helper member : teams_[person]) {
        start = std::max(start, arrival(member, next_[member]));
      }
      set_times(person, start);
      walked_.push_back(person);
      for (const Helper member : teams_[person]) {
        ++next_[member];
        if (member != helper) {
          going.push_back(member);
        }
      }
    }
  }
}

void ChainTimetable::refresh_linked(Helper helper) {
  gather_linked(helper);
  walk_linked();
  for (const Helper member : group_) {
    TOMONI_EXPECT(next_[member] == routes_[member].size());
    set_work(member);
  }
  for (std::size_t i = walked_.size(); i-- > 0;) {
    const Person person = walked_[i];
    ChainSeconds latest = kNeverInChain;
    bool in_time = true;
    for (const Helper member : teams_[person]) {
      --next_[member];  // now the position of this person
      latest = std::min(latest, latest_start(member, next_[member]));
      in_time = in_time && stops_[person].delivered <= limit(member, person);
    }
    stops_[person].latest_start = latest;
    if (!in_time) {
      violators_.push_back(person);
    }
  }
}

}  // namespace route
