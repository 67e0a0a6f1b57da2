// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cli/city_folder.hpp"
#include "cli/commands.hpp"
#include "planner/drill_residuals.hpp"
#include "registry/drill_desk.hpp"

namespace cli {

// The drill loop: what a drill that was held says of the plans. Each of these stands below `drill`.

inline constexpr const char* kDrillPurpose = "避難訓練の記録と計画の見直し";

void add_drill_tracks(CLI::App& drill, Context& context);
void add_drill_differences(CLI::App& drill, Context& context);
void add_drill_findings(CLI::App& drill, Context& context);

/// How a command names a drill that was held.
struct DrillName {
  std::string name;
  std::string held_on;  ///< `2026-11-21`, or empty: the newest of that name
};
void add_drill_name(CLI::App& command, DrillName& drill, bool required);
/// Of no name the newest drill. Throws `registry::InputError` for one that is not in the registry,
/// naming those that are.
[[nodiscard]] registry::HeldDrill held_drill(registry::Session& session, const DrillName& drill);

/// Roads of the tracks of one drill or (empty) of all, by the time lost; none without tracks.
[[nodiscard]] std::vector<planner::RoadResidual> road_residuals(const CityFolder& city,
                                                                registry::Session& session,
                                                                const registry::DrillId& drill);

/// The open findings of earlier drills as JSON, overdue ones first, and as lines.
[[nodiscard]] nlohmann::ordered_json open_findings(const CityFolder& city);
void print_findings(const nlohmann::ordered_json& findings, const Context& context);

struct Proposal {
  std::string proposal = {};  ///< file for the changed figures, or empty
  bool dry_run = false;
};
/// `calibration`: what all results say of the figures of each profile; `proposal`: where it was
/// written.
[[nodiscard]] nlohmann::ordered_json calibration(const CityFolder& city, registry::Session& session,
                                                 const Proposal& proposal);
void print_calibration(const nlohmann::ordered_json& document, const Context& context);

}  // namespace cli
