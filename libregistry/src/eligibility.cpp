// SPDX-License-Identifier: Apache-2.0
#include "registry/eligibility.hpp"

#include <algorithm>

#include "rule_condition.hpp"

namespace registry {
namespace {

bool contains(const std::vector<std::string>& values, std::string_view value) {
  return std::ranges::find(values, value) != values.end();
}

void add_once(std::vector<std::string>& list, const std::string& value) {
  if (!contains(list, value)) {
    list.push_back(value);
  }
}

void join(std::string& text, std::string_view more) {
  if (!text.empty()) {
    text += " / ";
  }
  text += more;
}

/// Criteria and questions, before exclusions.
Eligibility matched_clauses(const RuleSet& rules, const ConditionJudge& judge) {
  Eligibility met{EligibilityVerdict::Eligible, {}, {}};
  Eligibility asked{EligibilityVerdict::Review, {}, {}};
  for (const Clause& clause : rules.clauses) {
    if (!judge.all_hold(clause.all_of)) {
      continue;
    }
    if (clause.question.empty()) {
      add_once(met.clauses, clause.id);
    } else {
      add_once(asked.clauses, clause.id);
      join(asked.reason, clause.question);
    }
  }
  if (!met.clauses.empty()) {
    return met;
  }
  if (!asked.clauses.empty()) {
    return asked;
  }
  return {EligibilityVerdict::NotEligible, {}, "どの基準にも当てはまらない"};
}

}  // namespace

Eligibility evaluate_eligibility(const PersonFacts& facts, const RuleSet& rules, Date on) {
  const Person& person = facts.person;
  if (person.residency != Residency::Resident) {
    return {EligibilityVerdict::NotEligible,
            {},
            "住民ではない（" + std::string(to_text(person.residency)) + "）"};
  }
  const ConditionJudge judge(facts, on);
  Eligibility result = matched_clauses(rules, judge);
  if (result.verdict == EligibilityVerdict::NotEligible) {
    return result;
  }
  for (const Clause& exclusion : rules.exclusions) {
    if (judge.all_hold(exclusion.all_of)) {
      result.verdict = EligibilityVerdict::Excluded;
      result.reason = exclusion.title;
      return result;
    }
  }
  return result;
}

Eligibility evaluate_eligibility(const Person& person, const std::vector<Certificate>& certificates,
                                 const RuleSet& rules, Date on) {
  const Circumstances unasked;
  return evaluate_eligibility({person, certificates, unasked}, rules, on);
}

}  // namespace registry
