// SPDX-License-Identifier: Apache-2.0
#include "planner/plan_storing.hpp"

#include "registry/plan_state.hpp"

namespace planner {
namespace {

using registry::EvacuationPlan;

/// Those that are kept whole are counted as the store would count them.
registry::StoredPlans store_affected(registry::Session& session, const PlanWorld& world,
                                     const std::vector<EvacuationPlan>& plans) {
  std::vector<EvacuationPlan> changed;
  registry::StoredPlans same;
  for (const EvacuationPlan& plan : plans) {
    const auto stored = world.stored.find(plan.subject);
    if (stored == world.stored.end() || stored->second.courses != plan.courses) {
      changed.push_back(plan);
    } else if (registry::is_settled(stored->second.status)) {
      ++same.kept;
    } else {
      ++same.unchanged;
    }
  }
  registry::StoredPlans done = session.store_plans(changed);
  done.kept += same.kept;
  done.unchanged += same.unchanged;
  return done;
}

}  // namespace

void store_report(registry::Session& session, const PlanWorld& world, PlanReport& report) {
  report.stored = world.request.only_affected ? store_affected(session, world, report.plans)
                                              : session.store_plans(report.plans);
  if (!report.broken.empty()) {
    report.marked_for_review = session.mark_plans_for_review(report.broken);
  }
}

}  // namespace planner
