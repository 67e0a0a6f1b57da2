// SPDX-License-Identifier: Apache-2.0
// Reads conditions. Whatever could never match (a grade that does not exist, a mistyped part) is
// refused here: a rule without effect would leave people out in silence.
#include "rule_condition.hpp"

#include <algorithm>
#include <array>

#include "certificate_grades.hpp"
#include "needs_words.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"
#include "rule_attribute.hpp"

namespace registry {
namespace {

constexpr std::array<RuleAttribute, 23> kAttributes{{
    {"care_level", Ask::CertificateGrade, CertificateKind::CareLevel},
    {"physical_grade", Ask::CertificateGrade, CertificateKind::Physical},
    {"mental_grade", Ask::CertificateGrade, CertificateKind::Mental},
    {"intellectual_grade", Ask::CertificateGrade, CertificateKind::Intellectual},
    {"support_category", Ask::CertificateGrade, CertificateKind::SupportCategory},
    {"intractable_disease", Ask::CertificateGrade, CertificateKind::IntractableDisease},
    {"physical_part_grade", Ask::PartGrade, CertificateKind::Physical},
    {"physical_parts_stated", Ask::PartsStated, CertificateKind::Physical},
    {"physical_part_count", Ask::PartCount, CertificateKind::Physical},
    {"physical_grade_stated", Ask::GradeStated, CertificateKind::Physical},
    {"physical_class", Ask::CardClass, CertificateKind::Physical},
    {"living_place", Ask::LivingPlace, {}},
    {"expect_return", Ask::ExpectReturn, {}},
    {"age", Ask::Age, {}},
    {"household_size", Ask::HouseholdSize, {}},
    {"household_type", Ask::HouseholdType, {}},
    {"household_youngest_age", Ask::YoungestAge, {}},
    {"medical_care", Ask::MedicalCare, {}},
    {"welfare_service", Ask::WelfareService, {}},
    {"mobility", Ask::Mobility, {}},
    {"hazard_rank", Ask::HazardRank, {}},
    {"supporters", Ask::Supporters, {}},
    {"way_known", Ask::WayKnown, {}},
}};

std::string known_attributes() {
  std::string names;
  for (const RuleAttribute& attribute : kAttributes) {
    names += names.empty() ? "" : ", ";
    names += attribute.name;
  }
  return names;
}

std::string known_parts() {
  std::string names;
  for (const std::string_view part : body_part_names()) {
    names += names.empty() ? "" : ", ";
    names += part;
  }
  return names;
}

void parse_part_names(const TomlFields& fields, const PartGroups& groups, Condition& condition) {
  condition.part = fields.text("part");
  const auto group = groups.find(condition.part);
  if (group != groups.end()) {
    condition.parts = group->second;
  }
  // A part, or a group that files also use as a part (肢体不自由).
  if (const auto part = canonical_body_part(condition.part)) {
    condition.parts.push_back(*part);
  }
  if (condition.parts.empty()) {
    fields.fail("part",
                "の「" + condition.part +
                    "」は部位でも part_groups の名前でもありません。使える部位: " + known_parts());
  }
}

void parse_part_grades(const TomlFields& fields, Condition& condition) {
  for (const std::string& text : fields.texts("any_of")) {
    const auto grade = parse_part_grade(text);
    if (!grade || std::ranges::none_of(condition.parts, [&](const std::string& part) {
          return part_grade_exists(part, *grade);
        })) {
      fields.fail("any_of",
                  "の「" + text + "」という等級は、部位「" + condition.part + "」にはありません。");
    }
    condition.any_of.push_back(std::to_string(*grade));
  }
}

void parse_grades(const TomlFields& fields, CertificateKind kind, Condition& condition) {
  if (kind == CertificateKind::Intellectual) {
    condition.scheme = fields.text("scheme");
    if (condition.scheme != kAiNoTecho && condition.scheme != kRyoikuTecho) {
      fields.fail("scheme", "には「愛の手帳」か「療育手帳」を書いてください。");
    }
  }
  if (kind == CertificateKind::IntractableDisease && !fields.has("any_of")) {
    return;  // any disease
  }
  for (const std::string& text : fields.texts("any_of")) {
    const auto grade = canonical_grade(kind, condition.scheme, text);
    if (!grade) {
      fields.fail("any_of", "の「" + text + "」という等級はありません。使える等級: " +
                                std::string(known_grades(kind, condition.scheme)));
    }
    condition.any_of.push_back(*grade);
  }
}

void parse_choices(const TomlFields& fields, const std::vector<std::string_view>& known,
                   Condition& condition) {
  condition.any_of = fields.texts("any_of");
  const auto unknown = std::ranges::find_if(condition.any_of, [&](const std::string& text) {
    return std::ranges::find(known, text) == known.end();
  });
  if (unknown == condition.any_of.end()) {
    return;
  }
  std::string names;
  for (const std::string_view name : known) {
    names += names.empty() ? "" : ", ";
    names += name;
  }
  fields.fail("any_of", "の「" + *unknown + "」は使えません。使える値: " + names);
}

void parse_bounds(const TomlFields& fields, Condition& condition) {
  constexpr Range kPeopleOrYears{0, 150};
  if (fields.has("at_least")) {
    condition.at_least = fields.integer("at_least", kPeopleOrYears);
  }
  if (fields.has("at_most")) {
    condition.at_most = fields.integer("at_most", kPeopleOrYears);
  }
  if (!condition.at_least && !condition.at_most) {
    fields.fail("at_least", "か「at_most」のどちらかを書いてください。");
  }
  if (condition.at_least && condition.at_most && *condition.at_least > *condition.at_most) {
    fields.fail("at_least", "が「at_most」より大きく、当てはまる人がいません。");
  }
}

/// Keys besides `attribute` that mean something for an attribute.
void refuse_unknown_keys(const TomlFields& fields, const RuleAttribute& attribute) {
  switch (attribute.ask) {
    case Ask::PartGrade:
      fields.refuse_unknown({"attribute", "part", "any_of"});
      return;
    case Ask::CertificateGrade:
      if (attribute.kind == CertificateKind::Intellectual) {
        fields.refuse_unknown({"attribute", "scheme", "any_of"});
      } else {
        fields.refuse_unknown({"attribute", "any_of"});
      }
      return;
    case Ask::PartsStated:
    case Ask::GradeStated:
    case Ask::CardClass:
    case Ask::LivingPlace:
    case Ask::ExpectReturn:
    case Ask::HouseholdType:
    case Ask::MedicalCare:
    case Ask::WelfareService:
    case Ask::Mobility:
    case Ask::WayKnown:
      fields.refuse_unknown({"attribute", "any_of"});
      return;
    case Ask::PartCount:
      fields.refuse_unknown({"attribute", "part", "at_least", "at_most"});
      return;
    case Ask::Age:
    case Ask::HouseholdSize:
    case Ask::YoungestAge:
    case Ask::HazardRank:
    case Ask::Supporters:
      fields.refuse_unknown({"attribute", "at_least", "at_most"});
      return;
  }
}

std::vector<std::string_view> mobility_words() {
  std::vector<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(Mobility::Stretcher); ++i) {
    words.push_back(to_text(static_cast<Mobility>(i)));
  }
  return words;
}

std::vector<std::string_view> choices_of(Ask ask) {
  if (ask == Ask::LivingPlace) {
    return {to_text(LivingPlace::Home), to_text(LivingPlace::Facility),
            to_text(LivingPlace::Hospital), to_text(LivingPlace::AwayForNow)};
  }
  if (ask == Ask::CardClass) {
    return {"第1種", "第2種"};
  }
  if (ask == Ask::HouseholdType) {
    return {kHouseholdTypes.begin(), kHouseholdTypes.end()};
  }
  if (ask == Ask::MedicalCare) {
    return {kWords<MedicalCare>.begin(), kWords<MedicalCare>.end()};
  }
  return ask == Ask::Mobility ? mobility_words() : std::vector<std::string_view>{"yes", "no"};
}

void parse_values(const TomlFields& fields, const PartGroups& groups,
                  const RuleAttribute& attribute, Condition& condition) {
  switch (attribute.ask) {
    case Ask::CertificateGrade:
      parse_grades(fields, attribute.kind, condition);
      return;
    case Ask::PartGrade:
      parse_part_names(fields, groups, condition);
      parse_part_grades(fields, condition);
      return;
    case Ask::PartCount:
      parse_part_names(fields, groups, condition);
      parse_bounds(fields, condition);
      return;
    case Ask::Age:
    case Ask::HouseholdSize:
    case Ask::YoungestAge:
    case Ask::HazardRank:
    case Ask::Supporters:
      parse_bounds(fields, condition);
      return;
    case Ask::PartsStated:
    case Ask::GradeStated:
    case Ask::CardClass:
    case Ask::LivingPlace:
    case Ask::ExpectReturn:
    case Ask::HouseholdType:
    case Ask::MedicalCare:
    case Ask::WelfareService:
    case Ask::Mobility:
    case Ask::WayKnown:
      parse_choices(fields, choices_of(attribute.ask), condition);
      return;
  }
}

Condition parse_condition(const TomlFields& fields, const PartGroups& groups) {
  Condition condition;
  condition.attribute = fields.text("attribute");
  const RuleAttribute* attribute = find_rule_attribute(condition.attribute);
  if (attribute == nullptr) {
    fields.fail("attribute", "の「" + condition.attribute +
                                 "」は使えません。使える attribute: " + known_attributes());
  }
  refuse_unknown_keys(fields, *attribute);
  parse_values(fields, groups, *attribute, condition);
  return condition;
}

}  // namespace

