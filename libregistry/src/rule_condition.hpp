// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "registry/eligibility.hpp"
#include "toml_fields.hpp"

namespace registry {

/// Names a rule file gives to groups of body parts.
using PartGroups = std::map<std::string, std::vector<std::string>, std::less<>>;

/// The table `part_groups` of a rule file, which may be absent.
[[nodiscard]] PartGroups parse_part_groups(const TomlFields& top, const toml::table& root);

/// The `all_of` of a rule. Throws `InputError` when there is no condition in it, or one that could
/// never match.
[[nodiscard]] std::vector<Condition> parse_conditions(const TomlFields& fields,
                                                      const PartGroups& groups);

/// Whether all conditions hold on that day. Expired certificates do not count.
class ConditionJudge {
 public:
  ConditionJudge(const PersonFacts& facts, Date on);
  [[nodiscard]] bool all_hold(const std::vector<Condition>& conditions) const;

 private:
  [[nodiscard]] bool holds(const Condition& condition) const;
  template <class Meets>
  [[nodiscard]] bool any(Meets meets) const;
  [[nodiscard]] int part_count(const Condition& condition) const;

  PersonFacts facts_;
  std::vector<const Certificate*> certificates_;  ///< those that still count
  Date on_;
};

}  // namespace registry
