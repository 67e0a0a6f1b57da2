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

HazardKind hazard(const TomlFields& planning, const std::string& text) {
  const auto kind = parse_hazard_kind(text);
  if (!kind) {
    std::string known;
    for (std::size_t i = 0; i < kHazardKinds; ++i) {
      known += (i == 0 ? "" : ", ") + std::string(to_text(static_cast<HazardKind>(i)));
    }
    planning.fail("hazards", "に知らない災害種別「" + text + "」があります。使える種別: " + known);
  }
  return *kind;
}

std::vector<HazardKind> hazards(const TomlFields& planning) {
  std::vector<HazardKind> kinds;
  for (const std::string& text : planning.texts("hazards")) {
    const HazardKind kind = hazard(planning, text);
    for (const HazardKind other : kinds) {
      if (family_of(other) == family_of(kind)) {
        planning.fail("hazards", "の「" + std::string(to_text(other)) + "」と「" +
                                     std::string(to_text(kind)) + "」はどちらも" +
                                     std::string(to_text(family_of(kind))) +
                                     "です。系統（風水害、地震、火災）ごとに一つ書いてください。");
      }
    }
    kinds.push_back(kind);
  }
  return kinds;
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

OrdinanceMode ordinance(const TomlFields& disclosure, std::string_view key) {
  const auto mode = parse_ordinance_word(disclosure.text(key));
  if (!mode) {
    disclosure.fail(key,
                    "には STATUTE, OPT_OUT, PRESUMED_AFTER_INQUIRY, NO_CONSENT のどれかを書いて"
                    "ください。");
  }
  return *mode;
}

/// A kind the 地域防災計画 can name; 市内部 needs no listing, and 計画に定めのない者 has none.
RecipientKind recipient_kind(const TomlFields& fields, std::string_view key,
                             const std::string& text) {
  const auto kind = parse_recipient_kind(text);
  if (!kind || *kind == RecipientKind::Internal || *kind == RecipientKind::Unlisted) {
    fields.fail(key,
                "には 消防, 警察, 民生委員, 社会福祉協議会, 自主防災組織, その他関係者, "
                "個人支援者, 福祉避難所 のどれかを書いてください。");
  }
  return *kind;
}

bool leaves_out_refusing_supporter(const TomlFields& fields) {
  const std::string text = fields.text("refusing_supporter");
  if (text != "提供しない" && text != "支援者を除いて提供") {
    fields.fail("refusing_supporter",
                "には「提供しない」か「支援者を除いて提供」を書いてください。");
  }
  return text == "支援者を除いて提供";
}

DisclosurePolicy disclosure_policy(const TomlFields& fields) {
  fields.refuse_unknown({"roster_ordinance", "plan_ordinance", "ordinance_clause", "agreement_for",
                         "training_months", "refusing_supporter", "recipient"});
  DisclosurePolicy policy;
  policy.roster_ordinance = ordinance(fields, "roster_ordinance");
  policy.plan_ordinance = ordinance(fields, "plan_ordinance");
  policy.ordinance_clause = fields.text_or_empty("ordinance_clause");
  const bool statute_alone = policy.roster_ordinance == OrdinanceMode::Statute &&
                             policy.plan_ordinance == OrdinanceMode::Statute;
  if (!statute_alone && policy.ordinance_clause.empty()) {
    fields.fail("ordinance_clause",
                "がありません。STATUTE 以外には根拠となる条例の条項を書いてください。");
  }
  if (fields.has("agreement_for")) {
    policy.agreement_for.clear();
    for (const std::string& text : fields.texts("agreement_for")) {
      policy.agreement_for.push_back(recipient_kind(fields, "agreement_for", text));
    }
  }
  policy.training_months = fields.integer("training_months", {1, 120});
  policy.leave_out_refusing_supporter = leaves_out_refusing_supporter(fields);
  policy.listed.clear();
  for (const TomlFields& each : fields.tables("recipient")) {
    each.refuse_unknown({"kind", "clause"});
    const RecipientKind kind = recipient_kind(each, "kind", each.text("kind"));
    if (policy.lists(kind)) {
      each.fail("kind", "が重なっています。一つの種別は一度だけ書いてください。");
    }
    policy.listed.push_back({kind, each.text("clause")});
  }
  return policy;
}

}  // namespace

LocalPlan parse_local_plan(std::string_view toml) {
  const toml::table root = parse_toml_text(toml, "地域防災計画の設定");
  const TomlFields top(root, "地域防災計画の設定");
  top.refuse_unknown({"city", "planning", "shelters", "disclosure"});
  const TomlFields city = top.table("city");
  city.refuse_unknown({"name", "code", "department", "phone"});
  const TomlFields planning = top.table("planning");
  planning.refuse_unknown({"rule_set", "hazards", "companions", "snap_limit_m", "review_months"});
  const TomlFields shelters = top.table("shelters");
  shelters.refuse_unknown(
      {"designated_welfare_arrival", "agreement_welfare_arrival", "capacity_when_unknown"});

  LocalPlan plan;
  plan.city_name = city.text("name");
  plan.city_code = city_code(city);
  plan.department = city.text("department");
  plan.phone = city.text("phone");
  plan.rule_set_file = rule_file(planning);
  plan.planning_hazards = hazards(planning);
  plan.companions = planning.integer("companions", {0, 10});
  plan.snap_limit_m = planning.number("snap_limit_m", {1, 5000});
  plan.review_months = planning.integer("review_months", {1, 120});
  plan.designated_welfare_arrival = arrival(shelters, "designated_welfare_arrival");
  plan.agreement_welfare_arrival = arrival(shelters, "agreement_welfare_arrival");
  plan.capacity_when_unknown = shelters.integer("capacity_when_unknown", {0, 100000});
  if (top.has("disclosure")) {
    plan.disclosure = disclosure_policy(top.table("disclosure"));
  }
  return plan;
}

}  // namespace registry
