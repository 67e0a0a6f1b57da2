// SPDX-License-Identifier: Apache-2.0
#include "planner/scenario_json.hpp"

#include <nlohmann/json.hpp>

#include "registry/error.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDeepest = 8;

/// Objects as inline tables. Both formats write strings alike.
std::string toml_of(const Json& value, std::string_view file) {
  std::string text;
  if (value.is_object()) {
    for (const auto& [key, each] : value.items()) {
      text += (text.empty() ? "" : ", ") + Json(key).dump() + " = " + toml_of(each, file);
    }
    return "{ " + text + " }";
  }
  if (value.is_array()) {
    for (const Json& each : value) {
      text += (text.empty() ? "" : ", ") + toml_of(each, file);
    }
    return "[" + text + "]";
  }
  if (value.is_null()) {
    throw registry::InputError(std::string(file) +
                               ": 値に null があります。書かない項目は消してください。");
  }
  return value.dump();
}

}  // namespace

std::string scenario_toml(std::string_view json, std::string_view file) {
  const auto not_too_deep = [&](int depth, Json::parse_event_t /*event*/, Json& /*parsed*/) {
    if (depth > kDeepest) {
      throw registry::InputError(std::string(file) +
                                 ": かっこの入れ子が深すぎます。シナリオの書き方を"
                                 "確かめてください。");
    }
    return true;
  };
  const Json document = Json::parse(json, not_too_deep, false);
  if (!document.is_object()) {
    throw registry::InputError(std::string(file) +
                               " は JSON のオブジェクトとして読めません。カンマとかっこを"
                               "確かめてください。");
  }
  std::string toml;
  for (const auto& [key, value] : document.items()) {
    toml += Json(key).dump() + " = " + toml_of(value, file) + "\n";
  }
  return toml;
}

}  // namespace planner
