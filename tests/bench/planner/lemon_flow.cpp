// SPDX-License-Identifier: Apache-2.0
#include "lemon_flow.hpp"

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <stdexcept>

namespace bench {

FlowAnswer solve_with_lemon(std::uint32_t people, const std::vector<std::uint32_t>& capacity,
                            const std::vector<FlowArc>& arcs) {
  using Graph = lemon::SmartDigraph;
  Graph graph;
  graph.reserveNode(static_cast<int>(people + capacity.size() + 1));
  graph.reserveArc(static_cast<int>(arcs.size() + people + capacity.size()));
  std::vector<Graph::Node> nodes;
  for (std::size_t i = 0; i <= people + capacity.size(); ++i) {
    nodes.push_back(graph.addNode());
  }
  const Graph::Node ground = nodes.back();
  Graph::ArcMap<std::int64_t> upper(graph);
  Graph::ArcMap<std::int64_t> cost(graph);
  Graph::NodeMap<std::int64_t> supply(graph, 0);
  std::int64_t dearest = 0;
  for (const FlowArc& arc : arcs) {
    const Graph::Arc added = graph.addArc(nodes[arc.person], nodes[people + arc.shelter]);
    upper[added] = 1;
    cost[added] = arc.cost;
    dearest = std::max(dearest, arc.cost);
  }
  const std::int64_t outside = (dearest + 1) * static_cast<std::int64_t>(capacity.size() + 2);
  for (std::uint32_t person = 0; person < people; ++person) {
    const Graph::Arc added = graph.addArc(nodes[person], ground);
    upper[added] = 1;
    cost[added] = outside;
    supply[nodes[person]] = 1;
  }
  for (std::size_t shelter = 0; shelter < capacity.size(); ++shelter) {
    const Graph::Arc added = graph.addArc(nodes[people + shelter], ground);
    upper[added] = capacity[shelter];
    cost[added] = 0;
  }
  supply[ground] = -static_cast<std::int64_t>(people);
  lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph);
  simplex.upperMap(upper).costMap(cost).supplyMap(supply);
  if (simplex.run() != lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>::OPTIMAL) {
    throw std::runtime_error("the peer found no optimum");
  }
  FlowAnswer answer;
  for (Graph::ArcIt arc(graph); arc != lemon::INVALID; ++arc) {
    const std::int64_t flow = simplex.flow(arc);
    if (flow > 0 && cost[arc] == outside) {
      answer.unassigned += static_cast<std::uint64_t>(flow);
    } else {
      answer.cost += flow * cost[arc];
    }
  }
  return answer;
}

}  // namespace bench
