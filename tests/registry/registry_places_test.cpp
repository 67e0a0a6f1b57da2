// SPDX-License-Identifier: Apache-2.0
// Shelters, areas and plans in the store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "database.hpp"
#include "list_text.hpp"
#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using support::parsed;
using support::residents;
using support::shelter;
using testing::ElementsAre;

constexpr Position kSchool{.lat = 35.7283951, .lon = 139.5461238};

class RegistryPlaces : public support::RegistryTest {
 protected:
  RegistryPlaces() : registry_(create()), session_(session(registry_)) {}

  ImportReport import(std::vector<ShelterRow> rows) {
    return session_.import_shelters(parsed(std::move(rows)));
  }

  Registry registry_;
  Session session_;
};

/// The school as the list of 指定緊急避難場所 has it.
ShelterRow emergency_site() {
  ShelterRow row = shelter("見本小学校", kSchool);
  row.shelter.common_id = "E1";
  row.shelter.address = "見本市中町1";
  row.shelter.suited = {true, false, false, true, false, true, false, false};
  row.shelter.rated = true;
  return row;
}

/// The same school as the list of 指定避難所 has it, 50 m to the north.
ShelterRow designated_shelter() {
  ShelterRow row = shelter("見本小学校", {.lat = kSchool.lat + 50 / 111'195.0, .lon = kSchool.lon});
  row.shelter.common_id = "H7";
  row.shelter.address = "見本市中町一丁目1番";
  row.shelter.kinds = {.shelter = true};
  row.shelter.acceptance = {"要配慮者", "その家族"};
  row.shelter.capacity = 420;
  return row;
}

TEST_F(RegistryPlaces, BothNationalListsMakeOneShelter) {
  EXPECT_EQ(import({emergency_site()}).added, 1U);
  EXPECT_EQ(import({designated_shelter()}).changed, 1U);
  const std::vector<Shelter> shelters = session_.shelters();
  ASSERT_EQ(shelters.size(), 1U);
  const Shelter& school = shelters[0];
  EXPECT_TRUE(is_ulid(school.id.value));
  EXPECT_EQ(school.common_id, "E1");
  EXPECT_EQ(school.name, "見本小学校");
  EXPECT_EQ(school.address, "見本市中町1");
  EXPECT_EQ(school.position, kSchool);
  EXPECT_EQ(school.kinds, (ShelterKinds{.emergency_site = true, .shelter = true}));
  EXPECT_TRUE(school.rated);
  EXPECT_EQ(school.suited, emergency_site().shelter.suited);
  EXPECT_THAT(school.acceptance, ElementsAre("要配慮者", "その家族"));
  EXPECT_EQ(school.capacity, 420);
}

TEST_F(RegistryPlaces, OrderOfTheListsDoesNotMatterAndRepeatingThemChangesNothing) {
  import({designated_shelter(), emergency_site()});
  const Shelter school = session_.shelters().at(0);
  EXPECT_EQ(school.kinds, (ShelterKinds{.emergency_site = true, .shelter = true}));
  EXPECT_EQ(school.suited, emergency_site().shelter.suited);
  EXPECT_EQ(school.capacity, 420);
  const ImportReport again = import({designated_shelter(), emergency_site()});
  EXPECT_EQ(again.unchanged, 2U);
}

TEST_F(RegistryPlaces, SameNameFurtherAwayIsAnotherPlace) {
  ShelterRow far = designated_shelter();
  far.shelter.position.lat = kSchool.lat + 150 / 111'195.0;
  EXPECT_EQ(import({emergency_site(), far}).added, 2U);
}

TEST_F(RegistryPlaces, OneNumberInTwoListsDoesNotJoinTwoPlaces) {
  ShelterRow other = shelter("見本福祉園", {.lat = 35.75, .lon = 139.55});
  other.shelter.common_id = "E1";
  EXPECT_EQ(import({emergency_site(), other}).added, 2U);
}

TEST_F(RegistryPlaces, NewerRowOfTheSameListCorrectsTheOlder) {
  import({emergency_site()});
  ShelterRow renamed = emergency_site();
  renamed.shelter.name = "見本第一小学校";
  renamed.shelter.phone = "042";
  EXPECT_EQ(import({renamed}).changed, 1U);
  ASSERT_EQ(session_.shelters().size(), 1U);
  EXPECT_EQ(session_.shelters()[0].name, "見本第一小学校");
  EXPECT_EQ(session_.shelters()[0].phone, "042");
}

TEST_F(RegistryPlaces, WelfareRowDecidesHowPeopleArrive) {
  ShelterRow welfare = designated_shelter();
  welfare.shelter.kinds = {.designated_welfare = true};
  welfare.shelter.arrival = ArrivalPolicy::Secondary;
  import({welfare, emergency_site()});
  EXPECT_EQ(session_.shelters().at(0).arrival, ArrivalPolicy::Secondary);
  EXPECT_TRUE(session_.shelters().at(0).kinds.welfare());
}

TEST_F(RegistryPlaces, AreasComeBackWithEveryDigit) {
  Area town{.code = "0001",
            .level = AreaLevel::Town,
            .name = "中町",
            .parent = "S1",
            .rings = {{{.lat = 35.1, .lon = 139.1},
                       {.lat = 0.1 + 0.2, .lon = 139.123456789012345},
                       {.lat = 35.1, .lon = 139.1}},
                      {{.lat = 1.0 / 3.0, .lon = -0.0}}},
            .population = 1234};
  Area district{.code = "0001",
                .level = AreaLevel::SchoolDistrict,
                .name = "学区",
                .parent = "",
                .rings = {},
                .population = {}};
  const AreaFile file{.areas = {town, district}, .notes = {"注記"}};
  const ImportReport report = session_.import_areas(file);
  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(report.rows_read, 2U);
  EXPECT_THAT(report.notes, ElementsAre("注記"));
  EXPECT_EQ(session_.import_areas(file).unchanged, 2U);

  const std::vector<Area> areas = session_.areas();
  ASSERT_EQ(areas.size(), 2U);
  EXPECT_EQ(areas[0].level, AreaLevel::SchoolDistrict);
  EXPECT_EQ(areas[1].code, town.code);
  EXPECT_EQ(areas[1].name, town.name);
  EXPECT_EQ(areas[1].parent, town.parent);
  EXPECT_EQ(areas[1].rings, town.rings);
  EXPECT_EQ(areas[1].population, town.population);

  town.rings.pop_back();
  EXPECT_EQ(session_.import_areas({.areas = {town}, .notes = {}}).changed, 1U);
  EXPECT_EQ(session_.areas().at(1).rings, town.rings);
}

class RegistryPlans : public RegistryPlaces {
 protected:
  RegistryPlans() {
    register_all(session_, residents({"1", "2"}));
    for (const PlanSubject& subject : session_.registrants()) {
      people_.push_back(subject.registrant.person.id);
    }
  }

  std::vector<PersonId> people_;
};

EvacuationPlan plan_for(const PersonId& person) {
  PlanLeg leg{.shelter = ShelterId{"01ARZ3NDEKTSV4RRFFQ69G5FAV"},
              .shelter_name = "見本小学校",
              .shelter_address = "見本市中町1",
              .arrival = ArrivalPolicy::Secondary,
              .profile = "wheelchair_pushed",
              .duration_s = 1234,
              .length_m = 0.1 + 0.2,
              .steps_met = 3,
              .unverified_m = 12.5,
              .steepest_up_permille = 80,
              .steepest_down_permille = -41,
              .hazards_met = {"浸水 0.5m未満", "\"崖\""},
              .route = {kSchool, {.lat = 35.7283952, .lon = 139.546}, {.lat = -1, .lon = 0}},
              .home_to_road_m = 7.25,
              .road_to_shelter_m = 3.5};
  EvacuationPlan plan;
  plan.subject = person;
  plan.courses.emplace_back();
  plan.courses[0].hazard = HazardKind::Earthquake;
  plan.courses[0].home_hazard = "浸水 3m";
  plan.courses[0].legs = {leg, leg};
  plan.courses[0].legs[1].route.clear();
  plan.courses[0].legs[1].hazards_met.clear();
  plan.courses[0].legs[1].kind = LegKind::Transfer;
  plan.courses[0].second = {.route = {kSchool}, .extra_s = 61, .shared_m = 20.5};
  plan.courses[0].timing = {.notify_s = 300,
                            .supporter_s = 400,
                            .preparation_s = 500,
                            .travel_s = 1234,
                            .total_p90_s = 3000,
                            .limit_s = 3600,
                            .limit_cause = "避難指示",
                            .latest_start_s = -5};
  plan.courses[0].verdict = PlanVerdict::AtRisk;
  plan.courses[0].cause = "余裕が少ない";
  plan.courses[0].risks = {"幅員が未確認"};
  plan.courses[0].helpers = {{.supporter = {"S1"}, .trip = 2, .arrives_s = 700},
                             {.supporter = {"S2"}, .backup = true, .arrives_s = 900}};
  PlanCourse& fire = plan.courses.emplace_back();
  fire.hazard = HazardKind::GreatFire;
  fire.gap = Gap::NoPermittedShelter;
  fire.stay = StayAdvice::Upstairs;
  fire.stay_reason = "2階は浸水しない";
  plan.created_at = Instant{1'777'000'000'123};
  plan.next_review = support::test_day();
  return plan;
}

void expect_same(const EvacuationPlan& got, const EvacuationPlan& want, int revision) {
  EXPECT_EQ(got.revision, revision);
  EXPECT_TRUE(is_ulid(got.id.value));
  EXPECT_EQ(got.subject, want.subject);
  EXPECT_EQ(got.kind, want.kind);
  EXPECT_EQ(got.status, want.status);
  EXPECT_EQ(got.courses, want.courses);
  EXPECT_EQ(got.created_at, want.created_at);
  EXPECT_EQ(got.next_review, want.next_review);
}

TEST_F(RegistryPlans, PlanComesBackAsItWasMade) {
  const EvacuationPlan plan = plan_for(people_[0]);
  const StoredPlans done = session_.store_plans({plan});
  EXPECT_EQ(done.added, 1U);
  Registry again = open();
  const auto stored = session(again).plan_of(people_[0]);
  ASSERT_TRUE(stored);
  expect_same(*stored, plan, 1);
  EXPECT_FALSE(session_.plan_of(people_[1]));
}

TEST_F(RegistryPlans, EqualPlanMadeLaterIsNotStoredAgain) {
  EvacuationPlan plan = plan_for(people_[0]);
  session_.store_plans({plan});
  plan.created_at.milliseconds += 1000;
  plan.next_review = {};
  plan.revision = 17;
  const StoredPlans done = session_.store_plans({plan});
  EXPECT_EQ(done.unchanged, 1U);
  EXPECT_EQ(session_.plan_of(people_[0])->created_at, plan_for(people_[0]).created_at);
}

TEST_F(RegistryPlans, DifferentPlanIsTheNextRevision) {
  EvacuationPlan plan = plan_for(people_[0]);
  session_.store_plans({plan_for(people_[1]), plan});
  const PlanId id = session_.plan_of(people_[0])->id;
  plan.courses[0].legs[0].route[1].lat += 1e-7;
  EXPECT_EQ(session_.store_plans({plan}).revised, 1U);
  plan.courses[0].legs.clear();
  plan.courses[0].gap = Gap::SheltersFull;
  plan.next_review = {};
  EXPECT_EQ(session_.store_plans({plan}).revised, 1U);

  const auto newest = session_.plan_of(people_[0]);
  ASSERT_TRUE(newest);
  EXPECT_EQ(newest->id, id);
  expect_same(*newest, plan, 3);
  const std::vector<EvacuationPlan> all = session_.plans();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].revision, 3);
  expect_same(all[1], plan_for(people_[1]), 1);
}

