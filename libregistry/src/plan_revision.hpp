// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "database.hpp"
#include "registry/evacuation_plan.hpp"

namespace registry {

/// The newest revision of a plan, without its courses.
struct Newest {
  PlanId plan;
  PersonId subject;
  int revision = 0;
  PlanStatus status = PlanStatus::Candidate;
};
[[nodiscard]] std::optional<Newest> newest_revision(soci::session& sql, const PlanId& plan);
/// Of the plan of that kind a person has.
[[nodiscard]] std::optional<Newest> newest_revision(soci::session& sql, const PersonId& subject,
                                                    PlanKind kind);

/// Within the current transaction: repeats the newest revision with another status, courses and
/// all. Returns the number of the new one.
int add_revision(Database& database, const Newest& newest, PlanStatus status, Date next_review);

/// Freezes items 1 to 6 of the register (49条の14③) and the supporters as they stand now beside a
/// revision, so that it says for ever what was agreed. The subject must be on the register.
void freeze_subject(Database& database, const Newest& revision);

}  // namespace registry
