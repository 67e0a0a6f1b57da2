// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/event_ways.hpp"
#include "registry/shelter_opening.hpp"

namespace registry {

/// What a destination depends on. Borrowed for one call.
struct DestinationFacts {
  const std::vector<Shelter>& shelters;
  const std::vector<ShelterOpening>& board;  ///< of the event
  std::optional<HazardKind> hazard;
};

/// A shelter of a plan.
struct PlannedShelter {
  ShelterId id;
  std::string name;
};

/// Where a mail sends a person, in words: the shelter of the plan, or where today's ways lead; that
/// it is open; while it is not and others are, the nearest opened ones that everybody may go to
/// (suited to the hazard, room left) before it, the nearest three at most where the home is known.
/// Empty when nothing names a place. Pure.
[[nodiscard]] std::string destination_words(const std::optional<PlannedShelter>& planned,
                                            const LiveWay* today,
                                            const std::optional<Position>& home,
                                            const DestinationFacts& facts);

}  // namespace registry
