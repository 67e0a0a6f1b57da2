// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database.hpp"

namespace registry {

/// Marks a file as ours (PRAGMA application_id): "TOMO".
inline constexpr int kApplicationId = 0x544F4D4F;

/// The newest version of the tables this program knows.
[[nodiscard]] int schema_version();

/// Brings the tables from version `from` (0 = nothing there) to `schema_version()`, each step in
/// one transaction.
void migrate(Database& database, int from);

}  // namespace registry
