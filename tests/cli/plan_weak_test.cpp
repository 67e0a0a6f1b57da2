// SPDX-License-Identifier: Apache-2.0
// Where the sample town's plans would break, as staff ask.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/city.hpp"

namespace {

using Json = nlohmann::json;
using support::City;
using testing::HasSubstr;

class PlanWeak : public testing::Test {
 protected:
  PlanWeak()
      : city_(std::string("weak-") + testing::UnitTest::GetInstance()->current_test_info()->name(),
              support::ReadyCity::SampleTown) {
    plan_ = city_.plan().at("plan");
  }

  [[nodiscard]] std::size_t executable_in_all() const {
    return plan_["executable"].get<std::size_t>();
  }

  City city_;
  Json plan_;
};

TEST_F(PlanWeak, NamesTheRoadsInFallingOrderAndStoresNothing) {
  const auto before = support::listing(city_.dir());
  const Json answer = city_.ask({"plan", "weak", "--scenarios", "50"});
  EXPECT_EQ(answer["courses"].size(), plan_["courses"].size());
  for (const Json& course : answer["courses"]) {
    EXPECT_GT(course["with_way"], 0);
    ASSERT_FALSE(course["roads"].empty());
    EXPECT_LE(course["roads"].size(), 20U);
    int last = course["with_way"];
    for (const Json& road : course["roads"]) {
      EXPECT_LE(road["stranded"], last);
      EXPECT_LE(road["stranded"], road["users"]);
      EXPECT_GT(road["stranded"], 0);
      last = road["stranded"];
    }
    for (std::size_t i = 0; i < course["through_roads"].size(); ++i) {
      EXPECT_LE(course["through_roads"][i]["stranded"], course["roads"][i]["stranded"]);
    }
  }
  EXPECT_EQ(city_.plan()["plan"]["stored"]["unchanged"], plan_["registrants"]);
}

TEST_F(PlanWeak, ALostRoadStrandsAtLeastThosePeopleInWhatIfToo) {
  const Json answer = city_.ask({"plan", "weak", "--hazard", "洪水", "--scenarios", "1"});
  const Json& road = answer["courses"][0]["roads"][0];
  const Json what_if = city_.ask({"plan", "whatif", "--hazard", "洪水", "--close-way",
                                  std::to_string(road["way"].get<std::int64_t>())});
  EXPECT_GE(what_if["changes"].size(), road["stranded"].get<std::size_t>());
}

TEST_F(PlanWeak, TheSameSeedGivesTheSameBytesAndMoreCollapseBlocksMore) {
  const auto ask = [this](const char* seed, const char* collapse) {
    const auto run = city_.run({"plan", "weak", "--hazard", "地震", "--scenarios", "200", "--seed",
                                seed, "--collapse", collapse, "--json"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return run.out;
  };
  const std::string first = ask("7", "10");
  EXPECT_EQ(ask("7", "10"), first);
  EXPECT_NE(ask("8", "10"), first);
  const auto mean = [](const std::string& text, const char* what) {
    return Json::parse(text)["courses"][0]["blockage"][what]["mean"].get<double>();
  };
  EXPECT_EQ(mean(ask("7", "0"), "way_cut"), 0);
  const std::string worse = ask("7", "40");
  EXPECT_GT(mean(first, "way_cut"), 0);
  EXPECT_GT(mean(worse, "way_cut"), mean(first, "way_cut"));
  EXPECT_GE(mean(first, "way_cut"), mean(first, "no_way"));
}

TEST_F(PlanWeak, OnlyAnEarthquakeBringsHousesDown) {
  const Json answer =
      city_.ask({"plan", "weak", "--hazard", "洪水", "--hazard", "地震", "--scenarios", "20"});
  EXPECT_TRUE(answer["courses"][0]["blockage"].is_null());
  EXPECT_FALSE(answer["courses"][1]["blockage"].is_null());
}

TEST_F(PlanWeak, PlansToFixAreOrderedExplainedAndNotThoseWithoutWeakness) {
  const Json answer = city_.ask({"plan", "weak", "--scenarios", "100"});
  ASSERT_FALSE(answer["plans"].empty());
  EXPECT_LE(answer["plans"].size(), 20U);
  EXPECT_GE(answer["weak"].get<std::size_t>() + executable_in_all(),
            plan_["registrants"].get<std::size_t>());
  int last = answer["plans"][0]["points"];
  std::set<std::string> people;
  for (const Json& plan : answer["plans"]) {
    EXPECT_TRUE(people.insert(plan["registrant"]).second) << "once each";
    EXPECT_LE(plan["points"], last);
    last = plan["points"];
    int sum = 0;
    for (const Json& part : plan["points_from"]) {
      sum += part.get<int>();
    }
    EXPECT_EQ(sum, plan["points"]);
    EXPECT_FALSE(plan["fixes"].empty()) << plan;
  }
}

TEST_F(PlanWeak, SpeaksOfIdsOnlyAndNeverOfAProtectedPersonsPlace) {
  std::set<std::string> names;
  std::set<std::string> hidden;
  {
    auto registry = city_.open();
    for (const auto& subject : registry.session({"test", "test"}).registrants()) {
      names.insert(subject.registrant.person.name);
      if (subject.registrant.person.is_protected()) {
        hidden.insert(subject.registrant.person.id.value);
      }
    }
  }
  const auto run = city_.run({"plan", "weak", "--scenarios", "20"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("通り抜けられないと困る道"));
  for (const std::string& name : names) {
    EXPECT_THAT(run.out, testing::Not(HasSubstr(name)));
  }
  const Json answer = city_.ask({"plan", "weak", "--scenarios", "20"});
  for (const Json& plan : answer["plans"]) {
    for (const Json& fix : plan["fixes"]) {
      if (hidden.contains(plan["registrant"].get<std::string>()) && fix.contains("shelter")) {
        EXPECT_EQ(fix["shelter"], "");
      }
    }
  }
  if (!hidden.empty()) {
    EXPECT_GT(answer["courses"][0]["protected_left_out"], 0);
  }
}

TEST_F(PlanWeak, FiguresThatCannotBeAreRefused) {
  EXPECT_EQ(city_.run({"plan", "weak", "--collapse", "101"}).exit_code, 2);
  EXPECT_EQ(city_.run({"plan", "weak", "--scenarios", "0"}).exit_code, 2);
  EXPECT_EQ(city_.run({"plan", "weak", "--hazard", "雪"}).exit_code, 2);
  support::write_all(city_.dir() / "rules" / "blockage.toml", "[event]\ncollapse_percent = -1\n");
  EXPECT_THAT(city_.run({"plan", "weak"}).err, HasSubstr("blockage.toml"));
}

}  // namespace
