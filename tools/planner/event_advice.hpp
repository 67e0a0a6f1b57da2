// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "planner/stay_advice.hpp"
#include "registry/event.hpp"

namespace planner {

/// What a course says while an order is in force (domain §5.8, §12). Under 緊急安全確保 (level 5)
/// it has no way, no second way and no helpers: the person stays, on the floor that `stay` found
/// dry or else as high up and as far from cliffs and water as the building or a sturdy one next to
/// it allows (避難情報に関するガイドライン, 内閣府 2021), with the reason. Under any other order
/// the course is what it was. Pure.
[[nodiscard]] registry::PlanCourse course_under(std::optional<registry::EvacLevel> level,
                                                registry::PlanCourse course,
                                                const StayDecision& stay);

}  // namespace planner
