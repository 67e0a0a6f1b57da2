// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <set>
#include <vector>

#include "registry/evacuation_plan.hpp"
#include "route/geo.hpp"

namespace cli {

/// RFC 7946 LineString: longitude first, 7 decimals.
[[nodiscard]] nlohmann::ordered_json line_string(const route::Polyline& shape);

/// All plans as an RFC 7946 FeatureCollection: one LineString per leg with opaque ids and figures
/// only. People in `protected_persons` are left out: their homes appear on no map.
[[nodiscard]] nlohmann::ordered_json plans_geojson(
    const std::vector<registry::EvacuationPlan>& plans,
    const std::set<registry::PersonId>& protected_persons);

}  // namespace cli
