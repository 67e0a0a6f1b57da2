// SPDX-License-Identifier: Apache-2.0
// Every edit leaves the value of a full solution; every answer to "why not" can be carried out.
#include "route/shelter_assigner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assignment_fixture.hpp"

namespace {

using route::Assignment;
using route::Displacement;
using route::kInfinity;
using route::ShelterAssigner;
using route::Unassigned;
using route::Weight;
using route::WhyNot;
using support::Draw;
using support::expect_consistent;
using support::random_row;
using support::random_seating_town;
using support::score_of;
using support::seating_town;
using support::SeatingTown;
using support::TownShape;
using testing::ElementsAre;

void set_row(SeatingTown& town, std::size_t person, const std::vector<Weight>& row) {
  std::ranges::copy(row, town.costs.row(person).begin());
}

void append_row(SeatingTown& town, const std::vector<Weight>& row) {
  route::DistanceTable costs(town.people() + 1, town.capacity.size());
  for (std::size_t person = 0; person < town.people(); ++person) {
    std::ranges::copy(town.costs.row(person), costs.row(person).begin());
  }
  town.costs = std::move(costs);
  town.seats.push_back(1);
  town.precedence.push_back(0);
  town.need.push_back(0);
  set_row(town, town.people() - 1, row);
}

/// The same random edit on the figures and on the assigner.
void edit(SeatingTown& town, ShelterAssigner& assigner, Draw& random, const TownShape& shape) {
  const std::size_t person = random(static_cast<std::uint32_t>(town.people()));
  const std::size_t shelter = random(static_cast<std::uint32_t>(shape.shelters));
  const auto row = random_row(random, shape);
  const std::uint32_t kind = random(6);
  if (kind == 0) {
    append_row(town, row);
    town.seats.back() = 1 + random(shape.most_seats);
    town.precedence.back() = static_cast<std::uint8_t>(random(shape.classes));
    town.need.back() = static_cast<std::uint8_t>(random(shape.needs + 1));
    EXPECT_EQ(assigner.add_person({.costs = row,
                                   .seats = town.seats.back(),
                                   .precedence = town.precedence.back(),
                                   .need = town.need.back()}),
              town.people() - 1);
  } else if (kind == 1) {
    set_row(town, person, std::vector<Weight>(shape.shelters, kInfinity));
    assigner.remove_person(person);
  } else if (kind == 2) {
    if (assigner.assignment().reason[person] != Unassigned::Removed) {
      set_row(town, person, row);
      assigner.set_costs(person, row);
    }
  } else if (kind == 3 && !town.limits.empty()) {
    auto& limit = town.limits[random(static_cast<std::uint32_t>(town.limits.size()))];
    limit.places = random(4);
    assigner.set_need_places(limit.shelter, limit.need, limit.places);
  } else {
    town.capacity[shelter] = random(3) == 0 ? 0 : random(shape.most_capacity + 1);
    assigner.set_capacity(shelter, town.capacity[shelter]);
  }
}

void expect_equals_full(const SeatingTown& town, const ShelterAssigner& assigner) {
  const Assignment result = assigner.assignment();
  const Assignment full = town.assign();
  EXPECT_EQ(score_of(town, result.shelter), score_of(town, full.shelter));
  EXPECT_EQ(result.lower_bound, result.total_cost) << "not proven";
  EXPECT_EQ(result.seat_price, full.seat_price);
  EXPECT_EQ(result.used.size(), town.capacity.size());
  expect_consistent(town, result);
}

TEST(ShelterAssigner, ALostShelterSendsItsPeopleOn) {
  const SeatingTown town = seating_town({{1, 5}, {2, 7}}, {2, 2});
  ShelterAssigner assigner(town.problem());
  EXPECT_THAT(assigner.assignment().shelter, ElementsAre(0, 0));
  ShelterAssigner what_if = assigner;
  what_if.set_capacity(0, 0);
  EXPECT_THAT(what_if.assignment().shelter, ElementsAre(1, 1));
  EXPECT_THAT(assigner.assignment().shelter, ElementsAre(0, 0));
}

TEST(ShelterAssigner, MoreBedsBringSomebodyInFromOutside) {
  const SeatingTown town = seating_town({{1}, {2}, {3}}, {1});
  ShelterAssigner assigner(town.problem());
  EXPECT_EQ(assigner.assignment().unassigned, 2U);
  assigner.set_capacity(0, 20);
  EXPECT_EQ(assigner.assignment().unassigned, 0U);
}

TEST(ShelterAssigner, WhoIsRemovedIsNotCountedAsLeftOut) {
  const SeatingTown town = seating_town({{1}, {2}}, {1});
  ShelterAssigner assigner(town.problem());
  assigner.remove_person(0);
  assigner.remove_person(0);
  const Assignment result = assigner.assignment();
  EXPECT_THAT(result.shelter, ElementsAre(Assignment::kNone, 0));
  EXPECT_EQ(result.reason[0], Unassigned::Removed);
  EXPECT_EQ(result.unassigned, 0U);
}

TEST(ShelterAssigner, HundredsOfEditsInSmallTownsEqualTheFullSolution) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const TownShape shape{.people = 10, .shelters = 4, .classes = 1 + seed % 3, .needs = seed % 3};
    SeatingTown town = random_seating_town(seed, shape);
    ShelterAssigner assigner(town.problem());
    Draw random(1000 + seed);
    for (int step = 0; step < 100; ++step) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", step " << step);
      edit(town, assigner, random, shape);
      expect_equals_full(town, assigner);
      if (testing::Test::HasFailure()) {
        return;
      }
    }
  }
}

