// SPDX-License-Identifier: Apache-2.0
#include "toml_fields.hpp"

#include <algorithm>
#include <sstream>

#include "registry/error.hpp"

namespace registry {
namespace {

/// A figure as a person would write it: no trailing zeros.
std::string figure(double value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

std::string expected(std::string_view kind, Range range) {
  return std::string(kind) + "（" + figure(range.lowest) + "以上" + figure(range.highest) +
         "以下）を書いてください。";
}

}  // namespace

toml::table parse_toml_text(std::string_view text, std::string_view file) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    throw InputError(std::string(file) + " の" + std::to_string(error.source().begin.line) +
                     "行目が TOML として読めません（" + std::string(error.description()) +
                     "）。書き方を直してください。");
  }
}

void TomlFields::fail(std::string_view key, std::string_view complaint) const {
  throw InputError(where_ + ": 「" + std::string(key) + "」" + std::string(complaint));
}

void TomlFields::refuse_unknown(std::initializer_list<std::string_view> known) const {
  for (const auto& [key, value] : *table_) {
    if (std::ranges::find(known, key.str()) == known.end()) {
      std::string names;
      for (const std::string_view name : known) {
        names += (names.empty() ? "" : ", ") + std::string(name);
      }
      fail(key.str(), "は知らない項目です。使える項目: " + names);
    }
  }
}

const toml::node& TomlFields::required(std::string_view key) const {
  const toml::node* node = table_->get(key);
  if (node == nullptr) {
    fail(key, "がありません。書き加えてください。");
  }
  return *node;
}

std::string TomlFields::text(std::string_view key) const {
  const auto value = required(key).value_exact<std::string>();
  if (!value || value->empty()) {
    fail(key, "には空でない文字列を書いてください。");
  }
  return *value;
}

std::string TomlFields::text_or_empty(std::string_view key) const {
  return has(key) ? text(key) : std::string();
}

std::vector<std::string> TomlFields::texts(std::string_view key) const {
  const toml::array* list = required(key).as_array();
  if (list == nullptr || list->empty()) {
    fail(key, "には文字列の並びを [\"…\"] の形で書いてください。");
  }
  std::vector<std::string> result;
  for (const toml::node& node : *list) {
    const auto value = node.value_exact<std::string>();
    if (!value || value->empty()) {
      fail(key, "の並びに文字列でない値があります。\"…\" で囲んでください。");
    }
    result.push_back(*value);
  }
  return result;
}

int TomlFields::integer(std::string_view key, Range range) const {
  const auto value = required(key).value_exact<std::int64_t>();
  if (!value || static_cast<double>(*value) < range.lowest ||
      static_cast<double>(*value) > range.highest) {
    fail(key, "には" + expected("整数", range));
  }
  return static_cast<int>(*value);
}

double TomlFields::number(std::string_view key, Range range) const {
  const auto value = required(key).value<double>();
  // Written so that NaN, which TOML allows, fails as well.
  if (!value || !(*value >= range.lowest && *value <= range.highest)) {
    fail(key, "には" + expected("数", range));
  }
  return *value;
}

Date TomlFields::date(std::string_view key) const {
  const toml::node& node = required(key);
  if (const auto value = node.value_exact<toml::date>()) {
    const Date day{std::chrono::year(value->year), std::chrono::month(value->month),
                   std::chrono::day(value->day)};
    if (day.ok()) {
      return day;
    }
  } else if (const auto text = node.value_exact<std::string>()) {
    if (const auto day = parse_iso_date(*text)) {
      return *day;
    }
  }
  fail(key, "には日付を 2026-04-01 の形で書いてください。");
}

TomlFields TomlFields::table(std::string_view key) const {
  const toml::table* inner = required(key).as_table();
  if (inner == nullptr) {
    fail(key, "は [" + std::string(key) + "] の形の表で書いてください。");
  }
  return {*inner, where_ + " [" + std::string(key) + "]"};
}

std::vector<TomlFields> TomlFields::tables(std::string_view key) const {
  std::vector<TomlFields> result;
  const toml::node* node = table_->get(key);
  if (node == nullptr) {
    return result;
  }
  const toml::array* list = node->as_array();
  if (list == nullptr ||
      !std::ranges::all_of(*list, [](const toml::node& entry) { return entry.is_table(); })) {
    fail(key, "は [[" + std::string(key) + "]] の形の表で書いてください。");
  }
  for (const toml::node& entry : *list) {
    result.emplace_back(*entry.as_table(), where_ + " [[" + std::string(key) + "]]");
  }
  return result;
}

}  // namespace registry
