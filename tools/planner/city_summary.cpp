// SPDX-License-Identifier: Apache-2.0
#include "planner/city_summary.hpp"

#include <algorithm>
#include <map>

namespace planner {
namespace {

using registry::EvacuationPlan;
using registry::Gap;
using registry::HazardFamily;
using registry::LegKind;
using registry::PlanCourse;
using registry::PlanStatus;
using registry::PlanVerdict;

constexpr const char* kUnknownArea = "区域の分からない人";

bool counts_as_plan(const EvacuationPlan& plan) {
  switch (plan.status) {
    case PlanStatus::Candidate:
    case PlanStatus::Approached:
    case PlanStatus::Refused:
    case PlanStatus::OutOfScope:
    case PlanStatus::Withdrawn:
      return false;
    case PlanStatus::ConsentedToCreate:
    case PlanStatus::Interviewing:
    case PlanStatus::Draft:
    case PlanStatus::MeetingDone:
    case PlanStatus::Active:
    case PlanStatus::NeedsReview:
      return plan.kind == registry::PlanKind::Individual;
  }
  return false;
}

template <class Share>
void add_verdict(Share& share, PlanVerdict verdict) {
  share.executable += verdict == PlanVerdict::Executable ? 1U : 0U;
  share.at_risk += verdict == PlanVerdict::AtRisk ? 1U : 0U;
  share.not_executable += verdict == PlanVerdict::NotExecutable ? 1U : 0U;
  share.not_judged += verdict == PlanVerdict::NotJudged ? 1U : 0U;
}

void add_person(PlanShare& share, const EvacuationPlan* plan) {
  ++share.people;
  if (plan == nullptr) {
    return;
  }
  ++share.planned;
  share.settled += plan->status == PlanStatus::Active ? 1U : 0U;
  add_verdict(share, plan->main_course().verdict);
}

bool has_destination(const PlanCourse& course) {
  return course.gap == Gap::None && !course.legs.empty();
}

void add_courses(const EvacuationPlan& plan, std::map<HazardFamily, CourseShare>& families) {
  for (const PlanCourse& course : plan.courses) {
    CourseShare& share = families[registry::family_of(course.hazard)];
    share.family = registry::family_of(course.hazard);
    ++share.courses;
    add_verdict(share, course.verdict);
    share.nowhere_to_go += has_destination(course) ? 0U : 1U;
  }
}

/// Where the person is safe at first.
const registry::PlanLeg* refuge(const PlanCourse& course) {
  return has_destination(course) ? leg_of(course, LegKind::Evacuate) : nullptr;
}

std::string area_of(const registry::Person& person, const SummaryInput& input) {
  if (person.position) {
    for (const registry::Area& area : input.areas) {
      if (area.level == input.level && registry::contains(area, *person.position)) {
        return area.name;
      }
    }
  }
  return kUnknownArea;
}

template <class Key, class Share>
std::vector<Share> values_of(const std::map<Key, Share>& shares) {
  std::vector<Share> all;
  all.reserve(shares.size());
  for (const auto& [key, share] : shares) {
    all.push_back(share);
  }
  return all;
}

}  // namespace

CitySummary city_summary(const SummaryInput& input) {
  std::map<registry::PersonId, const EvacuationPlan*> plans;
  for (const EvacuationPlan& plan : input.plans) {
    if (counts_as_plan(plan)) {
      plans[plan.subject] = &plan;
    }
  }
  CitySummary summary;
  summary.city.name = "市全体";
  std::map<std::string, PlanShare> areas;
  std::map<HazardFamily, CourseShare> families;
  std::map<registry::ShelterId, std::size_t> assigned;
  for (const registry::PlanSubject& subject : input.subjects) {
    const registry::Person& person = subject.registrant.person;
    const auto found = plans.find(person.id);
    const EvacuationPlan* plan = found == plans.end() ? nullptr : found->second;
    add_person(summary.city, plan);
    PlanShare& area = areas[area_of(person, input)];
    add_person(area, plan);
    if (plan != nullptr) {
      add_courses(*plan, families);
      if (const registry::PlanLeg* leg = refuge(plan->main_course())) {
        ++assigned[leg->shelter];
      }
    }
  }
  for (auto& [name, share] : areas) {
    share.name = name;
  }
  summary.areas = values_of(areas);
  // Not the ranges form: clang-tidy 14 cannot parse its result.
  std::stable_partition(summary.areas.begin(), summary.areas.end(),
                        [](const PlanShare& share) { return share.name != kUnknownArea; });
  summary.courses = values_of(families);
  for (const registry::Shelter& shelter : input.shelters) {
    summary.shelters.push_back({shelter.name,
                                static_cast<std::size_t>(std::max(0, shelter.capacity.value_or(0))),
                                assigned[shelter.id]});
  }
  std::ranges::sort(summary.shelters, {}, &ShelterLoad::name);
  return summary;
}

}  // namespace planner