TEST_F(RegistryPlans, OneImpossiblePlanKeepsAllOthersOut) {
  EXPECT_THROW(session_.store_plans({plan_for(people_[0]), plan_for(PersonId{"nobody"})}),
               InputError);
  EXPECT_TRUE(session_.plans().empty());
}

TEST_F(RegistryPlans, RevisionsCannotBeChangedOrDeleted) {
  session_.store_plans({plan_for(people_[0])});
  Database raw(file(), support::test_key(), support::test_surroundings(), Database::Mode::Open);
  for (const char* attempt :
       {"UPDATE plan_rev SET status = 'active'", "DELETE FROM plan_rev",
        "UPDATE plan_leg SET route = ''", "DELETE FROM plan_leg", "DELETE FROM person"}) {
    EXPECT_THROW(raw.run_script(attempt), Error) << attempt;
  }
}

TEST(RouteText, EveryCoordinateOfSevenDecimalsComesBackExactly) {
  const unsigned seed = 7;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::vector<Position> line;
  for (int i = 0; i < 20'000; ++i) {
    // Written as a decimal and read back: what a file with seven decimals gives.
    const auto decimal = [&](std::int64_t limit) {
      const auto range = static_cast<std::uint64_t>(2 * limit + 1);
      const std::int64_t units = static_cast<std::int64_t>(random() % range) - limit;
      const std::string digits = std::to_string(std::abs(units) % 10'000'000);
      const std::string text = (units < 0 ? "-" : "") +
                               std::to_string(std::abs(units) / 10'000'000) + "." +
                               std::string(7 - digits.size(), '0') + digits;
      return std::stod(text);
    };
    line.push_back({.lat = decimal(900'000'000), .lon = decimal(1'800'000'000)});
  }
  EXPECT_EQ(route_from_text(to_route_text(line)), line);
  EXPECT_TRUE(route_from_text("").empty());
}

TEST(RouteText, BrokenTextIsAnError) {
  for (const char* text : {"x", "1", "1,", "1,2 3", "1,2 3,y"}) {
    EXPECT_THROW((void)route_from_text(text), Error) << text;
  }
  EXPECT_THROW((void)rings_from_json("[1]"), Error);
  EXPECT_THROW((void)texts_from_json("{"), Error);
}

}  // namespace
}  // namespace registry
