// SPDX-License-Identifier: Apache-2.0
#include "registry/eligibility.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "import_text.hpp"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Date kOn = day(2026, 11, 21);

const RuleSet& nishitokyo() {
  static const RuleSet kRules = parse_rule_set(rule_text("eligibility_nishitokyo.toml"));
  return kRules;
}

Certificate care(const std::string& grade) {
  return {CertificateKind::CareLevel, "", grade, {}, {}, {}};
}
Certificate mental(const std::string& grade) {
  return {CertificateKind::Mental, "", grade, {}, {}, {}};
}
Certificate card(const std::string& scheme, const std::string& grade) {
  return {CertificateKind::Intellectual, scheme, grade, {}, {}, {}};
}
Certificate physical(const std::string& grade, std::vector<BodyPart> parts) {
  return {CertificateKind::Physical, "", grade, std::move(parts), {}, {}};
}

Eligibility of(const Certificate& certificate, const Person& person = {}) {
  return evaluate_eligibility(person, {certificate}, nishitokyo(), kOn);
}

/// `Eligible ア`, `Review イ`, `NotEligible`, ...
std::string verdict(const Eligibility& eligibility) {
  constexpr std::array<const char*, 4> kNames{"Eligible", "NotEligible", "Excluded", "Review"};
  std::string text = kNames.at(static_cast<std::size_t>(eligibility.verdict));
  for (const std::string& clause : eligibility.clauses) {
    text += " " + clause;
  }
  return text;
}

// The twelve golden vectors of the customer's rules.

TEST(NishitokyoRules, CareLevelTwoIsNotEligible) {
  EXPECT_EQ(verdict(of(care("要介護2"))), "NotEligible");
}

TEST(NishitokyoRules, CareLevelThreeIsCriterionA) {
  EXPECT_EQ(verdict(of(care("要介護3"))), "Eligible ア");
}

TEST(NishitokyoRules, VisionTwoIsCriterionI) {
  EXPECT_EQ(verdict(of(physical("2級", {{"視覚", 2}}))), "Eligible イ");
}

TEST(NishitokyoRules, HearingTwoIsCriterionI) {
  EXPECT_EQ(verdict(of(physical("2級", {{"聴覚", 2}}))), "Eligible イ");
}

TEST(NishitokyoRules, HearingThreeIsNotEligible) {
  EXPECT_EQ(verdict(of(physical("3級", {{"聴覚", 3}}))), "NotEligible");
}

TEST(NishitokyoRules, HeartOneAloneIsNotEligible) {
  EXPECT_EQ(verdict(of(physical("1級", {{"心臓", 1}}))), "NotEligible");
}

TEST(NishitokyoRules, LimbTwoIsCriterionI) {
  for (const char* part : {"上肢", "下肢", "体幹", "脳原性運動", "肢体不自由"}) {
    EXPECT_EQ(verdict(of(physical("2級", {{part, 2}}))), "Eligible イ") << part;
  }
}

TEST(NishitokyoRules, OverallTwoFromLighterLimbGradesIsAQuestionForTheCity) {
  const Eligibility answer = of(physical("2級", {{"下肢", 3}, {"体幹", 5}}));
  EXPECT_EQ(verdict(answer), "Review イ");
  EXPECT_THAT(answer.reason, HasSubstr("総合等級"));
}

TEST(NishitokyoRules, MentalTwoIsNotEligible) {
  EXPECT_EQ(verdict(of(mental("2級"))), "NotEligible");
  EXPECT_EQ(verdict(of(mental("1級"))), "Eligible ウ");
}

TEST(NishitokyoRules, TokyoCardOneIsCriterionE) {
  EXPECT_EQ(verdict(of(card("愛の手帳", "1度"))), "Eligible エ");
  EXPECT_EQ(verdict(of(card("療育手帳", "A"))), "Eligible エ");
  EXPECT_EQ(verdict(of(card("療育手帳", "B"))), "NotEligible");
}

TEST(NishitokyoRules, TokyoCardTwoIsAQuestionForTheCity) {
  EXPECT_EQ(verdict(of(card("愛の手帳", "2度"))), "Review エ");
  EXPECT_EQ(verdict(of(card("愛の手帳", "3度"))), "NotEligible");
}

TEST(NishitokyoRules, CareFiveInANursingHomeIsExcluded) {
  Person person;
  person.living_place = LivingPlace::Facility;
  const Eligibility answer = of(care("要介護5"), person);
  EXPECT_EQ(verdict(answer), "Excluded ア");
  EXPECT_EQ(answer.reason, "施設に入所している人");
}

