// SPDX-License-Identifier: Apache-2.0
#include "route/supporter_chain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "route/chain_following.hpp"
#include "support/chain_check.hpp"

namespace {

using route::chain_supporters;
using route::ChainDeadlines;
using route::ChainPlan;
using route::ChainProblem;
using route::ChainValue;
using route::kNeverInChain;
using route::Unserved;
using support::best_of_all_chains;
using support::ChainDraw;
using support::draw_chain_problem;
using support::violations;
using testing::ElementsAre;
using testing::IsEmpty;

/// One shelter; the ways are as long from everywhere.
ChainProblem row_of_houses(std::size_t people, std::size_t supporters, route::ChainSeconds way) {
  ChainProblem problem;
  problem.people.assign(people, {.prepare = 10, .trip = 100});
  problem.supporters.assign(supporters, {.ready = 5});
  problem.shelters = 1;
  problem.to_person.assign(people * supporters, way);
  problem.from_shelter.assign(people, way);
  return problem;
}

ChainPlan plan_of(const ChainProblem& problem, std::uint64_t iterations = 2'000) {
  return chain_supporters(problem, {.iterations = iterations, .seed = 1});
}

Unserved only_reason(const ChainProblem& problem) {
  const ChainPlan plan = plan_of(problem);
  EXPECT_THAT(violations(problem, plan), IsEmpty());
  EXPECT_EQ(plan.unserved.size(), 1U);
  return plan.unserved.empty() ? Unserved::SupportersBusy : plan.unserved.front().reason;
}

TEST(SupporterChain, OneSupporterFetchesTwoPeopleOneAfterTheOther) {
  const ChainPlan plan = plan_of(row_of_houses(2, 1, 50));
  ASSERT_EQ(plan.visits[0].size(), 2U);
  EXPECT_EQ(plan.visits[0][0].arrival, 55);
  EXPECT_EQ(plan.visits[0][0].delivered, 165);
  EXPECT_EQ(plan.visits[0][1].arrival, 215);
  EXPECT_EQ(plan.value, (ChainValue{0, 0, 325, 490}));
}

TEST(SupporterChain, WhoNeedsTwoHandsWaitsForTheSecondSupporterAndBothGoAlong) {
  ChainProblem problem = row_of_houses(1, 2, 50);
  problem.people[0].hands = 2;
  problem.supporters[1].ready = 30;
  const ChainPlan plan = plan_of(problem);
  EXPECT_THAT(plan.supporters_of[0], ElementsAre(0, 1));
  EXPECT_EQ(plan.visits[0][0].arrival, 55);
  EXPECT_EQ(plan.visits[0][0].start, 80);
  EXPECT_EQ(plan.visits[0][0].delivered, plan.visits[1][0].delivered);
  EXPECT_THAT(violations(problem, plan), IsEmpty());
}

TEST(SupporterChain, NobodyIsOnTheWayAfterTheRetreatTime) {
  ChainProblem problem = row_of_houses(2, 1, 50);
  problem.supporters[0].retreat = 324;  // the second person would arrive at 325
  const ChainPlan plan = plan_of(problem);
  EXPECT_EQ(plan.unserved.size(), 1U);
  EXPECT_EQ(plan.unserved[0].reason, Unserved::SupportersBusy);
  EXPECT_THAT(violations(problem, plan), IsEmpty());
  problem.supporters[0].retreat = 164;
  EXPECT_EQ(plan_of(problem).unserved[0].reason, Unserved::RetreatTime);
}

TEST(SupporterChain, EveryReasonForLeavingSomebodyBehindIsNamed) {
  ChainProblem problem = row_of_houses(1, 1, 50);
  problem.people[0].hands = 2;
  EXPECT_EQ(only_reason(problem), Unserved::TooFewHands);
  problem.people[0].hands = 1;
  problem.people[0].vehicle_seats = 2;
  problem.supporters[0].vehicle_seats = 1;
  EXPECT_EQ(only_reason(problem), Unserved::NoVehicle);
  problem.supporters[0].vehicle_seats = 2;
  problem.people[0].deadline = 164;
  EXPECT_EQ(only_reason(problem), Unserved::NoneInTime);
  problem.people[0].deadline = 165;
  EXPECT_THAT(plan_of(problem).unserved, IsEmpty());
  problem.to_person[0] = kNeverInChain;
  EXPECT_EQ(only_reason(problem), Unserved::NoSupporter);
}

TEST(SupporterChain, TheHigherClassIsFetchedWhenThereIsTimeForOne) {
  ChainProblem problem = row_of_houses(2, 1, 50);
  problem.people[1].weight = 5;
  problem.supporters[0].most_people = 1;
  EXPECT_THAT(plan_of(problem).unserved,
              ElementsAre(route::UnservedPerson{0, Unserved::SupportersBusy}));
}

TEST(SupporterChain, WithSoftDeadlinesLateIsBetterThanNotAtAll) {
  ChainProblem problem = row_of_houses(2, 1, 50);
  problem.people[0].deadline = problem.people[1].deadline = 200;
  EXPECT_EQ(plan_of(problem).value.unserved, 1U);
  problem.deadlines = ChainDeadlines::Soft;
  EXPECT_EQ(plan_of(problem).value, (ChainValue{0, 1, 325, 490}));
}

TEST(SupporterChain, NobodyAndNoSupporterAreFine) {
  EXPECT_EQ(plan_of(row_of_houses(0, 2, 1)).value, ChainValue{});
  EXPECT_EQ(plan_of(row_of_houses(2, 0, 1)).value.unserved, 2U);
}

void expect_best(const ChainDraw& draw, std::uint32_t seeds) {
  std::uint32_t sums_missed = 0;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(seed);
    const ChainProblem problem = draw_chain_problem(seed, draw);
    const ChainPlan plan = plan_of(problem, 20'000);
    EXPECT_THAT(violations(problem, plan), IsEmpty());
    const ChainValue best = best_of_all_chains(problem);
    EXPECT_EQ(plan.value.unserved, best.unserved);
    EXPECT_EQ(plan.value.late, best.late);
    EXPECT_EQ(plan.value.last, best.last);
    EXPECT_GE(plan.value.sum, best.sum);
    sums_missed += plan.value.sum > best.sum ? 1U : 0U;
  }
  EXPECT_EQ(sums_missed, 0U);
}

TEST(SupporterChain, AgreesWithTryingEverythingWhenOneIsEnough) {
  expect_best({.people = 5, .supporters = 3}, 60);
  expect_best({.people = 5, .supporters = 3, .horizon = 0, .plane = true}, 40);
}

TEST(SupporterChain, AgreesWithTryingEverythingWhenSomeNeedTwo) {
  expect_best({.people = 4, .supporters = 3, .most_hands = 2, .horizon = 120}, 60);
  expect_best({.people = 4, .supporters = 3, .most_hands = 2, .horizon = 0, .plane = true}, 40);
}

TEST(SupporterChain, AgreesWithTryingEverythingWithSoftDeadlines) {
  expect_best({.people = 4, .supporters = 2, .deadlines = ChainDeadlines::Soft}, 60);
}

TEST(SupporterChain, NoPlanBreaksARuleInHundredsOfTowns) {
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE(seed);
    const ChainDraw draw{.people = 1 + seed % 30,
                         .supporters = 1 + seed % 11,
                         .most_hands = 1 + seed % 4,
                         .horizon = seed % 3 == 0 ? 0U : 100U,
                         .plane = seed % 2 == 0,
                         .deadlines = seed % 5 == 0 ? ChainDeadlines::Soft : ChainDeadlines::Hard};
    const ChainProblem problem = draw_chain_problem(seed, draw);
    const ChainPlan plan = plan_of(problem, 300);
    EXPECT_THAT(violations(problem, plan), IsEmpty());
    EXPECT_LE(plan.value, plan_of(problem, 0).value) << "worse than list scheduling";
  }
}

