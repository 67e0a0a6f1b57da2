// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "drill_play.hpp"

namespace route {

void DrillPlayer::travel(std::uint32_t mover, const DrillWay& way) {
  Mover& state = movers_[mover];
  state.way = &way;
  state.stop = 0;
  state.from_arc = 0;
  state.base = add(now_, way.hold);
  state.moves_from = state.base;
  state.blocked = next_blocked(state);
  proceed(mover);
}

std::uint32_t DrillPlayer::next_blocked(const Mover& mover) const {
  const auto& edges = mover.way->stop_edges;
  const BlockedEdges& blocked = blocked_[mover.mode];
  if (blocked.size() == 0) {
    return static_cast<std::uint32_t>(edges.size());
  }
  const auto found = std::find_if(edges.begin() + mover.stop, edges.end(),
                                  [&blocked](EdgeId edge) { return blocked[edge] != 0; });
  return static_cast<std::uint32_t>(found - edges.begin());
}

DrillCause DrillPlayer::obstacle(const Mover& mover, const DrillStop& stop, Weight at) const {
  if (stop.closes < kNeverCloses &&
      !roads_of_run(mover.mode).in_time(stop.arc, at, stop.end - stop.begin)) {
    return DrillCause::ClosedByWater;
  }
  const bool rubble =
      mover.stop == mover.blocked &&
      roads_of_run(mover.mode).is_blocked(piece_of(*scene_.graph, *mover.way, stop.index));
  return rubble ? DrillCause::Blocked : DrillCause::None;
}

// Free movement has no events: the stops ahead are looked through until one holds the mover up.
void DrillPlayer::proceed(std::uint32_t mover) {
  Mover& state = movers_[mover];
  const DrillWay& way = *state.way;
  while (state.stop < way.stops.size()) {
    const DrillStop& stop = way.stops[state.stop];
    const std::uint32_t next = std::min(stop.next_narrow, state.blocked);
    if (next > state.stop && state.base <= stop.latest_start) {
      state.stop = next;
      continue;
    }
    const Weight at = add(state.base, stop.begin);
    const DrillCause cause = obstacle(state, stop, at);
    if ((cause != DrillCause::None || stop.narrow != kNoIndex) && at > now_) {
      return schedule(at, Happens::Step, mover);
    }
    if (cause != DrillCause::None) {
      return turn(mover, stop, cause);
    }
    if (stop.narrow != kNoIndex && !queue_up(mover, stop)) {
      return turn(mover, stop, DrillCause::ClosedByWater);
    }
    if (state.stop++ == state.blocked) {
      state.blocked = next_blocked(state);  // the rubble lies elsewhere on that road
    }
  }
  const Weight end = add(state.base, way.duration);
  if (end > now_) {
    return schedule(end, Happens::Step, mover);
  }
  record(mover, way.arcs.size(), now_);
  arrive(mover);
}

bool DrillPlayer::queue_up(std::uint32_t mover, const DrillStop& stop) {
  Mover& state = movers_[mover];
  Narrow& narrow = narrow_[stop.narrow];
  const Weight enters = not_before(narrow.gate.turn(now_));
  const DrillRoads& roads = *parts_.roads[state.mode];
  const Weight open = roads.entry(stop.arc, enters, stop.end - stop.begin);
  if (open != enters) {
    state.hopeless.push_back({stop.arc, open});
    return false;
  }
  narrow.gate.pass(now_, state.heads,
                   parts_.service[state.mode * scene_.narrow.size() + stop.narrow]);
  if (enters > now_) {
    record(mover, stop.index, now_);
    const Weight waits = std::min(enters, scene_.horizon) - now_;
    narrow.sums.delayed += state.heads;
    narrow.sums.queue_ms += std::uint64_t{state.heads} * waits;
    if (mover < scene_.people.size()) {
      run_.people[mover].queued += waits;
    }
    state.base = add(state.base, enters - now_);
    state.moves_from = enters;
  }
  return true;
}

void DrillPlayer::turn(std::uint32_t mover, const DrillStop& stop, DrillCause cause) {
  const Mover& state = movers_[mover];
  const DrillWay& way = *state.way;
  record(mover, stop.index, now_);
  DetourStart start{scene_.graph->tail(stop.arc), std::nullopt, now_};
  const Piece piece = piece_of(*scene_.graph, way, stop.index);
  if (piece.begin != whole(*scene_.graph, stop.arc).begin) {
    start.node = NodeId{};
    start.position = RoadPosition{scene_.graph->edge(stop.arc), piece.begin, {}};
  }
  if (mover < scene_.people.size()) {
    people_[mover].trouble = cause;
    run_.people[mover].last_arc = stop.arc;
  }
  const DrillWay* other = detour(mover, start, state.place, state.shelter);
  const bool to_shelter = mover < scene_.people.size() && state.shelter != kNoIndex;
  if (other != nullptr && other->waits > 0 && to_shelter) {
    const OtherShelter sooner = other_shelter(mover, start, add(other->duration, other->waits));
    if (sooner.way != nullptr) {
      count_turn(mover, stop, sooner.way);
      return head_for(mover, sooner.shelter, *sooner.way);
    }
  }
  count_turn(mover, stop, other);
  if (other != nullptr) {
    return travel(mover, *other);
  }
  lose(mover, start, cause);
}

/// Who waits and then goes on as before has not turned back.
void DrillPlayer::count_turn(std::uint32_t mover, const DrillStop& stop, const DrillWay* other) {
  const Mover& state = movers_[mover];
  const auto rest = state.way->arcs.begin() + stop.index;
  const bool as_before = other != nullptr && std::equal(rest, state.way->arcs.end(),
                                                        other->arcs.begin(), other->arcs.end());
  const bool is_person = mover < scene_.people.size();
  if (!as_before) {
    turned_.push_back({.arc = stop.arc, .blocked = state.heads});
    if (is_person) {
      ++run_.people[mover].detours;
    }
  }
  if (other != nullptr && other->hold > 0) {
    const Weight waits = std::min(add(now_, other->hold), scene_.horizon) - now_;
    turned_.push_back({.arc = other->arcs.front(),
                       .delayed = state.heads,
                       .queue_ms = std::uint64_t{state.heads} * waits});
    if (is_person) {
      run_.people[mover].queued += waits;
    }
  }
}

const DrillWay* DrillPlayer::detour(std::uint32_t mover, const DetourStart& start,
                                    std::uint32_t place, std::uint32_t shelter) {
  const std::uint32_t mode = movers_[mover].mode;
  const auto& goal = parts_.position(place, mode);
  if (!goal) {
    return nullptr;
  }
  DetourStart from = start;
  from.shut = movers_[mover].hopeless;
  const RoadsOfRun roads = roads_of_run(mode);
  std::optional<DrillWay> found;
  if (scene_.modes[mode].blocked != nullptr) {
    found = around_rubble_[mode].find(roads, from, *goal);
    if (!found) {
      return nullptr;
    }
  }
  if (!found || !is_in_time(roads, from, *found)) {
    const auto* distances = shelter == kNoIndex ? nullptr : parts_.to_shelter(mode, shelter);
    found = detours_.find(roads, from, {*goal, distances});
  }
  if (!found) {
    return nullptr;
  }
  detour_ways_.push_back(std::move(*found));
  return &detour_ways_.back();
}

void DrillPlayer::lose(std::uint32_t mover, const DetourStart& start, DrillCause cause) {
  const std::size_t people = scene_.people.size();
  if (mover < people) {
    if (const OtherShelter other = other_shelter(mover, start); other.way != nullptr) {
      return head_for(mover, other.shelter, *other.way);
    }
    PersonRun& run = run_.people[mover];
    if (run.left == now_ && run.diversions == 0) {  // not a step from home
      run.left = kInfinity;
      std::erase_if(run_.trips, [mover](const DrillTrip& trip) { return trip.person == mover; });
      return give_up(mover, cause);
    }
    people_[mover].given_up = true;
    people_[mover].trouble = cause;
    return replace_helpers(mover, cause);
  }
  const std::size_t supporter = mover - people;
  if (supporter >= scene_.supporters.size()) {
    return;  // a vehicle stays where it is
  }
  Supporter& state = supporters_[supporter];
  const std::uint32_t person = state.person;
  if (start.node.valid()) {
    state.place = kNoIndex;
    state.node = start.node;
  }
  state.person = kNoIndex;
  ++run_.supporters[supporter].vain;
  fail(person, cause);
  next_task(static_cast<std::uint32_t>(supporter));
}

void DrillPlayer::arrive(std::uint32_t mover) {
  const auto people = static_cast<std::uint32_t>(scene_.people.size());
  const auto supporters = static_cast<std::uint32_t>(scene_.supporters.size());
  if (mover < people && movers_[mover].shelter == kNoIndex) {
    head_for(mover, parts_.starts[mover].shelter, *parts_.starts[mover].onward);
  } else if (mover < people) {
    at_shelter(mover);
  } else if (mover < people + supporters) {
    at_home_of(mover - people);
  } else {
    vehicle_arrives(mover - people - supporters);
  }
}

void DrillPlayer::record(std::uint32_t mover, std::size_t to_arc, Weight until) {
  Mover& state = movers_[mover];
  if (trace_ && to_arc > state.from_arc) {
    const auto people = static_cast<std::uint32_t>(scene_.people.size());
    const auto supporters = static_cast<std::uint32_t>(scene_.supporters.size());
    DrillMove move{.who = mover, .mode = state.mode, .begin = state.moves_from, .end = until};
    if (mover >= people) {
      const bool vehicle = mover >= people + supporters;
      move.kind = vehicle ? DrillMover::Vehicle : DrillMover::Supporter;
      move.who -= vehicle ? people + supporters : people;
    }
    const auto arcs = state.way->arcs.begin();
    move.arcs.assign(arcs + state.from_arc, arcs + static_cast<std::ptrdiff_t>(to_arc));
    move.first = piece_of(*scene_.graph, *state.way, state.from_arc).begin;
    move.last = piece_of(*scene_.graph, *state.way, to_arc - 1).end;
    run_.moves.push_back(std::move(move));
  }
  state.from_arc = static_cast<std::uint32_t>(to_arc);
}

}  // namespace route
