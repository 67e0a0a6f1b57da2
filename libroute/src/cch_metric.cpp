// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <functional>
#include <queue>

#include "cch_kernels.hpp"
#include "route/contraction_hierarchy.hpp"
#include "route/error.hpp"

namespace route {
namespace {

constexpr std::size_t kPage = 1024;  // weights

/// The change of one node's slots and which nodes it can matter to.
class Spread {
 public:
  Spread(const CchTopology& topology, std::size_t lanes, std::span<const Weight> packed)
      : topology_(topology), lanes_(lanes), packed_(packed) {}

  /// Calls `affected(node)` for every node one of whose slots lies above a triangle through `low`
  /// that used to be as short as the slot, or has become shorter. `before` are the slots of `low`
  /// as they were.
  template <class Affected>
  void look(Rank low, std::span<const Weight> before, const Affected& affected) const {
    const std::uint32_t begin = topology_.slots_begin(low);
    const std::uint32_t end = topology_.slots_end(low);
    Rank middle = topology_.parent(low);
    for (std::uint32_t slot = begin; slot + 1 < end; ++slot) {
      while (topology_.level(middle) != topology_.head_levels()[slot]) {
        middle = topology_.parent(middle);
      }
      if (matters(slot, begin, end, middle, before)) {
        affected(middle);
      }
    }
  }

 private:
  [[nodiscard]] bool matters(std::uint32_t slot, std::uint32_t begin, std::uint32_t end,
                             Rank middle, std::span<const Weight> before) const {
    const auto levels = topology_.head_levels();
    std::uint32_t above = topology_.slots_begin(middle);
    for (std::uint32_t other = slot + 1; other < end; ++other) {
      while (levels[above] != levels[other]) {
        ++above;
      }
      const Weight* const was_one = &before[std::size_t{slot - begin} * 2 * lanes_];
      const Weight* const was_two = &before[std::size_t{other - begin} * 2 * lanes_];
      const Weight* const is_one = &packed_[std::size_t{slot} * 2 * lanes_];
      const Weight* const is_two = &packed_[std::size_t{other} * 2 * lanes_];
      const Weight* const top = &packed_[std::size_t{above} * 2 * lanes_];
      for (std::size_t lane = 0; lane < lanes_; ++lane) {
        const std::size_t down = lanes_ + lane;
        if (changes(was_one[down] + was_two[lane], is_one[down] + is_two[lane], top[lane]) ||
            changes(was_one[lane] + was_two[down], is_one[lane] + is_two[down], top[down])) {
          return true;
        }
      }
    }
    return false;
  }

  static bool changes(Weight was, Weight is, Weight top) {
    return is < top || (was <= top && is > was);
  }

  const CchTopology& topology_;
  std::size_t lanes_;
  std::span<const Weight> packed_;
};

}  // namespace

CchMetric::CchMetric(const CchTopology& topology, Weights weights, Simd simd)
    : topology_(&topology),
      simd_(simd),
      profiles_(weights.size()),
      lanes_(std::bit_ceil(weights.size())),
      packed_(lines(2 * lanes_ * topology.arc_count())),
      stride_(topology.arc_count() / kPage * kPage + kPage + kPage / (2 * lanes_)),
      streams_(2 * lanes_ * stride_) {
  TOMONI_EXPECT(!weights.empty() && weights.size() <= kMostProfiles);
  customize(weights);
}

void CchMetric::customize(Weights weights) {
  TOMONI_EXPECT(weights.size() == profiles_);
  for (const auto& of_profile : weights) {
    TOMONI_EXPECT(of_profile.size() == topology_->input_arc_count());
  }
  auto row = lines(2 * lanes_ * topology_->levels());
  customize_kernels(lanes_, simd_)
      .all({*topology_, weights, packed().data(), row.front().weights.data(), streams_.data(),
            stride_});
}

/// Room for some weights, at least one line.
std::vector<CchMetric::Line> CchMetric::lines(std::size_t weights) {
  return std::vector<Line>(weights / std::tuple_size_v<decltype(Line::weights)> + 1);
}

/// Counts the triangles of all nodes a change can reach; an update looks at each about twice.
bool CchMetric::is_worth_updating(std::span<const ArcId> changed) const {
  std::vector<std::uint8_t> seen(topology_->node_count());
  std::uint64_t triangles = 0;
  for (const ArcId arc : changed) {
    const std::uint32_t slot = topology_->slot_of(arc);
    if (slot == CchTopology::kNone) {
      continue;
    }
    for (Rank node = topology_->tail(slot); node != CchTopology::kNone && seen[node] == 0;
         node = topology_->parent(node)) {
      seen[node] = 1;
      for (const CchTopology::SlotBelow below : topology_->slots_below(node)) {
        triangles += below.end - below.slot;
      }
    }
  }
  return 2 * triangles < topology_->triangle_count() + topology_->arc_count();
}

void CchMetric::update_arcs(Weights weights, std::span<const ArcId> changed) {
  TOMONI_EXPECT(weights.size() == profiles_);
  if (!is_worth_updating(changed)) {
    return customize(weights);
  }
  auto row = lines(2 * lanes_ * topology_->levels());
  const CustomizeWork work{*topology_,      weights, packed().data(), row.front().weights.data(),
                           streams_.data(), stride_};
  const auto recompute = customize_kernels(lanes_, simd_).one;
  const Spread spread(*topology_, lanes_, packed());

  std::priority_queue<Rank, std::vector<Rank>, std::greater<>> queue;
  std::vector<std::uint8_t> queued(topology_->node_count());
  const auto enqueue = [&](Rank node) {
    if (queued[node] == 0) {
      queued[node] = 1;
      queue.push(node);
    }
  };
  for (const ArcId arc : changed) {
    if (topology_->slot_of(arc) != CchTopology::kNone) {
      enqueue(topology_->tail(topology_->slot_of(arc)));
    }
  }
  std::vector<Weight> before;
  while (!queue.empty()) {
    const Rank node = queue.top();
    queue.pop();
    const auto own =
        packed().subspan(2 * lanes_ * topology_->slots_begin(node),
                         2 * lanes_ * (topology_->slots_end(node) - topology_->slots_begin(node)));
    before.assign(own.begin(), own.end());
    recompute(work, node);
    if (!std::ranges::equal(before, own)) {
      spread.look(node, before, enqueue);
    }
  }
}

}  // namespace route
