// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "route/hazard.hpp"

namespace route {

/// Name of a kind in files: flood, inland_flood, landslide, storm_surge, tsunami, fire,
/// blockage.
[[nodiscard]] std::string_view hazard_name(HazardKind kind);

/// What the columns of a feature say.
struct HazardClass {
  HazardKind kind = HazardKind::Flood;
  std::uint8_t rank = 1;
  std::optional<std::uint32_t> arrival_s;
  std::string note;            ///< an assumption that was made, or empty
  std::uint16_t depth_cm = 0;  ///< 0 = no finer than the rank
};

/// Why a feature cannot be understood; names columns, never values.
struct NotAHazard {
  std::string reason;
};

/// Value of a column as text; nothing when there is no such column or it is empty.
using ColumnReader = std::function<std::optional<std::string>(const char* column)>;

/// Reads `kind` + `rank` + `depth_cm`; A31a_205; A33_001 + A33_002; or what PLATEAU and cities make
/// of them: 浸水ランク + 種類 (2 flood, 3 tsunami), 区域区分, 最大浸水深 as text with the kind in
/// the layer's name. `arrival_min` may stand beside any of them. Numbers may be texts.
[[nodiscard]] std::variant<HazardClass, NotAHazard> classify_hazard(const ColumnReader& column,
                                                                    std::string_view layer);

}  // namespace route
