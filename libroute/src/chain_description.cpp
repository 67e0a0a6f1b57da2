// SPDX-License-Identifier: Apache-2.0
#include "chain_description.hpp"

namespace route {

ChainPlan describe(const ChainModel& model, const ChainBounds& bounds,
                   const ChainTimetable& table) {
  ChainPlan plan;
  plan.visits.resize(model.supporters);
  plan.supporters_of.resize(model.people);
  for (Helper helper = 0; helper < model.supporters; ++helper) {
    const std::vector<Person>& route = table.route(helper);
    plan.visits[helper].reserve(route.size());
    for (std::size_t i = 0; i < route.size(); ++i) {
      const ChainStop& stop = table.stop(route[i]);
      plan.visits[helper].push_back(
          {route[i], table.arrival(helper, i), stop.start, stop.delivered});
    }
  }
  for (Person person = 0; person < model.people; ++person) {
    plan.supporters_of[person] = table.team(person);
    if (!table.served(person)) {
      plan.unserved.push_back({person, model.hopeless[person].value_or(Unserved::SupportersBusy)});
    }
  }
  plan.value = table.value();
  plan.lower_bound = bounds.of(plan.value.unserved);
  return plan;
}

}  // namespace route
