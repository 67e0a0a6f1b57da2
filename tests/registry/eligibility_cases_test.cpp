// SPDX-License-Identifier: Apache-2.0
#include "registry/eligibility_cases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "import_text.hpp"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Cells kUsual{{"case_id", "c"},
                   {"birth_date", "1950-01-01"},
                   {"as_of", "2026-04-01"},
                   {"care_level", ""},
                   {"physical_parts", ""},
                   {"mental_grade", ""},
                   {"intellectual_scheme", ""},
                   {"intellectual_grade", ""},
                   {"support_category", ""},
                   {"intractable_disease", ""},
                   {"household_type", "単身"},
                   {"living_place", "在宅"},
                   {"expect_return", "0"}};

ParsedRows<EligibilityCase> cases(const std::vector<Cells>& rows) {
  return parse_eligibility_cases(read_csv(csv_of(kUsual, rows)));
}

/// `VERDICT clauses` of one row under the customer's rules.
std::string verdict(const Cells& row) {
  static const RuleSet kRules = parse_rule_set(rule_text("eligibility_nishitokyo.toml"));
  const auto parsed = cases({row});
  if (parsed.rows.empty()) {
    return parsed.report.rejected.at(0).code;
  }
  const Table table = eligibility_verdicts(parsed.rows, kRules);
  return table.rows.at(0).at(1) + " " + table.rows.at(0).at(2);
}

TEST(EligibilityCases, TheTwelveGoldenVectorsHold) {
  EXPECT_EQ(verdict({{"care_level", "要介護2"}}), "NOT_ELIGIBLE ");
  EXPECT_EQ(verdict({{"care_level", "要介護３"}}), "ELIGIBLE ア");
  EXPECT_EQ(verdict({{"care_level", "23"}}), "ELIGIBLE ア");
  EXPECT_EQ(verdict({{"physical_parts", "視覚:2"}}), "ELIGIBLE イ");
  EXPECT_EQ(verdict({{"physical_parts", "聴覚:2"}}), "ELIGIBLE イ");
  EXPECT_EQ(verdict({{"physical_parts", "聴覚:3"}}), "NOT_ELIGIBLE ");
  EXPECT_EQ(verdict({{"physical_parts", "心臓:1"}}), "NOT_ELIGIBLE ");
  EXPECT_EQ(verdict({{"physical_parts", "下肢:2"}}), "ELIGIBLE イ");
  EXPECT_EQ(verdict({{"physical_parts", "下肢:3;体幹:5;総合:2"}}), "REVIEW イ");
  EXPECT_EQ(verdict({{"mental_grade", "2"}}), "NOT_ELIGIBLE ");
  EXPECT_EQ(verdict({{"intellectual_scheme", "愛の手帳"}, {"intellectual_grade", "1度"}}),
            "ELIGIBLE エ");
  EXPECT_EQ(verdict({{"intellectual_scheme", "愛の手帳"}, {"intellectual_grade", "2度"}}),
            "REVIEW エ");
  EXPECT_EQ(verdict({{"care_level", "要介護5"}, {"living_place", "施設入所"}}), "EXCLUDED ア");
  EXPECT_EQ(
      verdict({{"care_level", "要介護4"}, {"living_place", "長期入院"}, {"expect_return", "1"}}),
      "ELIGIBLE ア");
  EXPECT_EQ(verdict({{"care_level", "要介護4"}, {"living_place", "長期入院"}}), "EXCLUDED ア");
}

TEST(EligibilityCases, SeveralLimbsWithoutTheGradeOfTheCardAreAQuestionWhereItCouldBeTwo) {
  EXPECT_EQ(verdict({{"physical_parts", "下肢：3；体幹：5"}}), "REVIEW イ");
  EXPECT_EQ(verdict({{"physical_parts", "上肢:4;下肢:4;体幹:5"}}), "REVIEW イ");
  EXPECT_EQ(verdict({{"physical_parts", "下肢:4;体幹:5"}}), "NOT_ELIGIBLE ");
  EXPECT_EQ(verdict({{"physical_parts", "下肢:3"}}), "NOT_ELIGIBLE ") << "one limb is the card";
  EXPECT_EQ(verdict({{"physical_parts", "下肢:3;体幹:5;総合:3"}}), "NOT_ELIGIBLE ");
}

