// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "registry/result_file.hpp"

namespace documents {

// The tables of a drill's result for other programs. Both are made of
// `planner::shareable_columns`: the same rows, the same counts hidden. Same result, same bytes.

/// A ZIP with one CSV per table, UTF-8 with BOM. Hidden is `*`.
[[nodiscard]] std::string drill_csv(const registry::ResultFile& results);

/// NetCDF-4, one group per table, one variable per column with `long_name` and, where it has one,
/// `units`; the facts of `meta` are global attributes as well. Hidden is `_FillValue` among
/// numbers, `*` among texts. Throws as `netcdf_file` does.
[[nodiscard]] std::string drill_netcdf(const registry::ResultFile& results);

}  // namespace documents