TEST(NishitokyoRules, CareFourInHospitalWhoMayReturnIsEligible) {
  Person person;
  person.living_place = LivingPlace::Hospital;
  person.expect_return = true;
  EXPECT_EQ(verdict(of(care("要介護4"), person)), "Eligible ア");
  person.expect_return = false;
  EXPECT_EQ(verdict(of(care("要介護4"), person)), "Excluded ア");
}

// What follows from the words around them.

TEST(Eligibility, ACardWithoutPartsIsAskedAboutRatherThanDropped) {
  EXPECT_EQ(verdict(of(physical("1級", {}))), "Review イ");
  EXPECT_EQ(verdict(of(physical("3級", {}))), "NotEligible");
}

TEST(Eligibility, ExpiredCertificatesDoNotCountAndTheLastDayDoes) {
  Certificate certificate = care("要介護5");
  certificate.valid_to = kOn;
  EXPECT_EQ(verdict(of(certificate)), "Eligible ア");
  certificate.valid_to = day(2026, 11, 20);
  EXPECT_EQ(verdict(of(certificate)), "NotEligible");
}

TEST(Eligibility, OnlyResidentsCanBeEligible) {
  Person person;
  for (const Residency gone : {Residency::MovedOut, Residency::Died, Residency::Deleted}) {
    person.residency = gone;
    const Eligibility answer = of(care("要介護5"), person);
    EXPECT_EQ(verdict(answer), "NotEligible");
    EXPECT_THAT(answer.reason, HasSubstr(std::string(to_text(gone))));
  }
}

TEST(Eligibility, AMetCriterionSilencesTheQuestionAndIsNamedOnce) {
  const std::vector<Certificate> certificates{
      physical("1級", {{"視覚", 1}, {"下肢", 2}, {"体幹", 5}}), card("愛の手帳", "2度"),
      care("要介護3")};
  const Eligibility answer = evaluate_eligibility({}, certificates, nishitokyo(), kOn);
  EXPECT_THAT(answer.clauses, ElementsAre("ア", "イ"));
  EXPECT_THAT(answer.reason, IsEmpty());
}

TEST(Eligibility, AnExcludedPersonWhoMeetsNoCriterionIsSimplyNotEligible) {
  Person person;
  person.living_place = LivingPlace::Facility;
  EXPECT_EQ(verdict(of(care("要介護1"), person)), "NotEligible");
}

TEST(Eligibility, FurtherCertificatesNeverTakeEligibilityAway) {
  constexpr unsigned kSeed = 20261121;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937 random(kSeed);
  const std::vector<Certificate> pool{care("要介護2"),
                                      care("要介護3"),
                                      mental("1級"),
                                      mental("3級"),
                                      card("愛の手帳", "1度"),
                                      card("愛の手帳", "2度"),
                                      card("療育手帳", "A"),
                                      physical("1級", {{"心臓", 1}}),
                                      physical("2級", {{"聴覚", 2}}),
                                      physical("2級", {{"下肢", 3}, {"体幹", 5}}),
                                      physical("1級", {})};
  const auto rank = [](EligibilityVerdict value) {
    return value == EligibilityVerdict::Eligible ? 2 : value == EligibilityVerdict::Review ? 1 : 0;
  };
  for (int round = 0; round < 500; ++round) {
    std::vector<Certificate> held;
    int before = 0;
    for (int i = 0; i < 5; ++i) {
      held.push_back(pool[random() % pool.size()]);
      const int now = rank(evaluate_eligibility({}, held, nishitokyo(), kOn).verdict);
      EXPECT_GE(now, before);
      before = now;
    }
  }
}

/// A rule set with one clause of the given conditions.
RuleSet one_clause(const std::string& conditions, const std::string& groups = "") {
  return parse_rule_set(
      "[rule_set]\nid='t'\ncity='ひかり市'\neffective_from=2026-04-01\nsource='t'\n" + groups +
      "[[clause]]\nid='1'\ntitle='t'\nall_of=[" + conditions + "]\n");
}

bool eligible(const RuleSet& rules, const Person& person,
              const std::vector<Certificate>& certificates) {
  return evaluate_eligibility(person, certificates, rules, kOn).verdict ==
         EligibilityVerdict::Eligible;
}

TEST(OtherCities, LivingAloneWithAMentalCard) {
  const RuleSet rules = one_clause(
      "{attribute='household_size', at_most=1}, {attribute='mental_grade', any_of=['1','２級']}");
  Person person;
  EXPECT_TRUE(eligible(rules, person, {mental("2級")}));
  EXPECT_FALSE(eligible(rules, person, {mental("3級")}));
  person.household_size = 2;
  EXPECT_FALSE(eligible(rules, person, {mental("2級")}));
}

