// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "registry/eligibility.hpp"
#include "sample_town.hpp"

namespace {

using datagen_test::kToday;
using datagen_test::read_all;
using datagen_test::table_of;
using registry::Person;

constexpr int kPeople = 3000;

class SamplePeople : public testing::Test {
 protected:
  SamplePeople() : dir_(datagen_test::make_town(kPeople, 1)) {
    for (auto& row : datagen_test::residents_of(dir_).rows) {
      people_[row.person.resident_no] = row.person;
    }
  }
  [[nodiscard]] std::map<std::string, std::vector<registry::Certificate>> certificates() const {
    std::map<std::string, std::vector<registry::Certificate>> held;
    for (const auto& row : registry::parse_care(table_of(dir_, "care.csv")).rows) {
      held[row.resident_no].push_back(row.certificate);
    }
    for (const auto& row : registry::parse_disability(table_of(dir_, "disability.csv")).rows) {
      held[row.resident_no].push_back(row.certificate);
    }
    return held;
  }
  [[nodiscard]] double share(const std::function<bool(const Person&)>& is) const {
    const auto count =
        std::ranges::count_if(people_, [&](const auto& entry) { return is(entry.second); });
    return static_cast<double>(count) / kPeople;
  }

  std::filesystem::path dir_;
  std::map<std::string, Person> people_;  // by 宛名番号
};

TEST_F(SamplePeople, TheirAgesAreThoseOfAJapaneseTown) {
  const auto older = [](int age) {
    return [age](const Person& person) {
      return person.birth_date && registry::legal_age(*person.birth_date, kToday) >= age;
    };
  };
  EXPECT_NEAR(share(older(65)), 0.29, 0.03);
  EXPECT_NEAR(share(older(85)), 0.05, 0.025);
  EXPECT_NEAR(1 - share(older(15)), 0.12, 0.04);
}

TEST_F(SamplePeople, HouseholdsHaveOneToSixMembersAndOneHead) {
  std::map<std::string, std::vector<const Person*>> households;
  for (const auto& [number, person] : people_) {
    households[person.household_no].push_back(&person);
  }
  EXPECT_NEAR(static_cast<double>(kPeople) / static_cast<double>(households.size()), 2.1, 0.2);
  for (const auto& [number, members] : households) {
    EXPECT_LE(members.size(), 6U);
    EXPECT_EQ(std::ranges::count(members, "世帯主", &Person::relation_to_head), 1);
    for (const Person* member : members) {
      EXPECT_EQ(member->position, members.front()->position);
    }
  }
}

TEST_F(SamplePeople, SixPercentMeetTheCriteriaAndSomeAreExcluded) {
  const auto rules = registry::parse_rule_set(read_all(
      std::filesystem::path(TOMONI_SOURCE_DIR) / "data" / "rules" / "eligibility_nishitokyo.toml"));
  auto places = std::map<std::string, registry::LivingPlace>();
  for (const auto& row : registry::parse_care(table_of(dir_, "care.csv")).rows) {
    if (row.living_place) {
      places[row.resident_no] = *row.living_place;
    }
  }
  std::map<registry::EligibilityVerdict, int> verdicts;
  std::set<std::string> clauses;
  for (const auto& [number, held] : certificates()) {
    ASSERT_TRUE(people_.contains(number));
    Person person = people_.at(number);
    if (places.contains(number)) {
      person.living_place = places.at(number);
    }
    const auto result = registry::evaluate_eligibility(person, held, rules, kToday);
    ++verdicts[result.verdict];
    clauses.insert(result.clauses.begin(), result.clauses.end());
  }
  EXPECT_NEAR(verdicts[registry::EligibilityVerdict::Eligible] / double{kPeople}, 0.058, 0.013);
  EXPECT_GT(verdicts[registry::EligibilityVerdict::Excluded], 0);
  EXPECT_GT(verdicts[registry::EligibilityVerdict::NotEligible], 0);
  EXPECT_GE(clauses.size(), 4U);
}

TEST_F(SamplePeople, EveryCareLevelIsHeldByMany) {
  std::map<std::string, int> levels;
  for (const auto& row : registry::parse_care(table_of(dir_, "care.csv")).rows) {
    ++levels[row.certificate.grade];
  }
  for (const char* level :
       {"要支援1", "要支援2", "要介護1", "要介護2", "要介護3", "要介護4", "要介護5"}) {
    EXPECT_GT(levels[level], 8) << level;
  }
}

TEST_F(SamplePeople, HomesStandBesideARoadAndNotInTheRiver) {
  const auto roads = datagen_test::roads_of(dir_);
  const auto& river = roads.way_with("waterway", "river");
  const auto nearest = [&](registry::Position home, const auto& wanted) {
    double least = std::numeric_limits<double>::infinity();
    for (const auto& way : roads.ways) {
      for (std::size_t i = 1; wanted(way) && i < way.nodes.size(); ++i) {
        const registry::Position from = roads.places.at(way.nodes[i - 1]);
        if (std::abs(from.lat - home.lat) < 0.001 && std::abs(from.lon - home.lon) < 0.001) {
          least =
              std::min(least, datagen_test::metres_to(home, from, roads.places.at(way.nodes[i])));
        }
      }
    }
    return least;
  };
  for (const auto& [number, person] : people_) {
    if (!person.position) {
      continue;
    }
    const double road = nearest(*person.position, [](const auto& way) { return way.road(); });
    EXPECT_GT(road, 3);
    EXPECT_LT(road, 25);
    const double water =
        nearest(*person.position, [&](const auto& way) { return way.id == river.id; });
    EXPECT_GT(water, 30);
  }
}

TEST_F(SamplePeople, OnePercentAreNotOnTheAddressMap) {
  EXPECT_NEAR(share([](const Person& person) { return !person.position; }), 0.01, 0.009);
  EXPECT_GT(share([](const Person& person) { return !person.position; }), 0);
}

TEST_F(SamplePeople, AddressesNameTheQuarterTheHomeStandsIn) {
  const auto areas = registry::parse_areas(read_all(dir_ / "areas.geojson")).areas;
  for (const auto& [number, person] : people_) {
    if (!person.position) {
      continue;
    }
    int found = 0;
    for (const registry::Area& area : areas) {
      if (area.level == registry::AreaLevel::Town && contains(area, *person.position)) {
        ++found;
        EXPECT_EQ(person.address, "ひかり市" + area.name);
        EXPECT_EQ(person.town_code, area.code);
      }
    }
    EXPECT_EQ(found, 1);
  }
}

TEST_F(SamplePeople, EveryAreaHasItsParentAndTownsCountTheirPeople) {
  const auto areas = registry::parse_areas(read_all(dir_ / "areas.geojson")).areas;
  std::set<std::string> codes = {""};
  for (const auto& area : areas) {
    codes.insert(area.code);
  }
  int people = 0;
  for (const auto& area : areas) {
    EXPECT_THAT(codes, testing::Contains(area.parent));
    EXPECT_EQ(area.parent.empty(), area.level == registry::AreaLevel::WelfareDistrict);
    people += area.population.value_or(0);
  }
  EXPECT_EQ(people, kPeople);
}

TEST_F(SamplePeople, UnusualFormsOfNamesOccur) {
  const auto occurs = [&](const std::string& letters) {
    return share([&](const Person& person) {
             return person.name.find(letters) != std::string::npos;
           }) > 0;
  };
  for (const char* letters : {"髙", "﨑", "德", "濵", "𠮷", "葛\U000E0100"}) {
    EXPECT_TRUE(occurs(letters)) << letters;
  }
}

TEST_F(SamplePeople, SomeAreProtectedSomeMovedAndSomeDied) {
  using registry::ProtectiveMeasure;
  EXPECT_GT(share([](const Person& person) {
              return person.protective_measure == ProtectiveMeasure::Active &&
                     person.protective_until.has_value();
            }),
            0);
  EXPECT_GT(share([](const Person& person) {
              return person.protective_measure == ProtectiveMeasure::ExpiredUnreviewed;
            }),
            0);
  EXPECT_LT(share([](const Person& person) { return person.is_protected(); }), 0.02);
  for (const auto residency : {registry::Residency::MovedOut, registry::Residency::Died}) {
    EXPECT_GT(share([&](const Person& person) { return person.residency == residency; }), 0);
  }
  EXPECT_GT(share([](const Person& person) { return !person.birth_date; }), 0);
}

TEST_F(SamplePeople, NobodyCanBeCalled) {
  for (const auto& [number, person] : people_) {
    for (const std::string& phone :
         {person.phone,
          person.emergency_contacts.empty() ? std::string() : person.emergency_contacts[0].phone}) {
      EXPECT_TRUE(phone.empty() || phone.starts_with("042-000-") || phone.starts_with("090-0000-"));
    }
  }
}

TEST_F(SamplePeople, SupportersAreNeighboursOrOrganisationsAndNeverOverbooked) {
  const auto rows = registry::parse_supporters(table_of(dir_, "supporters.csv")).rows;
  std::map<std::string, int> helped;
  std::map<std::string, int> helpers;
  int organisations = 0;
  for (const auto& row : rows) {
    ASSERT_TRUE(people_.contains(row.person_resident_no));
    const Person& person = people_.at(row.person_resident_no);
    EXPECT_FALSE(person.is_protected());
    EXPECT_EQ(person.residency, registry::Residency::Resident);
    EXPECT_LE(++helped[row.supporter.supporter_no], row.supporter.max_persons);
    EXPECT_LE(++helpers[row.person_resident_no], 3);
    if (!row.supporter.organisation.empty()) {
      ++organisations;
    } else if (person.position) {
      EXPECT_LE(datagen_test::metres(*row.supporter.position, *person.position), 405);
    }
  }
  EXPECT_GT(organisations, 10);
  EXPECT_LT(organisations, static_cast<int>(rows.size()) / 2);
}

}  // namespace
