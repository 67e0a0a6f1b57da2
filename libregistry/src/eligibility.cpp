// SPDX-License-Identifier: Apache-2.0
#include "registry/eligibility.hpp"

#include <algorithm>

#include "rule_attribute.hpp"

namespace registry {
namespace {

bool contains(const std::vector<std::string>& values, std::string_view value) {
  return std::ranges::find(values, value) != values.end();
}

/// What the conditions are asked about. Certificates are those that still count.
struct Subject {
  const Person& person;
  const Circumstances& circumstances;
  std::vector<const Certificate*> certificates;
  Date on;
};

bool within(const Condition& condition, int value) {
  return (!condition.at_least || value >= *condition.at_least) &&
         (!condition.at_most || value <= *condition.at_most) &&
         (condition.any_of.empty() || contains(condition.any_of, std::to_string(value)));
}

bool holds_grade(const Condition& condition, CertificateKind kind, const Subject& subject) {
  return std::ranges::any_of(subject.certificates, [&](const Certificate* certificate) {
    return certificate->kind == kind &&
           (condition.scheme.empty() || certificate->scheme == condition.scheme) &&
           (condition.any_of.empty() || contains(condition.any_of, certificate->grade));
  });
}

bool holds_part_grade(const Condition& condition, const Subject& subject) {
  return std::ranges::any_of(subject.certificates, [&](const Certificate* certificate) {
    return std::ranges::any_of(certificate->parts, [&](const BodyPart& part) {
      return contains(condition.parts, part.part) &&
             contains(condition.any_of, std::to_string(part.grade));
    });
  });
}

/// How many impairments of the named parts the cards state.
int part_count(const Condition& condition, const Subject& subject) {
  std::ptrdiff_t count = 0;
  for (const Certificate* certificate : subject.certificates) {
    count += std::ranges::count_if(certificate->parts, [&](const BodyPart& part) {
      return contains(condition.parts, part.part);
    });
  }
  return static_cast<int>(count);
}

/// Asks about physical cards only: without such a card the answer is neither yes nor no.
bool grade_stated_as(const Condition& condition, const Subject& subject) {
  return std::ranges::any_of(subject.certificates, [&](const Certificate* certificate) {
    return certificate->kind == CertificateKind::Physical &&
           contains(condition.any_of, certificate->grade.empty() ? "no" : "yes");
  });
}

bool holds_card_class(const Condition& condition, const Subject& subject) {
  return std::ranges::any_of(subject.certificates, [&](const Certificate* certificate) {
    return certificate->kind == CertificateKind::Physical &&
           contains(condition.any_of, certificate->card_class);
  });
}

bool receives_care(const Condition& condition, const Subject& subject) {
  return std::ranges::any_of(subject.circumstances.medical_care, [&](const std::string& care) {
    return contains(condition.any_of, care);
  });
}

/// Asks about physical cards only: without such a card the answer is neither yes nor no.
bool parts_stated_as(const Condition& condition, const Subject& subject) {
  return std::ranges::any_of(subject.certificates, [&](const Certificate* certificate) {
    return certificate->kind == CertificateKind::Physical &&
           contains(condition.any_of, certificate->parts.empty() ? "no" : "yes");
  });
}

bool holds(const Condition& condition, const Subject& subject) {
  const RuleAttribute* attribute = find_rule_attribute(condition.attribute);
  TOMONI_EXPECT(attribute != nullptr);
  switch (attribute->ask) {
    case Ask::CertificateGrade:
      return holds_grade(condition, attribute->kind, subject);
    case Ask::PartGrade:
      return holds_part_grade(condition, subject);
    case Ask::PartsStated:
      return parts_stated_as(condition, subject);
    case Ask::PartCount:
      return within(condition, part_count(condition, subject));
    case Ask::GradeStated:
      return grade_stated_as(condition, subject);
    case Ask::CardClass:
      return holds_card_class(condition, subject);
    case Ask::LivingPlace:
      return contains(condition.any_of, to_text(subject.person.living_place));
    case Ask::ExpectReturn:
      return contains(condition.any_of, subject.person.expect_return ? "yes" : "no");
    case Ask::Age:
      return subject.person.birth_date &&
             within(condition, legal_age(*subject.person.birth_date, subject.on));
    case Ask::HouseholdSize:
      return within(condition, subject.person.household_size);
    case Ask::HouseholdType:
      return contains(condition.any_of, subject.circumstances.household_type);
    case Ask::YoungestAge:
      return subject.circumstances.youngest_age &&
             within(condition, *subject.circumstances.youngest_age);
    case Ask::MedicalCare:
      return receives_care(condition, subject);
    case Ask::WelfareService:
      return contains(condition.any_of, subject.circumstances.uses_welfare_service ? "yes" : "no");
  }
  return false;
}

bool matches(const Clause& clause, const Subject& subject) {
  return std::ranges::all_of(clause.all_of,
                             [&](const Condition& condition) { return holds(condition, subject); });
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
Eligibility matched_clauses(const RuleSet& rules, const Subject& subject) {
  Eligibility met{EligibilityVerdict::Eligible, {}, {}};
  Eligibility asked{EligibilityVerdict::Review, {}, {}};
  for (const Clause& clause : rules.clauses) {
    if (!matches(clause, subject)) {
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

Eligibility evaluate_eligibility(const Candidate& candidate, const RuleSet& rules, Date on) {
  const Person& person = candidate.person;
  if (person.residency != Residency::Resident) {
    return {EligibilityVerdict::NotEligible,
            {},
            "住民ではない（" + std::string(to_text(person.residency)) + "）"};
  }
  Subject subject{person, candidate.circumstances, {}, on};
  for (const Certificate& certificate : candidate.certificates) {
    if (!certificate.valid_to || *certificate.valid_to >= on) {
      subject.certificates.push_back(&certificate);
    }
  }
  Eligibility result = matched_clauses(rules, subject);
  if (result.verdict == EligibilityVerdict::NotEligible) {
    return result;
  }
  for (const Clause& exclusion : rules.exclusions) {
    if (matches(exclusion, subject)) {
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
