// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "route/drill_run.hpp"

namespace route {

/// Of one person over all runs. Shares are of the runs in which the person was at home.
struct PersonTotals {
  /// Runs out of so many in which the person was at home.
  [[nodiscard]] std::uint32_t at_home(std::uint64_t of_runs) const {
    return static_cast<std::uint32_t>(of_runs) -
           outcomes[static_cast<std::size_t>(DrillOutcome::Away)];
  }

  std::array<std::uint32_t, kDrillOutcomes> outcomes{};  ///< runs
  std::array<std::uint32_t, kDrillCauses> causes{};      ///< runs
  std::uint32_t diverted = 0;                            ///< runs
  std::uint32_t detoured = 0;                            ///< runs
  std::uint32_t transferred = 0;                         ///< runs
  std::uint32_t inside = 0;                              ///< runs; the sums below are over them
  std::uint64_t preparation_ms = 0;
  std::uint64_t start_ms = 0;
  std::uint64_t movement_ms = 0;
  std::uint64_t queued_ms = 0;
  std::uint64_t safe_ms = 0;      ///< of the times of getting inside
  std::uint64_t safe_ms_max = 0;  ///< the last of them
  friend bool operator==(const PersonTotals&, const PersonTotals&) = default;
};

struct SupporterTotals {
  std::uint32_t present = 0;  ///< runs
  std::uint64_t trips = 0;
  std::uint64_t vain = 0;
  std::uint64_t declined = 0;
  std::uint64_t busy_ms = 0;
  std::uint64_t last_return_max = 0;
  std::uint64_t violations = 0;
  std::uint64_t overtaken = 0;
  friend bool operator==(const SupporterTotals&, const SupporterTotals&) = default;
};

struct ShelterTotals {
  std::uint64_t turned_away = 0;
  std::uint32_t full_runs = 0;  ///< runs in which somebody was turned away
  // By seat and need as `DrillShelter::seats`, summed over runs:
  std::vector<std::uint64_t> taken = {};
  std::vector<std::uint64_t> missed = {};       ///< people
  std::vector<std::uint32_t> missed_runs = {};  ///< runs in which somebody missed one
  std::vector<std::uint64_t> occupancy = {};    ///< taken by minute: seats, then each need
  std::vector<std::uint32_t> most = {};         ///< the same, the most of any run
  std::uint64_t longest_wait_max = 0;
  friend bool operator==(const ShelterTotals&, const ShelterTotals&) = default;
};

struct ArcTotals {
  ArcId arc;
  std::uint32_t runs_delayed = 0;
  std::uint32_t runs_blocked = 0;
  std::uint64_t delayed = 0;
  std::uint64_t queue_ms = 0;
  std::uint64_t blocked = 0;
  friend bool operator==(const ArcTotals&, const ArcTotals&) = default;
};

/// One line per run, from which percentiles and paired differences are taken.
struct RunSummary {
  std::uint32_t run = 0;
  std::array<std::uint32_t, kDrillOutcomes> outcomes{};
  std::array<std::uint32_t, kDrillCauses> causes{};
  std::vector<std::uint32_t> inside_by_minute;  ///< people inside after each minute
  friend bool operator==(const RunSummary&, const RunSummary&) = default;
};

/// Sums of whole numbers over runs: in whatever order and on however many machines they were added
/// up, the same runs give the same bytes.
struct DrillTotals {
  std::uint64_t runs = 0;
  std::vector<PersonTotals> people;
  std::vector<SupporterTotals> supporters;
  std::vector<ShelterTotals> shelters;
  std::vector<ArcTotals> arcs;                               ///< by arc, rising
  std::vector<std::vector<std::uint64_t>> inside_by_minute;  ///< by group; people, summed over runs
  std::vector<RunSummary> each;                              ///< by run, rising

  void add(const DrillScene& scene, const DrillRun& run);
  /// Takes over the sums of other runs of the same scene.
  void merge(const DrillTotals& other);

  /// Everything as plain numbers, to be sent to another process.
  [[nodiscard]] std::vector<std::uint64_t> words() const;
  /// Throws `InputError` when the numbers are not such a list.
  [[nodiscard]] static DrillTotals from_words(std::span<const std::uint64_t> words);

  friend bool operator==(const DrillTotals&, const DrillTotals&) = default;
};

}  // namespace route
