// SPDX-License-Identifier: Apache-2.0
#include "use_graph.hpp"

#include <span>

#include "fuzz_target.hpp"
#include "route/contraction_hierarchy.hpp"
#include "route/path.hpp"
#include "route/snapping.hpp"

namespace fuzz {
namespace {

constexpr std::size_t kEnough = 2000;  // nodes; a larger graph only costs time

route::MobilityProfile walker() {
  route::MobilityProfile profile;
  profile.class_allowed.fill(true);
  profile.steps_speed_mps = 0.5;
  profile.max_flood_depth_cm = 30;
  return profile;
}

void compare(const route::PathRequest& request, const route::HierarchySearch& search,
             const route::RoadPosition& from, const route::RoadPosition& to) {
  const auto plain = find_path(request, from, to);
  const auto fast = find_path(request, search, from, to);
  require(plain.has_value() == fast.has_value(), "both searches find a way, or none does");
  require(!plain || plain->duration == fast->duration, "both ways take equally long");
}

}  // namespace

void use_graph(const route::RoadGraph& graph) {
  if (graph.edge_count() == 0 || graph.node_count() > kEnough) {
    return;
  }
  for (const route::EdgeId edge : graph.edges()) {
    require(graph.name(edge).size() < graph.image().size(), "names end");
  }
  const route::MobilityProfile profile = walker();
  const route::Metric metric = make_metric(graph, {profile});
  const route::RoadIndex index(graph);
  const auto mask = snap_mask(graph, metric);
  for (const route::LatLon place : {graph.bounds().low, graph.bounds().high}) {
    static_cast<void>(index.snap_candidates(place, mask, 1000, 3));
  }
  const route::CchTopology topology(graph.net(), graph.order());
  const std::span<const route::Weight> weights = metric.weights.raw();
  const route::CchMetric customized(topology, {&weights, 1});
  const route::CchWays ways(customized, 0, weights);
  route::CchQuery query(customized);
  const route::PathRequest request{graph, metric, profile};
  const route::EdgeId last{static_cast<std::uint32_t>(graph.edge_count() - 1)};
  const route::EdgeId middle{last.value / 2};
  compare(request, {query, ways}, {route::EdgeId{0}, 0.25, {}}, {last, 0.75, {}});
  compare(request, {query, ways}, {last, 1, {}}, {middle, 0, {}});
}

}  // namespace fuzz
