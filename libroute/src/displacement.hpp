// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "route/shelter_assigner.hpp"
#include "shelter_graph.hpp"

namespace route {

/// What `ShelterAssigner::why_not` says; `now` is an assignment of the graph's problem.
[[nodiscard]] WhyNot why_not_there(const ShelterGraph& graph, const Assignment& now,
                                   std::size_t person, std::size_t shelter);

}  // namespace route
