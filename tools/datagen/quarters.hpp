// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "datagen/geojson.hpp"
#include "datagen/town_plan.hpp"

namespace datagen {

inline constexpr const char* kCityName = "ひかり市";
inline constexpr const char* kAreaCityName = "見本市";  ///< when people live on given areas
inline constexpr const char* kPrefecture = "東京都";
/// 13999 is no municipality; 8 is its check digit (weights 6 5 4 3 2).
inline constexpr const char* kCityCode = "139998";

/// 町丁目: what lies between two columns and two rows of main roads.
struct Quarter {
  std::string town;  ///< ひがし町
  std::string name;  ///< ひがし町五丁目
  std::string code;  ///< 町字ID
  std::string postcode;
  int school = 0;         ///< number of the 小学校区
  int neighbourhood = 0;  ///< number of the 自治会
};

struct School {
  std::string name;  ///< 南小学校
  std::string kana;
  int district = 0;  ///< number of the 圏域
};

struct TownDivision {
  std::vector<Quarter> quarters;  ///< by row * kColumns + column
  std::vector<School> schools;
  std::vector<std::string> neighbourhoods;
  std::vector<std::string> districts;
};
[[nodiscard]] TownDivision divide_town();

/// Areas of all levels with their parents. `people` counts residents by quarter.
[[nodiscard]] std::string areas_text(const TownPlan& plan, const TownDivision& division,
                                     const std::vector<int>& people);

}  // namespace datagen
