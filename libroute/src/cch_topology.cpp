// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>
#include <numeric>

#include "route/contraction_hierarchy.hpp"
#include "route/error.hpp"

namespace route {
namespace {

/// Upper neighbours in ascending order, by position in the order of contraction.
using Upper = std::vector<std::vector<std::uint32_t>>;

/// Contracts the nodes in order: the upper neighbours of a node become neighbours of each other.
/// It is enough to hand them to the lowest of them, who does the same in its turn.
Upper contract(const NetView& net, std::span<const std::uint32_t> position) {
  Upper upper(net.node_count());
  for (std::uint32_t tail = 0; tail < net.node_count(); ++tail) {
    for (std::uint32_t arc = net.first_out[tail]; arc < net.first_out[tail + 1]; ++arc) {
      const auto [low, high] = std::minmax(position[tail], position[net.heads[arc].value]);
      if (low != high) {
        upper[low].push_back(high);
      }
    }
  }
  std::vector<std::uint32_t> merged;
  for (auto& own : upper) {
    std::ranges::sort(own);
    own.erase(std::unique(own.begin(), own.end()), own.end());
  }
  // The neighbours handed on are sorted, but several lower nodes hand on to one: it merges them.
  for (std::uint32_t low = 0; low < upper.size(); ++low) {
    if (upper[low].size() < 2) {
      continue;
    }
    auto& next = upper[upper[low].front()];
    merged.clear();
    std::ranges::set_union(next, std::span(upper[low]).subspan(1), std::back_inserter(merged));
    next.swap(merged);
  }
  return upper;
}

/// Children in ascending order, then a walk that numbers each node after its subtree.
std::vector<std::uint32_t> post_order(const Upper& upper) {
  const auto count = static_cast<std::uint32_t>(upper.size());
  std::vector<std::uint32_t> size(count, 1);  // of the subtree
  for (std::uint32_t node = 0; node < count; ++node) {
    if (!upper[node].empty()) {
      size[upper[node].front()] += size[node];
    }
  }
  // From the top down: a node takes the last number of its run, its children share the rest.
  std::vector<std::uint32_t> end(count + 1, count);  // end of the run left to a node's children
  std::vector<std::uint32_t> rank(count);
  for (std::uint32_t node = count; node-- > 0;) {
    std::uint32_t& free_end = end[upper[node].empty() ? count : upper[node].front()];
    rank[node] = free_end - 1;
    free_end -= size[node];
    end[node] = rank[node];
  }
  return rank;
}

}  // namespace

CchTopology::CchTopology(const NetView& net, std::span<const NodeId> order) {
  const auto count = static_cast<std::uint32_t>(net.node_count());
  TOMONI_EXPECT(order.size() == count);
  std::vector<std::uint32_t> position(count, kNone);
  for (std::uint32_t i = 0; i < count; ++i) {
    TOMONI_EXPECT(order[i].value < count && position[order[i].value] == kNone);
    position[order[i].value] = i;
  }
  Upper upper = contract(net, position);
  const auto rank_of = post_order(upper);
  rank_.resize(count);
  node_.resize(count);
  for (std::uint32_t node = 0; node < count; ++node) {
    rank_[node] = rank_of[position[node]];
    node_[rank_[node]] = NodeId{node};
  }
  Upper by_rank(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    for (std::uint32_t& head : upper[i]) {
      head = rank_of[head];
    }
    by_rank[rank_of[i]].swap(upper[i]);
  }
  lay_out_tree(by_rank);
  lay_out_slots(by_rank);
  lay_out_inputs(net);
}

/// Parents and levels: the first upper neighbour is the parent.
void CchTopology::lay_out_tree(const Upper& upper) {
  const auto count = static_cast<Rank>(upper.size());
  parent_.assign(count, kNone);
  std::vector<std::uint32_t> depth(count, 0);
  for (Rank rank = count; rank-- > 0;) {
    if (!upper[rank].empty()) {
      parent_[rank] = upper[rank].front();
      depth[rank] = depth[parent_[rank]] + 1;
    }
    levels_ = std::max<std::size_t>(levels_, depth[rank] + 1);
  }
  if (levels_ > std::size_t{std::numeric_limits<Level>::max()} + 1) {
    throw Error("道路網の階層が65,536段を超えています。範囲を狭めて読み込んでください");
  }
  level_.resize(count);
  for (Rank rank = 0; rank < count; ++rank) {
    level_[rank] = static_cast<Level>(levels_ - 1 - depth[rank]);
  }
}

void CchTopology::lay_out_slots(const Upper& upper) {
  const auto count = static_cast<Rank>(upper.size());
  first_slot_.assign(count + 1, 0);
  first_below_.assign(count + 1, 0);
  for (Rank rank = 0; rank < count; ++rank) {
    first_slot_[rank + 1] = first_slot_[rank] + static_cast<std::uint32_t>(upper[rank].size());
    for (const Rank head : upper[rank]) {
      head_level_.push_back(level_[head]);
      tail_.push_back(rank);
      first_below_[head + 1] += head == upper[rank].back() ? 0U : 1U;
    }
  }
  std::partial_sum(first_below_.begin(), first_below_.end(), first_below_.begin());
  below_.resize(first_below_.back());
  auto next = first_below_;
  for (Rank rank = 0; rank < count; ++rank) {
    const std::uint32_t end = first_slot_[rank + 1];
    for (std::uint32_t slot = first_slot_[rank]; slot + 1 < end; ++slot) {
      below_[next[upper[rank][slot - first_slot_[rank]]]++] = {slot, end};
      triangles_ += end - slot - 1;
    }
  }
  // Runs of one length follow each other, so that the processor guesses their ends right.
  for (Rank rank = 0; rank < count; ++rank) {
    std::sort(below_.begin() + first_below_[rank], below_.begin() + first_below_[rank + 1],
              [](const SlotBelow& a, const SlotBelow& b) {
                return std::pair(a.end - a.slot, a.slot) < std::pair(b.end - b.slot, b.slot);
              });
  }
}

void CchTopology::lay_out_inputs(const NetView& net) {
  slot_of_input_.assign(net.arc_count(), kNone);
  first_input_.assign(node_count() + 1, 0);
  for (std::uint32_t tail = 0; tail < node_count(); ++tail) {
    for (std::uint32_t arc = net.first_out[tail]; arc < net.first_out[tail + 1]; ++arc) {
      const Rank from = rank_[tail];
      const Rank to = rank_[net.heads[arc].value];
      if (from == to) {
        continue;
      }
      const Rank low = std::min(from, to);
      const auto place =
          std::lower_bound(head_level_.begin() + first_slot_[low],
                           head_level_.begin() + first_slot_[low + 1], level_[std::max(from, to)]);
      slot_of_input_[arc] = static_cast<std::uint32_t>(place - head_level_.begin());
      inputs_.push_back({slot_of_input_[arc], ArcId{arc}, from < to ? 0U : 1U});
      ++first_input_[low + 1];
    }
  }
  std::partial_sum(first_input_.begin(), first_input_.end(), first_input_.begin());
  std::ranges::sort(inputs_, [](const Input& a, const Input& b) {
    return std::pair(a.slot, a.arc) < std::pair(b.slot, b.arc);
  });
}

}  // namespace route
