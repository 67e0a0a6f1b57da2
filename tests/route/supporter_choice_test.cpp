// SPDX-License-Identifier: Apache-2.0
#include "route/supporter_choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "draw.hpp"

namespace {

using route::choose_supporters;
using route::kTimesOfDay;
using route::SupportCandidate;
using route::SupportChoice;
using route::SupportChoiceProblem;
using route::SupportChoiceValue;
using testing::ElementsAre;
using testing::IsEmpty;

SupportChoice choice_of(const SupportChoiceProblem& problem) {
  return choose_supporters(problem, {.iterations = 3'000, .seed = 1});
}

SupportChoiceProblem draw_problem(std::uint32_t seed, std::uint32_t people,
                                  std::uint32_t supporters, std::uint32_t candidates) {
  support::Draw random(seed);
  SupportChoiceProblem problem;
  problem.people = people;
  for (std::uint32_t i = 0; i < supporters; ++i) {
    problem.most_people.push_back(random(3));
  }
  for (std::uint32_t person = 0; person < people; ++person) {
    std::vector<std::uint32_t> drawn;
    for (std::uint32_t i = random(candidates + 1); i > 0; --i) {
      const std::uint32_t supporter = random(supporters);
      if (std::ranges::find(drawn, supporter) != drawn.end()) {
        continue;
      }
      drawn.push_back(supporter);
      SupportCandidate candidate{.person = person,
                                 .supporter = supporter,
                                 .travel = random(600),
                                 .linked = random(3) == 0,
                                 .in_hazard_zone = random(2) == 0,
                                 .unfit = 10 * static_cast<std::int64_t>(random(3))};
      for (double& absent : candidate.absent) {
        absent = random(2) == 0 ? 1.0 : random(10) / 10.0;
      }
      problem.candidates.push_back(candidate);
    }
  }
  return problem;
}

/// The value of a choice, from its definition.
SupportChoiceValue value_of(const SupportChoiceProblem& problem,
                            const std::vector<std::vector<std::uint32_t>>& chosen) {
  SupportChoiceValue value;
  for (const auto& of_person : chosen) {
    bool safe = of_person.empty();
    value.alone += of_person.empty() ? 1 : 0;
    value.missing += of_person.size() >= problem.wanted
                         ? 0
                         : static_cast<std::int64_t>(problem.wanted - of_person.size());
    value.extra += of_person.size() <= problem.wanted
                       ? 0
                       : static_cast<std::int64_t>(of_person.size() - problem.wanted);
    for (std::size_t time = 0; time < kTimesOfDay; ++time) {
      double absent = 1;
      bool ever = false;
      for (const std::uint32_t index : of_person) {
        absent *= problem.candidates[index].absent[time];
        ever = ever || problem.candidates[index].absent[time] < 1;
      }
      value.uncovered += ever ? 0 : 1;
      value.absence += std::llround(absent * 1e6);
    }
    for (const std::uint32_t index : of_person) {
      safe = safe || !problem.candidates[index].in_hazard_zone;
      value.unfit += problem.candidates[index].unfit;
      value.unlinked += problem.candidates[index].linked ? 0 : 1;
      value.travel += problem.candidates[index].travel;
    }
    value.exposed += safe ? 0 : 1;
  }
  return value;
}

bool within_agreements(const SupportChoiceProblem& problem,
                       const std::vector<std::vector<std::uint32_t>>& chosen) {
  std::vector<std::uint32_t> given(problem.most_people.size(), 0);
  for (std::uint32_t person = 0; person < chosen.size(); ++person) {
    std::vector<std::uint32_t> supporters;
    for (const std::uint32_t index : chosen[person]) {
      supporters.push_back(problem.candidates[index].supporter);
      ++given[supporters.back()];
      if (problem.candidates[index].person != person) {
        return false;
      }
    }
    std::ranges::sort(supporters);
    if (std::ranges::adjacent_find(supporters) != supporters.end()) {
      return false;
    }
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] > problem.most_people[i]) {
      return false;
    }
  }
  return true;
}

/// Every subset of candidates for everybody.
SupportChoiceValue best_of_all(const SupportChoiceProblem& problem) {
  SupportChoiceValue best;
  best.alone = 1'000;
  const std::uint32_t subsets = 1U << problem.candidates.size();
  for (std::uint32_t subset = 0; subset < subsets; ++subset) {
    std::vector<std::vector<std::uint32_t>> chosen(problem.people);
    for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
      if ((subset >> i & 1U) != 0) {
        chosen[problem.candidates[i].person].push_back(i);
      }
    }
    if (within_agreements(problem, chosen)) {
      best = std::min(best, value_of(problem, chosen));
    }
  }
  return best;
}

