// SPDX-License-Identifier: Apache-2.0
#include "route/closed_spans.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#define BOOST_ALLOW_DEPRECATED_HEADERS  // Boost.Geometry 1.74 includes one and says so
#include <algorithm>
#include <boost/geometry.hpp>
#include <boost/geometry/geometries/linestring.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <cmath>

#include "draw.hpp"
#include "random_roads.hpp"
#include "support/map_sketch.hpp"

namespace {

namespace bg = boost::geometry;
using route::closed_edges;
using route::Closure;
using route::closure_effect;
using route::EdgeId;
using route::LatLon;
using route::Polyline;
using support::MapSketch;
using testing::ElementsAre;
using testing::IsEmpty;

/// A rectangle reaching `north` and `east` (1e-7 degrees) to both sides of its middle.
Polyline box(LatLon middle, std::int32_t north, std::int32_t east) {
  const auto corner = [&](int up, int right) {
    return LatLon{middle.lat_e7 + up * north, middle.lon_e7 + right * east};
  };
  return {corner(-1, -1), corner(-1, 1), corner(1, 1), corner(1, -1), corner(-1, -1)};
}

Closure by_area(std::vector<Polyline> rings) {
  Closure closure;
  closure.areas = {{std::move(rings)}};
  return closure;
}

/// Names of the edges one closure shuts, each by its ends: "ab bc".
std::string shut(const MapSketch& town, const Closure& closure) {
  const auto effect = closure_effect(town.graph(), {&closure, 1});
  std::string names;
  for (const EdgeId edge : effect.edges.at(0)) {
    const route::ArcId arc = town.graph().forward_arc(edge);
    std::string name = town.names({&arc, 1});
    std::sort(name.begin(), name.end());
    names += (names.empty() ? "" : " ") + name;
  }
  return names;
}

constexpr const char* kTown = R"(
      a----b----c----d----e
           |    |    |
           f----g----h
           |    |    |
      i----j----k----l----m )";
constexpr std::int32_t kCell = 1000;  // about 10 m

TEST(Closure, AnAreaClosesWhatIsInsideAndWhatCrossesItsEdge) {
  const MapSketch town(kTown);
  // Around g without reaching the next crossings: only its four roads, which all cross the edge.
  EXPECT_EQ(shut(town, by_area({box(town.position('g'), kCell, kCell)})), "cg fg gh gk");
  // Over the whole inner block: its roads lie wholly inside.
  const std::string inner = shut(town, by_area({box(town.position('g'), 3 * kCell, 8 * kCell)}));
  EXPECT_EQ(inner, "ab bc bf cd cg de dh fg fj gh gk hl ij jk kl lm");
}

TEST(Closure, RoadsWhollyInsideAnAreaAreClosedEvenIfNoneCrossesItsEdge) {
  const MapSketch town("a--b--c");
  EXPECT_EQ(shut(town, by_area({box(town.position('b'), 1'000'000, 1'000'000)})), "ab bc");
}

TEST(Closure, AHoleStaysOpenButNotTheRoadsThatLeaveIt) {
  const MapSketch town(kTown);
  const LatLon g = town.position('g');
  const Closure ring = by_area({box(g, 10 * kCell, 20 * kCell), box(g, 3 * kCell, 6 * kCell)});
  // Inside the hole: the roads round g as far as b..d and j..l. Outside it: the arms.
  EXPECT_EQ(shut(town, ring), "ab de ij lm");
}

TEST(Closure, AHoleOutsideItsAreaClosesNothing) {
  const MapSketch town(kTown);
  const Closure odd =
      by_area({box(town.position('a'), kCell, kCell), box(town.position('m'), kCell, kCell)});
  EXPECT_EQ(shut(town, odd), "ab");
}

