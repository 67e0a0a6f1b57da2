// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "chain_insertion.hpp"
#include "chain_timetable.hpp"
#include "search_random.hpp"

namespace route {

/// Ruin and recreate over one timetable. Keeps the best plan it has seen.
class ChainSearch {
 public:
  ChainSearch(const ChainModel& model, std::uint64_t seed);

  /// List scheduling: each person in the given order where he or she is delivered first.
  void schedule(const std::vector<Person>& order);

  /// Everything delivered by `limit`, people of at most `weight` left behind: true when the best
  /// plan is such a one. Uses at most so many iterations.
  bool pack(ChainSeconds limit, std::uint64_t weight, std::uint64_t iterations);

  /// Fewer late people, then a smaller sum; nothing delivered after `limit`, nobody more left
  /// behind than in the best plan.
  void polish(ChainSeconds limit, std::uint64_t iterations);

  /// Whoever is in time in the best plan stays so.
  void fix_deadlines();

  [[nodiscard]] const ChainValue& best_value() const { return best_value_; }
  /// The timetable, brought to the best plan.
  [[nodiscard]] const ChainTimetable& best();
  [[nodiscard]] std::uint64_t iterations_used() const { return used_; }

 private:
  void collect_absent();
  void ruin();
  void ruin_around(Person person, std::size_t most);
  void recreate(ChainAim aim);
  void order_for_recreation();
  void place(Person person, const std::vector<Helper>& helpers, ChainAim aim);
  [[nodiscard]] bool any_hope(Person person, const std::vector<Helper>& helpers);
  void note_if_best();
  [[nodiscard]] std::uint64_t absent_weight() const;

  const ChainModel& model_;
  SearchRandom random_;
  ChainTimetable table_;
  ChainInserter inserter_;
  std::vector<std::vector<Person>> neighbours_;
  std::vector<ChainSeconds> size_;  // by person: work, for the order of recreation
  std::uint64_t hopeless_weight_ = 0;
  std::vector<Person> hopeful_;
  std::vector<Person> absent_;  // hopeful and not served now
  std::vector<Person> removed_;
  bool wild_ = false;           // this iteration
  std::vector<Helper> opened_;  // helpers whose routes the ruin changed
  std::vector<std::uint8_t> is_opened_;
  ChainValue best_value_;
  ChainTimetable::Snapshot best_;
  std::uint64_t used_ = 0;
};

}  // namespace route
