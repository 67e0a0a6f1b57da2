// SPDX-License-Identifier: Apache-2.0
#include "planner/profile_ways.hpp"

#include <gtest/gtest.h>

#include "route/profiles_fixture.hpp"
#include "support/map_sketch.hpp"

namespace {

using planner::CityRoads;
using planner::PathFinder;
using planner::ProfileWays;
using support::MapSketch;
using support::shipped;

const MapSketch& town() {
  static const MapSketch drawn(R"(
    a----b----c
         |    |
         e----d
         |
         f )");
  return drawn;
}

/// The town with no turn out of a-b into b-e and no turning round at c.
class ProfileWaysTest : public testing::Test {
 protected:
  ProfileWaysTest() : roads_(copy_of(town().graph()), {}, support::shipped_profiles()) {
    roads_.turns =
        route::TurnBans({{arc('a', 'b'), arc('b', 'e')}, {arc('b', 'c'), arc('c', 'b')}});
  }

  static route::RoadGraph copy_of(const route::RoadGraph& graph) {
    return route::RoadGraph::from_image({graph.image().begin(), graph.image().end()});
  }
  static route::ArcId arc(char a, char b) {
    const route::EdgeId edge = town().edge(a, b);
    const route::ArcId forward = town().graph().forward_arc(edge);
    return town().graph().tail(forward) == town().node(a) ? forward
                                                          : town().graph().backward_arc(edge);
  }

  /// Names along the way from the middle of a-b to the middle of e-f, checked against the table.
  [[nodiscard]] std::string way(const char* profile_name) const {
    const auto& profile = shipped(profile_name);
    const auto metric = make_metric(roads_.graph, {profile});
    const ProfileWays ways(roads_, profile, metric);
    const route::RoadPosition from{town().edge('a', 'b'), 0.5, {}};
    const route::RoadPosition to{town().edge('e', 'f'), 0.5, {}};
    PathFinder paths(ways);
    const auto path = paths.find(from, to);
    EXPECT_TRUE(path.has_value());
    EXPECT_EQ(ways.table({&from, 1}, {&to, 1}).at(0, 0), path->duration);
    return town().names(path->arcs);
  }

  CityRoads roads_;
};

TEST_F(ProfileWaysTest, VehiclesObeyTheTurns) {
  EXPECT_EQ(way("vehicle"), "abcdef");
  EXPECT_EQ(roads_.turns_for(shipped("vehicle")), &roads_.turns);
}

TEST_F(ProfileWaysTest, PeopleOnFootTurnWhereTheyLike) {
  EXPECT_EQ(way("walk"), "abef");
  EXPECT_EQ(way("wheelchair"), "abef");
  EXPECT_EQ(roads_.turns_for(shipped("walk")), nullptr);
}

TEST_F(ProfileWaysTest, WithoutBansVehiclesDoSoToo) {
  roads_.turns = {};
  EXPECT_EQ(way("vehicle"), "abef");
}

}  // namespace
