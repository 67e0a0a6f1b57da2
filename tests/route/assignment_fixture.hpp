// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "draw.hpp"
#include "route/shelter_assignment.hpp"

namespace support {

/// An assignment problem that owns its figures.
struct SeatingTown {
  route::DistanceTable costs{0, 0};
  std::vector<std::uint32_t> capacity;
  std::vector<std::uint32_t> seats = {};
  std::vector<std::uint8_t> precedence = {};
  std::vector<std::uint8_t> need = {};
  std::vector<route::NeedLimit> limits = {};
  route::AssignmentAim aim = route::AssignmentAim::LeastTotal;

  [[nodiscard]] std::size_t people() const { return seats.size(); }
  [[nodiscard]] route::AssignmentProblem problem() const {
    return {costs, capacity, seats, precedence, need, limits, aim};
  }
  [[nodiscard]] route::Assignment assign() const { return route::assign_shelters(problem()); }
};

inline SeatingTown seating_town(const std::vector<std::vector<route::Weight>>& rows,
                                std::vector<std::uint32_t> capacity) {
  SeatingTown town{route::DistanceTable(rows.size(), capacity.size()), std::move(capacity)};
  for (std::size_t person = 0; person < rows.size(); ++person) {
    std::ranges::copy(rows[person], town.costs.row(person).begin());
  }
  town.seats.assign(rows.size(), 1);
  town.precedence.assign(rows.size(), 0);
  town.need.assign(rows.size(), 0);
  return town;
}

struct TownShape {
  std::size_t people = 6;
  std::size_t shelters = 3;
  std::uint32_t eligible_percent = 60;
  std::uint32_t most_capacity = 3;
  route::Weight dearest = 12;
  std::uint32_t most_seats = 1;
  std::uint32_t classes = 1;  ///< of precedence
  std::uint32_t needs = 0;
};

inline std::vector<route::Weight> random_row(Draw& random, const TownShape& shape) {
  std::vector<route::Weight> row(shape.shelters, route::kInfinity);
  for (route::Weight& weight : row) {
    weight = random(100) < shape.eligible_percent ? random(shape.dearest) : route::kInfinity;
  }
  return row;
}

inline SeatingTown random_seating_town(std::uint32_t seed, const TownShape& shape) {
  Draw random(seed);
  std::vector<std::vector<route::Weight>> rows;
  std::vector<std::uint32_t> capacity;
  for (std::size_t person = 0; person < shape.people; ++person) {
    rows.push_back(random_row(random, shape));
  }
  for (std::size_t shelter = 0; shelter < shape.shelters; ++shelter) {
    capacity.push_back(random(shape.most_capacity + 1));
  }
  SeatingTown town = seating_town(rows, std::move(capacity));
  for (std::size_t person = 0; person < shape.people; ++person) {
    town.seats[person] = 1 + random(shape.most_seats);
    town.precedence[person] = static_cast<std::uint8_t>(3 * random(shape.classes));
    town.need[person] = static_cast<std::uint8_t>(random(shape.needs + 1));
  }
  for (std::uint8_t need = 1; need <= shape.needs; ++need) {
    for (std::uint32_t shelter = 0; shelter < shape.shelters; ++shelter) {
      if (random(3) > 0) {  // else as many as there are seats
        town.limits.push_back({shelter, need, random(3)});
      }
    }
  }
  return town;
}

/// What an assignment is worth, counted from the figures alone.
struct SeatingScore {
  std::vector<std::uint64_t> seated = std::vector<std::uint64_t>(256, 0);  // highest class first
  std::uint64_t longest = 0;  // 0 unless the aim asks for it
  std::uint64_t cost = 0;

