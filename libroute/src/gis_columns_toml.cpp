// SPDX-License-Identifier: Apache-2.0
#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "gis_columns.hpp"
#include "route/error.hpp"

namespace route {
namespace {

constexpr double kLargestToleranceM = 10;

[[noreturn]] void fail(const std::string& what) {
  throw InputError("道路の列の対応表: " + what);
}

std::string text_of(const toml::node& node, const std::string& where) {
  const auto text = node.value_exact<std::string>();
  if (!text.has_value()) {
    fail("「" + where + "」には文字列が必要です");
  }
  return *text;
}

std::vector<std::string> columns_of(const toml::node& node, const std::string& where) {
  std::vector<std::string> names;
  if (const toml::array* list = node.as_array()) {
    for (const toml::node& name : *list) {
      names.push_back(text_of(name, where));
    }
  } else {
    names.push_back(text_of(node, where));
  }
  return names;
}

std::string word_of(const toml::node& node, const std::string& attribute) {
  std::string word = text_of(node, attribute);
  if (!is_word_of(attribute, word)) {
    fail("「" + attribute + "」に使えない言葉「" + word +
         "」があります。同じ名前の OpenStreetMap のタグの値を使ってください");
  }
  return word;
}

std::string unit_of(const toml::node& node, const std::string& attribute) {
  constexpr std::array<std::string_view, 2> kWidth{"m", "cm"};
  constexpr std::array<std::string_view, 3> kIncline{"%", "permille", "degree"};
  std::string unit = text_of(node, attribute + ".unit");
  const bool known =
      (attribute == "width" && std::ranges::find(kWidth, unit) != kWidth.end()) ||
      (attribute == "incline" && std::ranges::find(kIncline, unit) != kIncline.end());
  if (!known) {
    fail("「" + attribute +
         "」の unit を確かめてください。width は m か cm、incline は %, permille, degree です");
  }
  return unit;
}

GisColumn column_of(const toml::table& table, const std::string& attribute) {
  GisColumn column;
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (name == "column") {
      column.columns = columns_of(node, attribute + ".column");
    } else if (name == "unit") {
      column.unit = unit_of(node, attribute);
    } else if (name == "otherwise") {
      column.otherwise = word_of(node, attribute);
    } else if (name == "values" && node.is_table()) {
      for (const auto& [text, word] : *node.as_table()) {
        column.values.emplace(text.str(), word_of(word, attribute));
      }
    } else {
      std::string where = attribute;
      where.append(".").append(name);
      fail("「" + where +
           "」は知らない項目です。column, unit, values, otherwise のつづりを確かめてください");
    }
  }
  const bool free_text = attribute == "name" || attribute == "id";
  if (free_text && (!column.values.empty() || !column.otherwise.empty())) {
    fail("「" + attribute + "」には column だけを書けます");
  }
  return column;
}

double tolerance_of(const toml::node& node) {
  const bool is_number = node.is_integer() || node.is_floating_point();
  const double metres = is_number ? *node.value<double>() : -1;
  if (!(metres >= 0 && metres <= kLargestToleranceM)) {
    fail("「tolerance_m」は 0 から 10 までの数（メートル）です");
  }
  return metres;
}

std::string encoding_of(const toml::node& node) {
  constexpr std::array<std::string_view, 4> kKnown{"CP932", "Shift_JIS", "UTF-8", "EUC-JP"};
  std::string encoding = text_of(node, "encoding");
  if (std::ranges::find(kKnown, encoding) == kKnown.end()) {
    fail("「encoding」は CP932, Shift_JIS, UTF-8, EUC-JP のどれかです");
  }
  return encoding;
}

int epsg_of(const toml::node& node) {
  constexpr std::int64_t kHighest = 999'999;
  const auto code = node.value_exact<std::int64_t>();
  if (!code.has_value() || *code < 1 || *code > kHighest) {
    fail("「epsg」は座標系の EPSG コード（例: 6677）です");
  }
  return static_cast<int>(*code);
}

}  // namespace

GisColumns parse_gis_columns(std::string_view toml) {
  GisColumns columns;
  try {
    const toml::table root = toml::parse(toml);
    for (const auto& [key, node] : root) {
      const std::string name(key.str());
      if (name == "tolerance_m") {
        columns.tolerance_m = tolerance_of(node);
      } else if (name == "epsg") {
        columns.epsg = epsg_of(node);
      } else if (name == "encoding") {
        columns.encoding = encoding_of(node);
      } else if (name == "from_layer") {
        columns.layer = text_of(node, name);
      } else if (is_attribute(name) && node.is_table()) {
        columns.attributes.emplace(name, column_of(*node.as_table(), name));
      } else {
        fail("「" + name + "」は知らない項目です。つづりを確かめてください");
      }
    }
  } catch (const toml::parse_error& error) {
    fail(std::to_string(error.source().begin.line) +
         " 行目が TOML として読めません: " + std::string(error.description()));
  }
  return columns;
}

}  // namespace route
