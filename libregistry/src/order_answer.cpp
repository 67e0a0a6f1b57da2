// SPDX-License-Identifier: Apache-2.0
#include "registry/order_answer.hpp"

#include <algorithm>

namespace registry {
namespace {

constexpr int kFirstLevel = 3;

bool covers(const EvacOrder& order, const AreaRef& area, const AreaTree& tree) {
  return order.whole_city || std::ranges::any_of(order.areas, [&](const AreaRef& outer) {
           return tree.lies_in(area, outer);
         });
}

/// Every area behind a name is covered by one order or another.
bool all_covered(const std::vector<AreaRef>& areas, const std::vector<GivenOrder>& given,
                 const AreaTree& tree) {
  return !areas.empty() && std::ranges::all_of(areas, [&](const AreaRef& area) {
    return std::ranges::any_of(
        given, [&](const GivenOrder& each) { return covers(each.order, area, tree); });
  });
}

/// Whether the order says anything of where the proposal holds.
bool touches(const GivenOrder& each, const OrderProposal& proposal,
             const std::vector<std::vector<AreaRef>>& areas_of, const AreaTree& tree) {
  if (proposal.whole_city || each.order.whole_city) {
    return true;
  }
  return std::ranges::any_of(areas_of, [&](const std::vector<AreaRef>& areas) {
    return std::ranges::any_of(areas, [&](const AreaRef& area) {
      return covers(each.order, area, tree) ||
             std::ranges::any_of(each.order.areas,
                                 [&](const AreaRef& inner) { return tree.lies_in(inner, area); });
    });
  });
}

}  // namespace

OrderAnswer answer_to(const OrderProposal& proposal,
                      const std::vector<std::vector<AreaRef>>& areas_of,
                      const std::vector<GivenOrder>& given, const AreaTree& tree) {
  OrderAnswer answer;
  for (const GivenOrder& each : given) {
    if (static_cast<int>(each.order.level) + kFirstLevel >= proposal.level &&
        touches(each, proposal, areas_of, tree)) {
      answer.given.push_back(each);
    }
  }
  const bool everywhere = std::ranges::any_of(
      answer.given, [](const GivenOrder& each) { return each.order.whole_city; });
  answer.covers =
      everywhere || (!proposal.whole_city && !areas_of.empty() &&
                     std::ranges::all_of(areas_of, [&](const std::vector<AreaRef>& areas) {
                       return all_covered(areas, answer.given, tree);
                     }));
  return answer;
}

}  // namespace registry
