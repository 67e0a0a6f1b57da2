// SPDX-License-Identifier: Apache-2.0
// "What if" and "why not the nearer one", as staff ask.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <optional>
#include <set>

#include "support/city.hpp"

namespace {

using Json = nlohmann::json;
using support::City;
using testing::HasSubstr;

class PlanStudies : public testing::Test {
 protected:
  PlanStudies()
      : city_(
            std::string("studies-") + testing::UnitTest::GetInstance()->current_test_info()->name(),
            support::ReadyCity::SampleTown) {
    plan_ = city_.plan().at("plan");
  }

  /// The shelter most people go to when the river rises.
  [[nodiscard]] std::string fullest() const {
    std::string id;
    int most = 0;
    for (const Json& shelter : plan_["courses"][0]["capacity"]) {
      if (shelter["used"] > most) {
        most = shelter["used"];
        id = shelter["shelter"];
      }
    }
    return id;
  }

  [[nodiscard]] std::set<std::string> people_in(const std::string& shelter) const {
    std::set<std::string> people;
    for (const Json& plan : plan_["plans"]) {
      for (const Json& leg : plan["courses"][0]["legs"]) {
        if (leg["shelter"] == shelter) {
          people.insert(plan["registrant"]);
        }
      }
    }
    return people;
  }

