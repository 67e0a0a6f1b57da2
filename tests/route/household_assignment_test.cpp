// SPDX-License-Identifier: Apache-2.0
// Indivisible households: never torn apart, near the bound, nobody left out who fits.
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
using support::SeatingScore;
using support::SeatingTown;
using testing::ElementsAre;

TEST(HouseholdAssignment, AHouseholdGoesToOneShelterAsAWhole) {
  SeatingTown town = seating_town({{10, 90}}, {2, 3});
  town.seats = {3};
  const Assignment result = town.assign();
  EXPECT_THAT(result.shelter, ElementsAre(1));
  EXPECT_EQ(result.total_cost, 270U);
  EXPECT_THAT(result.used, ElementsAre(0, 3));
}

TEST(HouseholdAssignment, TwoSmallOnesMakeRoomForALargeOne) {
  SeatingTown town = seating_town({{1, 2}, {1, 2}, {5, kInfinity}}, {2, 2});
  town.seats = {1, 1, 2};
  EXPECT_THAT(town.assign().shelter, ElementsAre(1, 1, 0));
}

TEST(HouseholdAssignment, LooseSeatsAreBroughtTogether) {
  // One seat free in each shelter: the pair fits only if somebody moves on.
  SeatingTown town = seating_town({{1, 2}, {9, 1}, {1, kInfinity}}, {2, 2});
  town.seats = {1, 1, 2};
  EXPECT_THAT(town.assign().shelter, ElementsAre(1, 1, 0));
}

TEST(HouseholdAssignment, TheReasonSaysWhenAHouseholdIsTooLarge) {
  SeatingTown town = seating_town({{1, 1}, {1, 1}}, {2, 3});
  town.seats = {4, 2};
  const Assignment result = town.assign();
  EXPECT_EQ(result.shelter[0], Assignment::kNone);
  EXPECT_EQ(result.reason[0], Unassigned::HouseholdTooLarge);
  EXPECT_EQ(result.unassigned, 1U);
  EXPECT_EQ(result.unassigned_seats, 4U);
}

TEST(HouseholdAssignment, CompanionsTakeNoPlaceForTheNeed) {
  SeatingTown town = seating_town({{1}, {1}}, {6});
  town.seats = {3, 3};
  town.need = {1, 1};
  town.limits = {{0, 1, 2}};
  EXPECT_EQ(town.assign().unassigned, 0U);
}

TEST(HouseholdAssignment, ALargeHouseholdOfAHigherClassComesBeforeSmallOnes) {
  SeatingTown town = seating_town({{1}, {1}, {900}}, {3});
  town.seats = {1, 2, 2};
  town.precedence = {0, 0, 1};
  EXPECT_THAT(town.assign().shelter, ElementsAre(0, Assignment::kNone, 0));
}

TEST(HouseholdAssignment, IsWithinItsBoundsAndMostlyTheBestOfAll) {
  std::size_t best = 0;
  constexpr std::uint32_t kTowns = 400;
  for (std::uint32_t seed = 1; seed <= kTowns; ++seed) {
    SCOPED_TRACE(seed);
    const SeatingTown town = random_seating_town(seed, {.people = 2 + seed % 5,
                                                        .shelters = 1 + seed % 3,
                                                        .most_capacity = 7,
                                                        .most_seats = 4,
                                                        .classes = 1 + seed % 2,
                                                        .needs = seed % 3});
    const Assignment result = town.assign();
    const SeatingScore found = score_of(town, result.shelter);
    const SeatingScore oracle = best_of_all_seatings(town);
    expect_consistent(town, result);
    EXPECT_FALSE(found.better_than(oracle));
    if (found.seated == oracle.seated) {
      EXPECT_LE(result.lower_bound, oracle.cost);
    }
    best += found == oracle ? 1U : 0U;
  }
  EXPECT_GE(best, kTowns * 99 / 100);
}

TEST(HouseholdAssignment, WorstFirstIsWithinItsBounds) {
  std::size_t best = 0;
  constexpr std::uint32_t kTowns = 200;
  for (std::uint32_t seed = 1; seed <= kTowns; ++seed) {
    SCOPED_TRACE(seed);
    SeatingTown town = random_seating_town(
        seed,
        {.people = 2 + seed % 5, .shelters = 1 + seed % 3, .most_capacity = 7, .most_seats = 4});
    town.aim = AssignmentAim::WorstFirst;
    const Assignment result = town.assign();
    const SeatingScore found = score_of(town, result.shelter);
    const SeatingScore oracle = best_of_all_seatings(town);
    expect_consistent(town, result);
    EXPECT_FALSE(found.better_than(oracle));
    EXPECT_LE(result.longest_bound, result.longest);
    best += found == oracle ? 1U : 0U;
  }
  EXPECT_GE(best, kTowns * 98 / 100);
}

TEST(HouseholdAssignment, ATownNearlyFullIsSeatedWithinTheGapPromised) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE(seed);
    SeatingTown town = random_seating_town(
        seed,
        {.people = 1500, .shelters = 20, .eligible_percent = 30, .dearest = 3600, .most_seats = 4});
    std::uint64_t needed = 0;
    for (std::size_t person = 0; person < town.people(); ++person) {
      needed += town.seats[person];
      town.costs.at(person, person % 20) = 1800;
    }
    town.capacity.assign(20, static_cast<std::uint32_t>(needed * 1000 / 995 / 20 + 1));
    const Assignment result = town.assign();
    EXPECT_TRUE(is_valid(town, result.shelter));
    EXPECT_EQ(result.unassigned, 0U);
    EXPECT_LE(result.gap(), 0.0005);
  }
}

TEST(HouseholdAssignment, TheSameTownGivesTheSameSeats) {
  const SeatingTown town = random_seating_town(5, {.people = 60,
                                                   .shelters = 6,
                                                   .most_capacity = 30,
                                                   .most_seats = 4,
                                                   .classes = 2,
                                                   .needs = 2});
  EXPECT_EQ(town.assign().shelter, town.assign().shelter);
}

}  // namespace
