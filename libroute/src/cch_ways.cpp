// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "route/contraction_hierarchy.hpp"
#include "route/error.hpp"

namespace route {

CchWays::CchWays(const CchMetric& metric, std::size_t profile, std::span<const Weight> weights)
    : topology_(&metric.topology()), via_(2 * topology_->arc_count(), CchTopology::kNone) {
  TOMONI_EXPECT(weights.size() == topology_->input_arc_count() && weights.size() < kArc);
  const auto up = metric.up(profile);
  const auto down = metric.down(profile);
  const auto levels = topology_->head_levels();
  std::vector<std::uint32_t> slot_at(topology_->levels());
  const auto offer = [&](std::size_t place, Weight length, Weight weight, std::uint32_t via) {
    if (length == weight && via_[place] == CchTopology::kNone) {
      via_[place] = via;
    }
  };
  for (Rank node = 0; node < topology_->node_count(); ++node) {
    for (const CchTopology::Input& input : topology_->inputs(node)) {
      const Weight length = (input.down != 0 ? down : up)[input.slot];
      offer(std::size_t{2} * input.slot + input.down, length, weights[input.arc.value],
            kArc | input.arc.value);
    }
    for (std::uint32_t slot = topology_->slots_begin(node); slot < topology_->slots_end(node);
         ++slot) {
      slot_at[levels[slot]] = slot;
    }
    for (const CchTopology::SlotBelow below : topology_->slots_below(node)) {
      for (std::uint32_t other = below.slot + 1; other < below.end; ++other) {
        const std::uint32_t slot = slot_at[levels[other]];
        offer(std::size_t{2} * slot, up[slot], down[below.slot] + up[other], below.slot);
        offer(std::size_t{2} * slot + 1, down[slot], up[below.slot] + down[other], below.slot);
      }
    }
  }
}

void CchWays::append_arcs(std::uint32_t slot, bool down, std::vector<ArcId>& arcs) const {
  const std::uint32_t via = via_[std::size_t{2} * slot + (down ? 1 : 0)];
  TOMONI_EXPECT(via != CchTopology::kNone);
  if (via >= kArc) {
    arcs.push_back(ArcId{via - kArc});
    return;
  }
  const auto levels = topology_->head_levels();
  std::uint32_t other = via + 1;
  while (levels[other] != levels[slot]) {
    ++other;
  }
  // `via` joins the lowest node to the slot's lower end, `other` to its upper end.
  append_arcs(down ? other : via, true, arcs);
  append_arcs(down ? via : other, false, arcs);
}

}  // namespace route
