// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "registry/disclosure.hpp"

namespace cli {

/// The words of an emergency decision (49条の11③) on the command line.
struct DecisionOptions {
  std::string role;
  std::string necessity;
  bool whole_city = false;
  std::vector<std::string> areas;
  std::vector<std::string> kinds;
  std::vector<std::string> recipients;
  std::vector<std::string> data = {"ROSTER"};
  int hours = 72;
};
void add_decision_options(CLI::App& command, DecisionOptions& options);

/// Throws `CLI::ValidationError` naming the option.
[[nodiscard]] registry::EmergencyDecision decision_of(const DecisionOptions& options);

}  // namespace cli
