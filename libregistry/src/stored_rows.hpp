// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sql_types.hpp"

namespace registry {

/// Every row of a query, in its order: `exchange(statement)` binds the variables, `row()` makes a
/// value of what they hold.
template <class Exchange, class Row>
[[nodiscard]] auto stored_rows(soci::session& sql, const std::string& query, Exchange exchange,
                               Row row) {
  soci::statement rows = prepared(sql, query, exchange);
  std::vector<decltype(row())> all;
  rows.execute();
  while (rows.fetch()) {
    all.push_back(row());
  }
  return all;
}

/// An id that names nobody stands as NULL in the tables.
template <class Tag>
[[nodiscard]] std::optional<TextId<Tag>> null_if_empty(const TextId<Tag>& id) {
  return id.empty() ? std::nullopt : std::optional(id);
}

}  // namespace registry
