// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "cli/commands.hpp"
#include "planner/city_roads.hpp"

namespace cli {

/// `LAT,LON` in degrees; anything else is wrong use.
[[nodiscard]] route::LatLon parse_place(const std::string& text, const char* option);

/// The road position to join a place to, or nothing within the limit. Throws `route::InputError`
/// for a place outside the imported roads.
[[nodiscard]] std::optional<route::SnapCandidate> snap(const planner::CityRoads& roads,
                                                       const route::Metric& metric,
                                                       route::LatLon place, double limit_m);

/// The snapped place, how far it is, and whether the line to it crosses a road closed to people.
[[nodiscard]] nlohmann::ordered_json to_json(const route::SnapCandidate& snapped);

/// `{"found": false, "reason": ...}`
[[nodiscard]] nlohmann::ordered_json not_found(const std::string& reason);

/// What to say when `snap` finds nothing near the start.
[[nodiscard]] std::string no_road_near_start(const Context& context, double limit_m);

}  // namespace cli
