// SPDX-License-Identifier: Apache-2.0
#include "route/road_criticality.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "route/error.hpp"
#include "route/path.hpp"

namespace route {
namespace {

/// One group with its roads, on which an edge can be closed and opened again.
class LossTrial {
 public:
  LossTrial(const CriticalityRequest& request, const RoadUsers& group)
      : graph_(request.graph),
        group_(group),
        loss_(request.loss),
        weights_(group.metric.weights.raw()),
        customized_(request.hierarchy, Weights(&as_span(), 1)) {
    for (std::uint32_t way = 0; way < group.ways.size(); ++way) {
      if (group.ways[way].duration > group.ways[way].limit) {
        ++late_;
        continue;
      }
      users_.emplace_back(group.ways[way].start.edge, way);
      users_.emplace_back(group.ways[way].target.edge, way);
      for (const ArcId arc : group.ways[way].arcs) {
        users_.emplace_back(graph_.edge(arc), way);
      }
    }
    std::ranges::sort(users_);
    users_.erase(std::unique(users_.begin(), users_.end()), users_.end());
  }

  [[nodiscard]] std::size_t late() const { return late_; }
  [[nodiscard]] const std::vector<std::pair<EdgeId, std::uint32_t>>& users() const {
    return users_;
  }

  /// Adds those whom the loss of the road strands.
  void count_stranded(CriticalRoad& road) {
    auto user = std::ranges::lower_bound(users_, std::pair(road.edge, 0U));
    if (user == users_.end() || user->first != road.edge) {
      return;
    }
    const std::array arcs{graph_.forward_arc(road.edge), graph_.backward_arc(road.edge)};
    set(arcs, {kInfinity, kInfinity});
    CchQuery query(customized_);
    for (; user != users_.end() && user->first == road.edge; ++user) {
      const PlannedWay& way = group_.ways[user->second];
      if (is_stranded(way, road.edge, query)) {
        ++road.stranded;
        road.at_start += way.start.edge == road.edge ? 1U : 0U;
        road.at_target += way.target.edge == road.edge ? 1U : 0U;
      }
    }
    set(arcs, {group_.metric.weights[arcs[0]], group_.metric.weights[arcs[1]]});
  }

 private:
  using Weights = CchMetric::Weights;

  const std::span<const Weight>& as_span() {
    span_ = weights_;
    return span_;
  }

  void set(const std::array<ArcId, 2>& arcs, const std::array<Weight, 2>& weights) {
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      weights_[arcs.at(i).value] = weights.at(i);
    }
    customized_.update_arcs(Weights(&as_span(), 1), arcs);
  }

  [[nodiscard]] bool is_stranded(const PlannedWay& way, EdgeId closed, CchQuery& query) const {
    if (loss_ == RoadLoss::Whole && (way.start.edge == closed || way.target.edge == closed)) {
      return true;
    }
    // The pieces at both ends are open, so the metric speaks of them as it did before.
    Weight best = along_one_edge(graph_, group_.metric, way.start, way.target);
    const auto from = seeds_at(graph_, group_.metric, way.start, Direction::Forward);
    const auto to = seeds_at(graph_, group_.metric, way.target, Direction::Backward);
    if (!from.empty() && !to.empty()) {
      best = std::min(best, query.distance(from, to));
    }
    return best >= kInfinity || best > way.limit;
  }

  const RoadGraph& graph_;
  const RoadUsers& group_;
  RoadLoss loss_;
  std::vector<Weight> weights_;
  std::span<const Weight> span_;
  CchMetric customized_;
  std::vector<std::pair<EdgeId, std::uint32_t>> users_;  // edge, way; sorted
  std::size_t late_ = 0;
};

/// Roads with users, most users first.
std::vector<CriticalRoad> used_roads(const RoadGraph& graph, const std::vector<LossTrial>& trials) {
  IdVector<EdgeId, std::uint32_t> users(graph.edge_count());
  for (const LossTrial& trial : trials) {
    for (const auto& [edge, way] : trial.users()) {
      ++users[edge];
    }
  }
  std::vector<CriticalRoad> roads;
  for (const EdgeId edge : graph.edges()) {
    if (users[edge] > 0) {
      roads.push_back({.edge = edge, .users = users[edge]});
    }
  }
  std::ranges::stable_sort(roads, std::greater<>(), &CriticalRoad::users);
  return roads;
}

bool comes_before(const CriticalRoad& a, const CriticalRoad& b) {
  return std::tie(b.stranded, a.edge) < std::tie(a.stranded, b.edge);
}

}  // namespace

Criticality most_critical_roads(const CriticalityRequest& request) {
  Criticality result;
  std::vector<LossTrial> trials;
  trials.reserve(request.groups.size());
  for (const RoadUsers& group : request.groups) {
    TOMONI_EXPECT(group.metric.weights.size() == request.graph.arc_count());
    trials.emplace_back(request, group);
    result.late += trials.back().late();
  }
  for (CriticalRoad road : used_roads(request.graph, trials)) {
    road.stranded = road.users;  // the most it can be
    const bool full = result.roads.size() == request.count;
    if (request.count == 0 || (full && !comes_before(road, result.roads.back()))) {
      break;
    }
    road.stranded = 0;
    for (LossTrial& trial : trials) {
      trial.count_stranded(road);
    }
    ++result.examined;
    if (road.stranded == 0 || (full && !comes_before(road, result.roads.back()))) {
      continue;
    }
    result.roads.insert(std::ranges::upper_bound(result.roads, road, comes_before), road);
    result.roads.resize(std::min(result.roads.size(), request.count));
  }
  return result;
}

}  // namespace route
