// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "registry/area.hpp"

namespace registry {

/// Which areas a place lies in, one per level. A grid over all areas leaves a few to look at.
class AreaLookup {
 public:
  explicit AreaLookup(std::vector<Area> areas);

  /// At most one area per level: where areas of one level overlap, the first by code.
  [[nodiscard]] std::vector<const Area*> at(Position place) const;
  [[nodiscard]] bool empty() const { return areas_.empty(); }

 private:
  static constexpr int kCells = 128;  // per side
  [[nodiscard]] int column(double lon) const;
  [[nodiscard]] int row(double lat) const;

  std::vector<Area> areas_;  ///< by level and code
  Position low_;
  Position high_;
  std::vector<std::vector<std::uint32_t>> cells_;
};

}  // namespace registry
