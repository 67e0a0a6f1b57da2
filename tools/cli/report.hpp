// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "planner/evacuation_planner.hpp"
#include "registry/city_import.hpp"
#include "route/closure.hpp"
#include "route/hazard.hpp"
#include "route/osm_import.hpp"
#include "route/turn_restrictions.hpp"

namespace cli {

/// One JSON document on stdout, indented, with a line break at the end.
void print_json(const nlohmann::ordered_json& document);

/// Draws `step 42 %` on stderr where that is a terminal; otherwise nothing.
[[nodiscard]] std::function<void(std::string_view, double)> progress_line();

/// Seconds as whole minutes, rounded up: nobody is told less than it takes.
[[nodiscard]] long whole_minutes(double seconds);

[[nodiscard]] nlohmann::ordered_json to_json(const registry::ImportReport& report);
[[nodiscard]] nlohmann::ordered_json to_json(const route::BuildReport& report);
[[nodiscard]] nlohmann::ordered_json to_json(const route::HazardReport& report);
[[nodiscard]] nlohmann::ordered_json to_json(const route::ClosureReport& report);
[[nodiscard]] nlohmann::ordered_json to_json(const route::TurnReport& report);
[[nodiscard]] nlohmann::ordered_json to_json(const planner::CourseReport& report);
[[nodiscard]] nlohmann::ordered_json to_json(const planner::PlanReport& report);
[[nodiscard]] nlohmann::ordered_json to_json(const registry::PlanCourse& course);
[[nodiscard]] nlohmann::ordered_json to_json(const registry::EligibilityRun& run);

}  // namespace cli
