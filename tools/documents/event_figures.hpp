// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "documents/event_report.hpp"

namespace documents {

/// The counts of people in the report on an event as they may leave the house: no count below 5 is
/// shown, and none can be had by subtracting others.
struct EventFigures {
  std::vector<std::pair<std::string, std::string>> states;  ///< 安否 in words, people
  struct Row {
    registry::Instant at;
    std::string reached;
    std::string unreached;
  };
  std::vector<Row> curve;
  std::string called;
  std::string answered;
  std::string unreached_at_end;
};

/// What is bound together: the states of who was reached and of who was not add up to the last row
/// of the curve, every row of the curve to everybody, and calls without an answer to 負傷 and
/// 要救助. Rows of the curve that differ by less than 5 people from the one before are left out:
/// their difference would be a small count. Pure.
[[nodiscard]] EventFigures event_figures(const EventRecord& record);

}  // namespace documents
