// SPDX-License-Identifier: Apache-2.0
#include "planner/toml_reader.hpp"

#include <algorithm>

#include "registry/error.hpp"

namespace planner {

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

double TomlReader::number(std::string_view key) const {
  const auto value = table_->at_path(key).value<double>();
  if (!value) {
    fail(key, "に数が必要です。");
  }
  return *value;
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
