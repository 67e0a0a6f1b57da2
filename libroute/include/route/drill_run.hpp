// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "route/drill_scene.hpp"

namespace route {

enum class DrillOutcome : std::uint8_t {
  Safe,        ///< inside a shelter by the deadline
  Late,        ///< inside, but after the deadline
  AtDoor,      ///< waits before a shelter: closed, queue, or no seat anywhere
  UnderWay,    ///< on the road when the drill ends
  Stranded,    ///< on the road, and no way is open
  LeftBehind,  ///< still at home
  Away         ///< was not at home in this run (自宅にいない): neither safe nor left behind
};
inline constexpr std::size_t kDrillOutcomes = 7;

/// Times are `kInfinity` for what did not happen.
struct PersonRun {
  DrillOutcome outcome = DrillOutcome::LeftBehind;
  DrillCause cause = DrillCause::None;
  Weight told = kInfinity;           ///< knows of the order
  Weight ready = kInfinity;          ///< at the door
  Weight left = kInfinity;           ///< with all helpers and loaded
  Weight arrived = kInfinity;        ///< at the door of the shelter that took the person
  Weight safe = kInfinity;           ///< inside
  Weight transferred = kInfinity;    ///< inside the shelter of the second stage
  std::uint32_t shelter = kNoIndex;  ///< that the person is in or before
  std::uint32_t second_shelter = kNoIndex;
  std::uint32_t diversions = 0;  ///< shelters that turned the person away
  std::uint32_t detours = 0;     ///< new ways because of roads that were not passable
  Weight queued = 0;             ///< at narrow roads, doors and roads that reopen
  ArcId last_arc;                ///< where the person is stranded: before this arc
  friend bool operator==(const PersonRun&, const PersonRun&) = default;
};

/// The four phases of a drill (準備・開始・移動・余裕), milliseconds. Only for who got inside.
struct DrillPhases {
  Weight preparation = 0;  ///< order until ready
  Weight start = 0;        ///< ready until leaving
  Weight movement = 0;     ///< leaving until inside
  std::int64_t spare = 0;  ///< inside until the deadline, or the end of the drill
};
[[nodiscard]] DrillPhases phases_of(const DrillScene& scene, std::size_t person,
                                    const PersonRun& run);

struct SupporterRun {
  bool present = false;
  std::uint32_t trips = 0;       ///< people brought inside or to a door
  std::uint32_t vain = 0;        ///< ways to people who then did not come along
  std::uint32_t declined = 0;    ///< trips not begun, because of the time to retreat
  Weight busy = 0;               ///< from leaving home until the last return
  Weight last_return = 0;        ///< at a shelter after the last trip; 0 = no trip
  std::uint32_t violations = 0;  ///< trips begun that could not end in time: always 0
  std::uint32_t overtaken = 0;   ///< trips that queues and closures held up past the retreat
  friend bool operator==(const SupporterRun&, const SupporterRun&) = default;
};

/// A person brought by a supporter; where two helped there are two.
struct DrillTrip {
  std::uint32_t supporter = 0;
  std::uint32_t person = 0;
  Weight began = 0;         ///< the supporter set out for the person
  Weight left = 0;          ///< home, together
  Weight back = kInfinity;  ///< at the shelter, and free again
  friend bool operator==(const DrillTrip&, const DrillTrip&) = default;
};

struct ShelterRun {
  std::vector<std::uint32_t> taken;     ///< at the end, as `DrillShelter::seats`
  std::vector<std::uint32_t> entered;   ///< seats taken by minute, then places for each need
  std::vector<std::uint32_t> moved_on;  ///< the same, freed by transfers
  /// People turned away for want of a seat, then for want of a place for their need alone.
  std::vector<std::uint32_t> missed;
  std::uint32_t turned_away = 0;    ///< people
  std::uint32_t longest_queue = 0;  ///< people at the door at a time
  Weight longest_wait = 0;
  friend bool operator==(const ShelterRun&, const ShelterRun&) = default;
};

/// A road that held somebody up.
struct ArcRun {
  ArcId arc;
  std::uint32_t delayed = 0;   ///< people who queued, or waited until it was open again
  std::uint64_t queue_ms = 0;  ///< people x milliseconds
  std::uint32_t blocked = 0;   ///< people who had to turn back before it
  friend bool operator==(const ArcRun&, const ArcRun&) = default;
};

/// What moves, in a trace.
enum class DrillMover : std::uint8_t { Person, Supporter, Vehicle };

/// A move without a stop: along the arcs at the pace of the mode. Who waits stays at its end.
struct DrillMove {
  DrillMover kind = DrillMover::Person;
  std::uint32_t who = 0;
  std::uint32_t mode = 0;
  Weight begin = 0;
  Weight end = 0;
  std::vector<ArcId> arcs = {};
  double first = 0;  ///< where on the first arc's edge it begins, as a fraction of the edge
  double last = 0;   ///< where on the last arc's edge it ends
  friend bool operator==(const DrillMove&, const DrillMove&) = default;
};

/// Everything about one run.
struct DrillRun {
  std::uint32_t run = 0;
  std::vector<PersonRun> people;
  std::vector<SupporterRun> supporters;
  std::vector<ShelterRun> shelters;
  std::vector<DrillTrip> trips;  ///< in order of leaving home together
  std::vector<ArcRun> arcs;      ///< by arc, rising
  std::vector<DrillMove> moves;  ///< only when asked for; in order of beginning
  std::uint64_t events = 0;
  friend bool operator==(const DrillRun&, const DrillRun&) = default;
};

}  // namespace route
