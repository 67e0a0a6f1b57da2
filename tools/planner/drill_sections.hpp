// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "planner/drill_report.hpp"

namespace planner {

/// A result file with what is asked of it again and again. Borrows it.
class DrillSource {
 public:
  explicit DrillSource(const registry::ResultFile& results) : results_(results) {}

  [[nodiscard]] const registry::ResultTable& table(std::string_view name) const {
    return results_.table(name);
  }
  [[nodiscard]] std::string meta(std::string_view key) const;
  [[nodiscard]] double runs() const;
  /// How many lines a list has.
  [[nodiscard]] std::size_t most() const;
  /// Runs in which a person of the table was at home.
  [[nodiscard]] double at_home(std::size_t person) const;
  /// Share of those runs in which the person was not safe in time; 0 when never at home.
  [[nodiscard]] double unsafe_share(std::size_t person) const;
  [[nodiscard]] double mean(std::string_view table, std::string_view column) const;

 private:
  const registry::ResultFile& results_;
};

/// The tables of the report, in their order.
[[nodiscard]] std::vector<DrillSection> drill_sections(const DrillSource& source);
[[nodiscard]] DrillSection difference_section(const DrillComparison& difference);

}  // namespace planner
