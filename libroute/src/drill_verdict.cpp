// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>
#include <utility>

#include "drill_play.hpp"

namespace route {

DrillCause DrillPlayer::cause_at_home(std::uint32_t person) const {
  const Person& state = people_[person];
  const bool planned = parts_.starts[person].way != nullptr;
  const bool without_help =
      state.trouble == DrillCause::NotShared || state.trouble == DrillCause::NoSupporter;
  if (planned && !without_help && state.draw.refuses) {
    return DrillCause::Refused;
  }
  if (state.trouble != DrillCause::None) {
    return state.trouble;
  }
  const bool heard = state.draw.hears < kInfinity && scene_.people[person].order != kNoIndex;
  if (scene_.people[person].hands == 0 && !heard) {
    return DrillCause::NotReached;
  }
  return state.draw.late ? DrillCause::LateStart : DrillCause::OutOfTime;
}

DrillCause DrillPlayer::cause_on_the_way(std::uint32_t person) const {
  const Person& state = people_[person];
  if (state.given_up) {
    return state.trouble;  // stranded, or no seat anywhere
  }
  if (state.draw.late) {
    return DrillCause::LateStart;
  }
  if (run_.people[person].diversions > 0) {
    return DrillCause::NoSeat;
  }
  return state.trouble != DrillCause::None ? state.trouble : DrillCause::OutOfTime;
}

void DrillPlayer::judge(std::uint32_t person) {
  const Person& state = people_[person];
  PersonRun& run = run_.people[person];
  if (state.draw.away) {
    run.outcome = DrillOutcome::Away;
    return;
  }
  if (state.inside && run.safe <= scene_.people[person].deadline) {
    run.outcome = DrillOutcome::Safe;
  } else if (state.inside) {
    run.outcome = DrillOutcome::Late;
  } else if (run.left == kInfinity) {
    run.outcome = DrillOutcome::LeftBehind;
  } else if (run.arrived != kInfinity) {
    run.outcome = DrillOutcome::AtDoor;
  } else {
    run.outcome = state.given_up ? DrillOutcome::Stranded : DrillOutcome::UnderWay;
  }
  if (run.outcome == DrillOutcome::LeftBehind) {
    run.cause = cause_at_home(person);
  } else if (run.outcome != DrillOutcome::Safe) {
    run.cause = cause_on_the_way(person);
  }
  if (run.outcome != DrillOutcome::Stranded) {
    run.last_arc = ArcId{};
  }
}

DrillRun DrillPlayer::finish() {
  for (std::uint32_t person = 0; person < people_.size(); ++person) {
    judge(person);
  }
  for (std::size_t i = 0; i < shelters_.size(); ++i) {
    run_.shelters[i].taken = shelters_[i].taken;
  }
  for (std::size_t i = 0; i < narrow_.size(); ++i) {
    if (narrow_[i].sums.delayed > 0) {
      turned_.push_back(narrow_[i].sums);
      turned_.back().arc = scene_.narrow[i].arc;
    }
  }
  std::ranges::sort(turned_, {}, &ArcRun::arc);
  for (const ArcRun& each : turned_) {
    if (run_.arcs.empty() || run_.arcs.back().arc != each.arc) {
      run_.arcs.push_back({.arc = each.arc});
    }
    ArcRun& sums = run_.arcs.back();
    sums.delayed += each.delayed;
    sums.queue_ms += each.queue_ms;
    sums.blocked += each.blocked;
  }
  std::ranges::stable_sort(run_.moves, {}, [](const DrillMove& move) {
    return std::tuple(move.begin, move.kind, move.who);
  });
  return std::move(run_);
}

DrillPhases phases_of(const DrillScene& scene, std::size_t person, const PersonRun& run) {
  DrillPhases phases;
  if (run.safe >= kInfinity) {
    return phases;
  }
  const DrillPerson& plan = scene.people[person];
  const Weight order = plan.order == kNoIndex ? 0 : scene.orders[plan.order].at;
  phases.preparation = run.ready - std::min(order, run.ready);
  phases.start = run.left - run.ready;
  phases.movement = run.safe - run.left;
  const Weight until = std::min(plan.deadline, scene.horizon);
  phases.spare = std::int64_t{until} - std::int64_t{run.safe};
  return phases;
}

}  // namespace route