TEST(EligibilityCases, ARowThatCannotBeReadIsNamedAndTheOthersStay) {
  const auto parsed = cases({{{"physical_parts", "聴覚:1"}},
                             {{"physical_parts", "しっぽ:1"}},
                             {{"physical_parts", "視覚"}},
                             {{"care_level", "要介護6"}},
                             {{"as_of", ""}},
                             {{"case_id", ""}},
                             {{"household_type", "大家族"}},
                             {{"living_place", "月"}},
                             {{"expect_return", "たぶん"}},
                             {{"intellectual_scheme", "緑の手帳"}, {"intellectual_grade", "A"}},
                             {{"case_id", "good"}, {"intractable_disease", "架空病"}}});
  EXPECT_THAT(
      faults(parsed.report),
      ElementsAre("PART_GRADE_IMPOSSIBLE@2:physical_parts", "PART_UNKNOWN@3:physical_parts",
                  "PART_GRADE_UNKNOWN@4:physical_parts", "GRADE_UNKNOWN@5:care_level",
                  "AS_OF_MISSING@6:as_of", "CASE_ID_MISSING@7:case_id",
                  "HOUSEHOLD_TYPE_UNKNOWN@8:household_type", "LIVING_PLACE_UNKNOWN@9:living_place",
                  "FLAG_UNKNOWN@10:expect_return", "SCHEME_UNKNOWN@11:intellectual_scheme"));
  ASSERT_EQ(parsed.rows.size(), 1U);
  EXPECT_EQ(parsed.rows[0].case_id, "good");
  EXPECT_EQ(parsed.rows[0].certificates.at(0).kind, CertificateKind::IntractableDisease);
}

TEST(EligibilityCases, AMissingColumnIsAnError) {
  EXPECT_THROW((void)parse_eligibility_cases(read_csv("case_id,as_of\nc,2026-04-01\n")),
               InputError);
}

/// The customer's criteria once more, straight from the words of the page.
std::string oracle(const std::vector<std::pair<std::string, int>>& parts, int care, int mental,
                   const std::string& place, bool returns) {
  bool eligible = care >= 3 || mental == 1;
  for (const auto& [part, grade] : parts) {
    const bool limb = part == "上肢" || part == "下肢" || part == "体幹";
    eligible =
        eligible || ((part == "視覚" || limb) && grade <= 2) || (part == "聴覚" && grade == 2);
  }
  if (!eligible) {
    return "NOT_ELIGIBLE";
  }
  const bool away = place == "施設入所" || (place == "長期入院" && !returns);
  return away ? "EXCLUDED" : "ELIGIBLE";
}

TEST(EligibilityCases, RandomCasesWithOneImpairmentAgreeWithTheWordsOfTheCriteria) {
  constexpr std::uint32_t kSeed = 20261121;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  const auto pick = [&](int below) {
    return static_cast<int>(random() % static_cast<unsigned>(below));
  };
  const std::vector<std::pair<std::string, std::vector<int>>> table{
      {"視覚", {1, 2, 3, 4, 5, 6}}, {"聴覚", {2, 3, 4, 6}}, {"上肢", {1, 2, 3, 4, 5, 6}},
      {"下肢", {1, 2, 3, 4, 5, 6}}, {"体幹", {1, 2, 3, 5}}, {"心臓", {1, 3, 4}}};
  const std::vector<std::string> places{"在宅", "施設入所", "長期入院", "一時不在"};
  for (int round = 0; round < 2000; ++round) {
    const int care = pick(6);
    const int mental = pick(4);
    const bool returns = pick(2) == 1;
    const std::string& place = places.at(static_cast<std::size_t>(pick(4)));
    std::vector<std::pair<std::string, int>> parts;
    if (pick(3) > 0) {
      const auto& [part, grades] = table.at(static_cast<std::size_t>(pick(6)));
      parts.emplace_back(
          part, grades.at(static_cast<std::size_t>(pick(static_cast<int>(grades.size())))));
    }
    Cells row{{"living_place", place}, {"expect_return", returns ? "1" : "0"}};
    row["care_level"] = care == 0 ? "" : "要介護" + std::to_string(care);
    row["mental_grade"] = mental == 0 ? "" : std::to_string(mental) + "級";
    row["physical_parts"] =
        parts.empty() ? "" : parts[0].first + ":" + std::to_string(parts[0].second);
    const std::string answer = verdict(row);
    EXPECT_EQ(answer.substr(0, answer.find(' ')), oracle(parts, care, mental, place, returns))
        << row["care_level"] << row["mental_grade"] << row["physical_parts"] << place;
  }
}

}  // namespace
}  // namespace registry
