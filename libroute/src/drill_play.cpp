// SPDX-License-Identifier: Apache-2.0
#include "drill_play.hpp"

#include <algorithm>
#include <utility>

namespace route {
namespace {

// The key of an event: 31 bits of time, 4 of kind, 29 of id.
constexpr unsigned kIdBits = 29;
constexpr unsigned kKindBits = 4;
constexpr std::uint64_t kIdMask = (std::uint64_t{1} << kIdBits) - 1;
constexpr std::uint64_t kKindMask = (std::uint64_t{1} << kKindBits) - 1;

}  // namespace

DrillPlayer::DrillPlayer(const DrillSimulator& simulator)
    : parts_(*simulator.parts_),
      scene_(parts_.scene),
      book_(parts_.roads, scene_.places, &*parts_.book),
      detours_(*scene_.graph),
      blocked_(scene_.modes.size()),
      rubble_(*scene_.graph, 0) {
  for (const auto& roads : parts_.roads) {
    around_rubble_.emplace_back(*roads);
  }
}

Weight DrillPlayer::order_time(std::uint32_t order) const {
  return order == kNoIndex ? 0 : scene_.orders[order].at;
}

void DrillPlayer::schedule(Weight at, Happens what, std::uint32_t id, std::uint32_t other) {
  if (at <= scene_.horizon) {
    const std::uint64_t kind = static_cast<std::uint64_t>(what) << kIdBits;
    events_.push({std::uint64_t{at} << (kIdBits + kKindBits) | kind | id, other});
  }
}

void DrillPlayer::begin(std::uint64_t seed, std::uint32_t run) {
  const RunNumbers numbers{seed, run};
  now_ = 0;
  events_.clear();
  detour_ways_.clear();
  turned_.clear();
  run_ = {};
  run_.run = run;
  run_.people.resize(scene_.people.size());
  run_.supporters.resize(scene_.supporters.size());
  run_.shelters.resize(scene_.shelters.size());
  movers_.assign(scene_.people.size() + scene_.supporters.size() + scene_.vehicles.size(), {});
  narrow_.assign(scene_.narrow.size(), {});
  people_.resize(scene_.people.size());
  supporters_.resize(scene_.supporters.size());
  if (parts_.has_rubble) {
    drop_rubble(seed, run);
  }
  const std::size_t minutes = scene_.horizon / 60'000 + 1;
  shelters_.assign(scene_.shelters.size(), {});
  for (std::size_t i = 0; i < shelters_.size(); ++i) {
    const std::size_t classes = std::max<std::size_t>(scene_.shelters[i].seats.size(), 1);
    shelters_[i].taken.resize(classes);
    run_.shelters[i].entered.resize(classes * minutes);
    run_.shelters[i].moved_on.resize(classes * minutes);
    run_.shelters[i].missed.resize(classes);
  }
  for (std::uint32_t i = 0; i < people_.size(); ++i) {
    begin_person(i, numbers);
  }
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    begin_supporter(i, numbers);
  }
  for (std::uint32_t i = 0; i < people_.size(); ++i) {
    for (std::uint32_t have = people_[i].coming; have < scene_.people[i].hands; ++have) {
      schedule(order_time(scene_.people[i].order), Happens::AskNext, i, have);
    }
  }
  vehicles_.assign(scene_.vehicles.size(), {});
  for (std::uint32_t i = 0; i < vehicles_.size(); ++i) {
    vehicles_[i].place = scene_.vehicles[i].home;
    schedule(scene_.vehicles[i].ready, Happens::VehicleReady, i);
  }
  for (const std::uint32_t shelter : parts_.second) {
    schedule(scene_.shelters[shelter].opens, Happens::SecondStage, shelter);
  }
}

void DrillPlayer::drop_rubble(std::uint64_t seed, std::uint32_t run) {
  rubble_ = Rubble(*scene_.graph, seed);
  rubble_.draw(run);
  for (std::size_t mode = 0; mode < blocked_.size(); ++mode) {
    around_rubble_[mode].forget();
    if (const BlockageChances* chances = scene_.modes[mode].blocked) {
      blocked_[mode] = BlockedEdges(scene_.graph->edge_count());
      for (const EdgeId edge : scene_.graph->edges()) {
        blocked_[mode][edge] = rubble_.blocks(edge, *chances) ? 1 : 0;
      }
    }
  }
}

