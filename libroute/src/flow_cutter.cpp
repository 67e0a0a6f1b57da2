// SPDX-License-Identifier: Apache-2.0
#include "flow_cutter.hpp"

#include <algorithm>

namespace route {

FlowCutter::FlowCutter(const UndirectedGraph& graph)
    : graph_(graph), nodes_(graph.node_count()), used_(2 * graph.node_count()) {
  for (Side& side : sides_) {
    side.parent.resize(2 * graph.node_count());
  }
}

void FlowCutter::start(std::span<const std::uint32_t> first, std::span<const std::uint32_t> second,
                       std::span<const float> key) {
  std::fill(nodes_.begin(), nodes_.end(), Node{});
  for (Side& side : sides_) {
    side.terminals.clear();
    side.reached.clear();
    side.size = 0;
    side.terminal_count = 0;
  }
  key_ = key;
  flow_ = 0;
  fresh_ = true;
  unbounded_ = false;
  for (const std::uint32_t node : first) {
    make_terminal(node, 0);
  }
  for (const std::uint32_t node : second) {
    make_terminal(node, 1);
  }
  restart(0);
  search(0, false);
  saturate(0, false);
}

void FlowCutter::make_terminal(std::uint32_t node, std::size_t side) {
  Node& it = nodes_[node];
  Side& mine = sides_[side];
  mine.size += it.far[side] == 0 ? 1U : 0U;
  it.near[side] = it.far[side] = it.terminal[side] = 1;
  mine.terminals.push_back(node);
  ++mine.terminal_count;
}

void FlowCutter::reach_near(std::uint32_t node, Half from, std::size_t side) {
  Node& it = nodes_[node];
  if (it.near[side] != 0) {
    return;
  }
  it.near[side] = 1;
  if (it.far[side] == 0) {
    sides_[side].reached.push_back(node);
  }
  sides_[side].parent[std::size_t{2} * node] = from;
  queue_.push_back(2 * node);
}

void FlowCutter::reach_far(std::uint32_t node, Half from, std::size_t side) {
  Node& it = nodes_[node];
  if (it.far[side] != 0) {
    return;
  }
  it.far[side] = 1;
  ++sides_[side].size;
  if (it.near[side] == 0) {
    sides_[side].reached.push_back(node);
  }
  sides_[side].parent[std::size_t{2} * node + 1] = from;
  queue_.push_back(2 * node + 1);
}

/// Goes on from one half along the residual graph: out to all neighbours from the far half, back
/// along the flow from the near half of a node that carries some.
void FlowCutter::search_from(Half half, std::size_t side) {
  const std::uint32_t node = half / 2;
  if (half % 2 == 0) {
    reach_far(carries_flow(node) ? nodes_[node].link[side] : node, half, side);
    return;
  }
  for (const std::uint32_t neighbour : graph_.at(node)) {
    if (nodes_[neighbour].terminal[1 - side] != 0) {
      unbounded_ = unbounded_ || nodes_[node].terminal[side] != 0;
      hits_.push_back(half);
      return;
    }
    reach_near(neighbour, half, side);
  }
  reach_near(node, half, side);
}

/// Works off the queue; collects where it met the other side.
void FlowCutter::search(std::size_t side, bool first_hit_only) {
  hits_.clear();
  for (std::size_t next = 0; next < queue_.size() && !unbounded_; ++next) {
    search_from(queue_[next], side);
    if (first_hit_only && !hits_.empty()) {
      break;
    }
  }
  queue_.clear();
}

/// Forgets everything reached but the terminals, and puts those at the border into the queue.
void FlowCutter::restart(std::size_t side) {
  Side& mine = sides_[side];
  for (const std::uint32_t node : mine.reached) {
    Node& it = nodes_[node];
    if (it.terminal[side] == 0) {
      it.near[side] = it.far[side] = 0;
    }
  }
  mine.reached.clear();
  mine.size = mine.terminal_count;
  std::erase_if(mine.terminals, [&](std::uint32_t node) {
    return std::ranges::all_of(graph_.at(node), [&](std::uint32_t neighbour) {
      return nodes_[neighbour].terminal[side] != 0;
    });
  });
  queue_.clear();
  for (const std::uint32_t node : mine.terminals) {
    queue_.push_back(2 * node + 1);
  }
}

bool FlowCutter::path_is_free(Half last, std::size_t side) {
  Half half = last;
  while (nodes_[half / 2].terminal[side] == 0) {
    if (used_[half] != 0) {
      return false;
    }
    half = sides_[side].parent[half];
  }
  return true;
}

/// Sends one unit of flow along the path found, from its end backwards.
void FlowCutter::augment(Half last, std::size_t side) {
  const auto& parent = sides_[side].parent;
  nodes_[last / 2].link[1 - side] = *std::ranges::find_if(
      graph_.at(last / 2),
      [&](std::uint32_t neighbour) { return nodes_[neighbour].terminal[1 - side] != 0; });
  for (Half half = last; nodes_[half / 2].terminal[side] == 0; half = parent[half]) {
    used_[half] = 1;
    if (half % 2 == 1) {
      continue;
    }
    const std::uint32_t node = half / 2;
    const std::uint32_t before = parent[half] / 2;
    if (before == node) {  // went back through the node: it carries no flow any more
      nodes_[node].link = {kNone, kNone};
    } else {
      nodes_[node].link[side] = before;
      if (nodes_[before].terminal[side] == 0) {
        nodes_[before].link[1 - side] = node;
      }
    }
  }
  ++flow_;
}

/// From hits to a maximum flow and what both sides reach under it.
void FlowCutter::saturate(std::size_t side, bool one_by_one) {
  bool changed = false;
  while (!hits_.empty() && !unbounded_) {
    changed = true;
    std::vector<Half> ends;
    ends.swap(hits_);
    std::fill(used_.begin(), used_.end(), 0);
    for (const Half end : ends) {
      if (path_is_free(end, side)) {
        augment(end, side);
      }
    }
    restart(side);
    search(side, one_by_one);
  }
  if (changed || fresh_) {
    restart(1 - side);
    search(1 - side, true);
  }
}

void FlowCutter::absorb(std::size_t side) {
  Side& mine = sides_[side];
  for (const std::uint32_t node : mine.reached) {
    if (nodes_[node].far[side] != 0 && nodes_[node].terminal[side] == 0) {
      make_terminal(node, side);
    }
  }
  std::erase_if(mine.reached, [&](std::uint32_t node) { return nodes_[node].terminal[side] != 0; });
}

/// A node of the side's separator, rather one that the other side does not reach, for then the
/// flow need not grow; rather one that lies far back.
std::uint32_t FlowCutter::piercing_node(std::size_t side) const {
  std::uint32_t best = kNone;
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    const bool costs_a = nodes_[a].near[1 - side] != 0;
    const bool costs_b = nodes_[b].near[1 - side] != 0;
    if (costs_a != costs_b) {
      return costs_b;
    }
    return side == 0 ? key_[a] < key_[b] : key_[a] > key_[b];
  };
  for (const std::uint32_t node : sides_[side].reached) {
    if (best == kNone || better(node, best)) {
      best = node;
    }
  }
  return best;
}