  City city_;
  Json plan_;
};

TEST_F(PlanStudies, ALostShelterMovesAtLeastThosePeopleAndStoresNothing) {
  const std::string lost = fullest();
  const Json answer = city_.ask({"plan", "whatif", "--hazard", "洪水", "--lose-shelter", lost});
  std::set<std::string> moved;
  for (const Json& change : answer["changes"]) {
    moved.insert(change["registrant"]);
  }
  EXPECT_THAT(moved, testing::IsSupersetOf(people_in(lost)));
  for (const Json& shelter : answer["after"][0]["capacity"]) {
    EXPECT_NE(shelter["shelter"], lost);
  }
  EXPECT_GE(answer["after"][0]["total_cost_s"], answer["before"][0]["total_cost_s"]);
  EXPECT_EQ(answer["after"][0]["total_cost_s"], answer["after"][0]["lower_bound_s"]);
  EXPECT_EQ(city_.plan()["plan"]["stored"]["unchanged"], plan_["registrants"]);
}

TEST_F(PlanStudies, NothingSupposedChangesNothing) {
  const Json answer = city_.ask({"plan", "whatif"});
  EXPECT_TRUE(answer["changes"].empty());
  EXPECT_EQ(answer["executable_before"], plan_["executable"]);
}

TEST_F(PlanStudies, WithoutItsSupporterAPlanCannotBeCarriedOut) {
  std::map<std::string, std::string> only;  // supporter -> person
  for (const Json& plan : plan_["plans"]) {
    const Json& helpers = plan["courses"][0]["helpers"];
    if (helpers.size() == 1 && plan["courses"][0]["verdict"] == "AT_RISK") {
      only[helpers[0]["supporter"]] = plan["registrant"];
    }
  }
  ASSERT_FALSE(only.empty());
  const auto& [supporter, person] = *only.begin();
  const Json answer = city_.ask({"plan", "whatif", "--hazard", "洪水", "--absent", supporter});
  bool found = false;
  for (const Json& change : answer["changes"]) {
    if (change["registrant"] == person) {
      found = true;
      EXPECT_EQ(change["before"]["verdict"], "危うい");
      EXPECT_EQ(change["after"]["verdict"], "実行できない");
      EXPECT_THAT(change["after"]["cause"].get<std::string>(), HasSubstr("支援者がいない"));
    }
  }
  EXPECT_TRUE(found);
}

TEST_F(PlanStudies, WhatThereIsNotIsRefusedByName) {
  EXPECT_NE(city_.run({"plan", "whatif", "--lose-shelter", "NOWHERE"}).exit_code, 0);
  EXPECT_THAT(city_.run({"plan", "whatif", "--lose-shelter", "NOWHERE"}).err, HasSubstr("NOWHERE"));
  EXPECT_THAT(city_.run({"plan", "whatif", "--beds", "ID"}).err, HasSubstr("--beds"));
  EXPECT_EQ(city_.run({"plan", "whatif", "--close-way", "-5"}).exit_code, 2);
  EXPECT_NE(city_.run({"plan", "explain", "--registrant", "NOBODY"}).exit_code, 0);
}

TEST_F(PlanStudies, EveryShelterThatIsNearerThanTheChosenOneHasAReason) {
  int explained = 0;
  for (const Json& plan : plan_["plans"]) {
    if (++explained > 5) {
      break;
    }
    const Json answer = city_.ask({"plan", "explain", "--registrant", plan["registrant"]});
    for (std::size_t k = 0; k < answer["courses"].size(); ++k) {
      const Json& course = answer["courses"][k];
      int chosen = 0;
      for (const Json& shelter : course["shelters"]) {
        EXPECT_FALSE(shelter["reason"].get<std::string>().empty()) << shelter["name"];
        if (shelter["chosen"].get<bool>()) {
          ++chosen;
          EXPECT_EQ(shelter["shelter"], plan["courses"][k]["legs"][0]["shelter"]);
        }
      }
      const bool has_place = !plan["courses"][k]["legs"].empty();
      EXPECT_EQ(chosen, has_place ? 1 : 0);
      EXPECT_EQ(course["gap"].get<std::string>().empty(), has_place);
    }
    EXPECT_EQ(answer["plan"].size(), 3U);
  }
}

TEST_F(PlanStudies, SupportersAreProposedForThoseWhoHaveTooFewAndNobodyIsOverburdened) {
  // Somebody who helps nobody yet lives where people need help.
  auto session_of = city_.open();
  auto reading = session_of.session({"test", "test"});
  auto subjects = reading.registrants();
  // Ids are random: the same home in every run.
  std::ranges::sort(subjects, {},
                    [](const auto& subject) { return subject.registrant.person.resident_no; });
  const auto lonely = std::ranges::find_if(
      subjects, [](const auto& subject) { return subject.registrant.person.position.has_value(); });
  ASSERT_NE(lonely, subjects.end());
  const auto file = city_.dir().parent_path() / "free.csv";
  std::ofstream(file) << "支援者番号,氏名,住所,電話,受持上限,緯度,経度\r\nFREE,架空 手助,ともに市,"
                         "0000-00-0001,20,"
                      << lonely->registrant.person.position->lat << ','
                      << lonely->registrant.person.position->lon << "\r\n";
  city_.must_import("supporters", file);
  const Json answer = city_.ask({"plan", "supporters"});
  EXPECT_GT(answer["people_needing_help"], 10);
  EXPECT_LE(answer["lower_bound"]["people_alone"], answer["result"]["people_alone"]);
  auto registry = city_.open();
  auto session = registry.session({"test", "test"});
  std::map<std::string, int> room;
  std::map<std::string, std::set<std::string>> agreed;
  int without = 0;
  std::string free;
  for (const auto& supporter : session.supporters()) {
    room[supporter.id.value] = supporter.max_persons;
    free = supporter.supporter_no == "FREE" ? supporter.id.value : free;
  }
  for (const auto& subject : session.registrants()) {
    for (const auto& each : subject.supporters) {
      agreed[subject.registrant.person.id.value].insert(each.supporter.id.value);
    }
  }
  int proposed = 0;
  for (const Json& person : answer["people"]) {
    const std::set<std::string>& own = agreed[person["registrant"]];
    without += own.empty() ? 1 : 0;
    for (const Json& each : person["supporters"]) {
      --room[each["supporter"]];
      EXPECT_EQ(each["agreed"].get<bool>(), own.contains(each["supporter"].get<std::string>()));
      proposed += each["agreed"].get<bool>() ? 0 : 1;
    }
  }
  for (const auto& [supporter, left] : room) {
    EXPECT_GE(left, 0) << supporter;
  }
  EXPECT_GT(proposed, 0);
  EXPECT_LT(room[free], 20) << "who helps nobody yet is asked too";
  EXPECT_LT(answer["result"]["people_alone"], without);
}

TEST_F(PlanStudies, TheVehiclesTakeEverybodyOnWhomThePlansSendOn) {
  const Json answer = city_.ask({"plan", "transfers"});
  ASSERT_EQ(answer["courses"].size(), 3U);
  for (std::size_t k = 0; k < 3; ++k) {
    const Json& course = answer["courses"][k];
    int going_on = 0;
    for (const Json& plan : plan_["plans"]) {
      for (const Json& leg : plan["courses"][k]["legs"]) {
        going_on += leg["leg"] == "福祉避難所へ" ? 2 : 0;  // with one companion
      }
    }
    EXPECT_EQ(course["waiting"], going_on);
    int taken = 0;
    for (const Json& trips : course["vehicles"]) {
      int last = 0;
      for (const Json& trip : trips) {
        EXPECT_GE(trip["arrival_s"], last);
        EXPECT_GT(trip["delivered_s"], trip["arrival_s"]);
        last = trip["delivered_s"];
        taken += trip["people"].get<int>();
      }
      EXPECT_LE(last, course["last_delivery_s"]);
    }
    EXPECT_EQ(taken + course["left"].get<int>(), going_on);
    EXPECT_GE(course["last_delivery_s"], course["last_delivery_lower_bound_s"]);
  }
}

TEST_F(PlanStudies, AnUpdateOfWhatHoldsComputesNothing) {
  const Json again = city_.ask({"plan", "--update"});
  EXPECT_TRUE(again["changes"].empty());
  EXPECT_EQ(again["plan"]["stored"]["unchanged"], plan_["registrants"]);
  for (const Json& course : again["plan"]["courses"]) {
    EXPECT_TRUE(course["computed_anew_because"].empty()) << course["computed_anew_because"];
  }
}

/// The closed road of one person leaves everybody else where he or she is.
TEST_F(PlanStudies, AClosedRoadChangesOnlyThePlansThatNeedIt) {
  const Json before = plan_["plans"];
  auto registry = city_.open();
  std::optional<registry::Position> middle;
  for (const auto& plan : registry.session({"test", "test"}).plans()) {
    for (const auto& leg : plan.main_course().legs) {
      if (!middle && leg.kind == registry::LegKind::Evacuate && leg.route.size() > 6) {
        middle = leg.route[leg.route.size() / 2];
      }
    }
  }
  ASSERT_TRUE(middle);
  const auto file = city_.dir().parent_path() / "one_road.geojson";
  const double d = 0.00005;
  const Json ring = Json::array({{middle->lon - d, middle->lat - d},
                                 {middle->lon + d, middle->lat - d},
                                 {middle->lon + d, middle->lat + d},
                                 {middle->lon - d, middle->lat + d},
                                 {middle->lon - d, middle->lat - d}});
  std::ofstream(file)
      << Json{{"type", "FeatureCollection"},
              {"features",
               Json::array(
                   {{{"type", "Feature"},
                     {"properties", {{"reason", "倒木"}}},
                     {"geometry", {{"type", "Polygon"}, {"coordinates", Json::array({ring})}}}}})}}
             .dump();
  city_.must_import("closures", file);
  const Json update = city_.ask({"plan", "--update", "--dry-run"});
  std::set<std::string> changed;
  for (const Json& change : update["changes"]) {
    changed.insert(change["registrant"]);
  }
  EXPECT_FALSE(changed.empty());
  EXPECT_LT(changed.size(), before.size() / 2);
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!changed.contains(before[i]["registrant"])) {
      for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_EQ(update["plan"]["plans"][i]["courses"][k]["legs"],
                  before[i]["courses"][k]["legs"]);
      }
    }
  }
  EXPECT_EQ(update["plan"]["courses"][0]["planned"], plan_["courses"][0]["planned"]);
}

}  // namespace
