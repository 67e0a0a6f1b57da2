// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "chain_model.hpp"

namespace route {

/// What no plan can be better than.
class ChainBounds {
 public:
  explicit ChainBounds(const ChainModel& model);

  /// Least possible weight of people left behind.
  [[nodiscard]] std::uint64_t unserved() const { return unserved_; }
  /// Of all plans that leave people of at most this weight behind.
  [[nodiscard]] ChainValue of(std::uint64_t unserved_weight) const;

 private:
  /// What serving people costs the supporters' time together: at least the sum of `work` over the
  /// people served, minus `credit`.
  struct Works {
    std::vector<ChainSeconds> work;  // by position in people_
    ChainSeconds credit = 0;
  };

  [[nodiscard]] Works plain_works() const;
  void add_priced_works();
  [[nodiscard]] std::uint64_t left_behind(const Works& works) const;
  [[nodiscard]] ChainSeconds time_until(ChainSeconds limit) const;
  [[nodiscard]] ChainSeconds first_limit_with(ChainSeconds work) const;
  [[nodiscard]] ChainSeconds sum_bound(std::size_t dropped) const;

  const ChainModel& model_;
  std::vector<Person> people_;  // who can be served at all
  std::vector<Works> works_;
  std::uint64_t hopeless_ = 0;
  std::uint64_t unserved_ = 0;
};

}  // namespace route
