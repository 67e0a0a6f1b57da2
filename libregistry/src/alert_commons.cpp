// SPDX-License-Identifier: Apache-2.0
// 公共情報コモンズ (L-ALERT): an envelope (EDXL) around a report whose body lists the orders in
// force and lifted, each with its areas by name.
#include <algorithm>

#include "alert_builder.hpp"

namespace registry {
namespace {

bool is_our_citys(const XmlNode& root, const AlertRules& rules, const AlertPlace& place) {
  bool ours = false;
  root.each("jisX0402",
            [&](const XmlNode& code) { ours = ours || is_own(code.text, place, rules); });
  return ours;
}

HazardKind hazard_of(const std::string& words, const AlertRules& rules) {
  const auto found = std::ranges::find_if(rules.order_hazards, [&](const OrderHazard& each) {
    return words.find(each.word) != std::string::npos;
  });
  return found == rules.order_hazards.end() ? rules.order_otherwise : found->hazard;
}

/// 市内全域, 全域, 市全域: the order is for everybody.
bool is_whole_city(const std::string& name) {
  return name.ends_with("全域");
}

AlertWhere where_of(const XmlNode& detail) {
  AlertWhere where{.whole_city = false, .areas = {}};
  detail.each("areaName", [&](const XmlNode& name) {
    where.whole_city = where.whole_city || is_whole_city(name.text);
    where.areas.push_back({.code = {}, .name = name.text});
  });
  where.whole_city = where.whole_city || where.areas.empty();
  return where;
}

/// 発令 and 継続 in the words the rules know from 気象庁.
std::string status_of(const std::string& word) {
  return word == "発令" ? "発表" : word;
}

}  // namespace

AlertDocument read_commons_order(const XmlNode& root, const AlertRules& rules,
                                 const AlertPlace& place) {
  const std::string status = root.text_of("distributionStatus");
  if (!status.empty() && status != "Actual") {
    refuse_alert("通常の配信ではありません（" + status +
                 "）。訓練や試験の配信からは何も提案しません。");
  }
  if (!is_our_citys(root, rules, place)) {
    refuse_alert("この市の区域がありません（ほかの市町村の避難情報）。");
  }
  const std::string time = root.text_of("ReportDateTime");
  const std::string number = root.text_of("documentID");
  AlertDocument document;
  document.issuer = root.text_of("OfficeName");
  document.title = root.text_of("Title");
  document.issued = alert_moment(time, rules, place);
  document.series = std::string(kOrderProduct) + "|" + (number.empty() ? document.issuer : number);
  document.id = document.series + "|" + root.text_of("documentRevision") + "|" + time;
  const HazardKind hazard =
      hazard_of(root.text_of("DisasterName") + document.title + root.text_of("Text"), rules);
  AlertBuilder builder(rules, std::string(kOrderProduct), std::move(document));
  root.each("Detail", [&](const XmlNode& detail) {
    builder.add_order({{}, detail.text_at("Sort"), status_of(detail.text_at("IssueOrLift"))},
                      where_of(detail), hazard);
  });
  return builder.take();
}

}  // namespace registry
