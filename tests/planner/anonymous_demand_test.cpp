// SPDX-License-Identifier: Apache-2.0
#include "planner/anonymous_demand.hpp"

#include <gtest/gtest.h>

#include "registry/error.hpp"
#include "support/program.hpp"

namespace {

using namespace std::chrono_literals;
using planner::anonymous_demand;
using planner::MobilityRules;
using planner::parse_mobility_rules;
using registry::Certificate;
using registry::CertificateKind;

constexpr registry::Date kToday = 2026y / 11 / 21;

constexpr const char* kRules = R"(
otherwise = "assisted"
[[stated]]
mobility = "独歩"
profile = "walk"
[[guessed]]
profile = "stretcher"
kind = "要介護・要支援認定"
grades = ["要介護5"]
[[guessed]]
profile = "wheelchair"
kind = "身体障害者手帳"
grades = ["1級", "2級"]
parts = ["下肢", "体幹"]
)";

registry::Registrant with(std::vector<Certificate> certificates) {
  registry::Registrant registrant;
  registrant.person.position = registry::Position{35.7, 139.5};
  registrant.certificates = std::move(certificates);
  return registrant;
}

Certificate care(const std::string& grade) {
  Certificate certificate;
  certificate.grade = grade;
  return certificate;
}

Certificate physical(const std::string& part, int grade) {
  Certificate certificate;
  certificate.kind = CertificateKind::Physical;
  certificate.parts = {{part, grade}};
  return certificate;
}

std::string profile_for(const registry::Registrant& registrant) {
  return anonymous_demand(registrant, 0, parse_mobility_rules(kRules), 1, kToday).profile;
}

TEST(AnonymousDemand, StatedMobilityIsBelievedBeforeAnyGuess) {
  auto registrant = with({care("要介護5")});
  registrant.person.mobility = registry::Mobility::Walks;
  EXPECT_EQ(profile_for(registrant), "walk");
}

TEST(AnonymousDemand, TheFirstMatchingRuleGuessesFromCertificates) {
  EXPECT_EQ(profile_for(with({care("要介護5"), physical("下肢", 1)})), "stretcher");
  EXPECT_EQ(profile_for(with({physical("下肢", 2)})), "wheelchair");
}

TEST(AnonymousDemand, APartGradeCountsOnlyForThePartsOfTheRule) {
  EXPECT_EQ(profile_for(with({physical("視覚", 1)})), "assisted");
  EXPECT_EQ(profile_for(with({physical("下肢", 3)})), "assisted");
}

TEST(AnonymousDemand, AnExpiredCertificateSaysNothingAboutToday) {
  auto expired = care("要介護5");
  expired.valid_to = 2026y / 11 / 20;
  EXPECT_EQ(profile_for(with({expired})), "assisted");
  expired.valid_to = kToday;
  EXPECT_EQ(profile_for(with({expired})), "stretcher");
}

TEST(AnonymousDemand, CompanionsTakeSeatsToo) {
  const auto demand = anonymous_demand(with({}), 7, parse_mobility_rules(kRules), 2, kToday);
  EXPECT_EQ(demand.seats, 3U);
  EXPECT_EQ(demand.index, 7U);
}

TEST(AnonymousDemand, AHomeNobodyPlacedStaysUnplaced) {
  auto registrant = with({});
  registrant.person.position.reset();
  EXPECT_FALSE(anonymous_demand(registrant, 0, parse_mobility_rules(kRules), 1, kToday).home);
}

TEST(MobilityRules, TheShippedFileIsUnderstood) {
  const auto rules = parse_mobility_rules(
      support::read_all(std::string(TOMONI_SOURCE_DIR) + "/data/rules/mobility.toml"));
  EXPECT_FALSE(rules.stated.empty());
  EXPECT_FALSE(rules.guessed.empty());
}

TEST(MobilityRules, AMistypedKeyOrValueIsNamed) {
  try {
    static_cast<void>(parse_mobility_rules("otherwise = \"walk\"\nstatd = []\n"));
    FAIL() << "accepted";
  } catch (const registry::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("statd"), std::string::npos);
  }
  EXPECT_THROW(static_cast<void>(parse_mobility_rules(
                   "otherwise = \"walk\"\n[[stated]]\nmobility = \"飛ぶ\"\nprofile = \"walk\"\n")),
               registry::InputError);
  EXPECT_THROW(static_cast<void>(parse_mobility_rules("otherwise = ")), registry::InputError);
}

}  // namespace
