// SPDX-License-Identifier: Apache-2.0
#include "route/isochrone.hpp"

#include <gtest/gtest.h>

#define BOOST_ALLOW_DEPRECATED_HEADERS  // Boost.Geometry 1.74 includes one and says so
#include <algorithm>
#include <boost/geometry/algorithms/is_valid.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <cmath>
#include <limits>
#include <string>

#include "draw.hpp"
#include "profiles_fixture.hpp"
#include "route/graph_builder.hpp"
#include "route/path.hpp"
#include "support/map_sketch.hpp"

namespace {

namespace bg = boost::geometry;

using route::Direction;
using route::EdgeId;
using route::Isochrone;
using route::isochrones;
using route::kInfinity;
using route::LatLon;
using route::Metric;
using route::NodeId;
using route::Polyline;
using route::ReachedPart;
using route::ReachRequest;
using route::RoadGraph;
using route::RoadPosition;
using route::Weight;
using support::shipped;

/// Streets on a crooked grid with blocks of about 150 m, a few of them missing.
RoadGraph crooked_town(std::uint32_t seed, std::uint32_t side) {
  support::Draw random(seed);
  route::GraphBuilder builder;
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      builder.add_node(
          {357'000'000 + static_cast<std::int32_t>(row * 13'500 + random(6'000)),
           1'395'000'000 + static_cast<std::int32_t>(column * 16'500 + random(8'000))});
    }
  }
  const auto street = [&](std::uint32_t from, std::uint32_t to) {
    route::Road road;
    road.road_class = route::RoadClass::Residential;
    road.foot = route::Tri::Yes;
    road.surface = route::Surface::Paved;
    road.oneway_foot = random(8) == 0 ? 1 : 0;
    if (random(6) != 0) {
      builder.add_edge(NodeId{from}, NodeId{to}, road);
    }
  };
  for (std::uint32_t row = 0; row < side; ++row) {
    for (std::uint32_t column = 0; column < side; ++column) {
      const std::uint32_t here = row * side + column;
      if (column + 1 < side) {
        street(here, here + 1);
      }
      if (row + 1 < side) {
        street(here, here + side);
      }
    }
  }
  return builder.build();
}

LatLon point_on(const RoadGraph& graph, EdgeId edge, double fraction) {
  const auto shape = graph.shape(edge);  // straight
  return route::interpolate(shape.front(), shape.back(), fraction);
}

bool inside(const Isochrone& area, LatLon place) {
  bool odd = false;
  for (const route::Polygon& polygon : area.polygons) {
    for (const Polyline& ring : polygon) {
      for (std::size_t i = 1; i < ring.size(); ++i) {
        const auto [ax, ay] = std::pair(ring[i - 1].lon_e7, ring[i - 1].lat_e7);
        const auto [bx, by] = std::pair(ring[i].lon_e7, ring[i].lat_e7);
        if ((ay > place.lat_e7) != (by > place.lat_e7)) {
          const double x = ax + (static_cast<double>(place.lat_e7) - ay) /
                                    (static_cast<double>(by) - ay) * (static_cast<double>(bx) - ax);
          odd = odd != (x > place.lon_e7);
        }
      }
    }
  }
  return odd;
}

/// How far a place lies from the nearest reached part.
double distance_to(const RoadGraph& graph, const std::vector<ReachedPart>& parts, LatLon place) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const ReachedPart& part : parts) {
    const LatLon a = point_on(graph, part.edge, part.begin);
    const LatLon b = point_on(graph, part.edge, part.end);
    const LatLon foot = route::interpolate(a, b, route::nearest_fraction(place, a, b));
    nearest = std::min(nearest, route::distance_m(place, foot));
  }
  return nearest;
}

bool reached(const std::vector<ReachedPart>& parts, EdgeId edge, double fraction) {
  return std::any_of(parts.begin(), parts.end(), [&](const ReachedPart& part) {
    return part.edge == edge && part.begin <= fraction && fraction <= part.end;
  });
}

Weight duration(const ReachRequest& request, const RoadPosition& other) {
  const bool from = request.direction == Direction::Forward;
  const auto path = find_path({request.graph, request.metric, shipped("walk")},
                              from ? request.place : other, from ? other : request.place);
  return path ? path->duration : kInfinity;
}

struct Case {
  explicit Case(std::uint32_t seed)
      : graph(crooked_town(seed, 9)),
        metric(make_metric(graph, {shipped("walk")})),
        request{graph,
                metric,
                {EdgeId{static_cast<std::uint32_t>(graph.edge_count()) / 2}, 0.3, {}},
                seed % 2 == 0 ? Direction::Forward : Direction::Backward} {}
  RoadGraph graph;
  Metric metric;
  ReachRequest request;
};

constexpr Weight kMinute = 60'000;

TEST(ReachedParts, ArePreciselyThePlacesAPathReachesInTime) {
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    const Case town(seed);
    const auto parts = route::reached_parts(town.request, 6 * kMinute);
    for (const EdgeId edge : town.graph.edges()) {
      for (const double fraction : {0.05, 0.31, 0.5, 0.77, 0.95}) {
        const Weight needed = duration(town.request, {edge, fraction, {}});
        if (needed + 2 < 6 * kMinute || needed > 6 * kMinute + 2) {  // beyond rounding
          EXPECT_EQ(reached(parts, edge, fraction), needed < 6 * kMinute);
        }
      }
    }
  }
}

