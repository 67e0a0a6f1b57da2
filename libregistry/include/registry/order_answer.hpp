// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/alert.hpp"
#include "registry/event.hpp"

namespace registry {

/// An order that stands in an open disaster.
struct GivenOrder {
  std::string event;                 ///< name
  std::optional<HazardKind> hazard;  ///< of the event
  EvacOrder order;
};

/// How far orders on record already say what alerts would have the mayor order.
struct OrderAnswer {
  std::vector<GivenOrder> given;  ///< of this level or higher, wherever the proposal holds
  bool covers = false;            ///< they leave nothing of it: nothing is left to propose
};

/// `areas_of` are the city's areas behind the names of `proposal.areas`, in their order; a name
/// that is no area of the city is covered by an order for the whole city only, and so is a proposal
/// for the whole city. The hazard of the event does not count: who has to leave has to leave. Pure.
[[nodiscard]] OrderAnswer answer_to(const OrderProposal& proposal,
                                    const std::vector<std::vector<AreaRef>>& areas_of,
                                    const std::vector<GivenOrder>& given, const AreaTree& tree);

}  // namespace registry
