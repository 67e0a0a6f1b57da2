// SPDX-License-Identifier: Apache-2.0
#include "planner/what_if.hpp"

#include <algorithm>

#include "planner/course_case.hpp"
#include "registry/error.hpp"
#include "route/error.hpp"

namespace planner {
namespace {

registry::Shelter& shelter_named(PlanWorld& world, const registry::ShelterId& id) {
  const auto found = std::ranges::find(world.shelters, id, &registry::Shelter::id);
  if (found == world.shelters.end()) {
    throw registry::InputError("この ID の避難先はありません: " + id.value +
                               "。tomoni plan --json の shelter を指定してください。");
  }
  return *found;
}

void require_supporter(const PlanWorld& world, const registry::SupporterId& id) {
  for (const registry::PlanSubject& subject : world.subjects) {
    for (const registry::AssignedSupporter& each : subject.supporters) {
      if (each.supporter.id == id) {
        return;
      }
    }
  }
  throw registry::InputError("この ID の支援者はいません: " + id.value +
                             "。tomoni plan --json の supporter を指定してください。");
}

bool same_to_people(const registry::PlanCourse& a, const registry::PlanCourse& b) {
  const auto shelters = [](const registry::PlanCourse& course) {
    std::vector<std::pair<registry::ShelterId, std::int64_t>> list;
    for (const registry::PlanLeg& leg : course.legs) {
      list.emplace_back(leg.shelter, leg.duration_s);
    }
    return list;
  };
  return a.verdict == b.verdict && a.gap == b.gap && a.cause == b.cause &&
         shelters(a) == shelters(b);
}

}  // namespace

PlanWorld suppose(PlanWorld world, const Supposition& supposition) {
  for (const auto& [id, beds] : supposition.more_beds) {
    registry::Shelter& shelter = shelter_named(world, id);
    const auto seats = static_cast<int>(seats_of(shelter, world.request.local_plan));
    shelter.capacity = std::max(0, seats + beds);
  }
  for (const registry::ShelterId& id : supposition.lost) {
    (void)shelter_named(world, id);
    std::erase_if(world.shelters, [&](const registry::Shelter& each) { return each.id == id; });
  }
  for (const registry::SupporterId& id : supposition.absent) {
    require_supporter(world, id);
  }
  for (registry::PlanSubject& subject : world.subjects) {
    std::erase_if(subject.supporters, [&](const registry::AssignedSupporter& each) {
      return supposition.absent.contains(each.supporter.id);
    });
  }
  return world;
}

std::vector<CourseChange> changes_between(const std::vector<registry::EvacuationPlan>& before,
                                          const std::vector<registry::EvacuationPlan>& after) {
  TOMONI_EXPECT(before.size() == after.size());
  std::vector<CourseChange> changes;
  for (std::size_t i = 0; i < before.size(); ++i) {
    TOMONI_EXPECT(before[i].subject == after[i].subject);
    for (const registry::PlanCourse& course : after[i].courses) {
      const auto old_course =
          std::ranges::find(before[i].courses, course.hazard, &registry::PlanCourse::hazard);
      registry::PlanCourse was;
      was.hazard = course.hazard;
      if (old_course != before[i].courses.end()) {
        was = *old_course;
      }
      if (!same_to_people(was, course)) {
        changes.push_back({before[i].subject, course.hazard, std::move(was), course});
      }
    }
  }
  return changes;
}

}  // namespace planner
