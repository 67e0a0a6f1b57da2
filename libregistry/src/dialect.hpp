// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace registry {

/// A table whose rows are never changed or deleted, with the reason the store gives.
struct FixedTable {
  const char* table;
  const char* why;
};

/// The statements of a script, without the empty ones. Semicolons in quotes and comments do not
/// count; bodies of triggers and functions must not be in it.
[[nodiscard]] std::vector<std::string> statements_of(std::string_view script);

/// Our tables in PostgreSQL's words. Scripts are written for SQLite; only the types and the table
/// options differ (INTEGER, REAL, BLOB, INTEGER PRIMARY KEY, STRICT, WITHOUT ROWID), and DROP
/// TRIGGER, which there needs the table. Quotes and comments stay as they are.
[[nodiscard]] std::string to_postgres(std::string_view statement);

enum class Dialect { Sqlite, Postgres };

/// What refuses changes to the rows of a table, statement by statement.
[[nodiscard]] std::vector<std::string> fixed_guards(Dialect dialect, const FixedTable& fixed);

/// What counts the revision of a row up when a change has not done so itself, so that no change
/// goes unnoticed by somebody who edits the row meanwhile. Nobody is then named as its author.
[[nodiscard]] std::vector<std::string> revision_guards(Dialect dialect, const std::string& table);

}  // namespace registry
