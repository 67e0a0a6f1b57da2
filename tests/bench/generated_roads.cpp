// SPDX-License-Identifier: Apache-2.0
#include "generated_roads.hpp"

#include <bit>
#include <cmath>

#include "../route/draw.hpp"
#include "route/graph_builder.hpp"

namespace bench {
namespace {

constexpr std::uint32_t kOf = 1000;
constexpr double kStreetShare = 660;     // of the gaps between neighbours that have a street
constexpr double kBarrierFactor = 0.93;  // on the share, for every doubling of the barrier's reach
constexpr std::int32_t kBlock = 9'000;   // 1e-7 degrees, about 100 m
constexpr std::uint32_t kBend = 6'000;
constexpr route::LatLon kCorner{357'000'000, 1'395'000'000};

/// Whether there is a street across the line between column (or row) `at` - 1 and `at`.
bool has_street(support::Draw& draw, std::uint32_t at) {
  const double share = kStreetShare * std::pow(kBarrierFactor, std::countr_zero(at));
  return draw(kOf) < share;
}

}  // namespace

route::RoadGraph generated_roads(std::uint32_t crossings, std::uint32_t seed) {
  support::Draw draw(seed);
  const auto side = static_cast<std::uint32_t>(std::ceil(std::sqrt(crossings)));
  const auto at = [side](std::uint32_t row, std::uint32_t column) {
    return route::NodeId{row * side + column};
  };
  route::GraphBuilder builder;
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      const auto bend_lat = static_cast<std::int32_t>(draw(kBend));
      const auto bend_lon = static_cast<std::int32_t>(draw(kBend));
      builder.add_node({kCorner.lat_e7 + static_cast<std::int32_t>(row) * kBlock + bend_lat,
                        kCorner.lon_e7 + static_cast<std::int32_t>(column) * kBlock + bend_lon});
    }
  }
  route::Road road;
  road.road_class = route::RoadClass::Residential;
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      if (column > 0 && has_street(draw, column)) {
        builder.add_edge(at(row, column - 1), at(row, column), road);
      }
      if (row > 0 && has_street(draw, row)) {
        builder.add_edge(at(row - 1, column), at(row, column), road);
      }
    }
  }
  return builder.build();
}

}  // namespace bench
