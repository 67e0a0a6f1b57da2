// SPDX-License-Identifier: Apache-2.0
#include "planner/chain_instances.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

namespace bench {
namespace {

constexpr std::uint32_t kSideM = 4'000;
constexpr double kDetour = 1.3;
constexpr std::uint32_t kElsewherePercent = 10;

struct Place {
  double x;
  double y;
};

double way_m(Place a, Place b) {
  return kDetour * std::hypot(a.x - b.x, a.y - b.y);
}

route::ChainSeconds duration(double metres, double speed) {
  return static_cast<route::ChainSeconds>(std::lround(metres / speed));
}

class TownDraw {
 public:
  explicit TownDraw(std::uint32_t seed) : engine_(seed) {}

  std::uint32_t between(std::uint32_t least, std::uint32_t most) {
    return least + static_cast<std::uint32_t>(engine_() % (most - least + 1));
  }
  double speed(std::uint32_t least_mm, std::uint32_t most_mm) {
    return between(least_mm, most_mm) / 1000.0;
  }
  std::vector<Place> places(std::size_t count) {
    std::vector<Place> all(count);
    for (Place& place : all) {
      place.x = between(0, kSideM);
      place.y = between(0, kSideM);
    }
    return all;
  }

 private:
  std::mt19937 engine_;
};

std::uint32_t nearest_to(Place home, const std::vector<Place>& shelters) {
  const auto nearest = std::ranges::min_element(
      shelters, {}, [home](Place shelter) { return way_m(home, shelter); });
  return static_cast<std::uint32_t>(nearest - shelters.begin());
}

}  // namespace

route::ChainProblem draw_chain_town(const ChainTown& town) {
  TownDraw draw(town.seed);
  const std::vector<Place> shelters = draw.places(town.shelters);
  const std::vector<Place> homes = draw.places(town.people);
  const std::vector<Place> starts = draw.places(town.supporters);
  route::ChainProblem problem;
  problem.shelters = town.shelters;
  problem.people.reserve(town.people);
  for (const Place& home : homes) {
    route::ChainPerson person;
    const auto any = draw.between(0, static_cast<std::uint32_t>(shelters.size()) - 1);
    person.shelter = draw.between(1, 100) <= kElsewherePercent ? any : nearest_to(home, shelters);
    person.prepare = draw.between(300, 900);
    person.trip = duration(way_m(home, shelters[person.shelter]), draw.speed(500, 1000));
    person.deadline = town.deadline;
    problem.people.push_back(person);
  }
  problem.to_person.reserve(town.supporters * town.people);
  problem.supporters.reserve(town.supporters);
  for (const Place& start : starts) {
    problem.supporters.push_back({.ready = draw.between(300, 1500)});
    const double speed = draw.speed(1000, 1300);
    for (const Place& home : homes) {
      problem.to_person.push_back(duration(way_m(start, home), speed));
    }
  }
  for (const Place& shelter : shelters) {
    for (const Place& home : homes) {
      problem.from_shelter.push_back(duration(way_m(shelter, home), 1.15));
    }
  }
  return problem;
}

std::optional<ChainTown> built_in_chain_town(std::string_view name) {
  static const std::array<std::pair<std::string_view, ChainTown>, 3> all = {{
      {"c300", {.people = 300, .supporters = 120, .seed = 1}},
      {"c1000", {.people = 1000, .supporters = 400, .seed = 1}},
      {"c300tight", {.people = 300, .supporters = 100, .deadline = 7'200, .seed = 1}},
  }};
  const auto* const found =
      std::ranges::find(all, name, [](const auto& entry) { return entry.first; });
  return found == all.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace bench
