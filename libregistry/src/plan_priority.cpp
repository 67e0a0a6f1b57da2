// SPDX-License-Identifier: Apache-2.0
#include "registry/plan_priority.hpp"

#include <algorithm>

#include "rule_condition.hpp"

namespace registry {
namespace {

constexpr Range kPoints{1, 100};

PriorityFactor parse_factor(const TomlFields& unnamed, const PartGroups& groups) {
  const TomlFields fields = unnamed.renamed(unnamed.where() + " " + unnamed.text("title"));
  fields.refuse_unknown({"group", "title", "points", "all_of"});
  return {.group = fields.text("group"),
          .title = fields.text("title"),
          .points = fields.integer("points", kPoints),
          .all_of = parse_conditions(fields, groups)};
}

}  // namespace

PriorityRules parse_priority_rules(std::string_view toml) {
  constexpr std::string_view kFile = "計画作成の優先順位";
  const toml::table root = parse_toml_text(toml, kFile);
  const TomlFields top(root, std::string(kFile));
  top.refuse_unknown({"rule_set", "part_groups", "factor"});
  const TomlFields head = top.table("rule_set");
  head.refuse_unknown({"id", "source"});
  PriorityRules rules{.id = head.text("id"), .source = head.text("source"), .factors = {}};
  const PartGroups groups = parse_part_groups(top, root);
  for (const TomlFields& fields : top.tables("factor")) {
    rules.factors.push_back(parse_factor(fields, groups));
  }
  if (rules.factors.empty()) {
    top.fail("factor", "が一つもありません。[[factor]] で理由と点を書いてください。");
  }
  return rules;
}

Priority plan_priority(const PersonFacts& facts, const PriorityRules& rules, Date on) {
  const ConditionJudge judge(facts, on);
  Priority priority;
  for (const PriorityFactor& factor : rules.factors) {
    if (!judge.all_hold(factor.all_of)) {
      continue;
    }
    const auto same = std::ranges::find(priority.reasons, factor.group, &PriorityReason::group);
    if (same == priority.reasons.end()) {
      priority.reasons.push_back({factor.group, factor.title, factor.points});
    } else if (same->points < factor.points) {
      *same = {factor.group, factor.title, factor.points};
    }
  }
  for (const PriorityReason& reason : priority.reasons) {
    priority.points += reason.points;
  }
  return priority;
}

}  // namespace registry
