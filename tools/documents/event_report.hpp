// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "documents/council_report.hpp"
#include "planner/event_record.hpp"
#include "registry/event.hpp"

namespace documents {

/// A shelter's book in one line.
struct ShelterLine {
  std::string name;
  std::string opened;
  std::string closed;  ///< empty = still open
  int most_heads = 0;
  std::string capacity;
};

/// A decision of 49条の11③ with what went out on it.
struct DecisionLine {
  std::string decided;  ///< who, in which office, when
  std::string confirmed;
  std::string ended;
  std::size_t copies = 0;
  std::size_t reviewed = 0;
  std::size_t returned = 0;
};

/// All of an event without anybody's data.
struct EventRecord {
  registry::DisasterEvent event;
  std::vector<planner::TimelineEntry> timeline;  ///< in the order of time
  std::vector<registry::EvacOrder> orders;
  std::map<std::string, std::size_t> states;  ///< 安否 in words -> people
  std::vector<planner::CurvePoint> curve;
  planner::HelpGiven help;
  std::size_t unreached_at_end = 0;  ///< people who had not been reached when it was closed
  std::string unreached_reason;      ///< and why; empty = nobody, or it is not over
  std::vector<ShelterLine> shelters;
  std::vector<DecisionLine> decisions;
};

/// The tables of the report on an event. A count of people below 5 is `*`, and so is what it could
/// be computed from (`event_figures`).
[[nodiscard]] std::vector<ReportTable> event_tables(const EventRecord& record);
/// A4 landscape, in the style of the council's report. Same input, same bytes.
[[nodiscard]] std::string event_pdf(const EventRecord& record,
                                    const registry::LocalPlan& local_plan, registry::Date on);

}  // namespace documents
