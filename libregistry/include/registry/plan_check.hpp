// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/evacuation_plan.hpp"

namespace registry {

/// What the law asks of a plan and this one lacks (49条の14③, 49条の10②); each entry names the item
/// with its clause, without personal data.
struct PlanCheck {
  std::vector<std::string> missing;
  bool supporter_undecided = false;  ///< 未定: useful but incomplete, counted separately
  [[nodiscard]] bool complete() const { return missing.empty() && !supporter_undecided; }
};

[[nodiscard]] PlanCheck check_legal_completeness(const EvacuationPlan& plan,
                                                 const Registrant& subject,
                                                 const std::vector<AssignedSupporter>& supporters);

}  // namespace registry
