// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/eligibility.hpp"

namespace registry {

/// One reason to make somebody's plan early, with its points.
struct PriorityFactor {
  std::string group;  ///< ハザード, 心身の状況, 孤立, 支援者: of each group the heaviest counts
  std::string title;
  int points = 0;
  std::vector<Condition> all_of;
};

/// In which order the city makes plans (取組指針: ハザード, 心身の状況, 居住実態・孤立). Data.
struct PriorityRules {
  std::string id;
  std::string source;
  std::vector<PriorityFactor> factors;
};

/// Throws `InputError` as `parse_rule_set` does, and for points outside 1 to 100.
[[nodiscard]] PriorityRules parse_priority_rules(std::string_view toml);

struct PriorityReason {
  std::string group;
  std::string title;
  int points = 0;
};

/// The sum over the groups, and what it is made of.
struct Priority {
  int points = 0;
  std::vector<PriorityReason> reasons;  ///< in the order of the groups in the file
};

/// Pure: the same facts, rules and day always give the same points.
[[nodiscard]] Priority plan_priority(const PersonFacts& facts, const PriorityRules& rules, Date on);

}  // namespace registry
