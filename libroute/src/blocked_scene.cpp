// SPDX-License-Identifier: Apache-2.0
#include "blocked_scene.hpp"

#include <algorithm>
#include <map>

namespace route {
namespace {

bool is_open(const Metric& metric, ArcId arc) {
  return metric.weights[arc] < kInfinity;
}

/// The part of its road that an arc of a way covers. A way leaves pieces without length out: one
/// that begins at an end of its road may have its first arc on another.
Scenery::Piece covered(const RoadGraph& graph, const PlannedWay& way, std::size_t i) {
  const EdgeId edge = graph.edge(way.arcs[i]);
  const bool forward = graph.is_forward(way.arcs[i]);
  const double tail = forward ? 0 : 1;
  const double head = 1 - tail;
  double from = i == 0 && edge == way.start.edge ? way.start.fraction : tail;
  double to = i + 1 == way.arcs.size() && edge == way.target.edge ? way.target.fraction : head;
  const auto runs_back = [&] { return forward ? from >= to : from <= to; };
  if (runs_back()) {
    from = tail;  // a loop, entered anew
  }
  if (runs_back()) {
    to = head;
  }
  return {edge, std::min(from, to), std::max(from, to)};
}

}  // namespace

void Rubble::draw(std::uint32_t scenario) {
  scenario_ = scenario;
  const CountedRandom random{seed_, scenario, Chance::RoadBlocked};
  auto& words = drawn_.raw();
  for (std::uint32_t i = 0; i < words.size(); i += 4) {
    const auto four = random.four(i / 4);
    std::copy_n(four.begin(), std::min<std::size_t>(4, words.size() - i), words.begin() + i);
  }
}

bool Rubble::lies_within(EdgeId edge, double from, double to) const {
  const CountedRandom random{seed_, scenario_, Chance::RubblePlace};
  const double at = random(edge.value) / static_cast<double>(kCertain);
  return from <= at && at < to;
}

Scenery::Scenery(const RoadGraph& roads, const ExposedUsers& exposed)
    : graph(roads), users(exposed), place(roads.node_count()) {
  contract();
  lay_out_ways();
}

void Scenery::contract() {
  DisjointSets nodes(graph.node_count());
  const auto open_both_ways = [&](EdgeId edge) {
    return is_open(users.metric, graph.forward_arc(edge)) &&
           is_open(users.metric, graph.backward_arc(edge));
  };
  for (const EdgeId edge : graph.edges()) {
    const ArcId arc = graph.forward_arc(edge);
    if (users.chances[edge] == 0 && open_both_ways(edge)) {
      nodes.join(graph.tail(arc).value, graph.head(arc).value);
    }
  }
  for (const NodeId node : graph.nodes()) {
    // A set is named by its lowest member, whose place is therefore known already.
    const NodeId name{nodes.find(node.value)};
    place[node] = name == node ? places++ : place[name];
  }
  for (const EdgeId edge : graph.edges()) {
    for (const ArcId arc : {graph.forward_arc(edge), graph.backward_arc(edge)}) {
      const Link link{place[graph.tail(arc)], place[graph.head(arc)], edge};
      if (!is_open(users.metric, arc) || link.from == link.to) {
        continue;
      }
      if (!open_both_ways(edge)) {
        one_way.push_back(link);
      } else if (graph.is_forward(arc)) {
        both_ways.push_back(link);
      }
    }
  }
}

void Scenery::lay_out_ways() {
  std::map<std::pair<EdgeId, double>, std::uint32_t> numbers;
  ways.reserve(users.ways.size());
  for (const PlannedWay& planned : users.ways) {
    const auto number = static_cast<std::uint32_t>(numbers.size());
    Way& way = ways.emplace_back();
    way.target =
        numbers.try_emplace({planned.target.edge, planned.target.fraction}, number).first->second;
    for (std::size_t i = 0; i < planned.arcs.size(); ++i) {
      const Piece piece = covered(graph, planned, i);
      if (piece.from <= 0 && piece.to >= 1) {
        way.edges.push_back(piece.edge);
      } else {
        way.pieces.push_back(piece);
      }
    }
    std::erase_if(way.edges, [&](EdgeId edge) { return users.chances[edge] == 0; });
    std::erase_if(way.pieces, [&](const Piece& piece) { return users.chances[piece.edge] == 0; });
  }
  targets = static_cast<std::uint32_t>(numbers.size());
}

void OpenWays::begin_scenario() {
  joined_ = false;
}

bool OpenWays::is_cut(std::size_t way) const {
  const Scenery::Way& of = scenery_.ways[way];
  const BlockageChances& chances = scenery_.users.chances;
  return std::ranges::any_of(of.edges,
                             [&](EdgeId edge) { return rubble_.blocks(edge, chances); }) ||
         std::ranges::any_of(of.pieces, [&](const Scenery::Piece& piece) {
           return rubble_.blocks(piece.edge, chances) &&
                  rubble_.lies_within(piece.edge, piece.from, piece.to);
         });
}

void OpenWays::join_parts() {
  const BlockageChances& chances = scenery_.users.chances;
  parts_.split();
  for (const Scenery::Link& link : scenery_.both_ways) {
    if (!rubble_.blocks(link.edge, chances)) {
      parts_.join(link.from, link.to);
    }
  }
  into_.clear();
  for (const Scenery::Link& link : scenery_.one_way) {
    const std::pair step{parts_.find(link.to), parts_.find(link.from)};
    if (step.first != step.second && !rubble_.blocks(link.edge, chances)) {
      into_.push_back(step);
    }
  }
  std::ranges::sort(into_);
  for (auto& known : reaching_) {
    known.clear();
  }
  joined_ = true;
}

bool OpenWays::passes(EdgeId edge, ArcId arc, double from, double to) const {
  return is_open(scenery_.users.metric, arc) &&
         !(rubble_.blocks(edge, scenery_.users.chances) && rubble_.lies_within(edge, from, to));
}

bool OpenWays::connected_on_the_road(const PlannedWay& way) const {
  if (way.start.edge != way.target.edge) {
    return false;
  }
  const EdgeId edge = way.start.edge;
  const double from = way.start.fraction;
  const double to = way.target.fraction;
  const RoadGraph& graph = scenery_.graph;
  return (from <= to && passes(edge, graph.forward_arc(edge), from, to)) ||
         (to <= from && passes(edge, graph.backward_arc(edge), to, from));
}

OpenWays::Ends OpenWays::ends(const RoadPosition& at, Direction direction) {
  const RoadGraph& graph = scenery_.graph;
  const ArcId forward = graph.forward_arc(at.edge);
  const ArcId backward = graph.backward_arc(at.edge);
  const bool leaving = direction == Direction::Forward;
  Ends found;
  if (passes(at.edge, leaving ? backward : forward, 0, at.fraction)) {
    found[0] = parts_.find(scenery_.place[graph.tail(forward)]);
  }
  if (passes(at.edge, leaving ? forward : backward, at.fraction, 1)) {
    found[1] = parts_.find(scenery_.place[graph.head(forward)]);
  }
  return found;
}

const std::vector<std::uint32_t>& OpenWays::reaching(std::uint32_t target, const Ends& ends) {
  std::vector<std::uint32_t>& known = reaching_[target];
  if (!known.empty()) {
    return known;
  }
  std::vector<std::uint32_t> open;
  const auto take = [&](std::uint32_t part) {
    const auto at = std::ranges::lower_bound(known, part);
    if (at == known.end() || *at != part) {
      known.insert(at, part);
      open.push_back(part);
    }
  };
  for (const auto& end : ends) {
    if (end) {
      take(*end);
    }
  }
  while (!open.empty()) {
    const std::uint32_t part = open.back();
    open.pop_back();
    for (auto step = std::ranges::lower_bound(into_, std::pair(part, 0U));
         step != into_.end() && step->first == part; ++step) {
      take(step->second);
    }
  }
  return known;
}

bool OpenWays::is_connected(std::size_t way) {
  const PlannedWay& planned = scenery_.users.ways[way];
  if (connected_on_the_road(planned)) {
    return true;
  }
  if (!joined_) {
    join_parts();
  }
  const Ends from = ends(planned.start, Direction::Forward);
  const Ends to = ends(planned.target, Direction::Backward);
  const auto meets = [](const auto& parts, const Ends& of) {
    return std::ranges::any_of(of, [&parts](const auto& end) {
      return end && std::ranges::find(parts, end) != std::ranges::end(parts);
    });
  };
  if (meets(to, from)) {
    return true;
  }
  if (into_.empty() || (!to[0] && !to[1])) {
    return false;
  }
  const auto& sources = reaching(scenery_.ways[way].target, to);
  return std::ranges::any_of(from, [&sources](const auto& end) {
    return end && std::ranges::binary_search(sources, *end);
  });
}

}  // namespace route
