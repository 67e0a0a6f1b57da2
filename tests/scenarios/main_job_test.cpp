// SPDX-License-Identifier: Apache-2.0
// The promise: from a folder with a city's files, a plan for everyone who needs one, printed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "support/city.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using support::City;
using support::tomoni;

class MainJob : public testing::Test {
 protected:
  MainJob() : city_("main-job") {
    city_.import_sample_files();
    plan_ = city_.plan().at("plan");
  }
  [[nodiscard]] fs::path folder() const { return city_.dir().parent_path(); }

  City city_;
  Json plan_;
};

TEST_F(MainJob, EverybodyOnTheRegisterHasAPlanOrAReason) {
  ASSERT_EQ(plan_["courses"].size(), 3U) << "風水害, 地震, 火災";
  for (const Json& course : plan_["courses"]) {
    int explained = course["planned"].get<int>();
    for (const auto& [reason, people] : course["unassigned"].items()) {
      EXPECT_FALSE(reason.empty());
      explained += people.get<int>();
    }
    EXPECT_EQ(plan_["registrants"], explained);
    EXPECT_GT(course["planned"].get<int>(), plan_["registrants"].get<int>() * 9 / 10);
  }
  EXPECT_GT(plan_["registrants"].get<int>(), 10);
  EXPECT_EQ(plan_["registrants"], plan_["stored"]["added"]);
}

TEST_F(MainJob, NoShelterIsOverfullAndTheAssignmentIsProvenBest) {
  for (const Json& course : plan_["courses"]) {
    for (const Json& shelter : course["capacity"]) {
      EXPECT_LE(shelter["used"], shelter["capacity"]) << shelter["name"];
    }
    EXPECT_EQ(course["total_cost_s"], course["lower_bound_s"]);
  }
}

TEST_F(MainJob, PlanningAgainChangesNothing) {
  const Json again = city_.plan().at("plan");
  EXPECT_EQ(again["stored"]["added"], 0);
  EXPECT_EQ(again["stored"]["revised"], 0);
  EXPECT_EQ(again["stored"]["unchanged"], plan_["registrants"]);
}

TEST_F(MainJob, NobodyIsSentFirstToAShelterThatDoesNotTakeDirectArrivals) {
  auto registry = city_.open();
  for (const auto& plan : registry.session({"test", "test"}).plans()) {
    for (const auto& course : plan.courses) {
      for (const auto& leg : course.legs) {
        EXPECT_EQ(leg.arrival == registry::ArrivalPolicy::Secondary,
                  leg.kind == registry::LegKind::Transfer);
      }
      EXPECT_TRUE(course.legs.empty() || course.legs.front().kind != registry::LegKind::Transfer);
    }
  }
}

TEST_F(MainJob, EveryPlanIsJudgedAndWhatCannotBeDoneNamesItsCause) {
  for (const Json& plan : plan_["plans"]) {
    for (const Json& course : plan["courses"]) {
      const std::string verdict = course["verdict"];
      EXPECT_NE(verdict, "NOT_JUDGED");
      EXPECT_EQ(verdict == "EXECUTABLE", course["cause"].get<std::string>().empty());
      const Json& steps = course["steps_s"];
      EXPECT_EQ(course["total_p50_s"].get<int>(),
                steps["notify"].get<int>() + steps["supporter"].get<int>() +
                    steps["preparation"].get<int>() + steps["travel"].get<int>());
      EXPECT_GE(course["total_p90_s"], course["total_p50_s"]);
      if (verdict == "EXECUTABLE" && !course["limit_s"].is_null()) {
        EXPECT_LE(course["total_p90_s"], course["limit_s"]);
      }
    }
  }
}

TEST_F(MainJob, NoSupporterIsAtTwoDoorsAtOnce) {
  for (std::size_t k = 0; k < 3; ++k) {
    // supporter -> arrivals with the end of the trip
    std::map<std::string, std::vector<std::pair<int, int>>> trips;
    for (const Json& plan : plan_["plans"]) {
      const Json& course = plan["courses"][k];
      for (const Json& helper : course["helpers"]) {
        if (!helper["backup"].get<bool>()) {
          const int arrives = helper["arrives_s"];
          const int safe = course["total_p50_s"];
          EXPECT_LE(arrives, safe);
          trips[helper["supporter"]].emplace_back(arrives, safe);
        }
      }
    }
    EXPECT_FALSE(trips.empty());
    for (auto& [supporter, times] : trips) {
      std::ranges::sort(times);
      for (std::size_t i = 1; i < times.size(); ++i) {
        EXPECT_GE(times[i].first, times[i - 1].second) << supporter;
      }
    }
  }
}

TEST_F(MainJob, TheRouteCommandAgreesWithTheStoredPlan) {
  auto registry = city_.open();
  int compared = 0;
  for (const auto& plan : registry.session({"test", "test"}).plans()) {
    if (plan.main_course().legs.empty() || compared == 5) {
      continue;
    }
    const auto& leg = plan.main_course().legs.front();
    const auto place = [](const registry::Position& point) {
      return std::to_string(point.lat) + "," + std::to_string(point.lon);
    };
    const auto run =
        tomoni({"route", "--dir", city_.dir().string(), "--from", place(leg.route.front()), "--to",
                place(leg.route.back()), "--profile", leg.profile, "--json"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const Json route = Json::parse(run.out);
    ASSERT_TRUE(route["found"].get<bool>());
    // std::to_string rounds to 1e-6 degrees, some 10 cm.
    EXPECT_NEAR(route["duration_s"].get<double>(), static_cast<double>(leg.duration_s), 2.0);
    EXPECT_EQ(route["geometry"]["type"], "LineString");
    EXPECT_GT(route["geometry"]["coordinates"][0][0].get<double>(), 100) << "longitude first";
    ++compared;
  }
  EXPECT_EQ(compared, 5);
}

TEST_F(MainJob, AFormIsPrintedForEverybodyWhoMayBePrinted) {
  const auto out = folder() / "forms";
  const auto run =
      tomoni({"form", "--dir", city_.dir().string(), "--all", "--out", out.string(), "--json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const Json printed = Json::parse(run.out);
  EXPECT_EQ(printed["forms"].get<int>() + printed["protected_not_printed"].get<int>(),
            plan_["registrants"].get<int>());
  int files = 0;
  for (const auto& entry : fs::directory_iterator(out)) {
    EXPECT_EQ(support::read_all(entry.path()).substr(0, 5), "%PDF-");
    ++files;
  }
  EXPECT_EQ(files, printed["forms"]);
}

TEST_F(MainJob, TheExportIsGeoJsonWithOneLinePerLeg) {
  const auto out = folder() / "map";
  ASSERT_EQ(tomoni({"export", "--dir", city_.dir().string(), "--out", out.string()}).exit_code, 0);
  const Json geojson = Json::parse(support::read_all(out / "plans.geojson"));
  EXPECT_EQ(geojson["type"], "FeatureCollection");
  EXPECT_GT(geojson["features"].size(), 10U);
  EXPECT_EQ(support::read_all(out / "map.pdf").substr(0, 5), "%PDF-");
}

}  // namespace
