// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "drill_play.hpp"

// Who reaches a shelter gets a seat before the queue at the door, so that nobody waits in vain; who
// gets none goes to the nearest that has one and may take the person.

namespace route {

std::uint32_t DrillPlayer::counted_need(std::uint32_t shelter, std::uint32_t person) const {
  const std::uint32_t need = scene_.people[person].need;
  return need < scene_.shelters[shelter].seats.size() ? need : 0;
}

std::uint32_t DrillPlayer::short_of(std::uint32_t shelter, std::uint32_t person) const {
  const auto& seats = scene_.shelters[shelter].seats;
  const auto& taken = shelters_[shelter].taken;
  if (seats.empty() || std::uint64_t{taken[0]} + scene_.people[person].seats > seats[0]) {
    return 0;
  }
  const std::uint32_t need = counted_need(shelter, person);
  return need != 0 && taken[need] >= seats[need] ? need : kNoIndex;
}

void DrillPlayer::take_seats(std::uint32_t shelter, std::uint32_t person) {
  auto& taken = shelters_[shelter].taken;
  taken[0] += scene_.people[person].seats;
  if (const std::uint32_t need = counted_need(shelter, person); need != 0) {
    ++taken[need];
  }
}

void DrillPlayer::give_back_seats(std::uint32_t shelter, std::uint32_t person) {
  auto& taken = shelters_[shelter].taken;
  taken[0] -= scene_.people[person].seats;
  if (const std::uint32_t need = counted_need(shelter, person); need != 0) {
    --taken[need];
  }
}

void DrillPlayer::note_seats(std::vector<std::uint32_t>& list, std::uint32_t shelter,
                             std::uint32_t person) {
  list[minute()] += scene_.people[person].seats;
  if (const std::uint32_t need = counted_need(shelter, person); need != 0) {
    ++list[list.size() / shelters_[shelter].taken.size() * need + minute()];
  }
}

void DrillPlayer::head_for(std::uint32_t person, std::uint32_t shelter, const DrillWay& way) {
  movers_[person].shelter = shelter;
  movers_[person].place = scene_.shelters[shelter].place;
  run_.people[person].arrived = kInfinity;
  travel(person, way);
}

void DrillPlayer::at_shelter(std::uint32_t person) {
  const DrillPerson& plan = scene_.people[person];
  const std::uint32_t shelter = movers_[person].shelter;
  const DrillShelter& place = scene_.shelters[shelter];
  Shelter& state = shelters_[shelter];
  PersonRun& run = run_.people[person];
  run.arrived = now_;
  run.shelter = shelter;
  const Weight from = std::max(now_, place.opens);
  Gate door = state.door;
  door.pass(from, plan.seats, parts_.door[shelter]);
  const Weight in = not_before(door.free);
  if (!has_room(shelter, person) || in > place.closes || now_ > place.closes) {
    return turn_away(person);
  }
  state.door = door;
  take_seats(shelter, person);
  state.queue += plan.seats;
  ShelterRun& sums = run_.shelters[shelter];
  sums.longest_queue = std::max(sums.longest_queue, state.queue);
  const Weight waits = std::min(in, scene_.horizon) - now_;
  sums.longest_wait = std::max(sums.longest_wait, waits);
  run.queued += waits;
  schedule(in, Happens::Inside, person);
}

void DrillPlayer::inside(std::uint32_t person) {
  const std::uint32_t shelter = movers_[person].shelter;
  const DrillPerson& plan = scene_.people[person];
  people_[person].inside = true;
  run_.people[person].safe = now_;
  shelters_[shelter].queue -= plan.seats;
  note_seats(run_.shelters[shelter].entered, shelter, person);
  free_helpers(person, scene_.shelters[shelter].place, true);
  if (!plan.second_stage.empty() && !scene_.vehicles.empty()) {
    shelters_[shelter].waiting.push_back(person);
    dispatch_idle();
  }
}

std::vector<DrillPlayer::Option> DrillPlayer::options(std::uint32_t person,
                                                      const DetourStart& start) const {
  const DrillPerson& plan = scene_.people[person];
  const Metric& metric = *scene_.modes[plan.mode].metric;
  std::vector<Option> found;
  for (const std::uint32_t shelter : plan.shelters) {
    const auto* distances = parts_.to_shelter(plan.mode, shelter);
    const auto& tried = people_[person].tried;
    if (distances == nullptr || !has_room(shelter, person) ||
        std::ranges::find(tried, shelter) != tried.end()) {
      continue;
    }
    Weight duration = kInfinity;
    if (start.node.valid()) {
      duration = (*distances)[start.node];
    } else {
      const auto& goal = parts_.position(scene_.shelters[shelter].place, plan.mode);
      duration = along_one_edge(*scene_.graph, metric, *start.position, *goal);
      for (const Seed& seed :
           seeds_at(*scene_.graph, metric, *start.position, Direction::Forward)) {
        duration = std::min(duration, add(seed.weight, (*distances)[seed.node]));
      }
    }
    if (duration < kInfinity && add(now_, duration) <= scene_.shelters[shelter].closes) {
      found.push_back({duration, shelter});
    }
  }
  std::ranges::sort(found, [](const Option& a, const Option& b) {
    return a.duration != b.duration ? a.duration < b.duration : a.shelter < b.shelter;
  });
  return found;
}

bool DrillPlayer::helpers_in_time(std::uint32_t person, const DrillWay& way) const {
  return std::ranges::all_of(people_[person].helpers, [&](std::uint32_t helper) {
    return in_time(helper, std::uint64_t{now_} + way.duration);
  });
}

void DrillPlayer::turn_away(std::uint32_t person) {
  const DrillPerson& plan = scene_.people[person];
  const std::uint32_t shelter = movers_[person].shelter;
  const std::uint32_t place = scene_.shelters[shelter].place;
  ShelterRun& sums = run_.shelters[shelter];
  sums.turned_away += plan.seats;
  if (const std::uint32_t missing = short_of(shelter, person); missing != kNoIndex) {
    sums.missed[missing] += missing == 0 ? plan.seats : 1;
  }
  ++run_.people[person].diversions;
  people_[person].tried.push_back(shelter);
  const DetourStart start{NodeId{}, parts_.position(place, plan.mode), now_};
  for (const Option& option : options(person, start)) {
    const DrillWay& way = book_.way(plan.mode, place, scene_.shelters[option.shelter].place);
    if (way.exists() && helpers_in_time(person, way)) {
      return head_for(person, option.shelter, way);
    }
  }
  people_[person].given_up = true;
  people_[person].trouble = DrillCause::NoSeat;
  free_helpers(person, place, true);
}

DrillPlayer::OtherShelter DrillPlayer::other_shelter(std::uint32_t person, const DetourStart& start,
                                                     Weight within) {
  const std::uint32_t meant = movers_[person].shelter;
  OtherShelter best;
  for (const Option& option : options(person, start)) {
    if (option.shelter == meant || option.duration >= within) {
      continue;
    }
    const DrillWay* way =
        detour(person, start, scene_.shelters[option.shelter].place, option.shelter);
    if (way != nullptr && add(way->duration, way->waits) < within) {
      best = {option.shelter, way};
      within = add(way->duration, way->waits);
      if (way->waits == 0) {
        break;
      }
    }
  }
  return best;
}

}  // namespace route
