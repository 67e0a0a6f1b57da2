// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "database.hpp"

namespace registry {

/// Marks a store as ours (PRAGMA application_id, or a column): "TOMO".
inline constexpr int kApplicationId = 0x544F4D4F;

/// One step of the schema: statements, the tables of it that only grow, and those whose rows carry
/// a revision (rev, changed_by, changed_at; see row_edit.hpp).
struct Migration {
  const char* tables;
  std::vector<FixedTable> fixed;
  std::vector<const char*> revised{};
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
extern const Migration kCoursesSchema;
extern const Migration kEventsSchema;
extern const Migration kMessagesSchema;
extern const Migration kDrillsSchema;
extern const Migration kEventDaySchema;
extern const Migration kDrillLoopSchema;

/// The newest version of the tables this program knows.
[[nodiscard]] int schema_version();

/// Called before every statement of a migration and once after the last: a test stops there.
using MigrationWatch = std::function<void()>;

/// Brings the tables from version `from` to the next one, within a transaction.
void apply_migration(Database& database, int from, const MigrationWatch& watch = {});

/// Brings the tables to version `to`, each step in one transaction. Programs that open the store at
/// the same time wait for each other. Throws `Error` for tables of a newer version than we know.
void migrate(Database& database, int to, const MigrationWatch& watch = {});

}  // namespace registry
