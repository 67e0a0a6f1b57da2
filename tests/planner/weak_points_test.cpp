// SPDX-License-Identifier: Apache-2.0
#include "planner/weak_points.hpp"

#include <gtest/gtest.h>

#include <set>

#include "route/profiles_fixture.hpp"
#include "support/map_sketch.hpp"
#include "support/program.hpp"

namespace {

using planner::AnonymousDemand;
using planner::CourseWeakness;
using planner::WeakPoints;
using registry::HazardKind;
using support::MapSketch;

std::string rules_text(const std::string& name) {
  return support::read_all(std::string(TOMONI_SOURCE_DIR) + "/data/rules/" + name);
}

/// Everybody flees to S; only d-e leads there. Nobody needs help.
const MapSketch& town() {
  static const MapSketch drawn(R"(
    a----b
    |    |
    c----d----e----S
              |    |
              f----g )",
                               50);
  return drawn;
}

class WeakPointsTest : public testing::Test {
 protected:
  WeakPointsTest()
      : roads_({town().graph().image().begin(), town().graph().image().end()}),
        mobility_(planner::parse_mobility_rules(rules_text("mobility.toml"))),
        acceptance_(planner::parse_acceptance_rules(rules_text("acceptance.toml"))),
        planning_(planner::parse_planning_rules(rules_text("planning.toml"))),
        weakness_(planner::parse_weakness_rules(rules_text("blockage.toml"))) {
    shelter_.id = {"shelter"};
    shelter_.name = "北小学校";
    shelter_.position = position('S');
    shelter_.kinds.emergency_site = true;
    shelter_.rated = true;
    shelter_.suited.at(static_cast<std::size_t>(HazardKind::Earthquake)) = true;
  }

  struct Roads {
    explicit Roads(std::vector<std::byte> image)
        : city(route::RoadGraph::from_image(std::move(image)), {}, support::shipped_profiles()) {}
    planner::CityRoads city;
  };

  static registry::Position position(char node) {
    const route::LatLon at = town().position(node);
    return {.lat = at.lat(), .lon = at.lon()};
  }

  void add_person(const std::string& id, char home, bool is_protected = false) {
    registry::PlanSubject subject;
    subject.registrant.person.id = {id};
    subject.registrant.person.position = position(home);
    if (is_protected) {
      subject.registrant.person.protective_measure = registry::ProtectiveMeasure::Active;
    }
    AnonymousDemand demand;
    demand.index = subjects_.size();
    demand.home = town().position(home);
    demand.profile = "walk";
    subjects_.push_back(subject);
    demands_.push_back(demand);
  }

  [[nodiscard]] WeakPoints found(double collapse, unsigned threads = 1) const {
    const planner::PlanRequest request{.local_plan = local_plan_,
                                       .mobility = mobility_,
                                       .acceptance = acceptance_,
                                       .rules = planning_,
                                       .hazards = {HazardKind::Earthquake},
                                       .now = {}};
    const planner::PlanWorld world{.roads = roads_.city,
                                   .request = request,
                                   .subjects = subjects_,
                                   .demands = demands_,
                                   .shelters = {shelter_},
                                   .stored = {}};
    const std::map<registry::PersonId, int> priority{{{"p1"}, 10}, {{"p2"}, 30}};
    const planner::WeaknessRequest question{.rules = weakness_,
                                            .priority = priority,
                                            .collapse_percent = collapse,
                                            .seed = 1,
                                            .scenarios = 500,
                                            .threads = threads};
    return weak_points(world, question, [](std::string_view, double) {});
  }

  Roads roads_;
  registry::LocalPlan local_plan_;
  planner::MobilityRules mobility_;
  planner::AcceptanceRules acceptance_;
  planner::PlanningRules planning_;
  planner::WeaknessRules weakness_;
  registry::Shelter shelter_;
  std::vector<registry::PlanSubject> subjects_;
  std::vector<AnonymousDemand> demands_;
};

TEST_F(WeakPointsTest, TheOnlyRoadAcrossIsNamedForAllWhoPassIt) {
  add_person("p1", 'a');
  add_person("p2", 'c');
  add_person("p3", 'f');
  const WeakPoints weak = found(0);
  const CourseWeakness& course = weak.courses.at(0);
  EXPECT_EQ(course.with_way, 3U);
  ASSERT_EQ(course.through_roads.size(), 1U);
  EXPECT_EQ(course.through_roads[0].loss.edge, town().edge('d', 'e'));
  EXPECT_EQ(course.through_roads[0].loss.stranded, 2U);
  EXPECT_GE(course.roads.front().loss.stranded, 2U);
}

TEST_F(WeakPointsTest, ProtectedPersonsAreNotCountedAtRoadsButInTheFigures) {
  add_person("p1", 'a', true);
  const WeakPoints weak = found(30);
  EXPECT_EQ(weak.courses[0].protected_left_out, 1U);
  EXPECT_TRUE(weak.courses[0].roads.empty());
  EXPECT_TRUE(weak.courses[0].through_roads.empty());
  EXPECT_GT(weak.courses[0].blockage.value().cut.mean, 0);
}

TEST_F(WeakPointsTest, WaysThatAreOftenBlockedAreWeakAndTheHeavierPersonComesFirst) {
  add_person("p1", 'a');
  add_person("p2", 'a');
  EXPECT_TRUE(found(0).plans.empty()) << "all can be carried out";
  const WeakPoints weak = found(100);
  ASSERT_EQ(weak.plans.size(), 2U);
  EXPECT_EQ(weak.weak, 2U);
  EXPECT_EQ(weak.plans[0].person.value, "p2");
  EXPECT_EQ(weak.plans[0].points.priority, 30);
  EXPECT_GE(weak.plans[0].exposure.value().cut, weak.plans[0].exposure.value().no_way);
  EXPECT_FALSE(weak.plans[0].fixes.empty());
}

TEST_F(WeakPointsTest, FiguresDoNotDependOnTheNumberOfThreads) {
  add_person("p1", 'a');
  add_person("p2", 'f');
  const WeakPoints one = found(40, 1);
  const WeakPoints four = found(40, 4);
  EXPECT_EQ(one.courses[0].blockage.value().cut.mean, four.courses[0].blockage.value().cut.mean);
  ASSERT_EQ(one.plans.size(), four.plans.size());
  for (std::size_t i = 0; i < one.plans.size(); ++i) {
    EXPECT_EQ(one.plans[i].person, four.plans[i].person);
    EXPECT_EQ(one.plans[i].exposure.value().cut, four.plans[i].exposure.value().cut);
  }
}

TEST_F(WeakPointsTest, WithoutPeopleThereIsNothingToSay) {
  const WeakPoints weak = found(10);
  EXPECT_EQ(weak.registrants, 0U);
  EXPECT_TRUE(weak.courses.at(0).roads.empty());
  EXPECT_TRUE(weak.plans.empty());
}

}  // namespace
