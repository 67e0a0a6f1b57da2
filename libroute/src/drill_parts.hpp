// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "drill_draws.hpp"
#include "drill_ways.hpp"
#include "route/drill_simulation.hpp"

namespace route {

/// Milliseconds in 2^-20ths, so that a queue keeps its rate exactly.
using FineTime = std::uint64_t;
inline constexpr unsigned kFineBits = 20;

[[nodiscard]] constexpr FineTime fine(Weight time) {
  return FineTime{time} << kFineBits;
}
/// The first whole millisecond not before a time; at most `kInfinity`.
[[nodiscard]] constexpr Weight not_before(FineTime time) {
  const FineTime whole = (time + (FineTime{1} << kFineBits) - 1) >> kFineBits;
  return whole < kInfinity ? static_cast<Weight>(whole) : kInfinity;
}

/// A gate that lets heads through one after the other.
struct Gate {
  FineTime free = 0;

  /// When the gate is free for who comes at `now`.
  [[nodiscard]] FineTime turn(Weight now) const { return free > fine(now) ? free : fine(now); }
  /// Takes up the gate from its turn on.
  void pass(Weight now, std::uint32_t heads, FineTime service) {
    const FineTime longest = fine(kInfinity);
    const bool too_long = service != 0 && heads > longest / service;
    free = too_long ? longest : turn(now) + heads * service;
    free = free < longest ? free : longest;
  }
};

/// What is the same in all runs of a scene.
struct DrillSimulator::Parts {
  explicit Parts(DrillScene with);
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  Parts(Parts&&) = delete;  // the roads point at the scene and the topology
  Parts& operator=(Parts&&) = delete;
  ~Parts() = default;

  [[nodiscard]] const DrillPlace& place_of_shelter(std::uint32_t shelter) const {
    return scene.places[scene.shelters[shelter].place];
  }
  [[nodiscard]] const std::optional<RoadPosition>& position(std::uint32_t place,
                                                            std::uint32_t mode) const {
    return scene.places[place].at[mode];
  }
  /// Durations of a mode from every node to a shelter on open roads; null where nobody asks.
  [[nodiscard]] const IdVector<NodeId, Weight>* to_shelter(std::uint32_t mode,
                                                           std::uint32_t shelter) const {
    const auto& found = distances[mode * scene.shelters.size() + shelter];
    return found.size() == 0 ? nullptr : &found;
  }

  /// The first shelter of a person, and the way there; without one where there is no way at all.
  struct Start {
    std::uint32_t shelter = kNoIndex;
    const DrillWay* way = nullptr;
    const DrillWay* onward = nullptr;  ///< from the place that is passed first
    Weight duration = kInfinity;       ///< of both
  };

  DrillScene scene;
  NarrowIndex narrow;
  CchTopology topology;
  std::vector<std::unique_ptr<DrillRoads>> roads;  // by mode
  std::vector<BehaviourTable> behaviours;
  std::vector<IdVector<NodeId, Weight>> distances;  // by mode, shelter
  std::optional<WayBook> book;
  std::vector<std::unique_ptr<const DrillWay>> own_ways;  // of plans that name theirs
  std::vector<Start> starts;                              // by person
  /// By person: supporters of the plan who only come when asked.
  std::vector<std::vector<std::uint32_t>> backups;
  std::vector<FineTime> service;      // of one head, by mode and narrow arc
  std::vector<FineTime> door;         // of one head, by shelter
  std::vector<std::uint32_t> second;  // shelters of the second stage
  bool has_rubble = false;

 private:
  void measure_distances();
  void find_starts();
  [[nodiscard]] Start start_for(const DrillPerson& person, std::uint32_t shelter);
  void find_ways_of_supporters();
  void list_backups();
  void time_gates();
};

}  // namespace route