TEST(SupporterChain, TheSameSeedGivesTheSamePlan) {
  const ChainProblem problem = draw_chain_problem(
      5, {.people = 40, .supporters = 12, .most_hands = 2, .horizon = 200, .plane = true});
  const ChainPlan first = plan_of(problem);
  const ChainPlan second = plan_of(problem);
  EXPECT_EQ(first.visits, second.visits);
  EXPECT_EQ(first.unserved, second.unserved);
}

TEST(SupporterChain, TheBoundProvesATownWhereTheFarthestPersonDecides) {
  ChainProblem problem = row_of_houses(30, 12, 40);
  problem.people[7].trip = 2'000;
  const ChainPlan plan = plan_of(problem);
  EXPECT_EQ(plan.value.last, 5 + 40 + 10 + 2'000);
  EXPECT_EQ(plan.gap(), 0);
}

route::ChainRoutes routes_of(const ChainPlan& plan) {
  route::ChainRoutes routes;
  for (const auto& visits : plan.visits) {
    auto& route = routes.emplace_back();
    for (const route::ChainVisit& visit : visits) {
      route.push_back(visit.person);
    }
  }
  return routes;
}

TEST(FollowedChains, RoutesOfAPlanGiveThePlanAgain) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    const ChainProblem problem = draw_chain_problem(
        seed, {.people = 1 + seed % 20, .supporters = 1 + seed % 7, .most_hands = 1 + seed % 3});
    const ChainPlan plan = plan_of(problem, 300);
    const auto followed = follow_chains(problem, routes_of(plan));
    ASSERT_TRUE(followed.has_value());
    EXPECT_EQ(followed->visits, plan.visits);
    EXPECT_EQ(followed->supporters_of, plan.supporters_of);
    EXPECT_EQ(followed->unserved, plan.unserved);
    EXPECT_EQ(followed->value, plan.value);
    EXPECT_EQ(followed->lower_bound, plan.lower_bound);
  }
}