TEST(ReachedParts, EndWhereTheTimeRunsOut) {
  const support::MapSketch town("a----b----c", 10);
  const auto metric = make_metric(town.graph(), {shipped("walk")});
  const Weight edge_weight = metric.weights[town.graph().forward_arc(town.edge('a', 'b'))];
  const ReachRequest request{town.graph(), metric, {town.edge('a', 'b'), 0.5, {}}};
  const auto parts = route::reached_parts(request, edge_weight);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0], (ReachedPart{town.edge('a', 'b'), 0, 1}));
  EXPECT_EQ(parts[1].begin, 0);
  EXPECT_NEAR(parts[1].end, 0.5, 1e-4);
  const auto here = route::reached_parts(request, 0);
  ASSERT_EQ(here.size(), 1U);
  EXPECT_EQ(here[0], (ReachedPart{town.edge('a', 'b'), 0.5, 0.5}));
}

TEST(Isochrone, HoldsEveryReachedPlaceAndNoneFurtherAwayThanItSays) {
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    const Case town(seed);
    const auto result = isochrones(town.request, {5 * kMinute}, {30, 8});
    const auto parts = route::reached_parts(town.request, 5 * kMinute);
    EXPECT_LT(result.accuracy_m, 45);
    std::size_t outside = 0;
    for (const EdgeId edge : town.graph.edges()) {
      for (int i = 0; i <= 20; ++i) {
        const LatLon place = point_on(town.graph, edge, i / 20.0);
        if (reached(parts, edge, i / 20.0)) {
          EXPECT_TRUE(inside(result.areas[0], place));
        } else if (distance_to(town.graph, parts, place) > result.accuracy_m) {
          EXPECT_FALSE(inside(result.areas[0], place));
          ++outside;
        }
      }
    }
    EXPECT_GT(outside, 100U);
  }
}

TEST(Isochrone, OfMoreTimeContainsThoseOfLess) {
  const Case town(3);
  const auto result = isochrones(town.request, {6 * kMinute, 2 * kMinute, 4 * kMinute});
  ASSERT_EQ(result.areas.size(), 3U);
  EXPECT_EQ(result.areas[1].bound, 2 * kMinute);
  support::Draw random(3);
  std::size_t between = 0;
  for (int i = 0; i < 20'000; ++i) {
    const LatLon place{356'990'000 + static_cast<std::int32_t>(random(150'000)),
                       1'394'990'000 + static_cast<std::int32_t>(random(180'000))};
    const bool in_2 = inside(result.areas[1], place);
    const bool in_4 = inside(result.areas[2], place);
    const bool in_6 = inside(result.areas[0], place);
    EXPECT_LE(in_2, in_4);
    EXPECT_LE(in_4, in_6);
    between += in_6 && !in_4 ? 1 : 0;
  }
  EXPECT_GT(between, 100U);
  EXPECT_LT(result.areas[1].length_m, result.areas[2].length_m);
  EXPECT_LT(result.areas[2].length_m, result.areas[0].length_m);
}

TEST(Isochrone, RingsAreValidAndTurnTheRightWay) {
  using Point = bg::model::d2::point_xy<double>;
  using Ring = bg::model::polygon<Point, false, true>;  // counterclockwise, closed
  std::size_t holes = 0;
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    const Case town(seed);
    const auto result = isochrones(town.request, {3 * kMinute, 9 * kMinute}, {25, 5.0 + seed});
    for (const Isochrone& area : result.areas) {
      bg::model::multi_polygon<Ring> shape;
      for (const route::Polygon& polygon : area.polygons) {
        Ring& part = shape.emplace_back();
        part.inners().resize(polygon.size() - 1);
        holes += polygon.size() - 1;
        for (std::size_t i = 0; i < polygon.size(); ++i) {
          EXPECT_EQ(polygon[i].front(), polygon[i].back());
          auto& ring = i == 0 ? part.outer() : part.inners()[i - 1];
          for (const LatLon point : polygon[i]) {
            ring.emplace_back(point.lon_e7, point.lat_e7);
          }
        }
      }
      std::string why;
      EXPECT_TRUE(bg::is_valid(shape, why)) << why;
      EXPECT_FALSE(shape.empty());
    }
  }
  EXPECT_GT(holes, 20U);
}

TEST(Isochrone, ALargeAreaGetsACoarserGridAndSaysSo) {
  const Case town(1);
  const auto fine = isochrones(town.request, {9 * kMinute}, {5, 0.5});
  const auto asked = isochrones(town.request, {9 * kMinute}, {25, 10});
  EXPECT_GT(fine.accuracy_m, 5.0);
  EXPECT_LT(fine.accuracy_m, asked.accuracy_m);
  const auto parts = route::reached_parts(town.request, 9 * kMinute);
  for (const ReachedPart& part : parts) {
    const double middle = (part.begin + part.end) / 2;
    EXPECT_TRUE(inside(fine.areas[0], point_on(town.graph, part.edge, middle)));
  }
}

TEST(Isochrone, IsEmptyWhereNothingMayBeUsed) {
  const support::MapSketch town("a====b", 10);
  const auto metric = make_metric(town.graph(), {shipped("wheelchair")});
  const auto result = isochrones({town.graph(), metric, {EdgeId{0}, 0.5, {}}}, {kMinute});
  ASSERT_EQ(result.areas.size(), 1U);
  EXPECT_TRUE(result.areas[0].polygons.empty());
  EXPECT_EQ(result.areas[0].length_m, 0);
}

}  // namespace
