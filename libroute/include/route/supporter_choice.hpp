// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "route/supporter_chain.hpp"

namespace route {

/// 平日昼, 平日夜, 休日.
inline constexpr std::size_t kTimesOfDay = 3;
template <class T>
using ByTimeOfDay = std::array<T, kTimesOfDay>;

/// Somebody who could support a person.
struct SupportCandidate {
  std::uint32_t person = 0;
  std::uint32_t supporter = 0;
  ChainSeconds travel = 0;       ///< supporter to person
  bool linked = false;           ///< named by the person, or already agreed
  bool in_hazard_zone = false;   ///< the supporter's own home is
  std::int64_t unfit = 0;        ///< points against this supporter for this person; 0 or more
  ByTimeOfDay<double> absent{};  ///< probability of not being there, 0 to 1; 1: never there
};

struct SupportChoiceProblem {
  std::size_t people = 0;
  std::vector<std::uint32_t> most_people;  ///< by supporter: how many he or she agreed to
  std::vector<SupportCandidate> candidates;
  std::size_t wanted = 2;  ///< per person: one first, the others in reserve
};

/// What is minimised, the first that differs deciding.
struct SupportChoiceValue {
  std::int64_t alone = 0;      ///< people without any supporter
  std::int64_t uncovered = 0;  ///< pairs of person and time of day when nobody is ever there
  std::int64_t missing = 0;    ///< supporters fewer than wanted, over all people
  std::int64_t extra = 0;      ///< supporters more than wanted, who cover one more time of day
  std::int64_t unfit = 0;      ///< points against the chosen, sum
  std::int64_t exposed = 0;    ///< people whose supporters all live in a hazard zone themselves
  std::int64_t absence = 0;    ///< sum of prod(absent) over people and times, in millionths
  std::int64_t unlinked = 0;   ///< chosen who are not linked
  std::int64_t travel = 0;     ///< seconds, sum over the chosen
  friend auto operator<=>(const SupportChoiceValue&, const SupportChoiceValue&) = default;
};

struct Uncovered {
  std::uint32_t person = 0;
  std::uint32_t time_of_day = 0;
  friend bool operator==(const Uncovered&, const Uncovered&) = default;
};

struct SupportChoice {
  std::vector<std::vector<std::uint32_t>> chosen;  ///< by person: candidates, who goes first first
  std::vector<ByTimeOfDay<double>> coverage;       ///< by person: 1 - prod(absent)
  std::vector<std::uint32_t> alone;                ///< people without anybody
  std::vector<Uncovered> uncovered;
  std::vector<std::uint32_t> double_booked;  ///< supporters who go first for several people
  SupportChoiceValue value;
  /// Each part alone: nobody can do better in it. From matchings of people to what supporters
  /// agreed to, for any time of day and for each; the parts from `extra` on are not bounded.
  SupportChoiceValue lower_bound;
};

/// At least `wanted` supporters for each person, more only where that covers one more time of day;
/// nobody is given more people than agreed. As many people as possible with one, and with two, by
/// augmenting paths; then ruin and recreate for the whole value. Deterministic for a seed.
[[nodiscard]] SupportChoice choose_supporters(const SupportChoiceProblem& problem,
                                              const ChainOptions& options);

}  // namespace route
