// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "registry/shelter.hpp"

namespace registry {

/// How a row was found to speak of a stored shelter.
enum class ShelterMatch : std::uint8_t {
  SameNumber,  ///< the number of its list, and its name or place: newer words replace older ones
  SameName     ///< name and place only: another list speaks of it, whose words only fill gaps
};

struct FoundShelter {
  std::size_t index = 0;
  ShelterMatch match = ShelterMatch::SameName;
};

/// The stored shelter a row speaks of. Numbers alone do not join: two lists may both begin at 1.
[[nodiscard]] std::optional<FoundShelter> find_shelter(const std::vector<Shelter>& stored,
                                                       const Shelter& row);

/// What is known of a shelter after a row: designations add up, acceptance and capacity are kept
/// unless stated anew, the suitability for hazards comes from the row that rates it, and the way
/// of arrival from the row that knows of its welfare designation.
[[nodiscard]] Shelter merged(const Shelter& stored, const Shelter& row, ShelterMatch match);

[[nodiscard]] bool same_content(const Shelter& a, const Shelter& b);

}  // namespace registry
