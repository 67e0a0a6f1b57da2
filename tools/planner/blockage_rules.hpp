// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "route/blockage_rate.hpp"

namespace planner {

/// Points by which weak plans are put in order.
struct WeaknessScore {
  int not_executable = 0;
  int at_risk = 0;
  double way_cut = 0;         ///< times the probability
  double no_way = 0;          ///< times the probability
  double likely_percent = 0;  ///< from here on something else is proposed
};

/// Figures of `data/rules/blockage.toml`.
struct WeaknessRules {
  double collapse_percent = 0;
  route::BlockageRules blockage;
  std::map<std::string, std::uint16_t> needed_cm;  ///< by mobility profile
  WeaknessScore score;

  /// Width a profile needs to pass; the table's own where the file says nothing of it.
  [[nodiscard]] std::uint16_t needed_by(const std::string& profile) const;
};

/// Throws `registry::InputError` naming the key for anything unknown, missing or out of range.
[[nodiscard]] WeaknessRules parse_weakness_rules(std::string_view toml);

}  // namespace planner
