// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cli/event_common.hpp"
#include "cli/plan_inputs.hpp"
#include "planner/event_people.hpp"
#include "registry/safety_desk.hpp"

namespace cli {

/// Everything the board of an event is made of, read once.
struct EventBoard {
  explicit EventBoard(EventRoom& room);

  PlanInputs plan;
  registry::SafetyRules safety_rules;
  planner::EventRules rules;
  std::vector<route::MobilityProfile> profiles;
  planner::Holidays holidays;
  std::vector<registry::PlanSubject> subjects;
  registry::SafetyBoard board;
  std::vector<registry::SupporterDay> days;
  std::vector<registry::EvacOrder> orders;
  std::vector<registry::Area> areas;
  registry::Instant at;
  std::vector<planner::EventPerson> people;  ///< unreached first; points into `subjects`

  /// Borrows this.
  [[nodiscard]] planner::EventInputs inputs() const;
  /// The highest order in force for a person; for one whose home the account may not know, the
  /// highest anywhere.
  [[nodiscard]] std::optional<registry::EvacLevel> level_for(
      const registry::PersonId& person) const;
};

/// What to know about the board itself, in words: the list of holidays has come to its end.
[[nodiscard]] nlohmann::ordered_json notes_json(const EventBoard& board, const Context& context);
void print_notes(const nlohmann::ordered_json& notes);

/// As it stands with the people on the board; the id of one who stands with none of them.
[[nodiscard]] std::string supporter_name(const EventBoard& board,
                                         const registry::SupporterId& supporter);

[[nodiscard]] nlohmann::ordered_json shelters_json(EventRoom& room);
void print_shelters(const nlohmann::ordered_json& shelters, const Context& context);

}  // namespace cli
