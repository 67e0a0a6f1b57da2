// SPDX-License-Identifier: Apache-2.0
#include "route/node_order.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "elimination.hpp"
#include "separator.hpp"

namespace route {
namespace {

/// Chains and dead ends: their nodes come first, and the rest has crossings only.
constexpr std::size_t kChainDegree = 2;
/// Pieces of at most this many nodes are ordered by minimum degree.
constexpr std::size_t kSmallPiece = 3;

UndirectedGraph undirected(const NetView& net) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  pairs.reserve(2 * net.arc_count());
  for (std::uint32_t tail = 0; tail < net.node_count(); ++tail) {
    for (std::uint32_t arc = net.first_out[tail]; arc < net.first_out[tail + 1]; ++arc) {
      const std::uint32_t head = net.heads[arc].value;
      if (head != tail) {
        pairs.emplace_back(tail, head);
        pairs.emplace_back(head, tail);
      }
    }
  }
  std::ranges::sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  UndirectedGraph graph;
  graph.first.assign(net.node_count() + 1, 0);
  graph.neighbours.reserve(pairs.size());
  for (const auto& [from, to] : pairs) {
    ++graph.first[from + 1];
    graph.neighbours.push_back(to);
  }
  for (std::size_t node = 0; node < net.node_count(); ++node) {
    graph.first[node + 1] += graph.first[node];
  }
  return graph;
}

/// Positions in a plane where both axes have one scale.
std::vector<PlanePoint> in_plane(std::span<const LatLon> positions) {
  Box box;
  for (const LatLon position : positions) {
    box.add(position);
  }
  const double middle =
      (static_cast<double>(box.low.lat_e7) + static_cast<double>(box.high.lat_e7)) / 2 * 1e-7;
  const double shrink = std::cos(middle * std::numbers::pi / 180);
  std::vector<PlanePoint> places;
  places.reserve(positions.size());
  for (const LatLon position : positions) {
    places.push_back(
        {static_cast<float>(shrink * (static_cast<double>(position.lon_e7) - box.low.lon_e7)),
         static_cast<float>(static_cast<double>(position.lat_e7) - box.low.lat_e7)});
  }
  return places;
}

/// A part of the graph that is dissected on its own.
struct CellPiece {
  UndirectedGraph graph;
  std::vector<PlanePoint> places;
  std::vector<std::uint32_t> names;  // what the nodes are called outside
};

/// Splits pieces until nothing is left. Fills the order from the back: separators come last.
class Dissection {
 public:
  /// Nodes in the order of contraction.
  std::vector<std::uint32_t> run(CellPiece whole) {
    number_.resize(whole.graph.node_count());
    std::vector<CellPiece> waiting;
    waiting.push_back(std::move(whole));
    while (!waiting.empty()) {
      const CellPiece piece = std::move(waiting.back());
      waiting.pop_back();
      take_apart(piece, waiting);
    }
    std::ranges::reverse(reversed_);
    return std::move(reversed_);
  }

 private:
  void take_apart(const CellPiece& piece, std::vector<CellPiece>& waiting) {
    if (piece.graph.node_count() <= kSmallPiece) {
      place_small(piece);
      return;
    }
    std::vector<std::uint32_t> part(piece.graph.node_count(), kUnseen);
    const std::uint32_t components = label_components(piece.graph, part);
    if (components == 1) {
      const auto cut = find_separator(piece.graph, piece.places);
      for (std::uint32_t node = 0; node < part.size(); ++node) {
        part[node] = static_cast<std::uint32_t>(cut[node]);
        if (cut[node] == Part::Separator) {
          reversed_.push_back(piece.names[node]);
        }
      }
    }
    const std::uint32_t parts = components == 1 ? 2 : components;
    split(piece, part, parts, waiting);
  }

  void place_small(const CellPiece& piece) {
    auto order = eliminate_low_degrees(piece.graph, piece.graph.node_count()).order;
    std::ranges::reverse(order);
    for (const std::uint32_t node : order) {
      reversed_.push_back(piece.names[node]);
    }
  }

  std::uint32_t label_components(const UndirectedGraph& graph, std::vector<std::uint32_t>& label) {
    std::uint32_t count = 0;
    for (std::uint32_t root = 0; root < graph.node_count(); ++root) {
      if (label[root] != kUnseen) {
        continue;
      }
      queue_.assign(1, root);
      label[root] = count;
      for (std::size_t next = 0; next < queue_.size(); ++next) {
        for (const std::uint32_t neighbour : graph.at(queue_[next])) {
          if (label[neighbour] == kUnseen) {
            label[neighbour] = count;
            queue_.push_back(neighbour);
          }
        }
      }
      ++count;
    }
    return count;
  }

  /// The subgraphs of the parts 0 ... parts-1; other labels fall out.
  void split(const CellPiece& piece, std::span<const std::uint32_t> part, std::uint32_t parts,
             std::vector<CellPiece>& waiting) {
    std::vector<CellPiece> pieces(parts);
    for (std::uint32_t node = 0; node < part.size(); ++node) {
      if (part[node] < parts) {
        CellPiece& mine = pieces[part[node]];
        number_[node] = static_cast<std::uint32_t>(mine.names.size());
        mine.names.push_back(piece.names[node]);
        mine.places.push_back(piece.places[node]);
      }
    }
    for (std::uint32_t node = 0; node < part.size(); ++node) {
      if (part[node] >= parts) {
        continue;
      }
      UndirectedGraph& graph = pieces[part[node]].graph;
      for (const std::uint32_t neighbour : piece.graph.at(node)) {
        if (part[neighbour] == part[node]) {
          graph.neighbours.push_back(number_[neighbour]);
        }
      }
      graph.first.push_back(static_cast<std::uint32_t>(graph.neighbours.size()));
    }
    for (CellPiece& it : pieces) {
      if (!it.names.empty()) {
        waiting.push_back(std::move(it));
      }
    }
  }

  static constexpr std::uint32_t kUnseen = Elimination::kGone;

  std::vector<std::uint32_t> reversed_;
  std::vector<std::uint32_t> number_;
  std::vector<std::uint32_t> queue_;
};

}  // namespace

std::vector<NodeId> nested_dissection(const NetView& net) {
  auto chains = eliminate_low_degrees(undirected(net), kChainDegree);
  const auto places = in_plane(net.positions);
  CellPiece core;
  core.graph = std::move(chains.rest);
  for (std::uint32_t node = 0; node < net.node_count(); ++node) {
    if (chains.number_in_rest[node] != Elimination::kGone) {
      core.names.push_back(node);
      core.places.push_back(places[node]);
    }
  }
  auto order = std::move(chains.order);
  const auto rest = Dissection().run(std::move(core));
  order.insert(order.end(), rest.begin(), rest.end());
  std::vector<NodeId> result;
  result.reserve(order.size());
  for (const std::uint32_t node : order) {
    result.push_back(NodeId{node});
  }
  return result;
}

}  // namespace route
