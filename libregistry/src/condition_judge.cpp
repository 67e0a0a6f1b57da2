// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rule_attribute.hpp"
#include "rule_condition.hpp"

namespace registry {
namespace {

bool contains(const std::vector<std::string>& values, std::string_view value) {
  return std::ranges::find(values, value) != values.end();
}

bool within(const Condition& condition, int value) {
  return (!condition.at_least || value >= *condition.at_least) &&
         (!condition.at_most || value <= *condition.at_most);
}

/// What nobody knows meets no condition.
bool within(const Condition& condition, std::optional<int> value) {
  return value && within(condition, *value);
}

std::string_view yes_no(bool value) {
  return value ? "yes" : "no";
}

bool is_physical(const Certificate& certificate) {
  return certificate.kind == CertificateKind::Physical;
}

bool has_grade(const Condition& condition, const RuleAttribute& attribute,
               const Certificate& certificate) {
  return certificate.kind == attribute.kind &&
         (condition.scheme.empty() || certificate.scheme == condition.scheme) &&
         (condition.any_of.empty() || contains(condition.any_of, certificate.grade));
}

bool has_part_grade(const Condition& condition, const Certificate& certificate) {
  return std::ranges::any_of(certificate.parts, [&](const BodyPart& part) {
    return contains(condition.parts, part.part) &&
           contains(condition.any_of, std::to_string(part.grade));
  });
}

}  // namespace

ConditionJudge::ConditionJudge(const PersonFacts& facts, Date on) : facts_(facts), on_(on) {
  for (const Certificate& certificate : facts.certificates) {
    if (!certificate.valid_to || *certificate.valid_to >= on) {
      certificates_.push_back(&certificate);
    }
  }
}

bool ConditionJudge::all_hold(const std::vector<Condition>& conditions) const {
  return std::ranges::all_of(conditions,
                             [&](const Condition& condition) { return holds(condition); });
}

template <class Meets>
bool ConditionJudge::any(Meets meets) const {
  return std::ranges::any_of(certificates_, [&](const Certificate* one) { return meets(*one); });
}

bool ConditionJudge::holds(const Condition& condition) const {
  const RuleAttribute* attribute = find_rule_attribute(condition.attribute);
  TOMONI_EXPECT(attribute != nullptr);
  const Person& person = facts_.person;
  const Circumstances& life = facts_.circumstances;
  const auto is_one_of = [&](std::string_view word) { return contains(condition.any_of, word); };
  switch (attribute->ask) {
    case Ask::CertificateGrade:
      return any([&](const Certificate& one) { return has_grade(condition, *attribute, one); });
    case Ask::PartGrade:
      return any([&](const Certificate& one) { return has_part_grade(condition, one); });
    // What a card states is asked of physical cards only: without one there is no answer.
    case Ask::PartsStated:
      return any([&](const Certificate& one) {
        return is_physical(one) && is_one_of(yes_no(!one.parts.empty()));
      });
    case Ask::GradeStated:
      return any([&](const Certificate& one) {
        return is_physical(one) && is_one_of(yes_no(!one.grade.empty()));
      });
    case Ask::CardClass:
      return any([&](const Certificate& one) { return is_one_of(one.card_class); });
    case Ask::PartCount:
      return within(condition, part_count(condition));
    case Ask::Age:
      return person.birth_date && within(condition, legal_age(*person.birth_date, on_));
    case Ask::LivingPlace:
      return is_one_of(to_text(person.living_place));
    case Ask::ExpectReturn:
      return is_one_of(yes_no(person.expect_return));
    case Ask::Mobility:
      return is_one_of(to_text(person.mobility));
    case Ask::HouseholdSize:
      return within(condition, person.household_size);
    case Ask::HouseholdType:
      return is_one_of(life.household_type);
    case Ask::YoungestAge:
      return within(condition, life.youngest_age);
    case Ask::HazardRank:
      return within(condition, life.hazard_rank);
    case Ask::Supporters:
      return within(condition, life.supporters);
    case Ask::WayKnown:
      return life.way_known && is_one_of(yes_no(*life.way_known));
    case Ask::WelfareService:
      return is_one_of(yes_no(life.uses_welfare_service));
    case Ask::MedicalCare:
      return std::ranges::any_of(life.medical_care, is_one_of);
  }
  contract_violated("ask is an enumerator", __FILE__, __LINE__);
}

int ConditionJudge::part_count(const Condition& condition) const {
  std::ptrdiff_t count = 0;
  for (const Certificate* certificate : certificates_) {
    count += std::ranges::count_if(certificate->parts, [&](const BodyPart& part) {
      return contains(condition.parts, part.part);
    });
  }
  return static_cast<int>(count);
}

}  // namespace registry
