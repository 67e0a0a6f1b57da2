// SPDX-License-Identifier: Apache-2.0
#include "documents/label_sheet.hpp"

#include <algorithm>

#include "planner/toml_reader.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

constexpr std::string_view kFile = "label_sheets.toml";
constexpr double kPaperWidth = 210;  // A4, mm
constexpr double kPaperHeight = 297;
constexpr double kTolerance = 0.5;  // mm; makers round

LabelSheet sheet_of(const planner::TomlReader& reader) {
  reader.allow_only(
      {"name", "columns", "rows", "left", "top", "width", "height", "gap_x", "gap_y", "padding"});
  LabelSheet sheet{.name = reader.text("name"),
                   .columns = static_cast<int>(reader.integer("columns", 1, 50)),
                   .rows = static_cast<int>(reader.integer("rows", 1, 50)),
                   .left = reader.number("left", 0, kPaperWidth),
                   .top = reader.number("top", 0, kPaperHeight),
                   .width = reader.number("width", 0, kPaperWidth),
                   .height = reader.number("height", 0, kPaperHeight),
                   .gap_x = reader.number("gap_x", 0, kPaperWidth),
                   .gap_y = reader.number("gap_y", 0, kPaperWidth),
                   .padding = reader.number("padding", 0, kPaperWidth)};
  const bool sensible = sheet.width > 2 * sheet.padding && sheet.height > 2 * sheet.padding;
  const double right = sheet.left + sheet.columns * sheet.width + (sheet.columns - 1) * sheet.gap_x;
  const double bottom = sheet.top + sheet.rows * sheet.height + (sheet.rows - 1) * sheet.gap_y;
  if (!sensible || right > kPaperWidth + kTolerance || bottom > kPaperHeight + kTolerance) {
    throw registry::InputError(std::string(kFile) + " の用紙「" + sheet.name +
                               "」が A4（210×297 mm）に収まりません。寸法を確かめてください。");
  }
  return sheet;
}

}  // namespace

std::vector<LabelSheet> parse_label_sheets(std::string_view toml) {
  const toml::table file = planner::parse_toml(toml, kFile);
  const planner::TomlReader reader(file, kFile);
  reader.allow_only({"sheet"});
  std::vector<LabelSheet> sheets;
  const std::vector<planner::TomlReader> tables = reader.tables("sheet");
  sheets.reserve(tables.size());
  for (const planner::TomlReader& table : tables) {
    sheets.push_back(sheet_of(table));
  }
  return sheets;
}

const LabelSheet& sheet_called(const std::vector<LabelSheet>& sheets, const std::string& name) {
  const auto found = std::ranges::find(sheets, name, &LabelSheet::name);
  if (found != sheets.end()) {
    return *found;
  }
  std::string names;
  for (const LabelSheet& sheet : sheets) {
    names += (names.empty() ? "" : "、") + sheet.name;
  }
  throw registry::InputError("用紙「" + name + "」は " + std::string(kFile) +
                             " にありません。あるのは: " + names);
}

}  // namespace documents
