// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string_view>

#include "registry/calendar.hpp"

namespace planner {

/// Days on which people are where they are on a Sunday: `data/rules/holidays.toml`.
struct Holidays {
  std::set<registry::Date> days;
  registry::Date valid_until{};

  /// A Saturday, a Sunday or a day of the list.
  [[nodiscard]] bool is_holiday(registry::Date day) const;
  /// Whether the list speaks of that day at all; after it a holiday on a weekday is not known.
  [[nodiscard]] bool covers(registry::Date day) const { return day <= valid_until; }
};

/// Throws `registry::InputError` naming the key for anything unknown or missing, a day that does
/// not exist, stands twice or lies after `valid_until`.
[[nodiscard]] Holidays parse_holidays(std::string_view toml);

}  // namespace planner