  [[nodiscard]] bool better_than(const SeatingScore& other) const {
    if (seated != other.seated) {
      return seated > other.seated;
    }
    return longest != other.longest ? longest < other.longest : cost < other.cost;
  }
  friend bool operator==(const SeatingScore&, const SeatingScore&) = default;
};

/// Everybody's shelter, -1 for none. Not asked here whether that is permitted.
inline SeatingScore score_of(const SeatingTown& town, const std::vector<std::int32_t>& shelters) {
  SeatingScore score;
  for (std::size_t person = 0; person < town.people(); ++person) {
    if (shelters[person] >= 0) {
      const auto weight = town.costs.at(person, static_cast<std::size_t>(shelters[person]));
      score.seated[255U - town.precedence[person]] += town.seats[person];
      score.cost += std::uint64_t{weight} * town.seats[person];
      if (town.aim == route::AssignmentAim::WorstFirst) {
        score.longest = std::max<std::uint64_t>(score.longest, weight);
      }
    }
  }
  return score;
}

/// Permitted, within the seats, within the places for needs.
inline bool is_valid(const SeatingTown& town, const std::vector<std::int32_t>& shelters) {
  std::vector<std::uint64_t> used(town.capacity.size(), 0);
  std::vector<std::uint32_t> places(town.limits.size(), 0);
  bool valid = true;
  for (std::size_t person = 0; person < town.people(); ++person) {
    if (shelters[person] < 0) {
      continue;
    }
    const auto shelter = static_cast<std::size_t>(shelters[person]);
    valid = valid && town.costs.at(person, shelter) < route::kInfinity;
    used[shelter] += town.seats[person];
    valid = valid && used[shelter] <= town.capacity[shelter];
    for (std::size_t i = 0; i < town.limits.size(); ++i) {
      const bool counts =
          town.limits[i].shelter == shelter && town.limits[i].need == town.need[person];
      places[i] += counts ? 1 : 0;
      valid = valid && places[i] <= town.limits[i].places;
    }
  }
  return valid;
}

inline void try_all_seatings(const SeatingTown& town, std::vector<std::int32_t>& so_far,
                             SeatingScore& best) {
  if (so_far.size() == town.people()) {
    const SeatingScore score = score_of(town, so_far);
    best = score.better_than(best) ? score : best;
    return;
  }
  for (std::int32_t shelter = -1; shelter < static_cast<std::int32_t>(town.capacity.size());
       ++shelter) {
    so_far.push_back(shelter);
    auto padded = so_far;
    padded.resize(town.people(), -1);
    if (is_valid(town, padded)) {
      try_all_seatings(town, so_far, best);
    }
    so_far.pop_back();
  }
}

/// The oracle: tries everything.
inline SeatingScore best_of_all_seatings(const SeatingTown& town) {
  SeatingScore best;
  std::vector<std::int32_t> none;
  try_all_seatings(town, none, best);
  return best;
}

/// What must hold of every result, whatever the instance.
inline void expect_consistent(const SeatingTown& town, const route::Assignment& result) {
  EXPECT_TRUE(is_valid(town, result.shelter)) << "capacity, needs or permission violated";
  std::uint64_t cost = 0;
  std::uint64_t left = 0;
  std::uint64_t left_seats = 0;
  for (std::size_t person = 0; person < town.people(); ++person) {
    const std::int32_t shelter = result.shelter[person];
    cost += shelter < 0 ? 0
                        : std::uint64_t{town.costs.at(person, static_cast<std::size_t>(shelter))} *
                              town.seats[person];
    const bool counts = shelter < 0 && result.reason[person] != route::Unassigned::Removed;
    left += counts ? 1U : 0U;
    left_seats += counts ? town.seats[person] : 0U;
    for (std::size_t other = 0; shelter < 0 && other < town.capacity.size(); ++other) {
      auto moved = result.shelter;
      moved[person] = static_cast<std::int32_t>(other);
      EXPECT_FALSE(counts && is_valid(town, moved)) << "left out though there is room";
    }
  }
  EXPECT_EQ(result.total_cost, cost);
  EXPECT_EQ(result.unassigned, left);
  EXPECT_EQ(result.unassigned_seats, left_seats);
  EXPECT_LE(result.lower_bound, result.total_cost);
  EXPECT_LE(result.least_unassigned_seats, result.unassigned_seats);
}

}  // namespace support
