// SPDX-License-Identifier: Apache-2.0
#include "chains.hpp"

#include <algorithm>

namespace bench {
namespace {

using route::kInfinity;
using route::NodeId;
using route::Weight;

/// A neighbour, and the weights of the way there and back; `kInfinity` for none.
struct Link {
  std::uint32_t node;
  Weight there = kInfinity;
  Weight back = kInfinity;
};

class Links {
 public:
  explicit Links(std::size_t nodes) : of_(nodes) {}

  /// Adds the ways between two nodes, or shortens those that are.
  void add(std::uint32_t node, const Link& link) {
    improve(node, link);
    improve(link.node, {node, link.back, link.there});
  }

  /// Takes out every node with exactly two neighbours, and joins these.
  void collapse() {
    std::vector<std::uint32_t> waiting;
    for (auto node = static_cast<std::uint32_t>(of_.size()); node-- > 0;) {
      waiting.push_back(node);
    }
    while (!waiting.empty()) {
      const std::uint32_t node = waiting.back();
      waiting.pop_back();
      if (of_[node].size() != 2) {
        continue;
      }
      const Link one = of_[node][0];
      const Link two = of_[node][1];
      of_[node].clear();
      remove(one.node, node);
      remove(two.node, node);
      add(one.node, {two.node, route::add(one.back, two.there), route::add(two.back, one.there)});
      waiting.push_back(one.node);  // where the new way runs beside another, they lost a neighbour
      waiting.push_back(two.node);
    }
  }

  [[nodiscard]] const std::vector<Link>& at(std::uint32_t node) const { return of_[node]; }

 private:
  void improve(std::uint32_t node, const Link& link) {
    const auto found = std::ranges::find(of_[node], link.node, &Link::node);
    if (found == of_[node].end()) {
      of_[node].push_back(link);
      return;
    }
    found->there = std::min(found->there, link.there);
    found->back = std::min(found->back, link.back);
  }
  void remove(std::uint32_t from, std::uint32_t neighbour) {
    std::erase_if(of_[from], [neighbour](const Link& link) { return link.node == neighbour; });
  }

  std::vector<std::vector<Link>> of_;
};

}  // namespace

Net collapse_chains(const route::NetView& net, std::span<const Weight> weights,
                    std::span<const std::uint8_t> marked) {
  const auto nodes = static_cast<std::uint32_t>(net.node_count());
  Links links(nodes);
  for (std::uint32_t tail = 0; tail < nodes; ++tail) {
    for (std::uint32_t arc = net.first_out[tail]; arc < net.first_out[tail + 1]; ++arc) {
      const std::uint32_t head = net.heads[arc].value;
      if (weights[arc] < kInfinity && head != tail && marked[tail] != 0 && marked[head] != 0) {
        links.add(tail, {head, weights[arc], kInfinity});
      }
    }
  }
  links.collapse();

  std::vector<NodeId> number(nodes);
  std::uint32_t stay = 0;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    if (!links.at(node).empty()) {
      number[node] = NodeId{stay++};
    }
  }
  Net small;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    auto neighbours = links.at(node);
    if (neighbours.empty()) {
      continue;
    }
    std::ranges::sort(neighbours, {}, &Link::node);
    for (const Link& link : neighbours) {
      if (link.there < kInfinity) {
        small.heads.push_back(number[link.node]);
        small.weights.push_back(link.there);
      }
    }
    small.first_out.push_back(static_cast<std::uint32_t>(small.heads.size()));
    small.positions.push_back(net.positions[node]);
  }
  return small;
}

}  // namespace bench