TEST(Closure, AnAreaThatCrossesItselfHasNoGapInItsMiddle) {
  const MapSketch town("a--b--c--d", 10);
  // A five-pointed star drawn in one go winds twice round its middle.
  const LatLon middle = route::interpolate(town.position('b'), town.position('c'), 0.5);
  Polyline star;
  for (const int point : {0, 2, 4, 1, 3, 0}) {
    const double angle = point * 2 * 3.14159265358979 / 5;
    star.push_back(
        {middle.lat_e7 + static_cast<std::int32_t>(std::lround(9000 * std::cos(angle))),
         middle.lon_e7 + static_cast<std::int32_t>(std::lround(9000 * std::sin(angle)))});
  }
  EXPECT_EQ(shut(town, by_area({star})), "ab bc cd");
}

TEST(Closure, AreasThatOverlapDoNotCancelOut) {
  const MapSketch town("a--b--c");
  Closure closure;
  const Polyline all = box(town.position('b'), 1'000'000, 1'000'000);
  closure.areas = {{{all}}, {{all}}};
  EXPECT_EQ(shut(town, closure), "ab bc");
}

TEST(Closure, ALineClosesWhatItCrossesOrTouches) {
  const MapSketch town(kTown);
  const auto between = [&](char a, char b) {
    return route::interpolate(town.position(a), town.position(b), 0.5);
  };
  Closure closure;
  closure.lines = {{between('b', 'f'), between('d', 'h')}};
  EXPECT_EQ(shut(town, closure), "bf cg dh");
  closure.lines = {
      {{town.position('a').lat_e7 + kCell, between('a', 'b').lon_e7}, between('a', 'b')}};
  EXPECT_EQ(shut(town, closure), "ab");
  closure.lines = {{town.position('c'), between('c', 'g')},
                   {between('i', 'j'), town.position('i')}};
  EXPECT_EQ(shut(town, closure), "bc cd cg ij");
}

TEST(Closure, AWayIsClosedWithAllItsEdgesAndUnknownOnesAreTold) {
  const MapSketch town("a--b--c--d", 10, [](char from, char to, route::Road& road) {
    road.way_id = from == 'a' || to == 'a' ? 0 : 77;
  });
  Closure closure;
  closure.ways = {77, 5, 0, 9, 5};
  EXPECT_EQ(shut(town, closure), "bc cd");
  EXPECT_THAT(closure_effect(town.graph(), {&closure, 1}).unknown_ways, ElementsAre(0, 5, 9));
}

TEST(Closure, HoldsInItsTimeAndForItsProfilesOnly) {
  const MapSketch town("a--b--c--d", 10, [](char from, char to, route::Road& road) {
    road.way_id = std::max<int>(from, to);
  });
  std::vector<Closure> closures(3);
  closures[0].ways = {'b'};
  closures[0].until_s = 600;
  closures[1].ways = {'c', 'd'};
  closures[1].from_s = 300;
  closures[2].ways = {'d'};
  closures[2].profiles = {"wheelchair", "stretcher"};
  const auto effect = closure_effect(town.graph(), closures);
  const auto names = [&](const char* profile, std::uint32_t at_s) {
    std::string text;
    for (const EdgeId edge : closed_edges(closures, effect, profile, at_s)) {
      text += static_cast<char>(town.graph().road(edge).way_id);
    }
    return text;
  };
  EXPECT_EQ(names("walk", 0), "b");
  EXPECT_EQ(names("walk", 300), "bcd");
  EXPECT_EQ(names("walk", 599), "bcd");
  EXPECT_EQ(names("walk", 600), "cd");
  EXPECT_EQ(names("wheelchair", 0), "bd");
  EXPECT_EQ(names("wheelchair", 900), "cd");
  const auto first = route::first_closings(closures, effect, "stretcher");
  EXPECT_THAT(first,
              ElementsAre(std::pair(town.edge('a', 'b'), 0U), std::pair(town.edge('b', 'c'), 300U),
                          std::pair(town.edge('c', 'd'), 0U)));
}

