// SPDX-License-Identifier: Apache-2.0
#include "planner/toml_reader.hpp"

#include <algorithm>
#include <iomanip>
#include <sstream>

#include "registry/error.hpp"

namespace planner {
namespace {

/// As people write it: whole numbers with all their digits.
std::string shortest(double value) {
  constexpr int kDigits = 12;
  std::ostringstream text;
  text << std::setprecision(kDigits) << value;
  return text.str();
}

}  // namespace

toml::table parse_toml(std::string_view text, std::string_view file) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    throw registry::InputError(
        std::string(file) + " の " + std::to_string(error.source().begin.line) +
        " 行目が TOML として読めません: " + std::string(error.description()));
  }
}

void TomlReader::fail(std::string_view key, std::string_view expected) const {
  throw registry::InputError(std::string(file_) + ": 「" + std::string(key) + "」 " +
                             std::string(expected));
}

void TomlReader::allow_only(std::initializer_list<std::string_view> keys) const {
  for (const auto& [key, value] : *table_) {
    if (std::ranges::find(keys, key.str()) == keys.end()) {
      fail(key.str(), "は知らない項目です。つづりを確かめてください。");
    }
  }
}

bool TomlReader::has(std::string_view key) const {
  return table_->contains(key);
}

bool TomlReader::boolean(std::string_view key) const {
  const auto value = table_->at_path(key).value_exact<bool>();
  if (!value) {
    fail(key, "に true か false が必要です。");
  }
  return *value;
}

std::string TomlReader::text(std::string_view key) const {
  const auto value = table_->at_path(key).value<std::string>();
  if (!value) {
    fail(key, "に文字列が必要です。");
  }
  return *value;
}

std::int64_t TomlReader::integer(std::string_view key) const {
  const auto value = table_->at_path(key).value<std::int64_t>();
  if (!value) {
    fail(key, "に整数が必要です。");
  }
  return *value;
}

std::int64_t TomlReader::integer(std::string_view key, std::int64_t least,
                                 std::int64_t most) const {
  const std::int64_t value = integer(key);
  check_range(key, static_cast<double>(value), static_cast<double>(least),
              static_cast<double>(most));
  return value;
}

double TomlReader::number(std::string_view key, double least, double most) const {
  const auto value = table_->at_path(key).value<double>();
  if (!value) {
    fail(key, "に数が必要です。");
  }
  check_range(key, *value, least, most);
  return *value;
}

std::vector<std::int64_t> TomlReader::integers(std::string_view key, std::int64_t least,
                                               std::int64_t most) const {
  const toml::array* list = table_->at_path(key).as_array();
  if (list == nullptr) {
    fail(key, "に整数の並びが必要です。");
  }
  std::vector<std::int64_t> result;
  for (const toml::node& node : *list) {
    const auto value = node.value<std::int64_t>();
    if (!value) {
      fail(key, "に整数でない値があります。");
    }
    check_range(key, static_cast<double>(*value), static_cast<double>(least),
                static_cast<double>(most));
    result.push_back(*value);
  }
  return result;
}

void TomlReader::check_range(std::string_view key, double value, double least, double most) const {
  if (!(value >= least && value <= most)) {
    fail(key,
         "には " + shortest(least) + " 以上 " + shortest(most) + " 以下の値を書いてください。");
  }
}

TomlReader TomlReader::table(std::string_view key) const {
  const toml::table* found = table_->at_path(key).as_table();
  if (found == nullptr) {
    fail(key, "という表（[" + std::string(key) + "]）がありません。");
  }
  return {*found, file_};
}

std::vector<std::string> TomlReader::texts(std::string_view key) const {
  std::vector<std::string> result;
  if (!table_->contains(key)) {
    return result;
  }
  const toml::array* list = table_->at_path(key).as_array();
  if (list == nullptr) {
    fail(key, "に文字列の並びが必要です。");
  }
  for (const toml::node& node : *list) {
    const auto value = node.value<std::string>();
    if (!value) {
      fail(key, "に文字列でない値があります。");
    }
    result.push_back(*value);
  }
  return result;
}

std::vector<TomlReader> TomlReader::tables(std::string_view key) const {
  std::vector<TomlReader> result;
  if (!table_->contains(key)) {
    return result;
  }
  const toml::array* list = table_->at_path(key).as_array();
  if (list == nullptr || !list->is_homogeneous(toml::node_type::table)) {
    fail(key, "は [[" + std::string(key) + "]] の形で書いてください。");
  }
  for (const toml::node& node : *list) {
    result.emplace_back(*node.as_table(), file_);
  }
  return result;
}

}  // namespace planner
