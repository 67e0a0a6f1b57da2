// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "planner/city_roads.hpp"
#include "registry/registry.hpp"

namespace bench {

struct InventedCitySize {
  std::uint32_t people = 12'000;
  std::uint32_t supporters = 8'000;
  std::uint32_t shelters = 60;
};

/// Invented people, supporters and shelters on the crossings of real roads.
struct InventedCity {
  std::vector<registry::PlanSubject> subjects;
  std::vector<registry::Shelter> shelters;
};

/// Seats for 105 of 100; a fifth of the people without supporters, the others with one to three who
/// live near them. The same seed gives the same city.
[[nodiscard]] InventedCity invented_city(const route::RoadGraph& graph,
                                         const InventedCitySize& size, std::uint32_t seed);

/// Water that comes over the southern half in ninety minutes.
[[nodiscard]] route::HazardMap invented_flood(const route::RoadGraph& graph);

}  // namespace bench
