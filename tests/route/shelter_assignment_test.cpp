// SPDX-License-Identifier: Apache-2.0
#include "route/shelter_assignment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "draw.hpp"
#include "route/min_cost_flow.hpp"

namespace {

using route::assign_shelters;
using route::Assignment;
using route::DistanceTable;
using route::kInfinity;
using route::Unassigned;
using route::Weight;
using testing::ElementsAre;

struct Town {
  DistanceTable costs;
  std::vector<std::uint32_t> capacity;

  [[nodiscard]] Assignment assign() const { return assign_shelters({costs, capacity}); }
  [[nodiscard]] std::size_t people() const { return costs.sources(); }
};

Town town_of(const std::vector<std::vector<Weight>>& rows, std::vector<std::uint32_t> capacity) {
  Town town{DistanceTable(rows.size(), capacity.size()), std::move(capacity)};
  for (std::size_t person = 0; person < rows.size(); ++person) {
    for (std::size_t shelter = 0; shelter < rows[person].size(); ++shelter) {
      town.costs.at(person, shelter) = rows[person][shelter];
    }
  }
  return town;
}

struct Size {
  std::size_t people;
  std::size_t shelters;
  std::uint32_t eligible_percent;
  std::uint32_t most_seats;
  Weight dearest;
};

Town random_town(std::uint32_t seed, const Size& size) {
  support::Draw random(seed);
  Town town{DistanceTable(size.people, size.shelters), {}};
  for (std::size_t shelter = 0; shelter < size.shelters; ++shelter) {
    town.capacity.push_back(random(size.most_seats + 1));
    for (std::size_t person = 0; person < size.people; ++person) {
      if (random(100) < size.eligible_percent) {
        town.costs.at(person, shelter) = random(size.dearest);
      }
    }
  }
  return town;
}

struct Score {
  std::size_t seated = 0;
  std::uint64_t cost = 0;
};

bool better(const Score& a, const Score& b) {
  return a.seated != b.seated ? a.seated > b.seated : a.cost < b.cost;
}

/// Tries everything: each person in each shelter with a seat left, or outside.
void try_all(const Town& town, std::size_t person, std::vector<std::uint32_t>& free, Score now,
             const std::function<void(const Score&)>& visit) {
  if (person == town.people()) {
    visit(now);
    return;
  }
  try_all(town, person + 1, free, now, visit);
  for (std::size_t shelter = 0; shelter < free.size(); ++shelter) {
    const Weight cost = town.costs.at(person, shelter);
    if (free[shelter] > 0 && cost < kInfinity) {
      --free[shelter];
      try_all(town, person + 1, free, {now.seated + 1, now.cost + cost}, visit);
      ++free[shelter];
    }
  }
}

Score best_of_all(const Town& town) {
  Score best;
  auto free = town.capacity;
  try_all(town, 0, free, {},
          [&best](const Score& score) { best = better(score, best) ? score : best; });
  return best;
}

/// Least cost of seating exactly so many people.
std::uint64_t least_cost(const Town& town, std::size_t seated) {
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  auto free = town.capacity;
  try_all(town, 0, free, {}, [&](const Score& score) {
    least = score.seated == seated ? std::min(least, score.cost) : least;
  });
  return least;
}

/// The bound of the header, computed again from costs and prices alone.
std::int64_t bound_of(const Town& town, const Assignment& assignment) {
  std::vector<std::int64_t> cheapest;
  for (std::size_t person = 0; person < town.people(); ++person) {
    std::int64_t best = std::numeric_limits<std::int64_t>::max();
    for (std::size_t shelter = 0; shelter < town.capacity.size(); ++shelter) {
      if (town.costs.at(person, shelter) < kInfinity) {
        best = std::min(best, static_cast<std::int64_t>(town.costs.at(person, shelter) +
                                                        assignment.seat_price[shelter]));
      }
    }
    cheapest.push_back(best);
  }
  std::sort(cheapest.begin(), cheapest.end());
  std::int64_t bound = 0;
  for (std::size_t i = 0; i < town.people() - assignment.unassigned; ++i) {
    bound += cheapest[i];
  }
  for (std::size_t shelter = 0; shelter < town.capacity.size(); ++shelter) {
    bound -= static_cast<std::int64_t>(town.capacity[shelter] * assignment.seat_price[shelter]);
  }
  return bound;
}

/// Everything that must hold whatever the instance; the bound proves the optimum.
void expect_sound(const Town& town, const Assignment& assignment) {
  std::vector<std::uint32_t> used(town.capacity.size(), 0);
  std::uint64_t cost = 0;
  std::size_t unassigned = 0;
  for (std::size_t person = 0; person < town.people(); ++person) {
    const std::int32_t shelter = assignment.shelter[person];
    if (shelter == Assignment::kNone) {
      ++unassigned;
      continue;
    }
    const Weight weight = town.costs.at(person, static_cast<std::size_t>(shelter));
    ASSERT_LT(weight, kInfinity) << "sent where it is not permitted";
    cost += weight;
    ++used[static_cast<std::size_t>(shelter)];
  }
  EXPECT_EQ(assignment.used, used);
  EXPECT_EQ(assignment.total_cost, cost);
  EXPECT_EQ(assignment.unassigned, unassigned);
  for (std::size_t shelter = 0; shelter < used.size(); ++shelter) {
    EXPECT_LE(used[shelter], town.capacity[shelter]);
    EXPECT_TRUE(used[shelter] == town.capacity[shelter] || assignment.seat_price[shelter] == 0)
        << "a free seat has a price";
  }
  EXPECT_EQ(assignment.lower_bound, assignment.total_cost);
  EXPECT_EQ(bound_of(town, assignment), static_cast<std::int64_t>(assignment.total_cost));
}

TEST(ShelterAssignment, FullShelterSendsThePersonToTheNextOne) {
  const Town town = town_of({{10, 30}, {10, 20}}, {1, 1});
  const Assignment result = town.assign();
  EXPECT_THAT(result.shelter, ElementsAre(0, 1));
  EXPECT_EQ(result.total_cost, 30U);
  expect_sound(town, result);
}

TEST(ShelterAssignment, SomebodyMovesOnSoThatALaterPersonGetsTheOnlySeatPermitted) {
  const Town town = town_of({{10, 500}, {10, kInfinity}}, {1, 1});
  EXPECT_THAT(town.assign().shelter, ElementsAre(1, 0));
}

TEST(ShelterAssignment, MorePeopleSeatedBeatsAnyCost) {
  const Town town = town_of({{1, kInfinity - 1}, {2, kInfinity}}, {1, 1});
  const Assignment result = town.assign();
  EXPECT_EQ(result.unassigned, 0U);
  EXPECT_EQ(result.total_cost, 2U + (kInfinity - 1));
  expect_sound(town, result);
}

TEST(ShelterAssignment, WhenSeatsAreShortTheCheapestPeopleAreSeated) {
  const Town town = town_of({{30}, {10}, {20}}, {2});
  const Assignment result = town.assign();
  EXPECT_THAT(result.shelter, ElementsAre(Assignment::kNone, 0, 0));
  EXPECT_EQ(result.reason[0], Unassigned::SheltersFull);
  expect_sound(town, result);
}

TEST(ShelterAssignment, NoPermittedShelterIsToldApartFromNoSeat) {
  const Town town = town_of({{kInfinity, kInfinity}, {5, kInfinity}, {6, kInfinity}}, {1, 9});
  const Assignment result = town.assign();
  EXPECT_EQ(result.reason[0], Unassigned::NoPermittedShelter);
  EXPECT_EQ(result.reason[2], Unassigned::SheltersFull);
  EXPECT_EQ(result.unassigned, 2U);
  expect_sound(town, result);
}

TEST(ShelterAssignment, TiesGoToTheLowerShelterAndTheEarlierPerson) {
  EXPECT_THAT(town_of({{7, 7}, {7, 7}}, {1, 2}).assign().shelter, ElementsAre(0, 1));
  EXPECT_THAT(town_of({{7}, {7}}, {1}).assign().shelter, ElementsAre(0, Assignment::kNone));
}

TEST(ShelterAssignment, SheltersWithoutSeatsTakeNobody) {
  const Town town = town_of({{1, 9}, {1, kInfinity}}, {0, 5});
  const Assignment result = town.assign();
  EXPECT_THAT(result.shelter, ElementsAre(1, Assignment::kNone));
  expect_sound(town, result);
}

TEST(ShelterAssignment, NobodyAndNoShelterAreFine) {
  expect_sound(town_of({}, {3}), town_of({}, {3}).assign());
  const Town town = town_of({{}, {}}, {});
  EXPECT_EQ(town.assign().unassigned, 2U);
}

TEST(ShelterAssignment, AgreesWithTryingEverythingInSmallTowns) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    const Town town = random_town(seed, {1 + seed % 6, 1 + seed % 4, 60, 2, 12});
    const Assignment result = town.assign();
    const Score best = best_of_all(town);
    EXPECT_EQ(town.people() - result.unassigned, best.seated);
    EXPECT_EQ(result.total_cost, best.cost);
    expect_sound(town, result);
  }
}

