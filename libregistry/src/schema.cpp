// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

#include <array>

namespace registry {
namespace {

/// Migration `i` leads from version `i` to `i + 1`. Published ones are never edited.
constexpr std::array kMigrations = {&kBaseSchema,    &kAccessSchema,   &kPeopleSchema,
                                    &kImportsSchema, &kConsentsSchema, &kHandoverSchema,
                                    &kPlansSchema,   &kEditsSchema};

void add_trigger(Database& database, const FixedTable& fixed, const std::string& change) {
  const std::string table = fixed.table;
  database.run_script(("CREATE TRIGGER " + table + "_no_" + change + " BEFORE " + change + " ON " +
                       table + " BEGIN SELECT RAISE(ABORT, '" + fixed.why + "'); END;")
                          .c_str());
}

void apply(Database& database, const Migration& migration) {
  database.run_script(migration.tables);
  for (const FixedTable& fixed : migration.fixed) {
    add_trigger(database, fixed, "UPDATE");
    add_trigger(database, fixed, "DELETE");
  }
}

}  // namespace

int schema_version() {
  return static_cast<int>(kMigrations.size());
}

void migrate(Database& database, int from) {
  for (int version = from; version < schema_version(); ++version) {
    const std::string mark = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                             "; PRAGMA user_version = " + std::to_string(version + 1) + ";";
    database.write([&] {
      apply(database, *kMigrations.at(static_cast<std::size_t>(version)));
      database.run_script(mark.c_str());
    });
  }
}

}  // namespace registry
