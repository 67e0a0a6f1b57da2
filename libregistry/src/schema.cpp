// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "registry/error.hpp"

namespace registry {
namespace {

/// Migration `i` leads from version `i` to `i + 1`. Published ones are never edited.
constexpr std::array kMigrations = {
    &kBaseSchema,     &kAccessSchema, &kPeopleSchema,   &kImportsSchema,  &kConsentsSchema,
    &kHandoverSchema, &kPlansSchema,  &kEditsSchema,    &kCoursesSchema,  &kEventsSchema,
    &kMessagesSchema, &kDrillsSchema, &kEventDaySchema, &kDrillLoopSchema};

/// Everything a migration runs, in its order.
std::vector<std::string> all_statements(const Backend& backend, const Migration& migration) {
  std::vector<std::string> statements = statements_of(migration.tables);
  const auto add = [&](std::vector<std::string> guards) {
    std::ranges::move(guards, std::back_inserter(statements));
  };
  for (const FixedTable& fixed : migration.fixed) {
    add(fixed_guards(backend.dialect(), fixed));
  }
  for (const char* table : migration.revised) {
    add(revision_guards(backend.dialect(), table));
  }
  return statements;
}

}  // namespace

int schema_version() {
  return static_cast<int>(kMigrations.size());
}

void apply_migration(Database& database, int from, const MigrationWatch& watch) {
  const auto reached = [&] {
    if (watch) {
      watch();
    }
  };
  const Migration& migration = *kMigrations.at(static_cast<std::size_t>(from));
  for (const std::string& statement : all_statements(database.backend(), migration)) {
    reached();
    database.backend().run(statement);
  }
  database.backend().mark_version(from + 1);
  reached();
}

void migrate(Database& database, int to, const MigrationWatch& watch) {
  const auto version = [&] { return database.read([&] { return database.backend().version(); }); };
  const int found = version();
  if (found > schema_version()) {
    throw Error("この台帳は新しい版のプログラムで作られています(台帳の版 " + std::to_string(found) +
                "、このプログラムが扱える版 " + std::to_string(schema_version()) +
                " まで)。プログラムを新しくしてください。");
  }
  for (int from = found; from < to; from = version()) {
    database.write([&] {
      // Another program may have been quicker while we waited for the transaction.
      if (database.backend().version() == from) {
        apply_migration(database, from, watch);
      }
    });
  }
}

}  // namespace registry
