// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace planner {

/// A scenario in JSON as the TOML that `parse_drill_scenario` reads. Throws `registry::InputError`
/// for what is no JSON object, holds null, or is nested more deeply than any scenario.
[[nodiscard]] std::string scenario_toml(std::string_view json, std::string_view file);

}  // namespace planner
