// SPDX-License-Identifier: Apache-2.0
#include "route/turn_net.hpp"

#include <algorithm>
#include <utility>

#include "path_pieces.hpp"
#include "route/error.hpp"

namespace route {
namespace {

constexpr std::uint64_t kMaxTurns = std::uint64_t{1} << 31;

/// A piece a way ends with, and an arc that may come before it.
struct LastTurn {
  NodeId node;  // of the net: the arc before
  Weight weight = 0;
  EndPiece piece;
};

std::vector<Seed> first_seeds(const TurnNet& net, std::span<const EndPiece> starts) {
  std::vector<Seed> seeds;
  for (const EndPiece& start : starts) {
    seeds.push_back({net.node(start.piece.arc), start.weight});
  }
  return seeds;
}

std::vector<LastTurn> last_turns(const CustomizedTurns& roads, const RoadPosition& to) {
  std::vector<LastTurn> turns;
  for (const EndPiece& end : end_pieces(roads.graph, roads.metric, to, Direction::Backward)) {
    for (const ArcId before : roads.graph.arcs_in(end.node)) {
      if (roads.net.node(before).valid() && !roads.bans.contains(before, end.piece.arc)) {
        turns.push_back({roads.net.node(before), end.weight, end});
      }
    }
  }
  return turns;
}

}  // namespace

TurnNet::TurnNet(const RoadGraph& graph, const Metric& open) : arcs_(0), nodes_(graph.arc_count()) {
  TOMONI_EXPECT(open.weights.size() == graph.arc_count());
  std::vector<std::uint32_t> open_out(graph.node_count());  // by node of the roads
  for (const ArcId arc : graph.arcs()) {
    if (open.weights[arc] < kInfinity) {
      nodes_[arc] = NodeId{static_cast<std::uint32_t>(arcs_.size())};
      arcs_.raw().push_back(arc);
      positions_.push_back(graph.position(graph.head(arc)));
      ++open_out[graph.tail(arc).value];
    }
  }
  std::uint64_t turns = 0;
  for (const ArcId arc : arcs_) {
    turns += open_out[graph.head(arc).value];
  }
  if (turns >= kMaxTurns) {
    throw Error("曲がり方が" + std::to_string(turns) +
                "通りあり、扱える数を超えています。範囲を狭めて読み込んでください");
  }
  first_out_.push_back(0);
  heads_.reserve(turns);
  for (const ArcId arc : arcs_) {
    for (const ArcId next : graph.arcs_out(graph.head(arc))) {
      if (nodes_[next].valid()) {
        heads_.push_back(nodes_[next]);
      }
    }
    first_out_.push_back(static_cast<std::uint32_t>(heads_.size()));
  }
  for (const NodeId place : graph.order()) {
    for (const ArcId arc : graph.arcs_in(place)) {
      if (nodes_[arc].valid()) {
        order_.push_back(nodes_[arc]);
      }
    }
  }
}

std::vector<Weight> TurnNet::weights(const Metric& metric, const TurnBans& bans) const {
  TOMONI_EXPECT(metric.weights.size() == nodes_.size());
  for (std::uint32_t arc = 0; arc < nodes_.size(); ++arc) {
    TOMONI_EXPECT(nodes_[ArcId{arc}].valid() || metric.weights[ArcId{arc}] >= kInfinity);
  }
  std::vector<Weight> weights;
  weights.reserve(heads_.size());
  for (std::uint32_t node = 0; node < arcs_.size(); ++node) {
    const auto banned = bans.out_of(arcs_[NodeId{node}]);
    for (std::uint32_t turn = first_out_[node]; turn < first_out_[node + 1]; ++turn) {
      const ArcId entered = arcs_[heads_[turn]];
      const bool is_banned = std::ranges::any_of(
          banned, [entered](const TurnRestriction& ban) { return ban.to == entered; });
      weights.push_back(is_banned ? kInfinity : metric.weights[entered]);
    }
  }
  return weights;
}

DistanceTable distance_table(const CustomizedTurns& roads, std::span<const RoadPosition> sources,
                             std::span<const RoadPosition> targets) {
  SeedLists starts;
  SeedLists goals;
  for (const RoadPosition& source : sources) {
    starts.add(
        first_seeds(roads.net, end_pieces(roads.graph, roads.metric, source, Direction::Forward)));
  }
  for (const RoadPosition& target : targets) {
    std::vector<Seed> seeds;
    for (const LastTurn& turn : last_turns(roads, target)) {
      seeds.push_back({turn.node, turn.weight});
    }
    goals.add(seeds);
  }
  DistanceTable table = distance_table(roads.customized, roads.profile, starts, goals);
  for (std::size_t target = 0; target < targets.size(); ++target) {
    for (std::size_t source = 0; source < sources.size(); ++source) {
      if (sources[source].edge == targets[target].edge) {
        Weight& at = table.at(source, target);
        at = std::min(at,
                      along_one_edge(roads.graph, roads.metric, sources[source], targets[target]));
      }
    }
  }
  return table;
}

std::optional<Path> find_path(const PathRequest& request, const TurnSearch& search,
                              const RoadPosition& from, const RoadPosition& to) {
  const CustomizedTurns& roads = search.roads;
  const RoadGraph& graph = roads.graph;
  std::vector<Piece> pieces;
  Weight best = kInfinity;
  for (const Piece& piece : direct_pieces(graph, from, to)) {
    const Weight weight = partial_weight(roads.metric.weights[piece.arc], piece.begin, piece.end);
    if (weight < best) {
      best = weight;
      pieces = {piece};
    }
  }
  // Both arcs of an edge are neighbours in the net, so the starts may be asked together. The arcs
  // before an end are not, so they are asked one by one.
  const auto starts = end_pieces(graph, roads.metric, from, Direction::Forward);
  const auto seeds = first_seeds(roads.net, starts);
  const auto ends = last_turns(roads, to);
  const LastTurn* last = nullptr;
  for (const LastTurn& turn : ends) {
    const Seed goal{turn.node, turn.weight};
    const Weight weight = search.query.distance(seeds, {&goal, 1});
    if (weight < best) {
      best = weight;
      last = &turn;
    }
  }
  if (last != nullptr) {
    const Seed goal{last->node, last->weight};
    const auto way = search.query.way(seeds, {&goal, 1}, search.ways);
    TOMONI_EXPECT(way.has_value() && way->weight == best);
    const auto first = std::ranges::find(starts, roads.net.arc(way->from),
                                         [](const EndPiece& start) { return start.piece.arc; });
    TOMONI_EXPECT(first != starts.end());
    pieces = {first->piece};
    for (const ArcId turn : way->arcs) {
      pieces.push_back(whole(graph, roads.net.arc_entered(turn)));
    }
    pieces.push_back(last->piece.piece);
  }
  return pieces.empty() ? std::nullopt : std::optional(describe_path(request, from, pieces, best));
}

}  // namespace route
