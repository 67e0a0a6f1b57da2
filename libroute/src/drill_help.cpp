// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "drill_play.hpp"

// Supporters fetch one person after the other. A trip is the way to a home, waiting there, loading
// and the way to the shelter; none is begun, and no home is left with a person, when it cannot end
// before the supporter must retreat (消防庁: 退避時間・安全時間). Who fails, for whatever reason,
// is replaced by the next the plan names.

namespace route {

const DrillWay* DrillPlayer::way_to(std::uint32_t supporter, std::uint32_t place) {
  const Supporter& state = supporters_[supporter];
  const std::uint32_t mode = scene_.supporters[supporter].mode;
  if (state.place == kNoIndex) {
    const std::uint32_t mover = mover_of_supporter(supporter);
    return detour(mover, {state.node, std::nullopt, now_}, place, kNoIndex);
  }
  const DrillWay& way = book_.way(mode, state.place, place);
  return way.exists() ? &way : nullptr;
}

void DrillPlayer::next_task(std::uint32_t supporter) {
  Supporter& state = supporters_[supporter];
  while (state.next < state.tasks.size()) {
    const std::uint32_t person = state.tasks[state.next++];
    const Person& whom = people_[person];
    if (whom.given_up || whom.leaving) {
      continue;
    }
    const std::uint32_t home = scene_.people[person].home;
    const DrillWay* way = way_to(supporter, home);
    if (way == nullptr) {
      fail(person, DrillCause::Blocked);
      continue;
    }
    const std::uint64_t end = std::uint64_t{now_} + way->waits + way->duration + whom.draw.loading +
                              parts_.starts[person].duration;
    if (!in_time(supporter, end)) {
      ++run_.supporters[supporter].declined;
      fail(person, DrillCause::SupporterRetreated);
      continue;
    }
    state.person = person;
    state.began = now_;
    state.first_left = std::min(state.first_left, now_);
    Mover& mover = movers_[mover_of_supporter(supporter)];
    mover.mode = scene_.supporters[supporter].mode;
    mover.heads = 1;
    mover.place = home;
    return travel(mover_of_supporter(supporter), *way);
  }
}

void DrillPlayer::at_home_of(std::uint32_t supporter) {
  Supporter& state = supporters_[supporter];
  const std::uint32_t person = state.person;
  Person& whom = people_[person];
  state.place = scene_.people[person].home;
  if (!whom.given_up && (whom.draw.away || whom.draw.refuses)) {
    give_up(person, whom.draw.away ? DrillCause::None : DrillCause::Refused);
  }
  if (whom.given_up || whom.leaving) {
    ++run_.supporters[supporter].vain;
    run_.supporters[supporter].busy = now_ - state.first_left;
    state.person = kNoIndex;
    return next_task(supporter);
  }
  tell(person, now_);
  whom.helpers.push_back(supporter);
  const Weight retreat = scene_.supporters[supporter].retreat;
  if (retreat < kInfinity) {
    const std::uint64_t needs = std::uint64_t{whom.draw.loading} + parts_.starts[person].duration;
    const Weight latest = needs > retreat ? 0 : retreat - static_cast<Weight>(needs);
    schedule(std::max(latest, now_), Happens::LeavesDoor, supporter, person);
  }
  together(person);
}

void DrillPlayer::together(std::uint32_t person) {
  Person& whom = people_[person];
  if (whom.helpers.size() < scene_.people[person].hands) {
    return;
  }
  const Weight leaves = add(std::max(now_, whom.ready), whom.draw.loading);
  const std::uint64_t end = std::uint64_t{leaves} + parts_.starts[person].duration;
  const auto late = std::ranges::find_if(
      whom.helpers, [&](std::uint32_t helper) { return !in_time(helper, end); });
  if (late != whom.helpers.end()) {
    return retreat(*late, person);
  }
  whom.leaving = true;
  schedule(leaves, Happens::SetsOut, person);
}

/// A helper leaves a person at the door, because waiting on would make the trip end too late.
void DrillPlayer::retreat(std::uint32_t supporter, std::uint32_t person) {
  std::erase(people_[person].helpers, supporter);
  Supporter& state = supporters_[supporter];
  state.person = kNoIndex;
  SupporterRun& run = run_.supporters[supporter];
  ++run.declined;
  ++run.vain;
  run.busy = now_ - state.first_left;
  fail(person, DrillCause::SupporterRetreated);
  next_task(supporter);
}

void DrillPlayer::fail(std::uint32_t person, DrillCause cause) {
  Person& whom = people_[person];
  --whom.coming;
  if (whom.given_up || whom.leaving) {
    return;
  }
  whom.trouble = cause;
  if (whom.asked < parts_.backups[person].size()) {
    schedule(add(now_, scene_.recourse), Happens::AskNext, person, whom.coming);
  } else if (whom.coming < scene_.people[person].hands) {
    give_up(person, cause);
  }
}

void DrillPlayer::ask_next(std::uint32_t person) {
  Person& whom = people_[person];
  const auto& backups = parts_.backups[person];
  if (whom.given_up || whom.leaving || whom.coming >= scene_.people[person].hands) {
    return;
  }
  if (whom.asked >= backups.size()) {
    return give_up(person,
                   whom.trouble == DrillCause::None ? DrillCause::NoSupporter : whom.trouble);
  }
  const std::uint32_t supporter = backups[whom.asked++];
  ++whom.coming;
  Supporter& state = supporters_[supporter];
  if (state.ready >= kInfinity) {
    return fail(person, DrillCause::SupporterAbsent);
  }
  state.tasks.push_back(person);
  if (state.up && state.person == kNoIndex) {
    next_task(supporter);
  }
}

void DrillPlayer::replace_helpers(std::uint32_t person, DrillCause cause) {
  for (const std::uint32_t supporter : people_[person].helpers) {
    Supporter& state = supporters_[supporter];
    state.ready = kInfinity;  // nobody asks them again
    while (state.next < state.tasks.size()) {
      fail(state.tasks[state.next++], cause);
    }
  }
}

void DrillPlayer::give_up(std::uint32_t person, DrillCause cause) {
  people_[person].given_up = true;
  people_[person].trouble = cause;
  free_helpers(person, scene_.people[person].home, false);
}

void DrillPlayer::free_helpers(std::uint32_t person, std::uint32_t place, bool brought) {
  const std::vector<std::uint32_t> helpers = people_[person].helpers;
  people_[person].helpers.clear();
  for (const std::uint32_t supporter : helpers) {
    Supporter& state = supporters_[supporter];
    SupporterRun& run = run_.supporters[supporter];
    state.place = place;
    state.person = kNoIndex;
    run.busy = now_ - state.first_left;
    if (brought) {
      ++run.trips;
      run.last_return = now_;
      run_.trips[state.trip].back = now_;
      run.overtaken += in_time(supporter, now_) ? 0U : 1U;
    } else {
      ++run.vain;
    }
  }
  for (const std::uint32_t supporter : helpers) {
    next_task(supporter);
  }
}

}  // namespace route
