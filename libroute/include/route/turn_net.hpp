// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "route/contraction_hierarchy.hpp"
#include "route/distance_table.hpp"
#include "route/metric.hpp"
#include "route/path.hpp"
#include "route/turn_restrictions.hpp"

namespace route {

/// The roads of a vehicle turn by turn (the edge-expanded graph): its nodes are the arcs of the
/// road graph that are open to the vehicle, its arcs the turns from one into the next. A hierarchy
/// runs on it as on any other graph. All turns are in it, banned or not; a ban is a weight, so that
/// new restrictions are a new metric only.
class TurnNet {
 public:
  /// Arcs banned in `open` are left out for good, so it is the metric without hazards and closures.
  /// Throws `Error` when there are more than 2^31 turns.
  TurnNet(const RoadGraph& graph, const Metric& open);

  /// Positions are those of the places where the arcs end. Valid as long as this object.
  [[nodiscard]] NetView net() const { return {first_out_, heads_, positions_}; }
  /// From the order of the roads: an arc is contracted with the node it leads to. The arcs into a
  /// separator of the roads separate their turns (Buchhold, Wagner, Zeitz and Zündorf, Customizable
  /// Contraction Hierarchies with Turn Costs, 2020).
  [[nodiscard]] std::span<const NodeId> order() const { return order_; }

  [[nodiscard]] ArcId arc(NodeId node) const { return arcs_[node]; }
  /// The arc of the roads that a turn leads into.
  [[nodiscard]] ArcId arc_entered(ArcId turn) const { return arcs_[heads_[turn.value]]; }
  /// Invalid for an arc that was left out.
  [[nodiscard]] NodeId node(ArcId arc) const { return nodes_[arc]; }

  /// By turn the weight of the arc entered; `kInfinity` for banned turns. The metric must not open
  /// arcs that were left out.
  [[nodiscard]] std::vector<Weight> weights(const Metric& metric, const TurnBans& bans) const;

 private:
  std::vector<std::uint32_t> first_out_;
  std::vector<NodeId> heads_;
  std::vector<LatLon> positions_;
  std::vector<NodeId> order_;
  IdVector<NodeId, ArcId> arcs_;
  IdVector<ArcId, NodeId> nodes_;
};

/// A vehicle's metric and bans together with their customization.
struct CustomizedTurns {
  const RoadGraph& graph;
  const Metric& metric;
  const TurnBans& bans;
  const TurnNet& net;
  const CchMetric& customized;  ///< `net.weights(metric, bans)` on a topology of `net`
  std::size_t profile = 0;      ///< its place in `customized`
};

/// Durations between road positions without a banned turn; every entry equals the duration that
/// `find_path` gives for a request with these bans.
[[nodiscard]] DistanceTable distance_table(const CustomizedTurns& roads,
                                           std::span<const RoadPosition> sources,
                                           std::span<const RoadPosition> targets);

/// A search on the hierarchy of `roads`.
struct TurnSearch {
  const CustomizedTurns& roads;
  CchQuery& query;
  const CchWays& ways;
};

/// The way of `find_path` for a request with these bans, by the hierarchy; another one only where
/// several are equally fast.
[[nodiscard]] std::optional<Path> find_path(const PathRequest& request, const TurnSearch& search,
                                            const RoadPosition& from, const RoadPosition& to);

}  // namespace route
