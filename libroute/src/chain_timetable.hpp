// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "chain_model.hpp"

namespace route {

/// Where a helper takes a person in: before the `position`-th of his or her people.
struct ChainPlace {
  Helper helper = 0;
  std::uint32_t position = 0;
};

/// When a person is prepared and delivered, and how late the preparation could begin without
/// anybody later missing a limit.
struct ChainStop {
  ChainSeconds start = 0;
  ChainSeconds delivered = 0;
  ChainSeconds latest_start = 0;
};

/// Who fetches whom in which order, with the times kept up to date. Routes that share a person are
/// linked: their times are computed together, in an order in which everybody waits only for what
/// is done already. Changes since `keep()` can be taken back.
class ChainTimetable {
 public:
  explicit ChainTimetable(const ChainModel& model);

  [[nodiscard]] const std::vector<Person>& route(Helper helper) const { return routes_[helper]; }
  [[nodiscard]] const std::vector<Helper>& team(Person person) const { return teams_[person]; }
  [[nodiscard]] bool served(Person person) const { return !teams_[person].empty(); }
  [[nodiscard]] const ChainStop& stop(Person person) const { return stops_[person]; }
  [[nodiscard]] bool linked(Helper helper) const { return shared_visits_[helper] > 0; }

  /// Nobody is delivered later than this. Who was is put out.
  void set_limit(ChainSeconds limit);
  /// Latest delivery of the person by this helper.
  [[nodiscard]] ChainSeconds limit(Helper helper, Person person) const {
    return std::min(helper_limit_[helper], deadline_[person]);
  }
  /// Deadline of a person from now on; call `set_limit` afterwards.
  void set_deadline(Person person, ChainSeconds deadline) { deadline_[person] = deadline; }

  /// The places must leave every limit kept and no two people waiting for each other.
  void insert(Person person, std::span<const ChainPlace> places);
  void remove(std::span<const Person> people);
  /// Without a person the way may be longer (over this person's shelter it was shorter): whoever
  /// misses a limit after `remove` goes, too.
  void put_out_the_late();

  void keep();
  void take_back();
  /// Helpers whose routes changed since `keep()`.
  [[nodiscard]] const std::vector<Helper>& changed() const { return changed_; }

  [[nodiscard]] ChainSeconds work() const { return work_; }  ///< sum of end - ready over helpers
  [[nodiscard]] ChainSeconds sum() const { return sum_; }    ///< of all deliveries
  [[nodiscard]] std::uint64_t late() const { return late_; }
  [[nodiscard]] ChainValue value() const;
  [[nodiscard]] ChainSeconds arrival(Helper helper, std::size_t position) const;

  struct Snapshot {
    std::vector<std::vector<Person>> routes;
    std::vector<std::vector<Helper>> teams;
  };
  [[nodiscard]] Snapshot snapshot() const { return {routes_, teams_}; }
  /// Who does not keep today's limits is put out.
  void restore(const Snapshot& snapshot);

 private:
  void touch(Helper helper);
  void drop(Person person);
  void refresh(Helper helper);
  void refresh_alone(Helper helper);
  void refresh_linked(Helper helper);
  void gather_linked(Helper helper);
  void walk_linked();
  void set_times(Person person, ChainSeconds start);
  [[nodiscard]] ChainSeconds latest_start(Helper helper, std::size_t position) const;
  void set_work(Helper helper);
  [[nodiscard]] bool is_late(Person person) const;

  const ChainModel& model_;
  std::vector<std::vector<Person>> routes_;
  std::vector<std::vector<Helper>> teams_;
  std::vector<ChainStop> stops_;
  std::vector<std::uint32_t> shared_visits_;  // by helper: people fetched together with others
  std::vector<ChainSeconds> helper_limit_;
  std::vector<ChainSeconds> deadline_;
  std::vector<ChainSeconds> helper_work_;
  std::vector<std::uint8_t> counted_;  // in sum_ and late_ with stops_[i].delivered
  ChainSeconds work_ = 0;
  ChainSeconds sum_ = 0;
  std::uint64_t late_ = 0;
  std::vector<Person> violators_;

  // Since keep(): what was there before.
  std::vector<Helper> changed_;
  std::vector<std::vector<Person>> old_routes_;  // the first changed_.size() are in use
  std::vector<std::uint8_t> is_changed_;

  // Scratch of refresh_linked().
  std::vector<Helper> group_;
  std::vector<std::uint8_t> in_group_;
  std::vector<std::uint32_t> next_;   // by helper: position not yet reached
  std::vector<std::uint32_t> there_;  // by person: helpers that have arrived
  std::vector<Person> walked_;
};

}  // namespace route
