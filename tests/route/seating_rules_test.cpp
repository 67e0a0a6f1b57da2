// SPDX-License-Identifier: Apache-2.0
// Precedence, needs and the worst-first aim, one seat each: exact.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assignment_fixture.hpp"

namespace {

using route::Assignment;
using route::AssignmentAim;
using route::kInfinity;
using route::Unassigned;
using support::best_of_all_seatings;
using support::expect_consistent;
using support::random_seating_town;
using support::score_of;
using support::seating_town;
using support::SeatingTown;
using testing::ElementsAre;

TEST(SeatingRules, NoSeatOfAHigherClassIsGivenUpForManyLowerOnes) {
  // Person 0 may go only where 1 and 2 could sit as well, at far less cost.
  SeatingTown town = seating_town({{900}, {1}, {1}}, {1});
  town.precedence = {1, 0, 0};
  EXPECT_THAT(town.assign().shelter, ElementsAre(0, Assignment::kNone, Assignment::kNone));
}

TEST(SeatingRules, TheHigherClassComesFirstWhateverTheOrder) {
  SeatingTown town = seating_town({{1}, {1}, {900}}, {1});
  town.precedence = {0, 1, 2};
  EXPECT_THAT(town.assign().shelter, ElementsAre(Assignment::kNone, Assignment::kNone, 0));
}

TEST(SeatingRules, PlacesForANeedAreLimitedBesideTheSeats) {
  SeatingTown town = seating_town({{1, 50}, {2, 60}, {3, 70}}, {3, 3});
  town.need = {1, 1, 0};
  town.limits = {{0, 1, 1}};
  const Assignment result = town.assign();
  EXPECT_THAT(result.shelter, ElementsAre(1, 0, 0));
  ASSERT_EQ(result.need_use.size(), 1U);
  EXPECT_EQ(result.need_use[0].used, 1U);
  EXPECT_EQ(result.need_use[0].price, 49U);
  EXPECT_THAT(result.seat_price, ElementsAre(0, 0));
  EXPECT_EQ(result.lower_bound, result.total_cost);
}

TEST(SeatingRules, SomebodyWithoutTheNeedMovesWhenTheSeatsAreShort) {
  SeatingTown town = seating_town({{1, 2}, {1, kInfinity}}, {1, 1});
  town.need = {0, 1};
  town.limits = {{0, 1, 1}};
  EXPECT_THAT(town.assign().shelter, ElementsAre(1, 0));
}

TEST(SeatingRules, TheReasonTellsSeatsAndPlacesApart) {
  SeatingTown town = seating_town({{1}, {1}, {kInfinity}}, {5});
  town.need = {1, 1, 0};
  town.limits = {{0, 1, 1}};
  const Assignment result = town.assign();
  EXPECT_THAT(result.shelter, ElementsAre(0, Assignment::kNone, Assignment::kNone));
  EXPECT_EQ(result.reason[1], Unassigned::NeedPlacesFull);
  EXPECT_EQ(result.reason[2], Unassigned::NoPermittedShelter);
}

TEST(SeatingRules, ANeedThatNoShelterLimitsIsNone) {
  SeatingTown town = seating_town({{1}, {1}}, {2});
  town.need = {7, 200};
  EXPECT_EQ(town.assign().unassigned, 0U);
}

TEST(SeatingRules, AgreeWithTryingEverything) {
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    const SeatingTown town = random_seating_town(
        seed, {.people = 1 + seed % 6, .shelters = 1 + seed % 3, .classes = 3, .needs = seed % 3});
    const Assignment result = town.assign();
    EXPECT_EQ(score_of(town, result.shelter), best_of_all_seatings(town));
    EXPECT_EQ(result.lower_bound, result.total_cost) << "not proven";
    expect_consistent(town, result);
  }
}

TEST(SeatingRules, AMiddleTownIsProvenOptimalByItsPrices) {
  for (std::uint32_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    const SeatingTown town = random_seating_town(seed, {.people = 500,
                                                        .shelters = 12,
                                                        .eligible_percent = 40,
                                                        .most_capacity = 85,
                                                        .dearest = 3'600'000,
                                                        .classes = 3,
                                                        .needs = 3});
    const Assignment result = town.assign();
    EXPECT_EQ(result.lower_bound, result.total_cost);
    EXPECT_TRUE(is_valid(town, result.shelter));
  }
}

TEST(SeatingRules, TheLongestWayCanBeShortenedAtTheCostOfTheSum) {
  SeatingTown town = seating_town({{1, 60}, {50, 100}}, {1, 1});
  EXPECT_THAT(town.assign().shelter, ElementsAre(0, 1));  // 101 in all, 100 the longest
  town.aim = AssignmentAim::WorstFirst;
  const Assignment result = town.assign();
  EXPECT_THAT(result.shelter, ElementsAre(1, 0));
  EXPECT_EQ(result.longest, 60U);
  EXPECT_EQ(result.longest_bound, 60U);
}

TEST(SeatingRules, WorstFirstStillSeatsAsManyAsPossible) {
  SeatingTown town = seating_town({{1, kInfinity}, {2, 1000}}, {1, 1});
  town.aim = AssignmentAim::WorstFirst;
  EXPECT_THAT(town.assign().shelter, ElementsAre(0, 1));
}

TEST(SeatingRules, WhoIsLeftOutWorstFirstHearsTheTrueReason) {
  SeatingTown town = seating_town({{1}, {9}}, {1});
  town.aim = AssignmentAim::WorstFirst;
  const Assignment result = town.assign();
  EXPECT_THAT(result.shelter, ElementsAre(0, Assignment::kNone));
  EXPECT_EQ(result.reason[1], Unassigned::SheltersFull);
}

TEST(SeatingRules, WorstFirstAgreesWithTryingEverything) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    SeatingTown town = random_seating_town(
        seed, {.people = 1 + seed % 6, .shelters = 1 + seed % 3, .classes = 2, .needs = seed % 3});
    town.aim = AssignmentAim::WorstFirst;
    const Assignment result = town.assign();
    EXPECT_EQ(score_of(town, result.shelter), best_of_all_seatings(town));
    EXPECT_EQ(result.longest_bound, result.longest);
    expect_consistent(town, result);
  }
}

TEST(SeatingRules, WorstFirstWithNobodyIsFine) {
  SeatingTown town = seating_town({}, {1});
  town.aim = AssignmentAim::WorstFirst;
  EXPECT_EQ(town.assign().total_cost, 0U);
}

}  // namespace
