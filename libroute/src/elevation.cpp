// SPDX-License-Identifier: Apache-2.0
#include "route/elevation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "route/error.hpp"
#include "terrain.hpp"

// Slope of an edge = height difference of its ends / its length. Three things would invent cliffs:
//   short edges      a metre of noise over 5 m is 20 %. Their slope is that of the ground along
//                    their direction over a longer baseline around their middle.
//   bridges, tunnels the ground under (over) them is not the road. A node where only such edges
//                    meet takes its height from the portals, interpolated along the road; short
//                    ones are level.
//   no data          unknown stays unknown.

namespace route {
namespace {

constexpr double kShortestBaselineM = 20;
constexpr double kBaselinePixels = 2;
constexpr double kSteepestPermille = 1000;  // steeper is a fault of the model, not a road
constexpr int kMostSweeps = 1000;
constexpr double kSettledM = 0.001;

bool is_structure(const Road& road) {
  return road.bridge != 0 || road.tunnel != 0;
}

/// Nodes off the ground: every edge there is a bridge or a tunnel.
std::vector<NodeId> nodes_within_structures(const RoadGraph& graph) {
  std::vector<NodeId> nodes;
  for (const NodeId node : graph.nodes()) {
    const auto arcs = graph.arcs_out(node);
    const bool within = std::all_of(arcs.begin(), arcs.end(), [&graph](ArcId arc) {
      return is_structure(graph.road(graph.edge(arc)));
    });
    if (within && arcs.size() >= 2) {  // the single end of a bridge stands on the ground
      nodes.push_back(node);
    }
  }
  return nodes;
}

using Heights = IdVector<NodeId, std::optional<double>>;

/// Mean of the neighbours' heights, nearer ones counting more: linear along a chain of edges.
std::optional<double> height_between(const RoadGraph& graph, const Heights& heights, NodeId node) {
  double sum = 0;
  double weights = 0;
  for (const ArcId arc : graph.arcs_out(node)) {
    const auto height = heights[graph.head(arc)];
    if (height.has_value() && graph.head(arc) != node) {
      const double weight = 1.0 / std::max<std::uint32_t>(1, graph.road(graph.edge(arc)).length_mm);
      sum += weight * *height;
      weights += weight;
    }
  }
  return weights > 0 ? std::optional(sum / weights) : std::nullopt;
}

void span_structures(const RoadGraph& graph, Heights& heights) {
  const std::vector<NodeId> nodes = nodes_within_structures(graph);
  for (const NodeId node : nodes) {
    heights[node].reset();
  }
  double change = kSettledM;
  for (int sweep = 0; sweep < kMostSweeps && change >= kSettledM; ++sweep) {
    change = 0;
    for (const NodeId node : nodes) {
      const auto height = height_between(graph, heights, node);
      if (height.has_value()) {
        change = std::max(change, std::abs(*height - heights[node].value_or(*height + kSettledM)));
        heights[node] = height;
      }
    }
  }
}

class SlopeFinder {
 public:
  SlopeFinder(const RoadGraph& graph, const Terrain& terrain)
      : graph_(graph),
        terrain_(terrain),
        baseline_m_(std::max(kShortestBaselineM, kBaselinePixels * terrain.pixel_m())),
        heights_(graph.node_count()) {
    for (const NodeId node : graph.nodes()) {
      heights_[node] = terrain.height(graph.position(node));
    }
    span_structures(graph, heights_);
  }

  [[nodiscard]] std::optional<double> permille(EdgeId edge) const {
    const Road& road = graph_.road(edge);
    const NodeId from = graph_.tail(graph_.forward_arc(edge));
    const NodeId to = graph_.head(graph_.forward_arc(edge));
    if (!heights_[from].has_value() || !heights_[to].has_value()) {
      return std::nullopt;
    }
    const double length_m = metres(road.length_mm);
    if (length_m < baseline_m_) {
      if (is_structure(road) || from == to) {
        return 0;
      }
      if (const auto slope = slope_of_ground(graph_.position(from), graph_.position(to))) {
        return slope;
      }
    }
    return length_m > 0 ? 1000 * (*heights_[to] - *heights_[from]) / length_m : 0;
  }

 private:
  [[nodiscard]] std::optional<double> slope_of_ground(LatLon a, LatLon b) const {
    const double length_m = distance_m(a, b);
    if (length_m <= 0) {
      return 0;
    }
    const double reach =
        baseline_m_ / length_m / 2;  // either way from the middle, in lengths of a-b
    const auto low = terrain_.height(extrapolate(a, b, 0.5 - reach));
    const auto high = terrain_.height(extrapolate(a, b, 0.5 + reach));
    if (!low.has_value() || !high.has_value()) {
      return std::nullopt;
    }
    return 1000 * (*high - *low) / baseline_m_;
  }

  static LatLon extrapolate(LatLon a, LatLon b, double share) {
    return from_degrees(a.lat() + share * (b.lat() - a.lat()),
                        a.lon() + share * (b.lon() - a.lon()));
  }

  const RoadGraph& graph_;
  const Terrain& terrain_;
  double baseline_m_;
  Heights heights_;
};

}  // namespace

EdgeSlopes slopes_from_dem(const RoadGraph& graph, const std::filesystem::path& dem) {
  const Terrain terrain(dem, graph.bounds());
  const SlopeFinder finder(graph, terrain);
  EdgeSlopes result;
  result.permille.assign(graph.edge_count(), Road::kUnknownIncline);
  result.report.edges = graph.edge_count();
  for (const EdgeId edge : graph.edges()) {
    const auto slope = finder.permille(edge);
    if (!slope.has_value()) {
      ++result.report.edges_without_height;
      continue;
    }
    const double kept = std::clamp(*slope, -kSteepestPermille, kSteepestPermille);
    result.permille[edge.value] = static_cast<std::int16_t>(std::round(kept));
    result.report.steepest_permille = std::max(result.report.steepest_permille, std::abs(kept));
    if (is_structure(graph.road(edge))) {
      ++result.report.edges_levelled;
    }
  }
  if (result.report.edges_without_height == graph.edge_count()) {
    throw InputError("標高データ " + dem.string() +
                     " には、道路の範囲に標高の値が一つもありません（道路は" +
                     range_text(graph.bounds()) + "）。この町の図郭のデータを使ってください");
  }
  return result;
}

}  // namespace route
