// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "route/blockage_study.hpp"
#include "route/metric.hpp"
#include "route/safe_departure.hpp"
#include "route/snapping.hpp"

// What a drill is played with. People, supporters, vehicles and shelters are numbers and positions;
// who they are stays with the caller. Times are milliseconds after the start of the event, all
// shares lie in [0, 1], and every figure of behaviour is data of the scene.

namespace route {

/// Nobody, nowhere, no order.
inline constexpr std::uint32_t kNoIndex = std::numeric_limits<std::uint32_t>::max();

/// A point of a quantile function: the given share of people needs at most that long.
struct DelayPoint {
  double share = 0;
  Weight delay = 0;
};

/// How a duration is distributed: points with rising shares and delays, straight lines between
/// them, level before the first and after the last. One point = always that long; none = 0. A
/// sorted list of stopwatch times is one.
using DrillDelay = std::vector<DelayPoint>;

/// One means of telling people (防災行政無線, mail, a phone call).
struct DrillChannel {
  double reach = 0;       ///< share of people who get the message at all
  DrillDelay delay = {};  ///< from the order until they know
};

/// Evacuation order of an area (避難指示, 高齢者等避難).
struct DrillOrder {
  Weight at = 0;
};

/// How a kind of people reacts.
struct DrillBehaviour {
  std::vector<DrillChannel> channels = {};  ///< the first that reaches somebody counts
  double refuses = 0;                       ///< share who do not leave whoever comes
  double starts_late = 0;                   ///< share who put it off
  DrillDelay late_by = {};                  ///< by how long
  DrillDelay preparation = {};              ///< from knowing until ready at the door
  DrillDelay loading = {};                  ///< into wheelchair or car once all helpers are there
  double at_home = 1;    ///< people: share who are at home; the others are out of the run
  double available = 1;  ///< supporters: share who can come at all
};

/// A time in which a road is closed: who is on it must have left by `from`, nobody enters before
/// `until`.
struct RoadClosing {
  ArcId arc;
  Weight from = 0;   ///< 0 = when the drill begins, which everybody knows
  Weight until = 0;  ///< above `from`, below `kInfinity`
  friend bool operator==(const RoadClosing&, const RoadClosing&) = default;
};

/// A way of moving: a mobility profile on the roads of the day.
struct DrillMode {
  const Metric* metric = nullptr;            ///< of open roads, without hazards; never null
  const ClosingTimes* closes = nullptr;      ///< for good; null = no road does
  const BlockageChances* blocked = nullptr;  ///< by rubble, from the start; null = never
  double room = 1;  ///< of a narrow road that one head takes, in people on foot
  /// Closures that end, by arc and time, those of one arc apart; null = none.
  const std::vector<RoadClosing>* reopens = nullptr;
};

/// A place joined to the roads as each mode sees them; nothing where a mode has none near.
struct DrillPlace {
  std::vector<std::optional<RoadPosition>> at;  ///< by mode
};

/// A road or gate that lets through only so many; whoever comes waits at its beginning, first
/// come, first served.
struct NarrowArc {
  ArcId arc;
  double people_per_minute = 0;  ///< above 0
};

/// Why somebody is not safe. Exactly one for each of them; `None` for the safe and for
/// who was not at home.
enum class DrillCause : std::uint8_t {
  None,
  NoSupporter,         ///< the plan names fewer supporters than needed
  SupporterAbsent,     ///< so many could not come that help was short
  SupporterRetreated,  ///< the time to retreat had come before this person's turn
  Blocked,             ///< no way: rubble, or none at all
  ClosedByWater,       ///< no way since roads have closed, or too late for having waited there
  NoSeat,
  NotEligible,  ///< no shelter of the plan may take this person
  LateStart,
  NotShared,  ///< the plan may not be shown to supporters (no consent)
  Refused,
  NotReached,  ///< no channel reached the person, and nobody came
  OutOfTime    ///< none of these: the plan takes longer than there was
};
inline constexpr std::size_t kDrillCauses = 13;

struct DrillPerson {
  /// Random numbers hang on it: keep it when scenes are compared. Unique.
  std::uint32_t number = 0;
  std::uint32_t home = 0;          ///< place
  std::uint32_t mode = 0;          ///< of the person, with or without helpers
  std::uint32_t behaviour = 0;     ///< index
  std::uint32_t order = kNoIndex;  ///< that reaches the person
  std::uint32_t group = 0;         ///< for completion curves: class of need, district, …
  std::uint32_t hands = 0;         ///< helpers who must be there at the same time; 0 = goes alone
  std::uint32_t seats = 1;         ///< with companions who live there
  std::uint32_t need = 0;          ///< into `DrillShelter::seats`; 0 = none but the seats
  bool shared = true;              ///< supporters may know; they do not come otherwise
  Weight deadline = kInfinity;     ///< safe means inside a shelter by then
  std::vector<std::uint32_t> supporters = {};  ///< as planned, then in the order they are asked
  std::vector<std::uint32_t> shelters =
      {};  ///< the planned one, then others that may take the person
  DrillCause without_shelter = DrillCause::NotEligible;  ///< why there is none
  std::vector<std::uint32_t> second_stage = {};          ///< shelters for the transfer, best first
  std::uint32_t via = kNoIndex;  ///< place to pass first (一時集合場所), where there is a way
  /// The plan's own way from home to the first shelter, arcs that join; not looked at where there
  /// is a `via`. Empty = the fastest.
  std::vector<ArcId> way = {};
};

struct DrillSupporter {
  std::uint32_t number = 0;        ///< as of people, among supporters
  std::uint32_t home = 0;          ///< place
  std::uint32_t mode = 0;          ///< when alone
  std::uint32_t behaviour = 0;     ///< `refuses` and `loading` are not looked at
  std::uint32_t order = kNoIndex;  ///< that reaches the supporter
  /// When the supporter must be in a shelter: arrival of the danger - own escape - margin. A trip
  /// that cannot end by then is not begun.
  Weight retreat = kInfinity;
  std::vector<std::uint32_t> people = {};  ///< fetched one after the other
};

/// As many places as there are seats.
inline constexpr std::uint32_t kNoLimit = std::numeric_limits<std::uint32_t>::max();

struct DrillShelter {
  std::uint32_t place = 0;
  Weight opens = 0;
  Weight closes = kInfinity;  ///< nobody gets in later
  /// First the seats, of which everybody and every companion takes one; then for each need from 1
  /// on the places for it (電源, ストレッチャー, 車いす), of which who has the need takes one
  /// beside the seat and companions take none. `kNoLimit` or no entry = no limit of its own.
  std::vector<std::uint32_t> seats = {};
  double people_per_minute = 0;  ///< through the door; 0 = no limit
  bool second_stage = false;     ///< nobody goes there first
};

/// A vehicle for the transfer to welfare shelters.
struct DrillVehicle {
  std::uint32_t home = 0;  ///< place
  std::uint32_t mode = 0;
  std::uint32_t seats = 0;
  Weight ready = 0;     ///< able to leave
  Weight boarding = 0;  ///< of one load, getting out included
};

/// Graph, metrics and closing times must outlive the scene.
struct DrillScene {
  const RoadGraph* graph = nullptr;
  std::vector<DrillMode> modes;
  std::vector<DrillPlace> places;
  std::vector<NarrowArc> narrow;
  std::vector<DrillOrder> orders;
  std::vector<DrillBehaviour> behaviours;
  std::vector<DrillPerson> people;
  std::vector<DrillSupporter> supporters;
  std::vector<DrillShelter> shelters;
  std::vector<DrillVehicle> vehicles;
  Weight recourse = 0;  ///< from a supporter's failing until the next one is asked
  Weight horizon = 0;   ///< nothing happens after it
};

/// Throws `InputError` when an index points nowhere, a share or rate is no number in its range, a
/// quantile function falls, numbers repeat, or sizes do not fit.
void check_scene(const DrillScene& scene);

}  // namespace route
