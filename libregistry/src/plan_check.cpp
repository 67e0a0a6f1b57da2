// SPDX-License-Identifier: Apache-2.0
#include "registry/plan_check.hpp"

#include <algorithm>

#include "registry/error.hpp"

namespace registry {
namespace {

/// Items 1 to 6 of the register (49条の10②), which every plan repeats (49条の14③).
void check_person(const Registrant& subject, std::vector<std::string>& missing) {
  const Person& person = subject.person;
  if (person.name.empty()) {
    missing.emplace_back("氏名（49条の10②一）");
  }
  if (!person.birth_date && person.birth_text.empty()) {
    missing.emplace_back("生年月日（49条の10②二）");
  }
  if (person.sex == Sex::NotStated) {
    missing.emplace_back("性別（49条の10②三）");
  }
  if (person.full_address().empty() && person.actual_residence.empty()) {
    missing.emplace_back("住所又は居所（49条の10②四）");
  }
  // Somebody who can be reached for the person is an 「その他の連絡先」.
  const bool reachable = !person.phone.empty() ||
                         std::ranges::any_of(person.emergency_contacts, [](const Contact& contact) {
                           return !contact.phone.empty();
                         });
  if (!reachable) {
    missing.emplace_back("電話番号その他の連絡先（49条の10②五）");
  }
  if (subject.certificates.empty() && subject.clauses.empty()) {
    missing.emplace_back("避難支援等を必要とする事由（49条の10②六）");
  }
}

void check_supporter(const Supporter& supporter, std::size_t number,
                     std::vector<std::string>& missing) {
  const std::string who = "避難支援等実施者（" + std::to_string(number) + "人目）の";
  if (supporter.name.empty() && supporter.organisation.empty()) {
    missing.push_back(who + "氏名又は名称（49条の14③一）");
  }
  if (supporter.address.empty()) {
    missing.push_back(who + "住所又は居所（49条の14③一）");
  }
  if (supporter.phone.empty() && supporter.mail.empty()) {
    missing.push_back(who + "電話番号その他の連絡先（49条の14③一）");
  }
}

std::string because(Gap gap) {
  return gap == Gap::None ? std::string() : "（理由: " + std::string(to_text(gap)) + "）";
}

/// Every family of hazards planned for needs a place and a way to it.
void check_way(const PlanCourse& course, const std::string& when,
               std::vector<std::string>& missing) {
  const auto lacks_place = [](const PlanLeg& leg) { return leg.shelter_name.empty(); };
  const auto lacks_route = [](const PlanLeg& leg) { return leg.route.empty(); };
  if (course.legs.empty() || std::ranges::any_of(course.legs, lacks_place)) {
    missing.push_back(when + "避難施設その他の避難場所（49条の14③二）" + because(course.gap));
  }
  if (course.legs.empty() || std::ranges::any_of(course.legs, lacks_route)) {
    missing.push_back(when + "避難路その他の避難経路（49条の14③二）" + because(course.gap));
  }
}

void check_ways(const EvacuationPlan& plan, std::vector<std::string>& missing) {
  if (plan.courses.size() <= 1) {
    check_way(plan.main_course(), {}, missing);
    return;
  }
  for (const PlanCourse& course : plan.courses) {
    check_way(course, std::string(to_text(family_of(course.hazard))) + "の", missing);
  }
}

}  // namespace

PlanCheck check_legal_completeness(const EvacuationPlan& plan, const Registrant& subject,
                                   const std::vector<AssignedSupporter>& supporters) {
  // A plan checked against another person's record would be a wrong link, never an answer.
  TOMONI_EXPECT(plan.subject == subject.person.id);
  PlanCheck check;
  check_person(subject, check.missing);
  check.supporter_undecided = supporters.empty();
  std::size_t number = 0;
  for (const AssignedSupporter& assigned : supporters) {
    ++number;
    check_supporter(assigned.supporter, number, check.missing);
  }
  check_ways(plan, check.missing);
  return check;
}

}  // namespace registry
