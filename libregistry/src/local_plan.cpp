// SPDX-License-Identifier: Apache-2.0
#include "registry/local_plan.hpp"

#include <algorithm>

#include "city_code.hpp"
#include "registry/error.hpp"
#include "toml_fields.hpp"

namespace registry {
namespace {

std::string city_code(const TomlFields& city) {
  std::string code = city.text("code");
  const bool digits = std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || (code.size() != 5 && code.size() != 6)) {
    city.fail("code", "には全国地方公共団体コードを6桁の数字の文字列で書いてください。");
  }
  if (!is_city_code(code)) {
    const std::string stem = code.substr(0, 5);
    city.fail("code", "の " + code + " は検査数字が合いません。" + stem + " の正しいコードは " +
                          stem + city_code_check_digit(stem) + " です。");
  }
  return code;
}

/// The rules folder is the only place rules come from, so a path is refused.
std::string rule_file(const TomlFields& planning) {
  std::string file = planning.text("rule_set");
  if (file.find_first_of("/\\") != std::string::npos || !file.ends_with(".toml")) {
    planning.fail("rule_set",
                  "には rules フォルダーの中の .toml ファイルの名前だけを書いてください。");
  }
  return file;
}

HazardKind hazard(const TomlFields& planning) {
  const auto kind = parse_hazard_kind(planning.text("hazard"));
  if (!kind) {
    std::string known;
    for (std::size_t i = 0; i < kHazardKinds; ++i) {
      known += (i == 0 ? "" : ", ") + std::string(to_text(static_cast<HazardKind>(i)));
    }
    planning.fail("hazard", "は知らない災害種別です。使える種別: " + known);
  }
  return *kind;
}

ArrivalPolicy arrival(const TomlFields& shelters, std::string_view key) {
  const std::string text = shelters.text(key);
  for (const ArrivalPolicy policy : {ArrivalPolicy::Direct, ArrivalPolicy::Secondary}) {
    if (text == to_text(policy)) {
      return policy;
    }
  }
  shelters.fail(key, "には「直接避難」か「二次避難」を書いてください。");
}

}  // namespace

LocalPlan parse_local_plan(std::string_view toml) {
  const toml::table root = parse_toml_text(toml, "地域防災計画の設定");
  const TomlFields top(root, "地域防災計画の設定");
  top.refuse_unknown({"city", "planning", "shelters"});
  const TomlFields city = top.table("city");
  city.refuse_unknown({"name", "code", "department", "phone"});
  const TomlFields planning = top.table("planning");
  planning.refuse_unknown({"rule_set", "hazard", "companions", "snap_limit_m", "review_months"});
  const TomlFields shelters = top.table("shelters");
  shelters.refuse_unknown(
      {"designated_welfare_arrival", "agreement_welfare_arrival", "capacity_when_unknown"});

  LocalPlan plan;
  plan.city_name = city.text("name");
  plan.city_code = city_code(city);
  plan.department = city.text("department");
  plan.phone = city.text("phone");
  plan.rule_set_file = rule_file(planning);
  plan.planning_hazard = hazard(planning);
  plan.companions = planning.integer("companions", {0, 10});
  plan.snap_limit_m = planning.number("snap_limit_m", {1, 5000});
  plan.review_months = planning.integer("review_months", {1, 120});
  plan.designated_welfare_arrival = arrival(shelters, "designated_welfare_arrival");
  plan.agreement_welfare_arrival = arrival(shelters, "agreement_welfare_arrival");
  plan.capacity_when_unknown = shelters.integer("capacity_when_unknown", {0, 100000});
  return plan;
}

}  // namespace registry
