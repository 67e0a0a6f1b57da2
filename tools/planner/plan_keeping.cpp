// SPDX-License-Identifier: Apache-2.0
#include "planner/plan_keeping.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

#include "planner/hazard_words.hpp"
#include "planner/helper_plan.hpp"

namespace planner {
namespace {

using registry::LegKind;
using registry::PlanCourse;
using registry::PlanLeg;

const PlanCourse* stored_course(const PlanWorld& world, std::size_t person,
                                registry::HazardKind hazard) {
  const auto plan = world.stored.find(world.subjects[person].registrant.person.id);
  if (plan == world.stored.end()) {
    return nullptr;
  }
  const auto course = std::ranges::find(plan->second.courses, hazard, &PlanCourse::hazard);
  return course == plan->second.courses.end() ? nullptr : &*course;
}

/// Column of the shelter a stored course leads to, if it may still be used.
std::optional<std::size_t> column_of(const PlanCourse& stored, const CourseCase& course) {
  const PlanLeg* leg = leg_of(stored, LegKind::Evacuate);
  if (leg == nullptr) {
    return std::nullopt;
  }
  const auto shelter = std::ranges::find(course.shelters, leg->shelter, &registry::Shelter::id);
  return shelter == course.shelters.end()
             ? std::nullopt
             : std::optional(static_cast<std::size_t>(shelter - course.shelters.begin()));
}

bool same_supporters(const PlanWorld& world, const PlanCourse& stored, std::size_t person) {
  std::set<registry::SupporterId> now;
  for (const registry::AssignedSupporter& each : world.subjects[person].supporters) {
    now.insert(each.supporter.id);
  }
  std::set<registry::SupporterId> then;
  for (const registry::PlannedHelper& helper : stored.helpers) {
    then.insert(helper.supporter);
  }
  return hands_needed(world, person) == 0 || now == then;
}

/// Why the stored course no longer holds; empty = it does.
std::string reason_to_compute(const PlanWorld& world, const CourseCase& course,
                              const PlanCourse* stored, std::size_t person) {
  if (stored == nullptr) {
    return "計画がない";
  }
  const AnonymousDemand& demand = world.demands[person];
  const std::string home_hazard =
      demand.home ? hazards_at(world.roads.hazards, *demand.home) : std::string();
  if (stored->home_hazard != home_hazard) {
    return "自宅の危険が変わった";
  }
  if (stored->legs.empty()) {
    return stored->gap == course.gaps[person] || !reaches_any(course.costs, person)
               ? ""
               : "避難先が見つかるようになった";
  }
  const auto column = column_of(*stored, course);
  if (!column) {
    return "避難先が使えなくなった";
  }
  if (leg_of(*stored, LegKind::Evacuate)->profile != demand.profile) {
    return "移動のしかたが変わった";
  }
  const route::Weight now = course.costs.at(person, *column);
  if (now == route::kInfinity) {
    return "避難先へ行けなくなった";
  }
  // Each leg is rounded to a second on its own.
  if (std::llabs(stored->timing.travel_s - std::int64_t{now} / 1000) > 2) {
    return "経路か自宅の位置が変わった";
  }
  const PlanningRules& rules = world.request.rules;
  if (stored->timing.notify_s != rules.family(family_of(course.hazard)).notify.p50_s ||
      stored->timing.preparation_s != rules.preparation_of(demand.profile).p50_s) {
    return "時間の決まりが変わった";
  }
  return same_supporters(world, *stored, person) ? "" : "支援者が変わった";
}

/// Lets go of everybody in shelters that hold more people than they have seats.
void release_overfull(const PlanWorld& world, const CourseCase& course, KeptCourses& kept) {
  std::vector<std::uint64_t> used(course.shelters.size(), 0);
  for (std::size_t person = 0; person < kept.course.size(); ++person) {
    if (kept.course[person] != nullptr) {
      if (const auto column = column_of(*kept.course[person], course)) {
        used[*column] += world.demands[person].seats;
      }
    }
  }
  for (std::size_t person = 0; person < kept.course.size(); ++person) {
    const PlanCourse* stored = kept.course[person];
    const auto column = stored == nullptr ? std::nullopt : column_of(*stored, course);
    if (column && used[*column] > seats_of(course.shelters[*column], world.request.local_plan)) {
      kept.course[person] = nullptr;
      ++kept.affected["避難先の定員が減った"];
    }
  }
}

}  // namespace

KeptCourses keep_nothing(const PlanWorld& world) {
  return {.course = std::vector<const PlanCourse*>(world.subjects.size(), nullptr), .affected = {}};
}

KeptCourses keep_what_holds(const PlanWorld& world, const CourseCase& course) {
  KeptCourses kept = keep_nothing(world);
  for (std::size_t person = 0; person < kept.course.size(); ++person) {
    const PlanCourse* stored = stored_course(world, person, course.hazard);
    const std::string reason = reason_to_compute(world, course, stored, person);
    if (reason.empty()) {
      kept.course[person] = stored;
    } else {
      ++kept.affected[reason];
    }
  }
  release_overfull(world, course, kept);
  return kept;
}

void hold_seats(const KeptCourses& kept, CourseCase& course) {
  for (std::size_t person = 0; person < kept.course.size(); ++person) {
    if (kept.course[person] == nullptr) {
      continue;
    }
    const auto column = column_of(*kept.course[person], course);
    for (std::size_t shelter = 0; shelter < course.shelters.size(); ++shelter) {
      if (shelter != column) {
        course.costs.at(person, shelter) = route::kInfinity;
      }
    }
  }
}

}  // namespace planner
