// SPDX-License-Identifier: Apache-2.0
#include "registry/local_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import_text.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

using testing::HasSubstr;

std::string sample() {
  return rule_text("local_plan_sample.toml");
}

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = sample();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string local_plan_complaint(const std::string& toml) {
  try {
    (void)parse_local_plan(toml);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(LocalPlan, TheSampleIsValidAndSendsNobodyDirectlyToAWelfareShelter) {
  const LocalPlan plan = parse_local_plan(sample());
  EXPECT_EQ(plan.city_name, "ひかり市");
  EXPECT_EQ(plan.city_code, "139998");
  EXPECT_THAT(plan.planning_hazards, testing::ElementsAre(HazardKind::Flood, HazardKind::Earthquake,
                                                          HazardKind::GreatFire));
  EXPECT_EQ(plan.designated_welfare_arrival, ArrivalPolicy::Secondary);
  EXPECT_EQ(plan.agreement_welfare_arrival, ArrivalPolicy::Secondary);
  EXPECT_EQ(plan.rule_set_file, "eligibility_nishitokyo.toml");
  EXPECT_EQ(plan.companions, 1);
  EXPECT_EQ(plan.capacity_when_unknown, 100);
  EXPECT_EQ(plan.snap_limit_m, 200);
  EXPECT_EQ(plan.review_months, 12);
}

TEST(LocalPlan, RealCityCodesPassAndAWrongCheckDigitIsCorrected) {
  for (const char* code : {"132292", "131016", "092011", "011002"}) {
    EXPECT_EQ(parse_local_plan(replaced("139998", code)).city_code, code);
  }
  EXPECT_THAT(local_plan_complaint(replaced("139998", "132291")), HasSubstr("132292"));
  EXPECT_THAT(local_plan_complaint(replaced("139998", "13229")), HasSubstr("132292"));
  EXPECT_THAT(local_plan_complaint(replaced("139998", "92011")), HasSubstr("code"));
  EXPECT_THAT(local_plan_complaint(replaced("139998", "市")), HasSubstr("6桁"));
}

TEST(LocalPlan, UnknownKeysAreRefused) {
  EXPECT_THAT(local_plan_complaint(replaced("companions =", "companion =")),
              HasSubstr("companion"));
  EXPECT_THAT(local_plan_complaint(sample() + "\n[other]\na = 1\n"), HasSubstr("other"));
}

TEST(LocalPlan, MissingKeysAreNamed) {
  EXPECT_THAT(local_plan_complaint(replaced("phone = \"0000-00-0000\"", "")), HasSubstr("phone"));
  EXPECT_THAT(local_plan_complaint("[city]\nname = 'a'\n"), HasSubstr("planning"));
}

TEST(LocalPlan, FiguresOutOfRangeAndWrongTypesAreRefused) {
  EXPECT_THAT(local_plan_complaint(replaced("companions = 1", "companions = -1")),
              HasSubstr("0以上10以下"));
  EXPECT_THAT(local_plan_complaint(replaced("companions = 1", "companions = 1.5")),
              HasSubstr("companions"));
  EXPECT_THAT(local_plan_complaint(replaced("= 200", "= nan")), HasSubstr("snap_limit_m"));
  EXPECT_THAT(local_plan_complaint(replaced("= 12\n", "= 0\n")), HasSubstr("review_months"));
}

TEST(LocalPlan, WordsAreFromFixedLists) {
  EXPECT_EQ(parse_local_plan(replaced("\"洪水\"", "\"高潮\"")).planning_hazards.front(),
            HazardKind::StormSurge);
  EXPECT_THAT(local_plan_complaint(replaced("\"洪水\"", "\"雪\"")), HasSubstr("火山現象"));
  EXPECT_THAT(local_plan_complaint(replaced("\"洪水\"", "\"津波\"")), HasSubstr("どちらも地震"));
  EXPECT_THAT(local_plan_complaint(replaced("\"洪水\", \"地震\", \"大規模な火事\"", "")),
              HasSubstr("文字列の並び"));
  EXPECT_THAT(local_plan_complaint(replaced("\"二次避難\"\n#", "\"二次\"\n#")),
              HasSubstr("designated_welfare_arrival"));
}

TEST(LocalPlan, WithoutATableOfDisclosureTheStatuteAloneApplies) {
  const std::string whole = sample();
  const LocalPlan plan = parse_local_plan(whole.substr(0, whole.find("\n[disclosure]")));
  EXPECT_EQ(plan.disclosure.roster_ordinance, OrdinanceMode::Statute);
  EXPECT_EQ(plan.disclosure.plan_ordinance, OrdinanceMode::Statute);
  for (const RecipientKind kind :
       {RecipientKind::Fire, RecipientKind::Police, RecipientKind::Minsei, RecipientKind::Shakyo,
        RecipientKind::Jishubo, RecipientKind::PlanSupporter}) {
    EXPECT_TRUE(plan.disclosure.lists(kind)) << to_text(kind);
  }
  EXPECT_FALSE(plan.disclosure.lists(RecipientKind::OtherListed));
  EXPECT_FALSE(plan.disclosure.lists(RecipientKind::WelfareShelter));
  EXPECT_FALSE(plan.disclosure.leave_out_refusing_supporter);
}

TEST(LocalPlan, EachKindOfDataHasItsOwnOrdinance) {
  const std::string clause = "# ordinance_clause =";
  std::string text = replaced(clause, "ordinance_clause =");
  text.replace(text.find("plan_ordinance = \"STATUTE\""), 26, "plan_ordinance = \"OPT_OUT\"");
  const LocalPlan plan = parse_local_plan(text);
  EXPECT_EQ(plan.disclosure.mode(DataKind::Roster), OrdinanceMode::Statute);
  EXPECT_EQ(plan.disclosure.mode(DataKind::Plan), OrdinanceMode::OptOut);
  EXPECT_THAT(plan.disclosure.ordinance_clause, HasSubstr("第3条"));
}

TEST(LocalPlan, AnOrdinanceNeedsItsClauseAndAKnownName) {
  EXPECT_THAT(local_plan_complaint(
                  replaced("roster_ordinance = \"STATUTE\"", "roster_ordinance = \"NO_CONSENT\"")),
              HasSubstr("ordinance_clause"));
  EXPECT_THAT(local_plan_complaint(
                  replaced("roster_ordinance = \"STATUTE\"", "roster_ordinance = \"OPTOUT\"")),
              HasSubstr("roster_ordinance"));
}

TEST(LocalPlan, ListedRecipientsAreThoseOfThePlanWithTheirClause) {
  const LocalPlan plan = parse_local_plan(replaced("kind = \"警察\"", "kind = \"福祉避難所\""));
  EXPECT_FALSE(plan.disclosure.lists(RecipientKind::Police));
  EXPECT_TRUE(plan.disclosure.lists(RecipientKind::WelfareShelter));
  EXPECT_THAT(local_plan_complaint(replaced("kind = \"警察\"", "kind = \"消防\"")),
              HasSubstr("kind"));
  EXPECT_THAT(local_plan_complaint(replaced("kind = \"警察\"", "kind = \"計画に定めのない者\"")),
              HasSubstr("自主防災組織"));
  EXPECT_THAT(local_plan_complaint(replaced("refusing_supporter = \"提供しない\"",
                                            "refusing_supporter = \"いいえ\"")),
              HasSubstr("refusing_supporter"));
}

TEST(LocalPlan, RulesComeFromTheRulesFolderOnly) {
  EXPECT_THAT(local_plan_complaint(replaced("\"eligibility_nishitokyo.toml\"", "\"../x.toml\"")),
              HasSubstr("rule_set"));
}

}  // namespace
}  // namespace registry
