// SPDX-License-Identifier: Apache-2.0
#include "planner/plan_queue.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace planner {
namespace {

using registry::EvacuationPlan;
using registry::PlanStatus;

int rank_of(route::HazardKind kind, std::uint8_t rank) {
  if (kind != route::HazardKind::Landslide) {
    return rank;
  }
  return rank >= 2 ? 5 : 3;
}

/// In force, or ended by the person's own word or departure.
bool needs_no_plan(PlanStatus status) {
  return status == PlanStatus::Active || status == PlanStatus::Refused ||
         status == PlanStatus::OutOfScope || status == PlanStatus::Withdrawn;
}

std::map<registry::PersonId, EvacuationPlan> plans_by_person(registry::Session& session) {
  std::map<registry::PersonId, EvacuationPlan> plans;
  for (EvacuationPlan& plan : session.plans()) {
    if (plan.kind == registry::PlanKind::Individual) {
      plans.emplace(plan.subject, std::move(plan));
    }
  }
  return plans;
}

}  // namespace

int home_hazard_rank(const route::HazardMap& hazards, route::LatLon place) {
  constexpr std::array kKinds{route::HazardKind::Flood, route::HazardKind::InlandFlood,
                              route::HazardKind::StormSurge, route::HazardKind::Tsunami,
                              route::HazardKind::Landslide};
  int worst = 0;
  for (const route::HazardKind kind : kKinds) {
    if (const route::HazardZone* zone = hazards.at(place, kind)) {
      worst = std::max(worst, rank_of(kind, zone->rank));
    }
  }
  return worst;
}

std::vector<QueueEntry> plan_queue(registry::Session& session, const route::HazardMap& hazards,
                                   const registry::PriorityRules& rules, registry::Date on) {
  const auto plans = plans_by_person(session);
  auto circumstances = session.circumstances(on);
  std::vector<QueueEntry> queue;
  for (const registry::PlanSubject& subject : session.registrants()) {
    const registry::Person& person = subject.registrant.person;
    const auto plan = plans.find(person.id);
    if (plan != plans.end() && needs_no_plan(plan->second.status)) {
      continue;
    }
    registry::Circumstances& life = circumstances[person.id];
    if (person.position) {
      life.hazard_rank = home_hazard_rank(
          hazards, route::from_degrees(person.position->lat, person.position->lon));
    }
    if (plan != plans.end()) {
      life.way_known = !plan->second.main_course().legs.empty();
    }
    queue.push_back(
        {person.id, plan == plans.end() ? std::nullopt : std::optional(plan->second.status),
         registry::plan_priority({person, subject.registrant.certificates, life}, rules, on)});
  }
  std::ranges::stable_sort(queue, [](const QueueEntry& a, const QueueEntry& b) {
    return a.priority.points != b.priority.points ? a.priority.points > b.priority.points
                                                  : a.person < b.person;
  });
  return queue;
}

}  // namespace planner
