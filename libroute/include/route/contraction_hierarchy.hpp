// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "route/dijkstra.hpp"
#include "route/net_view.hpp"
#include "route/simd.hpp"
#include "route/units.hpp"

// Customizable contraction hierarchy (Dibbelt, Strasser and Wagner, Customizable Contraction
// Hierarchies, 2016) in three parts that change at different paces: the topology once per city,
// the metric whenever a road closes, the query a thousand times a second.

namespace route {

/// Place of a node in the hierarchy, 0 = contracted first. Subtrees of the elimination tree are
/// runs of consecutive ranks, and a node's ancestors have higher ranks.
using Rank = std::uint32_t;
/// Height above the lowest node of the tree; a root has the highest.
using Level = std::uint16_t;

/// The shortcuts of a graph under an order of its nodes: independent of weights. Immutable.
///
/// The upper neighbours of a node are its ancestors in the elimination tree, and on the way to the
/// root every level occurs once. So an arc names its upper end by level, and everything a search
/// remembers is an array by level that stays in the first-level cache.
class CchTopology {
 public:
  static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

  /// `order`: every node once, least important first (`nested_dissection`).
  CchTopology(const NetView& net, std::span<const NodeId> order);

  [[nodiscard]] std::size_t node_count() const { return parent_.size(); }
  /// Arcs of the hierarchy, each counted once for both directions.
  [[nodiscard]] std::size_t arc_count() const { return head_level_.size(); }
  [[nodiscard]] std::size_t input_arc_count() const { return slot_of_input_.size(); }
  /// Nodes on the longest way to a root.
  [[nodiscard]] std::size_t levels() const { return levels_; }
  /// Triangles below all arcs: the work of a full customization.
  [[nodiscard]] std::uint64_t triangle_count() const { return triangles_; }

  [[nodiscard]] Rank rank(NodeId node) const { return rank_[node.value]; }
  [[nodiscard]] NodeId node(Rank rank) const { return node_[rank]; }
  /// Parent in the elimination tree, or `kNone` for a root.
  [[nodiscard]] Rank parent(Rank rank) const { return parent_[rank]; }
  [[nodiscard]] Level level(Rank rank) const { return level_[rank]; }

  // An arc of the hierarchy is called a slot: those of a node lie together, lowest head first.
  [[nodiscard]] std::uint32_t slots_begin(Rank rank) const { return first_slot_[rank]; }
  [[nodiscard]] std::uint32_t slots_end(Rank rank) const { return first_slot_[rank + 1]; }
  [[nodiscard]] std::span<const Level> head_levels() const { return head_level_; }

  /// A slot that leads to a node from below, with the end of its tail's slots: those between, at
  /// least one, are the other sides of the triangles below.
  struct SlotBelow {
    std::uint32_t slot = 0;
    std::uint32_t end = 0;
  };
  [[nodiscard]] std::span<const SlotBelow> slots_below(Rank rank) const {
    return std::span(below_).subspan(first_below_[rank],
                                     first_below_[rank + 1] - first_below_[rank]);
  }

  /// An arc of the graph, at the slot it belongs to.
  struct Input {
    std::uint32_t slot = 0;
    ArcId arc;
    std::uint32_t down = 0;  ///< 0 = leads up the hierarchy, 1 = down
  };
  /// The arcs of the graph between a node and its upper neighbours.
  [[nodiscard]] std::span<const Input> inputs(Rank rank) const {
    return std::span(inputs_).subspan(first_input_[rank],
                                      first_input_[rank + 1] - first_input_[rank]);
  }
  /// Slot of an arc of the graph; `kNone` for a loop.
  [[nodiscard]] std::uint32_t slot_of(ArcId arc) const { return slot_of_input_[arc.value]; }
  /// The lower node of a slot.
  [[nodiscard]] Rank tail(std::uint32_t slot) const { return tail_[slot]; }

 private:
  using Upper = std::vector<std::vector<Rank>>;
  void lay_out_tree(const Upper& upper);
  void lay_out_slots(const Upper& upper);
  void lay_out_inputs(const NetView& net);

  std::vector<Rank> rank_;  // by node
  std::vector<NodeId> node_;
  std::vector<Rank> parent_;
  std::vector<Level> level_;
  std::vector<std::uint32_t> first_slot_;
  std::vector<Level> head_level_;
  std::vector<Rank> tail_;  // by slot
  std::vector<std::uint32_t> first_below_;
  std::vector<SlotBelow> below_;
  std::vector<std::uint32_t> first_input_;
  std::vector<Input> inputs_;
  std::vector<std::uint32_t> slot_of_input_;
  std::size_t levels_ = 0;
  std::uint64_t triangles_ = 0;
};

/// The weights of all slots for one to eight profiles at once: those of an arc lie side by side, so
/// that one step of the customization serves all of them.
class CchMetric {
 public:
  static constexpr std::size_t kMostProfiles = 8;
  /// By profile, then by arc of the graph; at most `kInfinity`.
  using Weights = std::span<const std::span<const Weight>>;

