// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/registrant.hpp"

namespace registry {

/// One condition on one attribute of a person or certificate.
struct Condition {
  std::string attribute;            ///< care_level, physical_part_grade, mental_grade, age, ...
  std::string part;                 ///< physical_part_grade: which body parts it speaks of
  std::vector<std::string> parts;   ///< `part` spelled out: groups of the rule set are resolved
  std::string scheme;               ///< intellectual_grade: 愛の手帳 or 療育手帳
  std::vector<std::string> any_of;  ///< accepted values
  std::optional<int> at_least;      ///< of what is counted: years, people, parts
  std::optional<int> at_most;
};

/// A criterion: all conditions must hold. Clauses that share an id are alternatives.
struct Clause {
  std::string id;  ///< ア, イ, ...
  std::string title;
  std::vector<Condition> all_of;
  std::string question;  ///< when not empty a match gives REVIEW with this question
};

/// The criteria of one city, versioned (地域防災計画). Data, never code.
struct RuleSet {
  std::string id;
  std::string city;
  std::string source;
  Date effective_from{};
  std::optional<Date> effective_to;  ///< last day; absent = until replaced
  std::vector<Clause> clauses;       ///< with those that only ask a question
  std::vector<Clause> exclusions;
};

/// Reads a rule set. Throws `InputError` naming the key for an unknown attribute, a grade or body
/// part that does not exist, an empty clause or a missing field. The attributes there are stand in
/// `data/rules/eligibility_nishitokyo.toml`.
[[nodiscard]] RuleSet parse_rule_set(std::string_view toml);

enum class EligibilityVerdict : std::uint8_t { Eligible, NotEligible, Excluded, Review };

struct Eligibility {
  EligibilityVerdict verdict = EligibilityVerdict::NotEligible;
  std::vector<std::string> clauses;  ///< matched; for Review those that raised the question
  std::string reason;                ///< exclusion matched, or the question; no personal data
};

/// What criteria may ask of a person's life beside the certificates.
struct Circumstances {
  std::string household_type;  ///< 世帯類型: 単身, 高齢者のみ, ...; empty = not stated
  std::optional<int> youngest_age;        ///< legal age of the youngest resident of the household
  std::vector<std::string> medical_care;  ///< 人工呼吸器, 吸引, ...
  bool uses_welfare_service = false;      ///< 障害福祉サービス
  // For the order of plan making only; nothing = not known.
  std::optional<int> hazard_rank;  ///< worst at the home, 0 = none, 1-6 as flood depth classes
  std::optional<int> supporters;   ///< who have agreed to help
  std::optional<bool> way_known;   ///< the newest plan leads to a shelter
};

/// One person to be judged. Borrows.
struct PersonFacts {
  const Person& person;
  const std::vector<Certificate>& certificates;
  const Circumstances& circumstances;
};

/// Pure: the same person, certificates, rules and day always give the same verdict. Expired
/// certificates do not count. Only residents can be eligible. A matching criterion counts before a
/// question, an exclusion before both.
[[nodiscard]] Eligibility evaluate_eligibility(const PersonFacts& facts, const RuleSet& rules,
                                               Date on);
/// Of somebody whose circumstances nobody has asked about.
[[nodiscard]] Eligibility evaluate_eligibility(const Person& person,
                                               const std::vector<Certificate>& certificates,
                                               const RuleSet& rules, Date on);

}  // namespace registry
