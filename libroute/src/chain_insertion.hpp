// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <limits>
#include <span>
#include <vector>

#include "chain_timetable.hpp"
#include "search_random.hpp"

namespace route {

/// What a place should cost little of.
enum class ChainAim : std::uint8_t {
  Work,  ///< the supporters' time: leaves room for others
  Sum    ///< the sum of all deliveries
};

struct ChainInsertion {
  std::array<ChainPlace, 4> places{};
  std::size_t count = 0;  ///< 0: nowhere without missing a limit
  double cost = std::numeric_limits<double>::infinity();

  [[nodiscard]] bool possible() const { return count > 0; }
  [[nodiscard]] std::span<const ChainPlace> used() const { return {places.data(), count}; }
};

/// Finds where a person costs least. Now and then a place is overlooked ("blink"), so that the
/// same ruins are not always rebuilt alike.
class ChainInserter {
 public:
  ChainInserter(const ChainModel& model, const ChainTimetable& table, SearchRandom& random)
      : model_(model), table_(table), random_(random) {}

  /// Among the helpers, who must be eligible.
  [[nodiscard]] ChainInsertion best(Person person, const std::vector<Helper>& helpers,
                                    ChainAim aim);
  void set_blink(double probability) { blink_ = probability; }

 private:
  /// One helper's gap in which the person fits when the preparation starts between two moments.
  struct Gap {
    ChainPlace place;
    ChainSeconds arrival = 0;
    ChainSeconds latest_start = 0;
    ChainSeconds start_before = 0;  ///< of the person before, for the order of waiting
    ChainSeconds start_after = 0;
  };

  void best_alone(Person person, Helper helper, ChainInsertion& best);
  /// Of taking the person in there, from leaving the place before until delivered; infinite where
  /// somebody later would miss a limit.
  [[nodiscard]] double cost_alone(Person person, ChainPlace place, ChainSeconds free_from,
                                  ChainSeconds delivered) const;
  [[nodiscard]] ChainInsertion best_team(Person person, const std::vector<Helper>& helpers);
  void collect_gaps(Person person, Helper helper);
  [[nodiscard]] bool pick_team(Person person, std::size_t last);
  [[nodiscard]] bool everybody_needed(Person person) const;
  [[nodiscard]] bool fits_into_team(const Gap& gap) const;
  void join(std::size_t gap);
  [[nodiscard]] double team_cost(Person person, ChainSeconds start) const;
  [[nodiscard]] double late_cost(Helper helper, std::size_t position, ChainSeconds shift) const;
  [[nodiscard]] double late_cost(Person person, ChainSeconds delivered) const;

  const ChainModel& model_;
  const ChainTimetable& table_;
  SearchRandom& random_;
  double blink_ = 0;
  ChainAim aim_ = ChainAim::Work;
  std::vector<Gap> gaps_;
  std::vector<std::size_t> team_;  // of gaps_
  ChainSeconds team_before_ = 0;   // latest start before, earliest start after, over the team
  ChainSeconds team_after_ = 0;
};

/// One person more after the deadline outweighs any sum of times.
inline constexpr double kLateCost = 1e9;

}  // namespace route