TEST(OtherCities, SupportCategoryFourToSixForAdults) {
  const RuleSet rules = one_clause(
      "{attribute='support_category', any_of=['4','区分5','6']}, {attribute='age', at_least=18}");
  const Certificate five{CertificateKind::SupportCategory, "", "5", {}, {}, {}};
  Person person;
  EXPECT_FALSE(eligible(rules, person, {five})) << "age unknown";
  person.birth_date = day(2008, 11, 22);  // completes 18 years on the day before the birthday
  EXPECT_TRUE(eligible(rules, person, {five}));
  person.birth_date = day(2008, 11, 23);
  EXPECT_FALSE(eligible(rules, person, {five}));
}

TEST(OtherCities, RespiratoryOneAndAnyIntractableDisease) {
  EXPECT_TRUE(eligible(one_clause("{attribute='physical_part_grade', part='呼吸器', any_of=['1']}"),
                       {}, {physical("1級", {{"呼吸器", 1}})}));
  const Certificate disease{CertificateKind::IntractableDisease, "", "架空病", {}, {}, {}};
  EXPECT_TRUE(eligible(one_clause("{attribute='intractable_disease'}"), {}, {disease}));
  EXPECT_FALSE(
      eligible(one_clause("{attribute='intractable_disease', any_of=['別の病']}"), {}, {disease}));
}

std::string complaint(const std::string& conditions, const std::string& groups = "") {
  try {
    (void)one_clause(conditions, groups);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RuleSet, WhatCouldNeverMatchIsRefused) {
  EXPECT_THAT(complaint("{attribute='care_level', any_of=['要介護6']}"), HasSubstr("要介護6"));
  EXPECT_THAT(complaint("{attribute='physical_part_grade', part='聴覚', any_of=['1']}"),
              HasSubstr("部位「聴覚」にはありません"));
  EXPECT_THAT(complaint("{attribute='physical_part_grade', part='みみ', any_of=['2']}"),
              HasSubstr("使える部位"));
  EXPECT_THAT(complaint("{attribute='intellectual_grade', scheme='愛の手帳', any_of=['A']}"),
              HasSubstr("1度～4度"));
  EXPECT_THAT(complaint("{attribute='intellectual_grade', scheme='緑の手帳', any_of=['A']}"),
              HasSubstr("scheme"));
  EXPECT_THAT(complaint("{attribute='age', at_least=75, at_most=65}"), HasSubstr("at_most"));
  EXPECT_THAT(complaint("{attribute='expect_return', any_of=['maybe']}"), HasSubstr("maybe"));
  EXPECT_THAT(
      complaint("{attribute='mental_grade', any_of=['1']}", "[part_groups]\n'肢体'=['しっぽ']\n"),
      HasSubstr("しっぽ"));
}

TEST(RuleSet, UnknownAttributesAndKeysAreNamed) {
  EXPECT_THAT(complaint("{attribute='household_kind', any_of=['単身']}"),
              HasSubstr("household_size"));
  EXPECT_THAT(complaint("{attribute='care_level', anyof=['要介護3']}"), HasSubstr("anyof"));
  EXPECT_THAT(complaint("{attribute='age', any_of=['65']}"), HasSubstr("any_of"));
  EXPECT_THAT(complaint("{attribute='age'}"), HasSubstr("at_least"));
  EXPECT_THAT(complaint(""), HasSubstr("全員に当てはまって"));
}

TEST(RuleSet, FaultsOfTheFileItselfAreInputErrors) {
  EXPECT_THROW((void)parse_rule_set("[rule_set"), InputError);
  EXPECT_THROW((void)parse_rule_set(""), InputError);
  EXPECT_THROW((void)parse_rule_set("[rule_set]\nid='t'\ncity='c'\neffective_from='2026-02-30'\n"
                                    "source='s'\n"),
               InputError);
  EXPECT_THROW((void)parse_rule_set("[rule_set]\nid='t'\ncity='c'\neffective_from=2026-04-01\n"
                                    "source='s'\n"),
               InputError)
      << "no clause";
}

TEST(RuleSet, TheCustomersFileKeepsItsVersionAndSource) {
  EXPECT_EQ(nishitokyo().id, "nishitokyo-2023-10");
  EXPECT_EQ(nishitokyo().effective_from, day(2023, 10, 30));
  EXPECT_THAT(nishitokyo().source, HasSubstr("西東京市"));
}

}  // namespace
}  // namespace registry
