// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planner/blockage_rules.hpp"
#include "registry/evacuation_plan.hpp"

namespace planner {

/// What would make a plan stronger.
enum class Fix : std::uint8_t {
  LocateHome,         ///< find out where the home is
  OpenRoad,           ///< make a road usable or lift its closure
  DesignateShelter,   ///< no shelter takes the person
  MoreSeats,          ///< those that would are full
  FindSupporter,      ///< too few come
  SecondSupporter,    ///< nobody stands in, or not at every time of day
  NearerShelter,      ///< a nearer one would take the person, but its seats are given to others
  SaveTime,           ///< too slow, and nothing nearer: a vehicle, an earlier start
  SparePower,         ///< a battery ends on the way
  ConfirmEquipment,   ///< nobody has confirmed what the shelter must have
  SecondShelter,      ///< often no way to this one stays open
  SecondWay,          ///< the way is often blocked, and the plan holds no other
  PractiseSecondWay,  ///< the way is often blocked; the plan holds another one
};
/// One sentence on what to do, in Japanese.
[[nodiscard]] std::string_view to_text(Fix fix);

struct FixProposal {
  Fix fix{};
  std::string shelter;       ///< name, for a nearer shelter
  std::int64_t saves_s = 0;  ///< on the way, for a nearer shelter
};

/// In which share of the scenarios something befalls a person's way.
struct Exposure {
  double cut = 0;     ///< the planned way is blocked
  double no_way = 0;  ///< no way to the shelter is open
};

struct NearerShelter {
  std::string name;  ///< empty = not to be named
  std::int64_t saves_s = 0;
};

/// What decides how weak one course of one person is.
struct WeaknessFacts {
  const registry::PlanCourse& course;
  int priority = 0;  ///< points of the order of plan making
  int hands = 0;     ///< helpers needed
  std::size_t supporters = 0;
  int enough_supporters = 2;
  std::optional<std::int64_t> battery_s = {};
  bool equipment_unconfirmed = false;
  std::optional<NearerShelter> nearer = {};  ///< permitted and nearer than the one chosen
  std::optional<Exposure> exposure = {};     ///< nothing = no way, or not studied
};

/// The points of a plan and what they come from.
struct WeaknessPoints {
  int verdict = 0;
  int priority = 0;
  int way_cut = 0;
  int no_way = 0;
  [[nodiscard]] int total() const { return verdict + priority + way_cut + no_way; }
};

/// Pure. Nothing for a course that can be carried out and whose way is not likely to be blocked:
/// priority alone is no weakness.
[[nodiscard]] std::optional<WeaknessPoints> weakness_of(const WeaknessFacts& facts,
                                                        const WeaknessScore& score);

/// What would make the course stronger, the most pressing first. Pure.
[[nodiscard]] std::vector<FixProposal> fixes_for(const WeaknessFacts& facts,
                                                 const WeaknessScore& score);

}  // namespace planner
