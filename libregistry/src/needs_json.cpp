// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "needs_fields.hpp"
#include "needs_words.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json stored(const T& value);

template <class T>
Json stored(const std::optional<T>& value) {
  return value ? stored(*value) : Json();
}
template <class T>
Json stored(const std::vector<T>& list) {
  Json items = Json::array();
  for (const T& item : list) {
    items.push_back(stored(item));
  }
  return items;
}
template <class T>
Json stored(const T& value) {
  if constexpr (std::is_enum_v<T>) {
    return std::string(word_of(value));
  } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
    Json object = Json::object();
    parts_of(value, [&](const char* name, const auto& member) { object[name] = stored(member); });
    return object;
  } else {
    return value;
  }
}

template <class T>
void restore(const Json& json, T& value);

template <class T>
void restore(const Json& json, std::optional<T>& value) {
  if (!json.is_null()) {
    T inner{};
    restore(json, inner);
    value = inner;
  }
}
template <class T>
void restore(const Json& json, std::vector<T>& list) {
  for (const Json& item : json) {
    T inner{};
    restore(item, inner);
    list.push_back(std::move(inner));
  }
}
template <class T>
void restore(const Json& json, T& value) {
  if constexpr (std::is_enum_v<T>) {
    const auto found = value_of_word<T>(json.get<std::string>());
    if (!found) {
      throw Error("台帳に知らない区分が入っています。プログラムの版を確かめてください。");
    }
    value = *found;
  } else if constexpr (std::is_class_v<T> && !std::is_same_v<T, std::string>) {
    parts_of(value, [&](const char* name, auto& member) {
      if (json.contains(name)) {
        restore(json.at(name), member);
      }
    });
  } else {
    json.get_to(value);
  }
}

}  // namespace

std::string to_json(const Needs& needs) {
  Json document = Json::object();
  const Needs empty;
  needs_fields(needs, [&](const NeedsColumn& column, const auto& member) {
    document[column.name] = stored(member);
  });
  try {
    return document.dump();
  } catch (const Json::exception&) {
    throw InputError(
        "UTF-8 として読めない文字があるため保存できません。元のファイルの文字コードを確かめて"
        "ください。");
  }
}

Needs needs_from_json(const std::string& text) {
  Needs needs;
  try {
    const Json document = Json::parse(text);
    needs_fields(needs, [&](const NeedsColumn& column, auto& member) {
      if (document.contains(column.name)) {
        restore(document.at(column.name), member);
      }
    });
  } catch (const Json::exception&) {
    throw Error("台帳の配慮事項の記録が壊れています。控えから戻してください。");
  }
  return needs;
}

void keep_only(FieldSet fields, Needs& needs) {
  needs_fields(needs, [&](const NeedsColumn& column, auto& member) {
    if (!fields.contains(column.field)) {
      member = {};
    }
  });
}

}  // namespace registry