const RuleAttribute* find_rule_attribute(std::string_view name) {
  const auto* found = std::ranges::find(kAttributes, name, &RuleAttribute::name);
  return found == kAttributes.end() ? nullptr : found;
}

PartGroups parse_part_groups(const TomlFields& top, const toml::table& root) {
  PartGroups groups;
  if (!top.has("part_groups")) {
    return groups;
  }
  const TomlFields fields = top.table("part_groups");
  for (const auto& [key, value] : *root.get("part_groups")->as_table()) {
    std::vector<std::string> parts;
    for (const std::string& text : fields.texts(key.str())) {
      const auto part = canonical_body_part(text);
      if (!part) {
        fields.fail(key.str(),
                    "の「" + text + "」は知らない部位です。使える部位: " + known_parts());
      }
      parts.push_back(*part);
    }
    groups.emplace(std::string(key.str()), std::move(parts));
  }
  return groups;
}

std::vector<Condition> parse_conditions(const TomlFields& fields, const PartGroups& groups) {
  std::vector<Condition> conditions;
  for (const TomlFields& condition : fields.tables("all_of")) {
    conditions.push_back(parse_condition(condition, groups));
  }
  if (conditions.empty()) {
    fields.fail("all_of", "に条件がありません。条件のない基準は全員に当てはまってしまいます。");
  }
  return conditions;
}

}  // namespace registry
