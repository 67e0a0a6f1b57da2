// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "disjoint_sets.hpp"
#include "route/blockage_study.hpp"
#include "route/counted_random.hpp"
#include "route/dijkstra.hpp"

namespace route {

/// The rubble of one scenario: what was drawn for every road.
class Rubble {
 public:
  Rubble(const RoadGraph& graph, std::uint64_t seed) : seed_(seed), drawn_(graph.edge_count()) {}

  void draw(std::uint32_t scenario);
  [[nodiscard]] bool blocks(EdgeId edge, const BlockageChances& chances) const {
    return drawn_[edge] < chances[edge];
  }
  /// Whether the rubble of a blocked road lies between two fractions of its length.
  [[nodiscard]] bool lies_within(EdgeId edge, double from, double to) const;

 private:
  std::uint64_t seed_;
  std::uint32_t scenario_ = 0;
  IdVector<EdgeId, std::uint32_t> drawn_;
};

/// What is the same in all scenarios of a group. Roads that are never blocked and open in both
/// directions are contracted: their ends are one *place*.
struct Scenery {
  Scenery(const RoadGraph& roads, const ExposedUsers& exposed);

  struct Link {
    std::uint32_t from = 0;  // places
    std::uint32_t to = 0;
    EdgeId edge;
  };
  /// A piece of the road a way begins or ends on.
  struct Piece {
    EdgeId edge;
    double from = 0;
    double to = 0;
  };
  struct Way {
    std::vector<EdgeId> edges;  // whole ones that may be blocked
    std::vector<Piece> pieces;
    std::uint32_t target = 0;  // ways to one place have the same number
  };

  const RoadGraph& graph;
  const ExposedUsers& users;
  IdVector<NodeId, std::uint32_t> place;
  std::uint32_t places = 0;
  std::vector<Link> both_ways;
  std::vector<Link> one_way;
  std::vector<Way> ways;
  std::uint32_t targets = 0;

 private:
  void contract();
  void lay_out_ways();
};

/// Who still gets where in one scenario of one group. Owns scratch memory; one per thread.
class OpenWays {
 public:
  OpenWays(const Scenery& scenery, const Rubble& rubble)
      : scenery_(scenery), rubble_(rubble), parts_(scenery.places), reaching_(scenery.targets) {}

  void begin_scenario();
  [[nodiscard]] bool is_cut(std::size_t way) const;
  /// Whether any way is open to the target of a way.
  [[nodiscard]] bool is_connected(std::size_t way);

 private:
  using Ends = std::array<std::optional<std::uint32_t>, 2>;  // parts
  void join_parts();
  [[nodiscard]] bool passes(EdgeId edge, ArcId arc, double from, double to) const;
  [[nodiscard]] bool connected_on_the_road(const PlannedWay& way) const;
  [[nodiscard]] Ends ends(const RoadPosition& at, Direction direction);
  /// Parts from which one gets to the ends over one-way roads, sorted.
  [[nodiscard]] const std::vector<std::uint32_t>& reaching(std::uint32_t target, const Ends& ends);

  const Scenery& scenery_;
  const Rubble& rubble_;
  DisjointSets parts_;
  bool joined_ = false;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> into_;  // one-way roads: to part, from part
  std::vector<std::vector<std::uint32_t>> reaching_;           // by target; empty = not known yet
};

}  // namespace route
