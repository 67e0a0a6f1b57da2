// SPDX-License-Identifier: Apache-2.0
#include "boost_search.hpp"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/two_bit_color_map.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstdint>
#include <functional>
#include <utility>

namespace bench {
namespace {

using route::kInfinity;
using route::NodeId;
using route::Weight;

using Graph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                       boost::no_property, std::uint32_t, std::uint32_t>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;

Graph graph_of(const Net& net) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;
  arcs.reserve(net.heads.size());
  for (std::uint32_t tail = 0; tail < net.positions.size(); ++tail) {
    for (std::uint32_t arc = net.first_out[tail]; arc < net.first_out[tail + 1]; ++arc) {
      arcs.emplace_back(tail, net.heads[arc].value);
    }
  }
  return {boost::edges_are_sorted, arcs.begin(), arcs.end(),
          static_cast<std::uint32_t>(net.positions.size())};
}

struct Arrived {};

struct StopAt : boost::default_dijkstra_visitor {
  explicit StopAt(Vertex vertex) : goal(vertex) {}
  void examine_vertex(Vertex vertex, const Graph&) const {
    if (vertex == goal) {
      throw Arrived();
    }
  }
  Vertex goal;
};

}  // namespace

struct BoostSearch::Parts {
  explicit Parts(const Net& net)
      : graph(graph_of(net)), weights(net.weights), distance(net.positions.size()) {}

  auto distance_map() {
    return boost::make_iterator_property_map(distance.begin(),
                                             boost::get(boost::vertex_index, graph));
  }
  auto weight_map() const {
    return boost::make_iterator_property_map(weights.begin(), boost::get(boost::edge_index, graph));
  }

  Graph graph;
  const std::vector<Weight>& weights;
  std::vector<Weight> distance;
};

BoostSearch::BoostSearch(const Net& net) : parts_(std::make_unique<Parts>(net)) {}
BoostSearch::~BoostSearch() = default;

Weight BoostSearch::distance(NodeId from, NodeId to) {
  try {
    boost::dijkstra_shortest_paths(parts_->graph, from.value,
                                   boost::distance_map(parts_->distance_map())
                                       .weight_map(parts_->weight_map())
                                       .distance_inf(kInfinity)
                                       .visitor(StopAt(to.value)));
  } catch (const Arrived&) {
    return parts_->distance[to.value];
  }
  return kInfinity;
}

std::span<const Weight> BoostSearch::tree(std::span<const NodeId> seeds) {
  std::vector<Vertex> starts;
  for (const NodeId seed : seeds) {
    starts.push_back(seed.value);
  }
  std::ranges::sort(starts);  // the queue takes a node once
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  const auto index = boost::get(boost::vertex_index, parts_->graph);
  boost::dijkstra_shortest_paths(
      parts_->graph, starts.begin(), starts.end(), boost::dummy_property_map(),
      parts_->distance_map(), parts_->weight_map(), index, std::less<>(),
      boost::closed_plus<Weight>(kInfinity), kInfinity, Weight{0},
      boost::default_dijkstra_visitor(),
      boost::two_bit_color_map<decltype(index)>(parts_->distance.size(), index));
  return parts_->distance;
}

}  // namespace bench
