// SPDX-License-Identifier: Apache-2.0
#include "route/transfer_fleet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "draw.hpp"

namespace {

using route::ChainSeconds;
using route::plan_transfers;
using route::TransferLoad;
using route::TransferPlan;
using route::TransferProblem;
using route::TransferTrip;
using route::TransferValue;
using testing::IsEmpty;

TransferProblem random_fleet(std::uint32_t seed, std::uint32_t size) {
  support::Draw random(seed);
  TransferProblem problem;
  const std::size_t vehicles = 1 + random(size);
  const std::size_t places = 1 + random(size);
  const std::size_t shelters = 1 + random(2);
  for (std::size_t i = 0; i < vehicles; ++i) {
    problem.vehicles.push_back({{1 + random(3), random(2)}, random(10)});
  }
  for (std::size_t i = 0; i < places; ++i) {
    problem.places.push_back({{random(4), random(5) == 0 ? 1U : 0U}, random(4)});
  }
  for (std::size_t i = 0; i < shelters; ++i) {
    problem.shelters.push_back({1 + random(8), random(3) == 0 ? random(40) : 0U});
  }
  const auto ways = [&random](std::vector<ChainSeconds>& table, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      table.push_back(1 + random(20));
    }
  };
  ways(problem.to_place, vehicles * places);
  ways(problem.to_shelter, places * shelters);
  ways(problem.back, places * shelters);
  return problem;
}

/// Everything a plan breaks, computed without the search's code.
std::vector<std::string> violations(const TransferProblem& problem, const TransferPlan& plan) {
  std::vector<std::string> found;
  const auto expect = [&found](bool holds, const char* what) {
    if (!holds) {
      found.emplace_back(what);
    }
  };
  std::vector<TransferLoad> taken(problem.places.size());
  std::vector<std::uint32_t> arrived(problem.shelters.size(), 0);
  TransferValue value;
  for (std::size_t vehicle = 0; vehicle < plan.trips.size(); ++vehicle) {
    ChainSeconds free_from = problem.vehicles[vehicle].ready;
    const ChainSeconds* ways = problem.to_place.data() + vehicle * problem.places.size();
    for (const TransferTrip& trip : plan.trips[vehicle]) {
      expect(trip.load.seated <= problem.vehicles[vehicle].room.seated, "seats");
      expect(trip.load.wheelchairs <= problem.vehicles[vehicle].room.wheelchairs, "wheelchairs");
      expect(trip.load.people() > 0, "empty trip");
      expect(trip.arrival == free_from + ways[trip.place], "arrival");
      const ChainSeconds there =
          trip.arrival + problem.places[trip.place].boarding +
          problem.to_shelter[trip.place * problem.shelters.size() + trip.shelter];
      expect(trip.delivered == std::max(there, problem.shelters[trip.shelter].opens), "times");
      taken[trip.place].seated += trip.load.seated;
      taken[trip.place].wheelchairs += trip.load.wheelchairs;
      arrived[trip.shelter] += trip.load.people();
      value.last = std::max(value.last, trip.delivered);
      value.sum += trip.delivered * trip.load.people();
      free_from = trip.delivered;
      ways = problem.back.data() + trip.shelter * problem.places.size();
    }
  }
  for (std::size_t place = 0; place < taken.size(); ++place) {
    const TransferLoad& waiting = problem.places[place].waiting;
    expect(taken[place].seated + plan.left[place].seated == waiting.seated, "people lost");
    expect(taken[place].wheelchairs + plan.left[place].wheelchairs == waiting.wheelchairs,
           "wheelchair users lost");
    value.left += plan.left[place].people();
  }
  for (std::size_t shelter = 0; shelter < arrived.size(); ++shelter) {
    expect(arrived[shelter] <= problem.shelters[shelter].free, "shelter too full");
  }
  expect(value == plan.value, "value");
  expect(plan.lower_bound <= plan.value.last, "bound");
  return found;
}

/// Every sequence of trips with every load.
class TryAll {
 public:
  explicit TryAll(const TransferProblem& problem) : problem_(problem) {
    for (const auto& vehicle : problem.vehicles) {
      free_from_.push_back(vehicle.ready);
      at_.push_back(-1);
    }
    for (const auto& place : problem.places) {
      waiting_.push_back(place.waiting);
      now_.left += place.waiting.people();
    }
    for (const auto& shelter : problem.shelters) {
      free_.push_back(shelter.free);
    }
    best_ = {now_.left, now_.last};
  }

  /// Left behind and last arrival.
  std::pair<std::uint64_t, ChainSeconds> run() {
    go_on(0);
    return best_;
  }

 private:
  /// Vehicle by vehicle: their trips do not depend on each other's times.
  void go_on(std::size_t vehicle) {
    best_ = std::min(best_, {now_.left, now_.last});
    for (; vehicle < free_from_.size(); ++vehicle) {
      for (std::size_t place = 0; place < waiting_.size(); ++place) {
        for (std::size_t shelter = 0; shelter < free_.size(); ++shelter) {
          loads(vehicle, place, shelter);
        }
      }
    }
  }

