// SPDX-License-Identifier: Apache-2.0
#include "planner/profile_ways.hpp"

#include <utility>

namespace planner {

ProfileWays::ProfileWays(const CityRoads& roads, const route::MobilityProfile& profile,
                         const route::Metric& metric)
    : roads_(roads), profile_(profile), metric_(metric), bans_(roads.turns_for(profile)) {
  std::span<const route::Weight> weights = metric.weights.raw();
  const route::CchTopology* topology = &roads.hierarchy;
  if (bans_ != nullptr) {
    route::TurnNet net(roads.graph, metric);
    route::CchTopology over_turns(net.net(), net.order());
    turns_.emplace(Turns{std::move(net), std::move(over_turns)});
    turn_weights_ = turns_->net.weights(metric, *bans_);
    weights = turn_weights_;
    topology = &turns_->topology;
  }
  customized_.emplace(*topology, route::CchMetric::Weights(&weights, 1));
}

route::CustomizedTurns ProfileWays::turns() const {
  return {roads_.graph, metric_, *bans_, turns_->net, *customized_};
}

route::DistanceTable ProfileWays::table(std::span<const route::RoadPosition> sources,
                                        std::span<const route::RoadPosition> targets) const {
  if (bans_ != nullptr) {
    return distance_table(turns(), sources, targets);
  }
  return distance_table({roads_.graph, metric_, *customized_}, sources, targets);
}

PathFinder::PathFinder(const ProfileWays& ways)
    : of_(ways),
      query_(*ways.customized_),
      ways_(*ways.customized_, 0,
            ways.bans_ != nullptr ? ways.turn_weights_ : ways.metric_.weights.raw()) {}

std::optional<route::Path> PathFinder::find(const route::RoadPosition& from,
                                            const route::RoadPosition& to) {
  const route::PathRequest request{of_.roads_.graph, of_.metric_, of_.profile_,
                                   &of_.roads_.edge_hazards, of_.bans_};
  if (of_.bans_ != nullptr) {
    const route::CustomizedTurns turns = of_.turns();
    return find_path(request, route::TurnSearch{turns, query_, ways_}, from, to);
  }
  return find_path(request, route::HierarchySearch{query_, ways_}, from, to);
}

}  // namespace planner