TEST(Closure, TimesThatTouchAreOneSpan) {
  const MapSketch town("a--b--c", 10, [](char from, char to, route::Road& road) {
    road.way_id = std::max<int>(from, to);
  });
  std::vector<Closure> closures(6);
  for (Closure& closure : closures) {
    closure.ways = {'b'};
  }
  const auto times = [&](std::size_t i, std::uint32_t from_s,
                         std::optional<std::uint32_t> until_s) {
    closures[i].from_s = from_s;
    closures[i].until_s = until_s;
  };
  times(0, 300, 400);
  times(1, 100, 200);
  times(2, 150, 300);  // joins the two before
  times(3, 500, 500);  // never
  times(4, 600, 700);
  times(5, 650, std::nullopt);  // for good
  closures.push_back(closures[0]);
  closures.back().ways = {'c'};
  closures.back().profiles = {"walk"};
  const auto effect = closure_effect(town.graph(), closures);
  const auto edge = town.edge('a', 'b');
  EXPECT_THAT(
      closed_spans(closures, effect, "vehicle"),
      ElementsAre(route::ClosedSpan{edge, 100, 400}, route::ClosedSpan{edge, 600, std::nullopt}));
  EXPECT_EQ(closed_spans(closures, effect, "walk").size(), 3U);
}

TEST(Closure, NoClosuresCloseNothing) {
  const MapSketch town("a--b");
  const auto effect = closure_effect(town.graph(), {});
  EXPECT_THAT(closed_edges({}, effect, "walk", 0), IsEmpty());
  const Closure empty = by_area({});
  EXPECT_EQ(shut(town, empty), "");
}

using PointXY = bg::model::d2::point_xy<double>;

PointXY to_xy(LatLon place) {
  return {static_cast<double>(place.lon_e7), static_cast<double>(place.lat_e7)};
}

TEST(Closure, AgreesWithBoostGeometryOnRandomRoadsAreasAndLines) {
  std::size_t shut_edges = 0;
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE(seed);
    const auto graph = support::random_roads(seed, 20, 40);
    support::Draw random(seed);
    const auto place = [&random] {
      return LatLon{357'000'000 + static_cast<std::int32_t>(random(20'000)),
                    1'395'000'000 + static_cast<std::int32_t>(random(20'000))};
    };
    // A convex outline with a convex hole somewhere, and a line of four points.
    const auto hull = [&](std::size_t points) {
      bg::model::multi_point<PointXY> cloud;
      for (std::size_t i = 0; i < points; ++i) {
        cloud.push_back(to_xy(place()));
      }
      bg::model::polygon<PointXY> result;
      bg::convex_hull(cloud, result);
      return result;
    };
    const auto to_ring = [](const auto& points) {
      Polyline ring;
      for (const PointXY& point : points) {
        ring.push_back(
            {static_cast<std::int32_t>(point.y()), static_cast<std::int32_t>(point.x())});
      }
      return ring;
    };
    const auto as_line = [](const bg::model::polygon<PointXY>& polygon) {
      return bg::model::linestring<PointXY>(polygon.outer().begin(), polygon.outer().end());
    };
    const auto outline = hull(6);
    const auto hole = hull(4);
    Closure area = by_area({to_ring(outline.outer()), to_ring(hole.outer())});
    Closure line;
    line.lines = {{place(), place(), place(), place()}};
    bg::model::linestring<PointXY> drawn;
    for (const LatLon point : line.lines[0]) {
      drawn.push_back(to_xy(point));
    }
    const std::vector<Closure> both{area, line};
    const auto effect = closure_effect(graph, both);
    for (const EdgeId edge : graph.edges()) {
      bg::model::linestring<PointXY> shape;
      for (const LatLon point : graph.shape(edge)) {
        shape.push_back(to_xy(point));
      }
      const auto has = [edge](const std::vector<EdgeId>& edges) {
        return std::binary_search(edges.begin(), edges.end(), edge);
      };
      const bool in_hole = bg::within(shape, hole) && !bg::intersects(shape, as_line(hole)) &&
                           !bg::intersects(shape, as_line(outline));
      EXPECT_EQ(has(effect.edges[0]), bg::intersects(shape, outline) && !in_hole) << edge.value;
      EXPECT_EQ(has(effect.edges[1]), bg::intersects(shape, drawn)) << edge.value;
      shut_edges += has(effect.edges[0]) ? 1U : 0U;
    }
  }
  EXPECT_GT(shut_edges, 500U);
}

}  // namespace
