// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// A column of the file for the 被災者台帳, and what stands in it.
struct LedgerColumn {
  std::string name;
  std::string field;
};

/// The city's own columns: `[[column]]` with `name` and `field` (docs/file_formats.md lists the
/// fields). Throws `registry::InputError` for anything unknown, missing or twice.
[[nodiscard]] std::vector<LedgerColumn> parse_ledger_columns(std::string_view toml);

}  // namespace cli
