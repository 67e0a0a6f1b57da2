// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <limits>
#include <vector>

#include "random_roads.hpp"
#include "route/drill_simulation.hpp"
#include "route/path.hpp"

namespace support {

/// How long every road takes at one speed.
inline route::Metric metric_at(const route::RoadGraph& graph, double speed_mps) {
  route::Metric metric;
  metric.weights = route::IdVector<route::ArcId, route::Weight>(graph.arc_count());
  for (const route::ArcId arc : graph.arcs()) {
    metric.weights[arc] =
        static_cast<route::Weight>(std::lround(graph.road(graph.edge(arc)).length_mm / speed_mps));
  }
  metric.in_main_part = route::IdVector<route::NodeId, std::uint8_t>(graph.node_count(), 1);
  return metric;
}

inline route::DrillDelay always(route::Weight delay) {
  return {{0, delay}};
}

/// A scene to which things are added one by one. One order, at once, reaches everybody at once, and
/// nobody needs time for anything, unless a test says otherwise.
struct DrillStage {
  DrillStage(const route::RoadGraph& graph, const route::Metric& metric) {
    scene.graph = &graph;
    scene.modes.push_back({.metric = &metric});
    scene.orders.push_back({});
    scene.behaviours.push_back({.channels = {{1, {}}}});
    scene.horizon = 6 * 3'600'000;
  }

  std::uint32_t place(const route::RoadPosition& position) {
    scene.places.push_back({{position}});
    scene.places.back().at.resize(scene.modes.size(), position);
    return static_cast<std::uint32_t>(scene.places.size() - 1);
  }
  route::DrillPerson& person(const route::RoadPosition& home) {
    const auto number = static_cast<std::uint32_t>(scene.people.size());
    scene.people.push_back({.number = number, .home = place(home), .order = 0});
    for (std::uint32_t i = 0; i < scene.shelters.size(); ++i) {
      if (!scene.shelters[i].second_stage) {
        scene.people.back().shelters.push_back(i);
      }
    }
    return scene.people.back();
  }
  /// Fetches the people in this order.
  route::DrillSupporter& supporter(const route::RoadPosition& home,
                                   std::vector<std::uint32_t> people) {
    const auto number = static_cast<std::uint32_t>(scene.supporters.size());
    for (const std::uint32_t whom : people) {
      scene.people[whom].supporters.push_back(number);
    }
    scene.supporters.push_back({.number = number, .home = place(home), .order = 0});
    scene.supporters.back().people = std::move(people);
    return scene.supporters.back();
  }
  route::DrillShelter& shelter(const route::RoadPosition& at, std::uint32_t seats) {
    scene.shelters.push_back({.place = place(at), .seats = {seats}});
    return scene.shelters.back();
  }
  [[nodiscard]] route::DrillRun run(std::uint64_t seed = 1) const {
    return route::simulate_drill(scene, seed, 0);
  }

  route::DrillScene scene;
};

/// The fastest way on open roads.
inline std::optional<route::Path> open_way(const route::DrillScene& scene, std::uint32_t mode,
                                           std::uint32_t from, std::uint32_t to) {
  static const route::MobilityProfile anybody;
  return route::find_path({*scene.graph, *scene.modes[mode].metric, anybody},
                          *scene.places[from].at[mode], *scene.places[to].at[mode]);
}

inline route::RoadPosition random_place(const route::RoadGraph& graph, Draw& random) {
  const auto edges = static_cast<std::uint32_t>(graph.edge_count());
  return {route::EdgeId{random(edges)}, random(11) / 10.0, {}};
}

}  // namespace support
