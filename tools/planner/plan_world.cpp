// SPDX-License-Identifier: Apache-2.0
#include "planner/plan_world.hpp"

#include "planner/supporter_fit.hpp"

namespace planner {

PlanWorld plan_world(registry::Session& session, const CityRoads& roads,
                     const PlanRequest& request) {
  PlanWorld world{.roads = roads,
                  .request = request,
                  .subjects = session.registrants(),
                  .demands = {},
                  .shelters = session.shelters(),
                  .stored = {}};
  const registry::Date today = registry::tokyo_date(request.now);
  world.demands.reserve(world.subjects.size());
  for (std::size_t i = 0; i < world.subjects.size(); ++i) {
    leave_out_unwanted(world, world.subjects[i]);
    world.demands.push_back(anonymous_demand(world.subjects[i], i,
                                             {request.mobility, request.rules},
                                             request.local_plan.companions, today));
  }
  for (registry::EvacuationPlan& plan : session.plans()) {
    if (plan.kind == registry::PlanKind::Individual) {
      world.stored.emplace(plan.subject, std::move(plan));
    }
  }
  return world;
}

}  // namespace planner
