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

registry::PlanSubject with(std::vector<Certificate> certificates) {
  registry::PlanSubject subject;
  subject.registrant.person.position = registry::Position{35.7, 139.5};
  subject.registrant.certificates = std::move(certificates);
  return subject;
}

planner::PlanningRules planning() {
  planner::PlanningRules rules;
  rules.stretcher_profiles = {"stretcher"};
  rules.wheelchair_profiles = {"wheelchair"};
  return rules;
}

planner::AnonymousDemand demand_of(const registry::PlanSubject& subject, std::size_t index = 0,
                                   int companions = 1) {
  const MobilityRules mobility = parse_mobility_rules(kRules);
  const planner::PlanningRules rules = planning();
  return anonymous_demand(subject, index, {mobility, rules}, companions, kToday);
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

registry::Device device(const std::string& kind, int power_w, int battery_minutes) {
  registry::Device device;
  device.kind = kind;
  device.power_w = power_w;
  device.battery_minutes = battery_minutes;
  return device;
}

std::string profile_for(const registry::PlanSubject& subject) {
  return demand_of(subject).profile;
}

TEST(AnonymousDemand, StatedMobilityIsBelievedBeforeAnyGuess) {
  auto subject = with({care("要介護5")});
  subject.registrant.person.mobility = registry::Mobility::Walks;
  EXPECT_EQ(profile_for(subject), "walk");
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
  const auto demand = demand_of(with({}), 7, 2);
  EXPECT_EQ(demand.seats, 3U);
  EXPECT_EQ(demand.index, 7U);
}

TEST(AnonymousDemand, AHomeNobodyPlacedStaysUnplaced) {
  auto subject = with({});
  subject.registrant.person.position.reset();
  EXPECT_FALSE(demand_of(subject).home);
}

TEST(AnonymousDemand, AShelterIsAskedForWhatThePersonCannotDoWithout) {
  using registry::Equipment;
  const auto requires_it = [](const planner::AnonymousDemand& demand, Equipment equipment) {
    return demand.requires_equipment.at(static_cast<std::size_t>(equipment));
  };
  EXPECT_EQ(demand_of(with({})).need, registry::NeedClass::None);
  const auto wheels = demand_of(with({physical("下肢", 1)}));
  EXPECT_EQ(wheels.need, registry::NeedClass::Wheelchair);
  EXPECT_TRUE(requires_it(wheels, Equipment::StepFree));
  EXPECT_FALSE(requires_it(wheels, Equipment::Bed));
  auto subject = with({care("要介護5")});
  subject.needs.medical_care = {registry::MedicalCare::Stoma};
  auto lying = demand_of(subject);
  EXPECT_EQ(lying.need, registry::NeedClass::Stretcher);
  EXPECT_TRUE(requires_it(lying, Equipment::Bed));
  EXPECT_TRUE(requires_it(lying, Equipment::Ostomate));
  subject.needs.devices = {device("人工呼吸器", 60, 120), device("吸引器", 40, 45)};
  lying = demand_of(subject);
  EXPECT_EQ(lying.need, registry::NeedClass::Power) << "the scarcest place counts";
  EXPECT_TRUE(requires_it(lying, Equipment::Power));
  EXPECT_EQ(lying.battery_s, 45 * 60) << "the first device that stops";
}

TEST(AnonymousDemand, HandsThatWereAskedForComeBeforeThoseOfTheProfile) {
  auto subject = with({});
  EXPECT_FALSE(demand_of(subject).hands);
  subject.needs.hands = 3;
  EXPECT_EQ(demand_of(subject).hands, 3);
}

TEST(AnonymousDemand, ASpareBatteryLastsAsLongAgain) {
  registry::PlanSubject subject = with({});
  registry::Device ventilator = device("人工呼吸器", 60, 45);
  ventilator.spare_battery = true;
  subject.needs.devices = {ventilator, device("吸引器", 30, 80)};
  EXPECT_EQ(demand_of(subject).battery_s, 80 * 60);
}

TEST(AnonymousDemand, AStatedVehicleOfTheRulesChangesTheWayButNotTheNeeds) {
  const MobilityRules mobility = parse_mobility_rules(std::string(kRules) + R"(
[[transport]]
transport = "福祉車両"
profile = "vehicle"
vehicle = "支援者"
)");
  const planner::PlanningRules rules = planning();
  const auto of = [&](std::vector<registry::Transport> transport) {
    registry::PlanSubject subject = with({physical("下肢", 1)});
    subject.needs.transport = std::move(transport);
    return anonymous_demand(subject, 0, {mobility, rules}, 0, kToday);
  };
  const auto riding = of({registry::Transport::WelfareVehicle});
  EXPECT_EQ(riding.profile, "vehicle");
  EXPECT_EQ(riding.afoot(), "wheelchair");
  EXPECT_EQ(riding.vehicle_from, planner::VehicleFrom::Supporter);
  EXPECT_EQ(riding.need, registry::NeedClass::Wheelchair);
  EXPECT_EQ(of({registry::Transport::Ambulance}).profile, "wheelchair") << "no rule";
  EXPECT_EQ(of({registry::Transport::OnFoot, registry::Transport::WelfareVehicle}).profile,
            "wheelchair");
}

TEST(MobilityRules, AVehicleOfNobodyIsNamed) {
  const std::string rule =
      std::string(kRules) + "[[transport]]\ntransport = \"徒歩\"\nprofile = \"vehicle\"\n";
  EXPECT_THROW(static_cast<void>(parse_mobility_rules(rule + "vehicle = \"隣\"\n")),
               registry::InputError);
  EXPECT_THROW(static_cast<void>(parse_mobility_rules(std::string(kRules) +
                                                      "[[transport]]\ntransport = \"馬\"\n")),
               registry::InputError);
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