  void loads(std::size_t vehicle, std::size_t place, std::size_t shelter) {
    const TransferLoad room = problem_.vehicles[vehicle].room;
    for (std::uint32_t seated = 0; seated <= std::min(room.seated, waiting_[place].seated);
         ++seated) {
      for (std::uint32_t chairs = 0;
           chairs <= std::min(room.wheelchairs, waiting_[place].wheelchairs); ++chairs) {
        if (seated + chairs > 0 && seated + chairs <= free_[shelter]) {
          drive(vehicle, place, shelter, {seated, chairs});
        }
      }
    }
  }

  void drive(std::size_t vehicle, std::size_t place, std::size_t shelter, TransferLoad load) {
    const std::size_t places = waiting_.size();
    const ChainSeconds way =
        at_[vehicle] < 0 ? problem_.to_place[vehicle * places + place]
                         : problem_.back[static_cast<std::size_t>(at_[vehicle]) * places + place];
    const auto before = std::tuple(free_from_[vehicle], at_[vehicle], now_);
    free_from_[vehicle] = std::max(free_from_[vehicle] + way + problem_.places[place].boarding +
                                       problem_.to_shelter[place * free_.size() + shelter],
                                   problem_.shelters[shelter].opens);
    at_[vehicle] = static_cast<int>(shelter);
    now_.left -= load.people();
    now_.last = std::max(now_.last, free_from_[vehicle]);
    waiting_[place].seated -= load.seated;
    waiting_[place].wheelchairs -= load.wheelchairs;
    free_[shelter] -= load.people();
    if (best_.first > 0 || now_.last < best_.second) {
      go_on(vehicle);
    }
    free_[shelter] += load.people();
    waiting_[place].seated += load.seated;
    waiting_[place].wheelchairs += load.wheelchairs;
    std::tie(free_from_[vehicle], at_[vehicle], now_) = before;
  }

  const TransferProblem& problem_;
  std::vector<ChainSeconds> free_from_;
  std::vector<int> at_;
  std::vector<TransferLoad> waiting_;
  std::vector<std::uint32_t> free_;
  TransferValue now_;
  std::pair<std::uint64_t, ChainSeconds> best_;
};

TEST(TransferFleet, OneBusDrivesAsOftenAsItsSeatsNeed) {
  const TransferProblem problem{.vehicles = {{{4, 0}, 10}},
                                .places = {{{6, 0}, 5}},
                                .shelters = {{10, 0}},
                                .to_place = {20},
                                .to_shelter = {30},
                                .back = {40}};
  const TransferPlan plan = plan_transfers(problem, {.iterations = 100, .seed = 1});
  ASSERT_EQ(plan.trips[0].size(), 2U);
  EXPECT_EQ(plan.value, (TransferValue{0, 65 + 75, 4 * 65 + 2 * 140}));
  EXPECT_THAT(violations(problem, plan), IsEmpty());
}

TEST(TransferFleet, AWheelchairNeedsAVehicleWithAPlaceForIt) {
  const TransferProblem problem{.vehicles = {{{8, 0}, 0}, {{2, 1}, 100}},
                                .places = {{{0, 1}, 5}},
                                .shelters = {{10, 0}},
                                .to_place = {20, 20},
                                .to_shelter = {30},
                                .back = {40}};
  const TransferPlan plan = plan_transfers(problem, {.iterations = 100, .seed = 1});
  EXPECT_THAT(plan.trips[0], IsEmpty());
  EXPECT_EQ(plan.value.last, 155);
  EXPECT_EQ(plan.gap(), 0);
}

TEST(TransferFleet, WhoFindsNoFreePlaceStaysAndIsCounted) {
  const TransferProblem problem{.vehicles = {{{8, 0}, 0}},
                                .places = {{{5, 0}, 0}},
                                .shelters = {{3, 0}},
                                .to_place = {20},
                                .to_shelter = {30},
                                .back = {40}};
  const TransferPlan plan = plan_transfers(problem, {.iterations = 100, .seed = 1});
  EXPECT_EQ(plan.left[0], (TransferLoad{2, 0}));
  EXPECT_THAT(violations(problem, plan), IsEmpty());
}

TEST(TransferFleet, AgreesWithTryingEverythingOnTinyFleets) {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    const TransferProblem problem = random_fleet(seed, 2);
    const TransferPlan plan = plan_transfers(problem, {.iterations = 2'000, .seed = seed});
    EXPECT_THAT(violations(problem, plan), IsEmpty());
    const auto [left, last] = TryAll(problem).run();
    EXPECT_EQ(plan.value.left, left);
    EXPECT_EQ(plan.value.last, last);
    EXPECT_LE(plan.lower_bound, last);
  }
}

TEST(TransferFleet, NoPlanBreaksARuleOnHundredsOfFleets) {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(seed);
    const TransferProblem problem = random_fleet(seed, 8);
    const TransferPlan greedy = plan_transfers(problem, {.iterations = 0, .seed = seed});
    const TransferPlan plan = plan_transfers(problem, {.iterations = 200, .seed = seed});
    EXPECT_THAT(violations(problem, plan), IsEmpty());
    EXPECT_LE(plan.value, greedy.value);
    EXPECT_EQ(plan.trips, plan_transfers(problem, {.iterations = 200, .seed = seed}).trips);
  }
}

}  // namespace
