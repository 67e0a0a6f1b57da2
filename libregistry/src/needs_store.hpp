// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>

#include "database.hpp"
#include "needs_fields.hpp"
#include "registry/edit.hpp"

namespace registry {

/// Needs of a person at their revision; 0 when nothing is known.
[[nodiscard]] Revised<Needs> stored_needs(soci::session& sql, const PersonId& person);

/// Of everybody of whom something is known, by the person's id.
[[nodiscard]] std::unordered_map<std::string, Needs> stored_needs(soci::session& sql);

/// The same for one person or (empty) everybody.
[[nodiscard]] std::unordered_map<std::string, Needs> needs_of(soci::session& sql,
                                                              const std::string& person);

/// Writes them when the stored ones are still at `revision`. Within a transaction.
[[nodiscard]] EditResult write_needs(Database& store, const Actor& actor, const PersonId& person,
                                     const Revised<Needs>& needs);

}  // namespace registry
