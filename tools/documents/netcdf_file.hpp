// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace documents {

/// Names and texts, in the order in which they are to stand.
using NetcdfAttributes = std::vector<std::pair<std::string, std::string>>;

struct NetcdfVariable {
  std::string name;
  std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::string>> values;
  /// By row, 1 = `_FillValue` stands in place of the number; empty = all are there. Without meaning
  /// for texts.
  std::vector<char> missing = {};
  NetcdfAttributes attributes = {};
};

/// Variables of equal length along one dimension, `row`.
struct NetcdfGroup {
  std::string name;
  std::vector<NetcdfVariable> variables;
  NetcdfAttributes attributes = {};
};

struct NetcdfContent {
  std::vector<NetcdfGroup> groups;
  NetcdfAttributes attributes = {};
};

/// A NetCDF-4 file, made in memory. Numbers are deflated (texts cannot be). It holds no times: the
/// same content gives the same bytes with the same libnetcdf. Throws `registry::InputError` for a
/// number that means "missing" in the file and for a text with a zero byte, which readers would cut
/// off there; `registry::Error` for a name NetCDF does not take, and when memory runs out.
[[nodiscard]] std::string netcdf_file(const NetcdfContent& content);

}  // namespace documents