TEST(ShelterAssignment, SeatPriceIsWhatOneMoreSeatSaves) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE(seed);
    Town town = random_town(seed, {5, 3, 70, 2, 12});
    const Assignment result = town.assign();
    for (std::size_t shelter = 0; shelter < town.capacity.size(); ++shelter) {
      ++town.capacity[shelter];
      const std::uint64_t with_seat = least_cost(town, town.people() - result.unassigned);
      EXPECT_EQ(result.seat_price[shelter], result.total_cost - with_seat);
      --town.capacity[shelter];
    }
  }
}

TEST(ShelterAssignment, AgreesWithMinCostFlowInMiddleTowns) {
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    const Town town = random_town(seed, {200, 12, 30, 34, 3'600'000});
    route::MinCostFlow flow(200 + 12 + 2);
    for (std::size_t person = 0; person < 200; ++person) {
      flow.add_arc(212, person, 1, 0);
      for (std::size_t shelter = 0; shelter < 12; ++shelter) {
        if (town.costs.at(person, shelter) < kInfinity) {
          flow.add_arc(person, 200 + shelter, 1, town.costs.at(person, shelter));
        }
      }
    }
    for (std::size_t shelter = 0; shelter < 12; ++shelter) {
      flow.add_arc(200 + shelter, 213, town.capacity[shelter], 0);
    }
    const auto oracle = flow.solve(212, 213, 200);
    const Assignment result = town.assign();
    EXPECT_EQ(static_cast<std::int64_t>(200 - result.unassigned), oracle.flow);
    EXPECT_EQ(static_cast<std::int64_t>(result.total_cost), oracle.cost);
    expect_sound(town, result);
  }
}

TEST(ShelterAssignment, ALargeTownIsProvenOptimalByItsPrices) {
  const Town town = random_town(7, {2000, 60, 30, 70, 3'600'000});
  const Assignment result = town.assign();
  expect_sound(town, result);
  EXPECT_GT(*std::max_element(result.seat_price.begin(), result.seat_price.end()), 0U);
}

}  // namespace