TEST(SupporterChoice, TwoSupportersTogetherCoverDayNightAndHoliday) {
  SupportChoiceProblem problem{.people = 1, .most_people = {1, 1, 1}, .candidates = {}};
  problem.candidates = {{.person = 0, .supporter = 0, .travel = 10, .absent = {0.1, 1, 1}},
                        {.person = 0, .supporter = 1, .travel = 10, .absent = {0.1, 1, 1}},
                        {.person = 0, .supporter = 2, .travel = 900, .absent = {1, 0.2, 0.5}}};
  const SupportChoice choice = choice_of(problem);
  EXPECT_THAT(choice.uncovered, IsEmpty());
  EXPECT_EQ(choice.chosen[0].size(), 2U);
  EXPECT_NEAR(choice.coverage[0][0], 0.9, 1e-9);
  EXPECT_NEAR(choice.coverage[0][2], 0.5, 1e-9);
}

TEST(SupporterChoice, AThirdIsAskedOnlyWhereTwoLeaveATimeUncovered) {
  SupportChoiceProblem problem{.people = 1, .most_people = {1, 1, 1}, .candidates = {}};
  problem.candidates = {{.person = 0, .supporter = 0, .absent = {0.1, 1, 1}},
                        {.person = 0, .supporter = 1, .absent = {1, 0.1, 1}},
                        {.person = 0, .supporter = 2, .absent = {1, 1, 0.1}}};
  EXPECT_EQ(choice_of(problem).chosen[0].size(), 3U);
  problem.candidates[1].absent[2] = 0.9;
  EXPECT_EQ(choice_of(problem).chosen[0].size(), 2U);
}

TEST(SupporterChoice, WhoeverIsLinkedGoesFirst) {
  SupportChoiceProblem problem{.people = 1, .most_people = {1, 1}, .candidates = {}};
  problem.candidates = {{.person = 0, .supporter = 0, .travel = 1},
                        {.person = 0, .supporter = 1, .travel = 99, .linked = true}};
  EXPECT_THAT(choice_of(problem).chosen[0], ElementsAre(1, 0));
}

TEST(SupporterChoice, PeopleWithoutAnybodyMissingCoverAndDoubleBookingsAreReported) {
  SupportChoiceProblem problem{.people = 3, .most_people = {2}, .candidates = {}};
  problem.candidates = {{.person = 0, .supporter = 0, .absent = {0.5, 1, 0.5}},
                        {.person = 1, .supporter = 0}};
  const SupportChoice choice = choice_of(problem);
  EXPECT_THAT(choice.alone, ElementsAre(2));
  EXPECT_THAT(choice.double_booked, ElementsAre(0));
  ASSERT_FALSE(choice.uncovered.empty());
  EXPECT_EQ(choice.uncovered.front(), (route::Uncovered{0, 1}));
  EXPECT_EQ(choice.value.alone, choice.lower_bound.alone);
}

TEST(SupporterChoice, AgreesWithTryingEverySubset) {
  for (std::uint32_t seed = 1; seed <= 120; ++seed) {
    SCOPED_TRACE(seed);
    const SupportChoiceProblem problem = draw_problem(seed, 3, 4, 4);
    const SupportChoice choice = choice_of(problem);
    EXPECT_EQ(choice.value, value_of(problem, choice.chosen));
    EXPECT_TRUE(choice.value == best_of_all(problem));
  }
}

TEST(SupporterChoice, NobodyGetsMorePeopleThanAgreedAndTheBoundsHold) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(seed);
    const SupportChoiceProblem problem = draw_problem(seed, 40, 50, 6);
    const SupportChoice choice = choice_of(problem);
    EXPECT_TRUE(within_agreements(problem, choice.chosen));
    EXPECT_EQ(choice.value, value_of(problem, choice.chosen));
    EXPECT_EQ(choice.value.alone, choice.lower_bound.alone) << "the matching is exact";
    EXPECT_GE(choice.value.uncovered, choice.lower_bound.uncovered);
    EXPECT_GE(choice.value.missing, choice.lower_bound.missing);
    EXPECT_EQ(choice.chosen, choice_of(problem).chosen);
  }
}

}  // namespace
