// SPDX-License-Identifier: Apache-2.0
#pragma once

// RoadGraph as a model of the Boost.Graph concepts VertexListGraph, EdgeListGraph, IncidenceGraph
// and BidirectionalGraph, so that every BGL algorithm runs on it. Vertex descriptor: node index
// (std::uint32_t); edge descriptor: arc index (route::ArcId). Property maps: `vertex_index`,
// `edge_index`, and `ArcWeights` for weights by arc. Include before the headers of the algorithms.

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstdint>
#include <utility>

#include "route/road_graph.hpp"
#include "route/units.hpp"

namespace boost {

template <>
struct graph_traits<route::RoadGraph> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = route::ArcId;
  using directed_category = bidirectional_tag;
  using edge_parallel_category = allow_parallel_edge_tag;
  struct traversal_category : virtual vertex_list_graph_tag,
                              virtual edge_list_graph_tag,
                              virtual bidirectional_graph_tag {};

  using vertices_size_type = std::uint32_t;
  using edges_size_type = std::uint32_t;
  using degree_size_type = std::uint32_t;

  using vertex_iterator = counting_iterator<std::uint32_t>;
  using edge_iterator = route::IdRange<route::ArcId>::Iterator;
  using out_edge_iterator = route::IdRange<route::ArcId>::Iterator;
  using in_edge_iterator = const route::ArcId*;

  static constexpr vertex_descriptor null_vertex() { return route::NodeId{}.value; }
};

}  // namespace boost

namespace route {

using RoadGraphTraits = boost::graph_traits<RoadGraph>;

// Found by the algorithms through argument-dependent lookup; the names are Boost's.

[[nodiscard]] inline std::uint32_t num_vertices(const RoadGraph& graph) {
  return static_cast<std::uint32_t>(graph.node_count());
}
[[nodiscard]] inline std::uint32_t num_edges(const RoadGraph& graph) {
  return static_cast<std::uint32_t>(graph.arc_count());
}
[[nodiscard]] inline auto vertices(const RoadGraph& graph) {
  using Iterator = RoadGraphTraits::vertex_iterator;
  return std::pair(Iterator(0), Iterator(num_vertices(graph)));
}
[[nodiscard]] inline auto edges(const RoadGraph& graph) {
  const auto arcs = graph.arcs();
  return std::pair(arcs.begin(), arcs.end());
}
[[nodiscard]] inline std::uint32_t source(ArcId arc, const RoadGraph& graph) {
  return graph.tail(arc).value;
}
[[nodiscard]] inline std::uint32_t target(ArcId arc, const RoadGraph& graph) {
  return graph.head(arc).value;
}
[[nodiscard]] inline auto out_edges(std::uint32_t vertex, const RoadGraph& graph) {
  const auto arcs = graph.arcs_out(NodeId{vertex});
  return std::pair(arcs.begin(), arcs.end());
}
[[nodiscard]] inline std::uint32_t out_degree(std::uint32_t vertex, const RoadGraph& graph) {
  return static_cast<std::uint32_t>(graph.arcs_out(NodeId{vertex}).size());
}
[[nodiscard]] inline auto in_edges(std::uint32_t vertex, const RoadGraph& graph) {
  const auto arcs = graph.arcs_in(NodeId{vertex});
  return std::pair(arcs.data(), arcs.data() + arcs.size());
}
[[nodiscard]] inline std::uint32_t in_degree(std::uint32_t vertex, const RoadGraph& graph) {
  return static_cast<std::uint32_t>(graph.arcs_in(NodeId{vertex}).size());
}
[[nodiscard]] inline std::uint32_t degree(std::uint32_t vertex, const RoadGraph& graph) {
  return out_degree(vertex, graph) + in_degree(vertex, graph);
}

using VertexIndexMap = boost::typed_identity_property_map<std::uint32_t>;

[[nodiscard]] inline VertexIndexMap get(boost::vertex_index_t, const RoadGraph&) {
  return {};
}
[[nodiscard]] inline std::uint32_t get(boost::vertex_index_t, const RoadGraph&,
                                       std::uint32_t vertex) {
  return vertex;
}

struct ArcIndexMap {
  using key_type = ArcId;
  using value_type = std::uint32_t;
  using reference = std::uint32_t;
  using category = boost::readable_property_map_tag;

  friend std::uint32_t get(const ArcIndexMap&, ArcId arc) { return arc.value; }
};

[[nodiscard]] inline ArcIndexMap get(boost::edge_index_t, const RoadGraph&) {
  return {};
}
[[nodiscard]] inline std::uint32_t get(boost::edge_index_t, const RoadGraph&, ArcId arc) {
  return arc.value;
}

/// Weights as a property map. Bans stay bans when the algorithm is told `distance_inf(kInfinity)`.
/// Keeps a pointer to the weights.
class ArcWeights {
 public:
  using key_type = ArcId;
  using value_type = Weight;
  using reference = Weight;
  using category = boost::readable_property_map_tag;

  explicit ArcWeights(const IdVector<ArcId, Weight>& weights) : weights_(&weights) {}
  friend Weight get(const ArcWeights& map, ArcId arc) { return (*map.weights_)[arc]; }

 private:
  const IdVector<ArcId, Weight>* weights_;
};

}  // namespace route

namespace boost {

template <>
struct property_map<route::RoadGraph, vertex_index_t> {
  using type = route::VertexIndexMap;
  using const_type = route::VertexIndexMap;
};

template <>
struct property_map<route::RoadGraph, edge_index_t> {
  using type = route::ArcIndexMap;
  using const_type = route::ArcIndexMap;
};

}  // namespace boost