bool FlowCutter::pierce(std::size_t side) {
  absorb(side);
  const std::uint32_t node = piercing_node(side);
  if (node == kNone) {
    return false;
  }
  make_terminal(node, side);
  std::erase(sides_[side].reached, node);
  queue_.assign(1, 2 * node + 1);
  search(side, true);
  saturate(side, true);
  return !unbounded_;
}

void FlowCutter::look_at_cuts() {
  const std::size_t all = nodes_.size();
  std::array<std::size_t, 2> smaller{};
  for (std::size_t side = 0; side < 2; ++side) {
    smaller[side] = std::min(sides_[side].size, all - flow_ - sides_[side].size);
  }
  cut_side_ = smaller[0] >= smaller[1] ? 0U : 1U;
  expansion_ = static_cast<double>(flow_) / static_cast<double>(smaller[cut_side_]);
}

bool FlowCutter::next_cut(double bound) {
  if (unbounded_) {
    return false;
  }
  if (!fresh_) {
    const std::size_t side = sides_[0].size <= sides_[1].size ? 0U : 1U;
    if (2 * sides_[side].size >= nodes_.size() - flow_ || !pierce(side)) {
      return false;
    }
  }
  fresh_ = false;
  look_at_cuts();
  const double best_possible =
      2 * static_cast<double>(flow_) / static_cast<double>(nodes_.size() - flow_);
  return best_possible < bound;
}

void FlowCutter::copy_parts(std::vector<Part>& parts) const {
  const Part mine = cut_side_ == 0 ? Part::First : Part::Second;
  const Part other = cut_side_ == 0 ? Part::Second : Part::First;
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    const Node& it = nodes_[node];
    parts[node] = it.far[cut_side_] != 0 ? mine : it.near[cut_side_] != 0 ? Part::Separator : other;
  }
}

}  // namespace route