TEST(ShelterAssigner, EditsInAMiddleTownEqualTheFullSolution) {
  const TownShape shape{.people = 150,
                        .shelters = 12,
                        .eligible_percent = 40,
                        .most_capacity = 25,
                        .dearest = 3600,
                        .classes = 2,
                        .needs = 2};
  SeatingTown town = random_seating_town(3, shape);
  ShelterAssigner assigner(town.problem());
  Draw random(17);
  for (int step = 0; step < 200; ++step) {
    SCOPED_TRACE(step);
    edit(town, assigner, random, shape);
    expect_equals_full(town, assigner);
    if (testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST(ShelterAssigner, EditsKeepHouseholdsWithinCapacityAndBounds) {
  const TownShape shape{
      .people = 30, .shelters = 4, .most_capacity = 14, .most_seats = 4, .classes = 2, .needs = 2};
  SeatingTown town = random_seating_town(9, shape);
  ShelterAssigner assigner(town.problem());
  Draw random(23);
  for (int step = 0; step < 100; ++step) {
    SCOPED_TRACE(step);
    edit(town, assigner, random, shape);
    const Assignment result = assigner.assignment();
    expect_consistent(town, result);
    std::uint64_t removed = 0;  // the full solution counts them as without a permitted shelter
    for (std::size_t person = 0; person < town.people(); ++person) {
      removed += result.reason[person] == Unassigned::Removed ? town.seats[person] : 0;
    }
    EXPECT_EQ(result.least_unassigned_seats + removed, town.assign().least_unassigned_seats);
  }
}

TEST(WhyNot, ANearerShelterMayNotBePermittedOrBeWhereThePersonIs) {
  const SeatingTown town = seating_town({{kInfinity, 5}}, {1, 1});
  const ShelterAssigner assigner(town.problem());
  const Assignment now = assigner.assignment();
  EXPECT_EQ(assigner.why_not(now, 0, 0).answer, WhyNot::Answer::NotPermitted);
  EXPECT_EQ(assigner.why_not(now, 0, 1).answer, WhyNot::Answer::Assigned);
}

TEST(WhyNot, TheChainSaysWhoWouldMoveWhereAndWhatItCosts) {
  // 0 and 1 both want shelter 0; 1 would have to go on to 1, and 2 from there to 2.
  const SeatingTown town =
      seating_town({{10, 15, kInfinity}, {10, 40, kInfinity}, {kInfinity, 10, 70}}, {1, 2, 1});
  const ShelterAssigner assigner(town.problem());
  const Assignment now = assigner.assignment();
  ASSERT_THAT(now.shelter, ElementsAre(1, 0, 1));
  const WhyNot why = assigner.why_not(now, 0, 0);
  EXPECT_EQ(why.answer, WhyNot::Answer::Costs);
  EXPECT_TRUE(why.full);
  EXPECT_EQ(why.seat_price, 5U);
  EXPECT_EQ(why.extra_cost, 25);
  EXPECT_EQ(why.more_unassigned, 0);
  ASSERT_EQ(why.chain.size(), 2U);
  EXPECT_EQ(why.chain[0].person, 0U);
  EXPECT_EQ(why.chain[0].extra_cost, -5);
  EXPECT_EQ(why.chain[1].person, 1U);
  EXPECT_EQ(why.chain[1].from, 0);
  EXPECT_EQ(why.chain[1].to, 1);
  EXPECT_EQ(why.chain[1].extra_cost, 30);
}

TEST(WhyNot, AShelterWithoutSeatsIsImpossible) {
  const SeatingTown town = seating_town({{1, 5}}, {0, 1});
  const ShelterAssigner assigner(town.problem());
  EXPECT_EQ(assigner.why_not(assigner.assignment(), 0, 0).answer, WhyNot::Answer::Impossible);
}

/// Carries the chain out and checks that it does what the answer says.
std::vector<std::int32_t> carried_out(const SeatingTown& town, const Assignment& now,
                                      const WhyNot& why) {
  auto shelters = now.shelter;
  for (const Displacement& step : why.chain) {
    EXPECT_EQ(shelters[step.person], step.from);
    shelters[step.person] = step.to;
  }
  EXPECT_TRUE(is_valid(town, shelters));
  EXPECT_EQ(static_cast<std::int64_t>(score_of(town, shelters).cost),
            static_cast<std::int64_t>(now.total_cost) + why.extra_cost);
  return shelters;
}

/// The person comes before all and may go nowhere else.
SeatingTown forced_there(SeatingTown town, std::size_t shelter) {
  const Weight there = town.costs.at(0, shelter);
  std::ranges::fill(town.costs.row(0), kInfinity);
  town.costs.at(0, shelter) = there;
  town.precedence[0] = 255;
  return town;
}

void expect_cheapest(const SeatingTown& town, const ShelterAssigner& assigner,
                     std::size_t shelter) {
  const Assignment now = assigner.assignment();
  const WhyNot why = assigner.why_not(now, 0, shelter);
  const SeatingTown forced = forced_there(town, shelter);
  const Assignment best = forced.assign();
  if (why.answer == WhyNot::Answer::Costs) {
    const auto shelters = carried_out(town, now, why);
    EXPECT_EQ(shelters[0], static_cast<std::int32_t>(shelter));
    EXPECT_EQ(score_of(forced, shelters), score_of(forced, best.shelter));
  } else {
    EXPECT_EQ(best.shelter[0] != Assignment::kNone, why.answer == WhyNot::Answer::Assigned);
  }
}

TEST(WhyNot, TheChainIsTheCheapestWayToHaveThePersonThere) {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    const SeatingTown town =
        random_seating_town(seed, {.people = 6, .shelters = 3, .classes = 2, .needs = seed % 2});
    const ShelterAssigner assigner(town.problem());
    for (std::size_t shelter = 0; shelter < 3; ++shelter) {
      expect_cheapest(town, assigner, shelter);
    }
  }
}

TEST(WhyNot, AHouseholdsChainCanBeCarriedOut) {
  std::size_t chains = 0;
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    const SeatingTown town = random_seating_town(
        seed,
        {.people = 12, .shelters = 4, .most_capacity = 12, .most_seats = 4, .needs = seed % 3});
    const ShelterAssigner assigner(town.problem());
    const Assignment now = assigner.assignment();
    const std::size_t shelter = seed % 4;
    const WhyNot why = assigner.why_not(now, 0, shelter);
    if (why.answer == WhyNot::Answer::Costs) {
      EXPECT_EQ(carried_out(town, now, why)[0], static_cast<std::int32_t>(shelter));
      ++chains;
    }
  }
  EXPECT_GT(chains, 30U);
}

}  // namespace
