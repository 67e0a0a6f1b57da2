// SPDX-License-Identifier: Apache-2.0
#include "planner/shelter_permission.hpp"

#include <gtest/gtest.h>

#include "registry/error.hpp"
#include "support/program.hpp"

namespace {

using namespace std::chrono_literals;
using planner::accepts;
using planner::groups_of;
using planner::reason_against;
using registry::HazardKind;

constexpr registry::Date kToday = 2026y / 11 / 21;

planner::AcceptanceRules shipped() {
  return planner::parse_acceptance_rules(
      support::read_all(std::string(TOMONI_SOURCE_DIR) + "/data/rules/acceptance.toml"));
}

registry::Registrant born(registry::Date birth) {
  registry::Registrant registrant;
  registrant.person.birth_date = birth;
  return registrant;
}

bool admitted(const registry::Registrant& registrant, std::vector<std::string> published) {
  registry::Shelter shelter;
  shelter.acceptance = std::move(published);
  const auto rules = shipped();
  return accepts(shelter, groups_of(registrant, rules, kToday), rules);
}

TEST(Acceptance, AShelterWithoutPublishedGroupTakesEverybody) {
  EXPECT_TRUE(admitted(born(1990y / 1 / 1), {}));
}

TEST(Acceptance, TheElderlyAreThoseOfLegalAge65) {
  EXPECT_TRUE(admitted(born(1961y / 11 / 22), {"高齢者"}));  // turns 65 the day before the birthday
  EXPECT_FALSE(admitted(born(1961y / 11 / 23), {"高齢者"}));
}

TEST(Acceptance, EveryRegistrantIsAPersonOfConcern) {
  EXPECT_TRUE(admitted(born(1990y / 1 / 1), {"要配慮者及びその家族"}));
}

TEST(Acceptance, WordsThatNarrowThePeopleOfConcernAreNotForEveryone) {
  EXPECT_FALSE(admitted(born(1990y / 1 / 1), {"妊産婦及び乳幼児等の要配慮者"}));
  EXPECT_FALSE(admitted(born(1990y / 1 / 1), {"重度要配慮者"}));
  EXPECT_TRUE(admitted(born(1950y / 1 / 1), {"高齢者、乳幼児等の要配慮者"}));
}

TEST(Acceptance, ADisabilityCertificateOpensAShelterForTheDisabled) {
  auto registrant = born(1990y / 1 / 1);
  EXPECT_FALSE(admitted(registrant, {"障害者"}));
  registry::Certificate& card = registrant.certificates.emplace_back();
  card.kind = registry::CertificateKind::Mental;
  card.grade = "1級";
  EXPECT_TRUE(admitted(registrant, {"障害者、高齢者等"}));
}

TEST(Acceptance, AShelterForOthersTakesNoRegistrant) {
  EXPECT_FALSE(admitted(born(1950y / 1 / 1), {"妊婦、乳幼児と母"}));
}

TEST(Acceptance, PeopleNamedBeforehandAreNotChosenAutomatically) {
  EXPECT_FALSE(admitted(born(1950y / 1 / 1), {"事前に市と施設で特定した者（高齢者）"}));
}

route::HazardMap flooded_square() {
  route::HazardZone zone;
  zone.rings.push_back({route::from_degrees(35.0, 139.0), route::from_degrees(35.0, 139.1),
                        route::from_degrees(35.1, 139.1), route::from_degrees(35.1, 139.0),
                        route::from_degrees(35.0, 139.0)});
  for (const auto point : zone.rings.front()) {
    zone.box.add(point);
  }
  route::HazardMap map;
  map.zones.push_back(zone);
  return map;
}

registry::Shelter at(double lat, double lon) {
  registry::Shelter shelter;
  shelter.position = {lat, lon};
  return shelter;
}

TEST(Permission, ARatedShelterMustBeSuitedToTheHazard) {
  auto shelter = at(35.05, 139.05);
  shelter.rated = true;
  EXPECT_NE(reason_against(shelter, HazardKind::Flood, {}), "");
  shelter.suited[static_cast<std::size_t>(HazardKind::Flood)] = true;
  EXPECT_EQ(reason_against(shelter, HazardKind::Flood, flooded_square()), "");
}

TEST(Permission, AnUnratedShelterInsideTheDangerIsLeftOut) {
  EXPECT_NE(reason_against(at(35.05, 139.05), HazardKind::Flood, flooded_square()), "");
  EXPECT_EQ(reason_against(at(35.2, 139.05), HazardKind::Flood, flooded_square()), "");
  EXPECT_EQ(reason_against(at(35.05, 139.05), HazardKind::Earthquake, flooded_square()), "");
}

TEST(Permission, ASecondaryShelterIsNeverTheFirstPlaceToGo) {
  auto shelter = at(35.2, 139.05);
  shelter.arrival = registry::ArrivalPolicy::Secondary;
  EXPECT_NE(reason_against(shelter, HazardKind::Flood, {}), "");
}

}  // namespace
