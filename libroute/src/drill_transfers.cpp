// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "drill_play.hpp"

// The second stage (二次避難): a vehicle that waits goes where it is soonest of all places with
// somebody whose welfare shelter is open and has room, and takes whoever waits there, in the order
// of coming, for the same shelter.

namespace route {

bool DrillPlayer::second_stage_open() const {
  return std::ranges::any_of(parts_.second, [this](std::uint32_t shelter) {
    const auto& seats = scene_.shelters[shelter].seats;
    return scene_.shelters[shelter].opens <= now_ && !seats.empty() &&
           shelters_[shelter].taken[0] < seats[0];
  });
}

void DrillPlayer::dispatch_idle() {
  const bool any_waits = std::ranges::any_of(
      vehicles_, [](const Vehicle& vehicle) { return vehicle.does == Vehicle::Does::Waits; });
  if (!any_waits || !second_stage_open()) {
    return;
  }
  for (std::uint32_t vehicle = 0; vehicle < vehicles_.size(); ++vehicle) {
    if (vehicles_[vehicle].does == Vehicle::Does::Waits) {
      dispatch(vehicle);
    }
  }
}

std::uint32_t DrillPlayer::second_shelter(std::uint32_t person, std::uint32_t vehicle,
                                          std::uint32_t from) {
  const std::uint32_t mode = scene_.vehicles[vehicle].mode;
  for (const std::uint32_t shelter : scene_.people[person].second_stage) {
    const DrillShelter& place = scene_.shelters[shelter];
    if (shelter != from && place.opens <= now_ && now_ <= place.closes &&
        has_room(shelter, person) &&
        book_.way(mode, scene_.shelters[from].place, place.place).exists()) {
      return shelter;
    }
  }
  return kNoIndex;
}

void DrillPlayer::dispatch(std::uint32_t vehicle) {
  Vehicle& state = vehicles_[vehicle];
  const DrillVehicle& plan = scene_.vehicles[vehicle];
  const DrillWay* best = nullptr;
  for (std::uint32_t shelter = 0; shelter < shelters_.size(); ++shelter) {
    const auto& waiting = shelters_[shelter].waiting;
    if (waiting.empty()) {
      continue;
    }
    const DrillWay& way = book_.way(plan.mode, state.place, scene_.shelters[shelter].place);
    if (!way.exists() || (best != nullptr && way.duration >= best->duration)) {
      continue;
    }
    const auto first = std::ranges::find_if(waiting, [&](std::uint32_t person) {
      return scene_.people[person].seats <= plan.seats &&
             second_shelter(person, vehicle, shelter) != kNoIndex;
    });
    if (first != waiting.end()) {
      best = &way;
      state.from = shelter;
      state.to = second_shelter(*first, vehicle, shelter);
    }
  }
  if (best == nullptr) {
    return;
  }
  load_up(vehicle);
  state.does = Vehicle::Does::Fetches;
  Mover& mover = movers_[mover_of_vehicle(vehicle)];
  mover.mode = plan.mode;
  mover.heads = 1;
  mover.place = scene_.shelters[state.from].place;
  travel(mover_of_vehicle(vehicle), *best);
}

void DrillPlayer::load_up(std::uint32_t vehicle) {
  Vehicle& state = vehicles_[vehicle];
  std::uint32_t free = scene_.vehicles[vehicle].seats;
  state.load.clear();
  std::erase_if(shelters_[state.from].waiting, [&](std::uint32_t person) {
    const DrillPerson& plan = scene_.people[person];
    const auto& wanted = plan.second_stage;
    if (plan.seats > free || !has_room(state.to, person) ||
        std::ranges::find(wanted, state.to) == wanted.end()) {
      return false;
    }
    free -= plan.seats;
    take_seats(state.to, person);
    state.load.push_back(person);
    return true;
  });
}

void DrillPlayer::vehicle_ready(std::uint32_t vehicle) {
  Vehicle& state = vehicles_[vehicle];
  if (state.does != Vehicle::Does::Boards) {
    state.does = Vehicle::Does::Waits;
    return dispatch_idle();
  }
  std::uint32_t heads = 1;
  for (const std::uint32_t person : state.load) {
    give_back_seats(state.from, person);
    note_seats(run_.shelters[state.from].moved_on, state.from, person);
    heads += scene_.people[person].seats;
  }
  state.does = Vehicle::Does::Carries;
  Mover& mover = movers_[mover_of_vehicle(vehicle)];
  const std::uint32_t from = mover.place;
  mover.heads = heads;
  mover.place = scene_.shelters[state.to].place;
  travel(mover_of_vehicle(vehicle), book_.way(mover.mode, from, mover.place));
}

void DrillPlayer::vehicle_arrives(std::uint32_t vehicle) {
  Vehicle& state = vehicles_[vehicle];
  state.place = movers_[mover_of_vehicle(vehicle)].place;
  if (state.does == Vehicle::Does::Fetches) {
    state.does = Vehicle::Does::Boards;
    return schedule(add(now_, scene_.vehicles[vehicle].boarding), Happens::VehicleReady, vehicle);
  }
  for (const std::uint32_t person : state.load) {
    run_.people[person].transferred = now_;
    run_.people[person].second_shelter = state.to;
    note_seats(run_.shelters[state.to].entered, state.to, person);
  }
  state.load.clear();
  state.does = Vehicle::Does::Waits;
  dispatch_idle();
}

}  // namespace route
