// SPDX-License-Identifier: Apache-2.0
#include "datagen/quarters.hpp"

#include <array>
#include <cmath>

#include "datagen/text.hpp"

namespace datagen {
namespace {

struct Town {
  const char* name;
  int chome;
};
/// Two towns a row, from south to north; their quarters count from west to east.
constexpr std::array<std::array<Town, 2>, kRows> kTowns = {{
    {{{"みなみ町", 5}, {"花園", 3}}},
    {{{"川端町", 4}, {"柳橋", 4}}},
    {{{"にし町", 3}, {"本町", 5}}},
    {{{"栄町", 3}, {"ひがし町", 5}}},
    {{{"泉町", 4}, {"旭ケ丘", 4}}},
    {{{"きた町", 4}, {"緑ケ丘", 4}}},
}};
constexpr std::array<const char*, 6> kNumerals = {"", "一", "二", "三", "四", "五"};
constexpr int kHalf = kColumns / 2;

void add_town(TownDivision& division, const Town& town, int number) {
  for (int chome = 1; chome <= town.chome; ++chome) {
    const auto chome_text = std::string(kNumerals.at(static_cast<std::size_t>(chome)));
    const int index = static_cast<int>(division.quarters.size());
    const int column = index % kColumns;
    if (chome % 2 == 1) {
      const bool pair = chome < town.chome;
      division.neighbourhoods.push_back(
          town.name + chome_text +
          (pair ? "・" + std::string(kNumerals.at(static_cast<std::size_t>(chome) + 1)) : "") +
          "丁目自治会");
    }
    division.quarters.push_back(
        {town.name, town.name + chome_text + "丁目", digits(number, 4) + digits(chome, 3),
         "000-" + digits(11 + index, 4), (index / kColumns / 2) * 2 + (column < kHalf ? 0 : 1),
         static_cast<int>(division.neighbourhoods.size()) - 1});
  }
}

/// The outline of the quarters of some rows and columns, counter-clockwise.
std::vector<registry::Position> outline(const TownPlan& plan, int row_from, int row_to,
                                        int column_from, int column_to) {
  constexpr double kStep = 50;
  Line line;
  const double west = kColumnEdges.at(static_cast<std::size_t>(column_from));
  const double east = kColumnEdges.at(static_cast<std::size_t>(column_to));
  const int pieces = static_cast<int>((east - west) / kStep);
  for (int i = 0; i < pieces; ++i) {
    const double x = west + (east - west) * i / pieces;
    line.push_back({x, plan.row_edge(row_from, x)});
  }
  const auto climb = [&](double x, double from, double to) {
    const int steps = static_cast<int>(std::abs(to - from) / kStep) + 1;
    for (int i = 0; i < steps; ++i) {
      line.push_back({x, from + (to - from) * i / steps});
    }
  };
  climb(east, plan.row_edge(row_from, east), plan.row_edge(row_to, east));
  for (int i = pieces; i > 0; --i) {
    const double x = west + (east - west) * i / pieces;
    line.push_back({x, plan.row_edge(row_to, x)});
  }
  climb(west, plan.row_edge(row_to, west), plan.row_edge(row_from, west));
  std::vector<registry::Position> ring;
  for (const Point p : line) {
    ring.push_back(to_position(plan.to_ground(p)));
  }
  ring.push_back(ring.front());
  return ring;
}

Feature area(const std::string& level, const std::string& code, const std::string& name,
             const std::string& parent) {
  return {{{"区分", level}, {"コード", code}, {"名称", name}, {"親コード", parent}}, {}};
}

std::string district_code(int district) {
  return "K" + std::to_string(district + 1);
}
std::string school_code(int school) {
  return "S" + digits(school + 1, 2);
}

}  // namespace

TownDivision divide_town() {
  TownDivision division;
  int number = 0;
  for (const auto& row : kTowns) {
    for (const Town& town : row) {
      add_town(division, town, ++number);
    }
  }
  division.schools = {
      {"南小学校", "ミナミショウガッコウ", 0}, {"花園小学校", "ハナゾノショウガッコウ", 0},
      {"西小学校", "ニシショウガッコウ", 1},   {"東小学校", "ヒガシショウガッコウ", 1},
      {"泉小学校", "イズミショウガッコウ", 2}, {"緑ケ丘小学校", "ミドリガオカショウガッコウ", 2}};
  division.districts = {"南部圏域", "中部圏域", "北部圏域"};
  return division;
}

std::string areas_text(const TownPlan& plan, const TownDivision& division,
                       const std::vector<int>& people) {
  std::vector<Feature> features;
  for (int district = 0; district < kRows / 2; ++district) {
    Feature feature = area("圏域", district_code(district),
                           division.districts.at(static_cast<std::size_t>(district)), "");
    feature.rings = {outline(plan, 2 * district, 2 * district + 2, 0, kColumns)};
    features.push_back(std::move(feature));
  }
  for (int school = 0; school < static_cast<int>(division.schools.size()); ++school) {
    const School& there = division.schools[static_cast<std::size_t>(school)];
    Feature feature =
        area("小学校区", school_code(school), there.name + "区", district_code(there.district));
    const int row = 2 * (school / 2);
    const int column = kHalf * (school % 2);
    feature.rings = {outline(plan, row, row + 2, column, column + kHalf)};
    features.push_back(std::move(feature));
  }
  std::vector<Feature> neighbourhoods;
  for (int i = 0; i < static_cast<int>(division.quarters.size()); ++i) {
    const Quarter& quarter = division.quarters[static_cast<std::size_t>(i)];
    const int row = i / kColumns;
    const int column = i % kColumns;
    Feature feature = area("町丁目", quarter.code, quarter.name, school_code(quarter.school));
    feature.properties["population"] = std::to_string(people.at(static_cast<std::size_t>(i)));
    feature.rings = {outline(plan, row, row + 1, column, column + 1)};
    const auto number = static_cast<std::size_t>(quarter.neighbourhood);
    if (neighbourhoods.size() <= number) {
      const bool pair =
          i + 1 < static_cast<int>(division.quarters.size()) &&
          division.quarters[static_cast<std::size_t>(i) + 1].neighbourhood == quarter.neighbourhood;
      neighbourhoods.push_back(area("自治会", "J" + digits(quarter.neighbourhood + 1, 2),
                                    division.neighbourhoods.at(number),
                                    school_code(quarter.school)));
      neighbourhoods.back().rings = {outline(plan, row, row + 1, column, column + (pair ? 2 : 1))};
    }
    features.push_back(std::move(feature));
  }
  features.insert(features.end(), neighbourhoods.begin(), neighbourhoods.end());
  return feature_collection(features);
}

}  // namespace datagen
