// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace registry {

/// A place on the Earth in degrees (EPSG:6668, as used by the address base register).
struct Position {
  double lat = 0;
  double lon = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

/// Kinds of area a city divides itself into; the number orders them from large to small.
enum class AreaLevel : std::uint8_t {
  WelfareDistrict,     ///< 圏域
  JuniorHighDistrict,  ///< 中学校区
  SchoolDistrict,      ///< 小学校区
  Town,                ///< 町丁目
  Neighbourhood,       ///< 自治会
  WelfareVolunteer     ///< 民生委員担当区
};

[[nodiscard]] std::string_view to_text(AreaLevel level);  ///< 圏域, 小学校区, ...
[[nodiscard]] std::optional<AreaLevel> parse_area_level(std::string_view text);

struct Area {
  std::string code;  ///< unique within its level
  AreaLevel level = AreaLevel::Town;
  std::string name;
  std::string parent;                        ///< code of the enclosing area, or empty
  std::vector<std::vector<Position>> rings;  ///< closed, even-odd rule
  std::optional<int> population;
};

/// Even-odd rule; a place on the boundary belongs to one side or the other, always the same.
[[nodiscard]] bool contains(const Area& area, Position place);

/// Follows each area's `parent`, a code of a larger level or of the same (a 丁目 in its 町). Throws
/// `InputError` naming the area when its parents come back to it or a parent is of a smaller level.
/// A parent that is not there is no fault: the file of the larger areas may come later.
void check_area_tree(const std::vector<Area>& areas);

struct AreaFile {
  std::vector<Area> areas;
  std::vector<std::string> notes;  ///< what was left out or repaired
};

/// Reads areas from GeoJSON. Properties: 区分/level, コード/code, 名称/name, 親コード/parent; or
/// the small areas of the census (KEY_CODE or key, CITY_NAME/S_NAME or moji, population as text; or
/// the addresses of its linked data as `id` and `parent`, with `label`). Without 区分 an area is a
/// 町丁目; features with one code at one level are one area. Throws `InputError` when the text is
/// not GeoJSON or holds no polygon.
[[nodiscard]] AreaFile parse_areas(std::string_view geojson);

}  // namespace registry
