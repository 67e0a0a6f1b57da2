// SPDX-License-Identifier: Apache-2.0
#include "planner/settled_plans.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "planner/course_case.hpp"

namespace planner {
namespace {

using registry::EvacuationPlan;
using registry::Gap;
using registry::LegKind;
using registry::PlanCourse;
using registry::PlanLeg;
using registry::PlanStatus;
using registry::StaleReason;

/// Where people would be sent, course by course.
std::vector<std::vector<registry::ShelterId>> destinations(const EvacuationPlan& plan) {
  std::vector<std::vector<registry::ShelterId>> all;
  for (const PlanCourse& course : plan.courses) {
    std::vector<registry::ShelterId>& of_course = all.emplace_back();
    std::ranges::transform(course.legs, std::back_inserter(of_course), &PlanLeg::shelter);
  }
  return all;
}

/// The same person starting at the same place needs longer, and on other roads.
bool way_is_worse(const PlanLeg& stored, const PlanLeg& today) {
  constexpr std::int64_t kRounding = 2;  // each leg is rounded to a second on its own
  return stored.profile == today.profile && !stored.route.empty() && !today.route.empty() &&
         stored.route.front() == today.route.front() && stored.route != today.route &&
         today.duration_s > stored.duration_s + kRounding;
}

/// Why a stored course is broken; nothing = it is not.
std::optional<StaleReason> broken_by(const PlanWorld& world, const PlanCourse& stored,
                                     const PlanCourse& today, std::size_t person) {
  const PlanLeg* leg = leg_of(stored, LegKind::Evacuate);
  if (leg == nullptr || today.gap == Gap::NoPosition) {
    return std::nullopt;
  }
  const auto shelter = std::ranges::find(world.shelters, leg->shelter, &registry::Shelter::id);
  if (shelter == world.shelters.end()) {
    return StaleReason::ShelterRevoked;
  }
  if (stored.home_hazard != today.home_hazard) {
    return StaleReason::HazardUpdated;
  }
  if (!reason_against(world, today.hazard, *shelter, person).empty() ||
      today.gap == Gap::SheltersFull) {
    return StaleReason::ShelterChanged;
  }
  const PlanLeg* now = leg_of(today, LegKind::Evacuate);
  if (now == nullptr || way_is_worse(*leg, *now)) {
    return StaleReason::RoadChanged;
  }
  return std::nullopt;
}

const EvacuationPlan* stored_plan(const PlanWorld& world, const registry::PersonId& person) {
  const auto stored = world.stored.find(person);
  return stored == world.stored.end() ? nullptr : &stored->second;
}

}  // namespace

std::vector<registry::PersonId> settled_but_different(const PlanWorld& world,
                                                      const std::vector<EvacuationPlan>& today) {
  std::vector<registry::PersonId> people;
  for (const EvacuationPlan& plan : today) {
    const EvacuationPlan* stored = stored_plan(world, plan.subject);
    if (stored != nullptr && registry::is_settled(stored->status) &&
        destinations(*stored) != destinations(plan)) {
      people.push_back(plan.subject);
    }
  }
  return people;
}

std::vector<registry::Invalidation> broken_plans(const PlanWorld& world,
                                                 const std::vector<EvacuationPlan>& today) {
  std::vector<registry::Invalidation> broken;
  for (std::size_t person = 0; person < today.size(); ++person) {
    const EvacuationPlan* stored = stored_plan(world, today[person].subject);
    if (stored == nullptr ||
        (stored->status != PlanStatus::Active && stored->status != PlanStatus::NeedsReview)) {
      continue;
    }
    std::set<StaleReason> reasons;
    for (const PlanCourse& course : stored->courses) {
      const auto now = std::ranges::find(today[person].courses, course.hazard, &PlanCourse::hazard);
      if (now == today[person].courses.end()) {
        continue;
      }
      if (const auto reason = broken_by(world, course, *now, person)) {
        reasons.insert(*reason);
      }
    }
    for (const StaleReason reason : reasons) {
      broken.push_back({.plan = stored->id, .subject = stored->subject, .reason = reason});
    }
  }
  return broken;
}

}  // namespace planner
