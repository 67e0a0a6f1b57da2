// SPDX-License-Identifier: Apache-2.0
#include "planner/generated_town.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "../../route/draw.hpp"

namespace bench {
namespace {

using support::Draw;

constexpr std::uint32_t kSideMetres = 6'000;

struct Place {
  std::int64_t x;
  std::int64_t y;
};

Place draw_place(Draw& draw) {
  return {draw(kSideMetres), draw(kSideMetres)};
}

/// On a grid of streets, in whole seconds.
route::Weight walk_s(const Place& from, const Place& to, std::uint32_t speed_mm_per_s) {
  const std::int64_t metres = std::abs(from.x - to.x) + std::abs(from.y - to.y);
  return static_cast<route::Weight>(metres * 1000 / speed_mm_per_s);
}

std::vector<std::uint32_t> draw_capacities(const TownSize& size, std::uint64_t needed, Draw& draw) {
  std::vector<std::uint32_t> shares;
  shares.reserve(size.shelters);
  for (std::uint32_t shelter = 0; shelter < size.shelters; ++shelter) {
    shares.push_back(50 + draw(101));
  }
  const std::uint64_t all = std::accumulate(shares.begin(), shares.end(), std::uint64_t{0});
  const std::uint64_t seats = needed * 1000 / size.needed_permille;
  std::uint64_t given = 0;
  for (std::uint32_t& share : shares) {
    share = static_cast<std::uint32_t>(std::max<std::uint64_t>(1, seats * share / all));
    given += share;
  }
  for (std::size_t i = 0; given < seats; ++given, i = (i + 1) % shares.size()) {
    ++shares[i];
  }
  return shares;
}

}  // namespace

AssignmentInstance generated_town(const TownSize& size, std::uint32_t seed) {
  constexpr std::uint32_t kSlowestMmPerS = 500;
  constexpr std::uint32_t kFasterMmPerS = 700;
  Draw draw(seed);
  AssignmentInstance town;
  std::vector<Place> shelters;
  shelters.reserve(size.shelters);
  for (std::uint32_t shelter = 0; shelter < size.shelters; ++shelter) {
    shelters.push_back(draw_place(draw));
  }
  town.costs = route::DistanceTable(size.people, size.shelters);
  town.seats.reserve(size.people);
  for (std::uint32_t person = 0; person < size.people; ++person) {
    const Place home = draw_place(draw);
    const std::uint32_t speed = kSlowestMmPerS + draw(kFasterMmPerS);
    const std::uint32_t always = draw(size.shelters);
    town.seats.push_back(1 + draw(size.most_seats));
    for (std::uint32_t shelter = 0; shelter < size.shelters; ++shelter) {
      if (draw(100) < size.eligible_percent || shelter == always) {
        town.costs.at(person, shelter) = walk_s(home, shelters[shelter], speed);
      }
    }
  }
  const auto needed = std::accumulate(town.seats.begin(), town.seats.end(), std::uint64_t{0});
  town.capacity = draw_capacities(size, needed, draw);
  return town;
}

std::vector<route::Weight> generated_row(const AssignmentInstance& town, std::uint32_t seed) {
  Draw draw(seed);
  const std::size_t like = draw(static_cast<std::uint32_t>(town.costs.sources()));
  std::vector<route::Weight> row;
  row.reserve(town.costs.targets());
  for (std::size_t shelter = 0; shelter < town.costs.targets(); ++shelter) {
    row.push_back(town.costs.at(like, shelter));
  }
  std::rotate(
      row.begin(),
      row.begin() + static_cast<std::ptrdiff_t>(draw(static_cast<std::uint32_t>(row.size()))),
      row.end());
  return row;
}

}  // namespace bench
