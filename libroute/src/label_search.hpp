// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "route/dijkstra.hpp"

// Label setting (Dijkstra 1959) for any label that is totally ordered and never falls along an arc:
// durations, latest departures, pairs. Nodes are settled in order of label, then of id.

namespace route {

/// A node waiting in the queue with the label it was pushed with.
template <class Label>
struct QueueEntry {
  NodeId node;
  Label label{};

  friend bool operator<(const QueueEntry& a, const QueueEntry& b) {
    if constexpr (sizeof(Label) == sizeof(std::uint32_t)) {  // one comparison instead of two
      return (std::uint64_t{a.label} << 32 | a.node.value) <
             (std::uint64_t{b.label} << 32 | b.node.value);
    } else {
      return a.label != b.label ? a.label < b.label : a.node < b.node;
    }
  }
};

/// Smallest entry first. Four children to a node: half the levels of a binary heap, and the
/// children of a node share a cache line.
template <class Entry>
class QuadHeap {
 public:
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  void clear() { entries_.clear(); }

  void push(Entry entry) {
    std::size_t hole = entries_.size();
    entries_.push_back(entry);
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / kArity;
      if (!(entry < entries_[parent])) {
        break;
      }
      entries_[hole] = entries_[parent];
      hole = parent;
    }
    entries_[hole] = entry;
  }

  Entry pop() {
    const Entry top = entries_.front();
    const Entry last = entries_.back();
    entries_.pop_back();
    if (!entries_.empty()) {
      sink(last);
    }
    return top;
  }

 private:
  static constexpr std::size_t kArity = 4;

  /// Puts `entry` in place of the first one.
  void sink(Entry entry) {
    const std::size_t size = entries_.size();
    std::size_t hole = 0;
    for (std::size_t first = 1; first < size; first = hole * kArity + 1) {
      std::size_t least = first;
      const std::size_t end = std::min(first + kArity, size);
      for (std::size_t child = first + 1; child < end; ++child) {
        least = entries_[child] < entries_[least] ? child : least;
      }
      if (!(entries_[least] < entry)) {
        break;
      }
      entries_[hole] = entries_[least];
      hole = least;
    }
    entries_[hole] = entry;
  }

  std::vector<Entry> entries_;
};

template <class Label>
struct LabelTree {
  IdVector<NodeId, Label> label;
  IdVector<NodeId, ArcId> via;  ///< as in `SearchTree`
};

template <class Label>
struct LabelSearch {
  const RoadGraph& graph;
  Direction direction;
  Label unreached;  ///< no label is above it
};

/// `extend(label, arc)` is the label at the other end of an arc, `unreached` for a ban.
/// `on_settled(node, label)` is called once per node; the search ends early when it answers false.
template <class Label, class Extend, class OnSettled>
LabelTree<Label> label_search(const LabelSearch<Label>& what,
                              std::span<const QueueEntry<Label>> seeds, Extend extend,
                              OnSettled on_settled) {
  const RoadGraph& graph = what.graph;
  LabelTree<Label> tree{IdVector<NodeId, Label>(graph.node_count(), what.unreached),
                        IdVector<NodeId, ArcId>(graph.node_count())};
  QuadHeap<QueueEntry<Label>> queue;
  const auto reach = [&tree, &queue](NodeId node, Label label, ArcId via) {
    if (label < tree.label[node]) {
      tree.label[node] = label;
      tree.via[node] = via;
      queue.push({node, label});
    }
  };
  for (const QueueEntry<Label>& seed : seeds) {
    reach(seed.node, seed.label, ArcId{});
  }
  while (!queue.empty()) {
    const auto [node, label] = queue.pop();
    if (tree.label[node] < label) {
      continue;  // an older, larger entry of a node settled before
    }
    if (!on_settled(node, label)) {
      break;
    }
    if (what.direction == Direction::Forward) {
      for (const ArcId arc : graph.arcs_out(node)) {
        reach(graph.head(arc), extend(label, arc), arc);
      }
    } else {
      for (const ArcId arc : graph.arcs_in(node)) {
        reach(graph.tail(arc), extend(label, arc), arc);
      }
    }
  }
  return tree;
}

}  // namespace route