  /// Customizes: every slot gets the length of the shortest way below it. The topology must outlive
  /// the metric. The result does not depend on `simd`.
  CchMetric(const CchTopology& topology, Weights weights, Simd simd = best_simd());

  /// Customizes anew, for as many profiles as before.
  void customize(Weights weights);
  /// Takes over the new weights of some arcs; the result equals a new customization, and is one
  /// where that is quicker. `weights` holds the weights of all arcs after the change.
  void update_arcs(Weights weights, std::span<const ArcId> changed);

  [[nodiscard]] const CchTopology& topology() const { return *topology_; }
  [[nodiscard]] Simd simd() const { return simd_; }
  [[nodiscard]] std::size_t profile_count() const { return profiles_; }
  /// By slot: the way up the hierarchy, from the tail.
  [[nodiscard]] std::span<const Weight> up(std::size_t profile) const { return stream(profile); }
  /// By slot: the way down the hierarchy, to the tail.
  [[nodiscard]] std::span<const Weight> down(std::size_t profile) const {
    return stream(lanes_ + profile);
  }

 private:
  /// Weights in memory as a vector of any width wants them.
  struct alignas(64) Line {
    std::array<Weight, 16> weights;
  };
  static std::vector<Line> lines(std::size_t weights);
  [[nodiscard]] std::span<const Weight> stream(std::size_t lane) const {
    return std::span(streams_).subspan(lane * stride_, topology_->arc_count());
  }
  [[nodiscard]] bool is_worth_updating(std::span<const ArcId> changed) const;
  [[nodiscard]] std::span<Weight> packed() {
    return {packed_.front().weights.data(), 2 * lanes_ * topology_->arc_count()};
  }

  const CchTopology* topology_;
  Simd simd_;
  std::size_t profiles_;
  std::size_t lanes_;            // 1, 2, 4 or 8: profiles rounded up
  std::vector<Line> packed_;     // by slot: `lanes_` ways up, `lanes_` ways down
  std::size_t stride_;           // from lane to lane; lanes begin at different cache sets
  std::vector<Weight> streams_;  // the same, by lane
};

/// What every slot of a profile stands for: an arc of the graph or two slots below. Made once per
/// metric where the ways themselves are wanted, in about the time of a customization.
class CchWays {
 public:
  /// `weights`: those the profile was customized with, by arc of the graph.
  CchWays(const CchMetric& metric, std::size_t profile, std::span<const Weight> weights);

  /// Appends the arcs of a slot that is not infinite, in the order of travel.
  void append_arcs(std::uint32_t slot, bool down, std::vector<ArcId>& arcs) const;

 private:
  static constexpr std::uint32_t kArc = std::uint32_t{1} << 31;  // the rest is an arc of the graph

  const CchTopology* topology_;
  std::vector<std::uint32_t> via_;  // by slot, up and down: an arc, or the lower slot of a triangle
};

/// Shortest ways between nodes. Owns scratch memory and so serves one thread; make one per thread.
class CchQuery {
 public:
  /// The metric must outlive the query.
  explicit CchQuery(const CchMetric& metric, std::size_t profile = 0);

  /// Length of the shortest way; `kInfinity` if there is none.
  [[nodiscard]] Weight distance(NodeId from, NodeId to);
  /// From the best of some seeds to the best of others, their weights included. The seeds of a side
  /// must lie on one way to the root of the elimination tree, as the two ends of an edge do.
  [[nodiscard]] Weight distance(std::span<const Seed> from, std::span<const Seed> to);

  struct Way {
    Weight weight = 0;  ///< the weights of the seeds included
    NodeId from;        ///< the seeds it begins and ends at
    NodeId to;
    std::vector<ArcId> arcs;
  };
  /// The shortest way itself, or nothing. `ways` must be made for the same metric and profile.
  [[nodiscard]] std::optional<Way> way(std::span<const Seed> from, std::span<const Seed> to,
                                       const CchWays& ways);

 private:
  /// `to[i] = min(to[i], add + weights[i])` for `count` weights.
  using AddMin = void (*)(Weight* to, Weight add, const Weight* weights, std::uint32_t count);

  /// What one direction of the search knows about the ancestors of its start.
  struct Side {
    std::span<const Weight> stream;
    std::vector<Weight> distance;     // by level
    std::vector<std::uint32_t> slot;  // by level: the last slot on the way, or `kNone` at a seed
    std::vector<Rank> tail;           // by level: where that slot begins
  };

  Rank begin(Side& side, std::span<const Seed> seeds);
  template <bool kWithWay>
  void relax(Side& side, Rank node) const;
  void relax_both(Rank node);
  template <bool kWithWay>
  Rank meet(std::span<const Seed> from, std::span<const Seed> to);

  const CchTopology& topology_;
  AddMin add_min_;
  Side forward_;
  Side backward_;
  Weight best_ = kInfinity;
};

}  // namespace route
