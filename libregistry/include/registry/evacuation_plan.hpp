// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/area.hpp"
#include "registry/calendar.hpp"
#include "registry/ids.hpp"
#include "registry/registrant.hpp"
#include "registry/shelter.hpp"
#include "registry/supporter.hpp"

namespace registry {

/// 個別避難計画 (49条の14) and the medical 災害時個別支援計画.
enum class PlanKind : std::uint8_t { Individual, MedicalSupport };

/// Domain §4.4. A computed plan begins as `Draft`: a proposal until people have confirmed it.
enum class PlanStatus : std::uint8_t {
  Candidate,
  Approached,
  ConsentedToCreate,
  Interviewing,
  Draft,
  MeetingDone,
  Active,
  NeedsReview,
  Refused,
  OutOfScope,
  Withdrawn
};
[[nodiscard]] std::string_view to_text(PlanStatus status);

/// Why a plan has no destination.
enum class Gap : std::uint8_t {
  None,
  NoPosition,          ///< the home's place is not known well enough
  OffTheRoads,         ///< no usable road near the home
  NoPermittedShelter,  ///< no shelter suited, permitted and reachable
  SheltersFull,
  RoadsClosed  ///< there would be a way, but somebody has closed a road on it
};
[[nodiscard]] std::string_view to_text(Gap gap);

/// One part of the way: from where the person is to one place.
struct PlanLeg {
  ShelterId shelter;
  std::string shelter_name;  ///< as it stood when the plan was made
  std::string shelter_address;
  ArrivalPolicy arrival = ArrivalPolicy::Direct;
  std::string profile;  ///< mobility profile the way was computed for
  std::int64_t duration_s = 0;
  double length_m = 0;
  int steps_met = 0;
  double unverified_m = 0;  ///< length with unknown attributes
  int steepest_up_permille = 0;
  int steepest_down_permille = 0;
  std::vector<std::string> hazards_met;  ///< in words
  std::vector<Position> route;           ///< from the road at the home to the road at the shelter
  double home_to_road_m = 0;
  double road_to_shelter_m = 0;
  friend bool operator==(const PlanLeg&, const PlanLeg&) = default;
};

/// One revision of a person's plan; revisions are never changed.
struct EvacuationPlan {
  PlanId id;         ///< the same for all revisions
  int revision = 0;  ///< 1, 2, ...; 0 = not stored yet
  PersonId subject;
  PlanKind kind = PlanKind::Individual;
  PlanStatus status = PlanStatus::Draft;
  HazardKind hazard = HazardKind::Flood;
  Gap gap = Gap::None;      ///< not None: no legs, and why
  std::string home_hazard;  ///< expected at the home, in words; empty = none known
  std::vector<PlanLeg> legs;
  Instant created_at;
  Date next_review{};
};

}  // namespace registry
