// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/staff.hpp"
#include "sql_types.hpp"

namespace registry {

[[nodiscard]] std::optional<Account> stored_account(soci::session& sql, const std::string& name);
[[nodiscard]] std::vector<Account> stored_accounts(soci::session& sql);

void insert_account(soci::session& sql, const Account& account, Instant at);

}  // namespace registry
