// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "height_grid.hpp"

namespace route {

/// One sheet of 基盤地図情報 数値標高モデル.
struct FgSheet {
  double south = 0;  ///< degrees
  double west = 0;
  double north = 0;
  double east = 0;
  int columns = 0;
  int rows = 0;
  std::vector<float> heights;  ///< from the north-west corner, row by row; empty = not under area

  [[nodiscard]] double step_east() const { return (east - west) / columns; }
  [[nodiscard]] double step_south() const { return (north - south) / rows; }
};

/// Reads a sheet; its heights only if it lies under `area`. Nothing when the file is XML of another
/// kind. Throws `InputError` for a damaged sheet.
[[nodiscard]] std::optional<FgSheet> read_fg_sheet(const std::string& file, const Box& area);

}  // namespace route
