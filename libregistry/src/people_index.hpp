// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "database.hpp"

namespace registry {

/// Brings what is derived from people (search keys, areas) up to date, within the current
/// transaction. Everything that writes to `person` calls one of these once, after its last write.
void refresh_people(Database& store, const std::vector<std::string>& resident_numbers);
void refresh_person(Database& store, const PersonId& person);

/// Takes out what is derived from a person who is about to be deleted (an import taken back).
void forget_person(Database& store, const PersonId& person);

/// The areas of everybody, after the polygons have changed. Returns how many people with a position
/// lie in no area at all.
std::size_t refresh_areas(Database& store);

}  // namespace registry
