// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "elimination.hpp"
#include "separator.hpp"

namespace route {

/// Minimum vertex separators between two growing sets of nodes: a maximum flow where every node
/// passes one unit gives a separator of as many nodes; then the smaller side takes in all it can
/// reach and one node of its separator more, and the flow goes on. The separators get larger and
/// more balanced (Hamann and Strasser, Graph Bisection with Pareto Optimization, 2018, here with
/// node capacities).
class FlowCutter {
 public:
  explicit FlowCutter(const UndirectedGraph& graph);

  /// Begins anew between two sets of nodes that do not overlap. Nodes with a small `key` belong
  /// rather to the first set, nodes with a large one to the second. `key` must outlive the use.
  void start(std::span<const std::uint32_t> first, std::span<const std::uint32_t> second,
             std::span<const float> key);

  /// Goes to the next separator. False when there is none, or none that could have an expansion
  /// below `bound`.
  bool next_cut(double bound);

  /// Nodes in the separator for each node of the smaller part.
  [[nodiscard]] double expansion() const { return expansion_; }
  void copy_parts(std::vector<Part>& parts) const;

 private:
  // Each node has two halves; flow enters at one and leaves at the other. Seen from a side (0 = the
  // first set, where flow comes from, 1 = the second, where it goes to) the near half is the one a
  // search from that side meets first.
  using Half = std::uint32_t;  // node * 2 + (0 near, 1 far)
  static constexpr std::uint32_t kNone = Elimination::kGone;

  struct Node {
    std::array<std::uint32_t, 2> link{kNone, kNone};  // the flow's neighbour towards either side
    std::array<std::uint8_t, 2> near{};               // reached by the search of either side
    std::array<std::uint8_t, 2> far{};
    std::array<std::uint8_t, 2> terminal{};
  };
  struct Side {
    std::vector<std::uint32_t> terminals;  // those that may have neighbours which are none
    std::vector<std::uint32_t> reached;    // nodes that are no terminals, by near half or both
    std::vector<Half> parent;              // by half
    std::size_t size = 0;                  // nodes whose far half is reached, terminals included
    std::size_t terminal_count = 0;
  };

  [[nodiscard]] bool carries_flow(std::uint32_t node) const {
    return nodes_[node].link[0] != kNone;
  }
  void make_terminal(std::uint32_t node, std::size_t side);
  void reach_near(std::uint32_t node, Half from, std::size_t side);
  void reach_far(std::uint32_t node, Half from, std::size_t side);
  void search_from(Half half, std::size_t side);
  void search(std::size_t side, bool first_hit_only);
  void restart(std::size_t side);
  bool path_is_free(Half last, std::size_t side);
  void augment(Half last, std::size_t side);
  void saturate(std::size_t side, bool one_by_one);
  void absorb(std::size_t side);
  [[nodiscard]] std::uint32_t piercing_node(std::size_t side) const;
  bool pierce(std::size_t side);
  void look_at_cuts();

  const UndirectedGraph& graph_;
  std::span<const float> key_;
  std::vector<Node> nodes_;
  std::array<Side, 2> sides_;
  std::vector<Half> queue_;
  std::vector<Half> hits_;
  std::vector<std::uint8_t> used_;  // by half, during one round of augmentations
  std::size_t flow_ = 0;
  bool fresh_ = true;
  bool unbounded_ = false;    // a terminal of one side is next to one of the other
  std::size_t cut_side_ = 0;  // whose reach is the better cut
  double expansion_ = 0;
};

}  // namespace route
