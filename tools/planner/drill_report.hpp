// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "planner/drill_compare.hpp"
#include "registry/result_file.hpp"
#include "registry/table_io.hpp"

namespace planner {

/// One table of the report with the sentence that says how to read it.
struct DrillSection {
  std::string title;
  std::string note;
  registry::Table table;
};

/// Percent of those at home who are inside after each minute: one run in ten is below p10, one in
/// ten above p90.
struct DrillCurve {
  std::vector<double> p10;
  std::vector<double> p50;
  std::vector<double> p90;
};

/// A named figure for a bar.
struct DrillBar {
  std::string name;
  double value = 0;
};

/// How full a shelter is over time, for a line.
struct ShelterLine {
  std::string name;
  std::int64_t seats = 0;
  std::vector<std::int64_t> minutes;
  std::vector<double> mean;
};

/// What is printed and shown of a set of runs. Keys and counts by district only: no name and no
/// place of a person.
struct DrillReport {
  std::string title;
  std::string subtitle;
  std::string day;  ///< `2026-11-21`, of the scenario
  DrillCurve curve;
  std::vector<DrillBar> causes;    ///< people not safe per run, by cause, most first
  std::vector<ShelterLine> lines;  ///< the fullest shelters
  std::vector<DrillSection> sections;
};

/// Reads a result file into its report; with `before` the difference comes first.
[[nodiscard]] DrillReport drill_report(const registry::ResultFile& results,
                                       const std::optional<DrillComparison>& difference);

/// A number of people with one decimal.
[[nodiscard]] std::string people_text(double people);

}  // namespace planner
