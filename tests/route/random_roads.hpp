// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "draw.hpp"
#include "route/graph_builder.hpp"
#include "route/metric.hpp"

namespace support {

/// Roads nobody would build: random ends, parallel edges, loops, several parts, shapes with bends.
inline route::RoadGraph random_roads(std::uint32_t seed, std::uint32_t nodes, std::uint32_t edges) {
  support::Draw random(seed);
  route::GraphBuilder builder;
  std::vector<route::LatLon> places;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    places.push_back({357'000'000 + static_cast<std::int32_t>(random(20'000)),
                      1'395'000'000 + static_cast<std::int32_t>(random(20'000))});
    builder.add_node(places.back());
  }
  for (std::uint32_t i = 0; i < edges; ++i) {
    const std::uint32_t from = random(nodes);
    const std::uint32_t to = random(nodes);
    const route::LatLon bend{places[from].lat_e7 + 1000, places[to].lon_e7 + 1000};
    route::Road road;
    road.length_mm = 1 + random(100'000);
    builder.add_edge({from}, {to}, road, {places[from], bend, places[to]});
  }
  return builder.build();
}

/// Weights without regard to the roads: many ties, zeros and bans. The main part is everything.
inline route::Metric random_metric(const route::RoadGraph& graph, std::uint32_t seed) {
  support::Draw random(seed);
  route::Metric metric;
  metric.weights = route::IdVector<route::ArcId, route::Weight>(graph.arc_count());
  for (const route::ArcId arc : graph.arcs()) {
    const std::uint32_t draw = random(10);
    metric.weights[arc] = draw < 3 ? route::kInfinity : (draw == 3 ? 0 : random(20));
  }
  metric.in_main_part = route::IdVector<route::NodeId, std::uint8_t>(graph.node_count(), 1);
  return metric;
}

}  // namespace support
