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

/// What a leg is for (domain §4.4).
enum class LegKind : std::uint8_t {
  Gather,    ///< to a 一時集合場所, where people meet and go on together
  Evacuate,  ///< to the place where the person is safe
  Transfer   ///< from there to a welfare shelter, once the city has opened it (二次避難)
};
[[nodiscard]] std::string_view to_text(LegKind kind);

/// One part of the way: from where the person is to one place.
struct PlanLeg {
  LegKind kind = LegKind::Evacuate;
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
  std::vector<Position> route;           ///< from the road at the start to the road at the shelter
  double home_to_road_m = 0;
  double road_to_shelter_m = 0;
  friend bool operator==(const PlanLeg&, const PlanLeg&) = default;
};

/// Another way to the same first shelter, for the day the first one is blocked.
struct SecondWay {
  std::vector<Position> route;  ///< empty = there is none
  std::int64_t extra_s = 0;     ///< how much longer it takes
  double shared_m = 0;          ///< of it on the first way
  friend bool operator==(const SecondWay&, const SecondWay&) = default;
};

/// Staying in the building instead of leaving it.
enum class StayAdvice : std::uint8_t {
  None,
  Indoors,  ///< 屋内安全確保: the rooms lived in stay dry
  Upstairs  ///< 垂直避難: a higher floor of the same building stays dry
};
[[nodiscard]] std::string_view to_text(StayAdvice stay);

/// Seconds after the signal to start: 高齢者等避難 (level 3) for wind and flood, the event itself
/// where nothing announces it (domain §7.1). Each step at its median, the sum also at its 90th
/// percentile.
struct PlanTiming {
  std::int64_t notify_s = 0;
  std::int64_t supporter_s = 0;  ///< until the last supporter needed is at the door, after notice
  std::int64_t preparation_s = 0;
  std::int64_t travel_s = 0;
  std::int64_t total_p90_s = 0;
  std::optional<std::int64_t> limit_s;         ///< when the person must be safe; nothing = no limit
  std::string limit_cause;                     ///< what sets the limit, in words
  std::optional<std::int64_t> latest_start_s;  ///< leaving home later arrives after the limit
  [[nodiscard]] std::int64_t total_s() const {
    return notify_s + supporter_s + preparation_s + travel_s;
  }
  /// Negative = too late.
  [[nodiscard]] std::optional<std::int64_t> slack_s() const {
    return limit_s ? std::optional(*limit_s - total_s()) : std::nullopt;
  }
  friend bool operator==(const PlanTiming&, const PlanTiming&) = default;
};

/// Whether the plan can be carried out.
enum class PlanVerdict : std::uint8_t { NotJudged, Executable, AtRisk, NotExecutable };
[[nodiscard]] std::string_view to_text(PlanVerdict verdict);  ///< 実行できる, 危うい, 実行できない

/// A supporter as the computation proposes him or her: nobody is asked before people have decided.
struct PlannedHelper {
  SupporterId supporter;
  bool backup = false;         ///< stands in when the others cannot come
  int trip = 0;                ///< the supporter's first, second, ... person; 0 for a backup
  std::int64_t arrives_s = 0;  ///< at the door, after the signal to start
  friend bool operator==(const PlannedHelper&, const PlannedHelper&) = default;
};

/// What the person does in one family of hazards.
struct PlanCourse {
  HazardKind hazard = HazardKind::Flood;
  Gap gap = Gap::None;      ///< not None: no legs, and why
  std::string home_hazard;  ///< expected at the home, in words; empty = none known
  std::vector<PlanLeg> legs;
  SecondWay second;
  StayAdvice stay =
      StayAdvice::None;  ///< what remains when the way is none or cannot be made in time
  std::string stay_reason;
  PlanTiming timing;
  PlanVerdict verdict = PlanVerdict::NotJudged;
  std::string cause;               ///< what decides the verdict, in words
  std::vector<std::string> risks;  ///< everything else to look at, in words
  std::vector<PlannedHelper> helpers;
  friend bool operator==(const PlanCourse&, const PlanCourse&) = default;
};

/// The first leg of a kind; null = there is none.
[[nodiscard]] const PlanLeg* leg_of(const PlanCourse& course, LegKind kind);

/// One revision of a person's plan; revisions are never changed.
struct EvacuationPlan {
  PlanId id;         ///< the same for all revisions
  int revision = 0;  ///< 1, 2, ...; 0 = not stored yet
  PersonId subject;
  PlanKind kind = PlanKind::Individual;
  PlanStatus status = PlanStatus::Draft;
  std::vector<PlanCourse> courses;  ///< one per family of hazards, the city's main one first
  Instant created_at;
  Date next_review{};

  /// The course for the hazard the city plans for first; an empty one while nothing is computed.
  [[nodiscard]] const PlanCourse& main_course() const;
};

/// Whether some leg of some course ends at the shelter.
[[nodiscard]] bool leads_to(const EvacuationPlan& plan, const ShelterId& shelter);

}  // namespace registry
