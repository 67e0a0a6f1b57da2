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

registry::Priority priority_of(const registry::Registrant& registrant, const EvacuationPlan* plan,
                               registry::Circumstances life, const QueueView& view) {
  if (const auto& place = registrant.person.position) {
    life.hazard_rank = home_hazard_rank(view.hazards, route::from_degrees(place->lat, place->lon));
  }
  if (plan != nullptr) {
    life.way_known = !plan->main_course().legs.empty();
  }
  return registry::plan_priority({registrant.person, registrant.certificates, life}, view.rules,
                                 view.on);
}

std::vector<QueueEntry> plan_queue(registry::Session& session, const route::HazardMap& hazards,
                                   const registry::PriorityRules& rules, registry::Date on) {
  const auto plans = plans_by_person(session);
  auto circumstances = session.circumstances(on);
  std::vector<QueueEntry> queue;
  for (const registry::PlanSubject& subject : session.registrants()) {
    const registry::Person& person = subject.registrant.person;
    const auto found = plans.find(person.id);
    const EvacuationPlan* plan = found == plans.end() ? nullptr : &found->second;
    if (plan != nullptr && needs_no_plan(plan->status)) {
      continue;
    }
    queue.push_back(
        {person.id, plan == nullptr ? std::nullopt : std::optional(plan->status),
         priority_of(subject.registrant, plan, circumstances[person.id], {hazards, rules, on})});
  }
  std::ranges::stable_sort(queue, [](const QueueEntry& a, const QueueEntry& b) {
    return a.priority.points != b.priority.points ? a.priority.points > b.priority.points
                                                  : a.person < b.person;
  });
  return queue;
}

}  // namespace planner
