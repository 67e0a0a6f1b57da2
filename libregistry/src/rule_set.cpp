// SPDX-License-Identifier: Apache-2.0
#include "registry/eligibility.hpp"
#include "rule_condition.hpp"

namespace registry {
namespace {

constexpr std::string_view kFile = "名簿の基準";

Clause parse_clause(const TomlFields& unnamed, const PartGroups& groups, bool asks) {
  Clause clause;
  clause.id = unnamed.text("id");
  const TomlFields fields = unnamed.renamed(unnamed.where() + " " + clause.id);
  if (asks) {
    fields.refuse_unknown({"id", "title", "question", "all_of"});
    clause.question = fields.text("question");
  } else {
    fields.refuse_unknown({"id", "title", "all_of"});
  }
  clause.title = fields.text("title");
  clause.all_of = parse_conditions(fields, groups);
  return clause;
}

}  // namespace

RuleSet parse_rule_set(std::string_view toml) {
  const toml::table root = parse_toml_text(toml, kFile);
  const TomlFields top(root, std::string(kFile));
  top.refuse_unknown({"rule_set", "part_groups", "clause", "review", "exclusion"});
  const TomlFields head = top.table("rule_set");
  head.refuse_unknown({"id", "city", "effective_from", "effective_to", "source"});

  RuleSet rules;
  rules.id = head.text("id");
  rules.city = head.text("city");
  rules.source = head.text("source");
  rules.effective_from = head.date("effective_from");
  if (head.has("effective_to")) {
    rules.effective_to = head.date("effective_to");
    if (*rules.effective_to < rules.effective_from) {
      head.fail("effective_to", "が「effective_from」より前です。");
    }
  }
  const PartGroups groups = parse_part_groups(top, root);
  for (const TomlFields& fields : top.tables("clause")) {
    rules.clauses.push_back(parse_clause(fields, groups, false));
  }
  if (rules.clauses.empty()) {
    top.fail("clause", "が一つもありません。[[clause]] で基準を書いてください。");
  }
  for (const TomlFields& fields : top.tables("review")) {
    rules.clauses.push_back(parse_clause(fields, groups, true));
  }
  for (const TomlFields& fields : top.tables("exclusion")) {
    rules.exclusions.push_back(parse_clause(fields, groups, false));
  }
  return rules;
}

}  // namespace registry
