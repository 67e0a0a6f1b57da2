// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "database.hpp"

namespace registry {

/// Marks a file as ours (PRAGMA application_id): "TOMO".
inline constexpr int kApplicationId = 0x544F4D4F;

/// A table whose rows are never changed or deleted, with the reason the store gives.
struct FixedTable {
  const char* table;
  const char* why;
};

/// One step of the schema: statements, and the tables of it that only grow.
struct Migration {
  const char* tables;
  std::vector<FixedTable> fixed;
};

// In the order of their versions, from 1.
extern const Migration kBaseSchema;
extern const Migration kAccessSchema;
extern const Migration kPeopleSchema;
extern const Migration kImportsSchema;
extern const Migration kConsentsSchema;
extern const Migration kHandoverSchema;
extern const Migration kPlansSchema;
extern const Migration kEditsSchema;

/// The newest version of the tables this program knows.
[[nodiscard]] int schema_version();

/// Brings the tables from version `from` (0 = nothing there) to `schema_version()`, each step in
/// one transaction.
void migrate(Database& database, int from);

}  // namespace registry