/// Swaps, moves, doubles or drops a visit anywhere.
void disturb(route::ChainRoutes& routes, std::mt19937& random) {
  auto& from = routes[random() % routes.size()];
  auto& to = routes[random() % routes.size()];
  if (from.empty()) {
    return;
  }
  const std::size_t at = random() % from.size();
  const std::uint32_t person = from[at];
  if (random() % 4 != 0) {
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(at));
  }
  if (random() % 3 != 0) {
    to.insert(to.begin() + static_cast<std::ptrdiff_t>(random() % (to.size() + 1)), person);
  }
}

TEST(FollowedChains, WhateverIsFollowedBreaksNoRule) {
  std::mt19937 random(11);
  std::size_t followed = 0;
  std::size_t refused = 0;
  for (std::uint32_t seed = 1; seed <= 2'000; ++seed) {
    SCOPED_TRACE(seed);
    const ChainProblem problem = draw_chain_problem(
        seed, {.people = 1 + seed % 9, .supporters = 1 + seed % 5, .most_hands = 1 + seed % 3});
    auto routes = routes_of(plan_of(problem, 0));
    disturb(routes, random);
    disturb(routes, random);
    const auto plan = follow_chains(problem, routes);
    followed += plan ? 1U : 0U;
    refused += plan ? 0U : 1U;
    if (plan) {
      EXPECT_THAT(violations(problem, *plan), IsEmpty());
      EXPECT_EQ(routes_of(*plan), routes);
    }
  }
  EXPECT_GT(followed, 200U);
  EXPECT_GT(refused, 200U);
}

TEST(FollowedChains, TwoWhoWaitForEachOtherAreRefused) {
  ChainProblem problem = row_of_houses(2, 2, 50);
  problem.people[0].hands = 2;
  problem.people[1].hands = 2;
  EXPECT_TRUE(follow_chains(problem, {{0, 1}, {0, 1}}).has_value());
  EXPECT_FALSE(follow_chains(problem, {{0, 1}, {1, 0}}).has_value());
  EXPECT_FALSE(follow_chains(problem, {{0}, {}}).has_value()) << "one of two";
  EXPECT_FALSE(follow_chains(problem, {{0, 1}}).has_value()) << "another number of supporters";
  EXPECT_FALSE(follow_chains(problem, {{0, 7}, {0}}).has_value()) << "nobody";
}

}  // namespace