void DrillPlayer::begin_person(std::uint32_t person, const RunNumbers& numbers) {
  const DrillPerson& plan = scene_.people[person];
  Person& state = people_[person];
  state.helpers.clear();
  state.tried.clear();
  state = {.helpers = std::move(state.helpers), .tried = std::move(state.tried)};
  state.draw = numbers.person(parts_.behaviours[plan.behaviour], plan.number);
  const auto hopeless = [&state](DrillCause cause) {
    state.given_up = true;
    state.trouble = cause;
  };
  if (parts_.starts[person].way == nullptr) {
    hopeless(plan.shelters.empty() ? plan.without_shelter : DrillCause::Blocked);
  } else if (plan.hands > 0 && !plan.shared) {
    hopeless(DrillCause::NotShared);
  } else if (plan.hands > plan.supporters.size()) {
    hopeless(DrillCause::NoSupporter);
  } else if (plan.hands == 0 && state.draw.refuses) {
    hopeless(DrillCause::Refused);
  }
  if (state.draw.away) {
    return;  // no order reaches an empty home
  }
  if (plan.order != kNoIndex && state.draw.hears < kInfinity) {
    tell(person, add(scene_.orders[plan.order].at, state.draw.hears));
    if (plan.hands == 0) {
      schedule(state.ready, Happens::SetsOut, person);
    }
  }
}

void DrillPlayer::begin_supporter(std::uint32_t supporter, const RunNumbers& numbers) {
  const DrillSupporter& plan = scene_.supporters[supporter];
  Supporter& state = supporters_[supporter];
  state.tasks.assign(plan.people.begin(), plan.people.end());
  state = {.tasks = std::move(state.tasks)};
  state.draw = numbers.supporter(parts_.behaviours[plan.behaviour], plan.number);
  state.place = plan.home;
  for (const std::uint32_t person : state.tasks) {
    ++people_[person].coming;
  }
  const bool hears = plan.order != kNoIndex && state.draw.hears < kInfinity;
  if (state.draw.available && hears) {
    state.ready =
        add(add(scene_.orders[plan.order].at, state.draw.hears), state.draw.getting_ready);
  }
  run_.supporters[supporter].present = state.ready <= scene_.horizon;
  if (state.ready < kInfinity) {
    schedule(state.ready, Happens::FreeNow, supporter);
  } else {
    schedule(order_time(plan.order), Happens::Absent, supporter);
  }
}

void DrillPlayer::tell(std::uint32_t person, Weight at) {
  Person& state = people_[person];
  PersonRun& run = run_.people[person];
  if (at < run.told && at <= scene_.horizon) {
    run.told = at;
  }
  state.ready = std::min(state.ready, add(at, state.draw.getting_ready));
  run.ready = state.ready <= scene_.horizon ? state.ready : kInfinity;
}

void DrillPlayer::set_out(std::uint32_t person) {
  const DrillPerson& plan = scene_.people[person];
  Person& state = people_[person];
  if (state.given_up || run_.people[person].left < kInfinity) {
    return;  // or gone already, sooner for being fetched
  }
  const Parts::Start& start = parts_.starts[person];
  state.leaving = true;
  run_.people[person].left = now_;
  for (const std::uint32_t supporter : state.helpers) {
    if (!in_time(supporter, std::uint64_t{now_} + start.duration)) {
      ++run_.supporters[supporter].violations;
    }
    supporters_[supporter].trip = run_.trips.size();
    run_.trips.push_back({supporter, person, supporters_[supporter].began, now_});
  }
  movers_[person].mode = plan.mode;
  movers_[person].heads = plan.seats + static_cast<std::uint32_t>(state.helpers.size());
  if (start.onward == nullptr) {
    return head_for(person, start.shelter, *start.way);
  }
  movers_[person].place = plan.via;
  travel(person, *start.way);
}

void DrillPlayer::happen(Happens what, std::uint32_t id, std::uint32_t other) {
  switch (what) {
    case Happens::Step:
      return proceed(id);
    case Happens::Inside:
      return inside(id);
    case Happens::Absent:
      for (const std::uint32_t person : scene_.supporters[id].people) {
        fail(person, DrillCause::SupporterAbsent);
      }
      return;
    case Happens::FreeNow:
      supporters_[id].up = true;
      return next_task(id);
    case Happens::AskNext:
      return ask_next(id);
    case Happens::SetsOut:
      return set_out(id);
    case Happens::LeavesDoor:
      if (supporters_[id].person == other && !people_[other].leaving) {
        retreat(id, other);
      }
      return;
    case Happens::VehicleReady:
      return vehicle_ready(id);
    case Happens::SecondStage:
      return dispatch_idle();
  }
}

DrillRun DrillPlayer::play(std::uint64_t seed, std::uint32_t run, DrillSimulator::Trace trace) {
  trace_ = trace == DrillSimulator::Trace::Yes;
  begin(seed, run);
  while (!events_.empty()) {
    const Event event = events_.pop();
    now_ = static_cast<Weight>(event.key >> (kIdBits + kKindBits));
    ++run_.events;
    happen(static_cast<Happens>(event.key >> kIdBits & kKindMask),
           static_cast<std::uint32_t>(event.key & kIdMask), event.other);
  }
  return finish();
}

}  // namespace route
