// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#define BOOST_ALLOW_DEPRECATED_HEADERS  // Boost.Geometry 1.74 includes one and says so
#include <algorithm>
#include <boost/geometry/algorithms/is_valid.hpp>
#include <boost/geometry/geometries/multi_polygon.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/geometries/polygon.hpp>
#include <filesystem>

#include "draw.hpp"
#include "profiles_fixture.hpp"
#include "route/alternatives.hpp"
#include "route/distance_table.hpp"
#include "route/isochrone.hpp"
#include "route/nearest.hpp"
#include "route/osm_import.hpp"
#include "route/safe_departure.hpp"

namespace {

namespace bg = boost::geometry;

using route::ArcId;
using route::EdgeId;
using route::kInfinity;
using route::kNeverCloses;
using route::LatestDeparture;
using route::RoadPosition;
using route::SafeTarget;

/// The roads of Kumamoto for people on foot, or a skipped test.
class TimeInKumamoto : public testing::Test {
 protected:
  void SetUp() override {
    const auto file =
        std::filesystem::path(TOMONI_SHARED_DATA_DIR) / "roads" / "kumamoto_all.osm.pbf";
    if (!std::filesystem::exists(file)) {
      GTEST_SKIP() << file.string() << " is not on this machine";
    }
    graph_ = std::make_unique<route::RoadGraph>(route::import_osm(file).graph);
    metric_ = make_metric(*graph_, {support::shipped("walk")});
  }

  [[nodiscard]] RoadPosition place(support::Draw& random) const {
    for (;;) {
      const EdgeId edge{random(static_cast<std::uint32_t>(graph_->edge_count()))};
      if (metric_.usable(*graph_, edge)) {
        return {edge, random(101) / 100.0, {}};
      }
    }
  }

  std::unique_ptr<route::RoadGraph> graph_;
  route::Metric metric_;
};

TEST_F(TimeInKumamoto, LeavingAtTheDeadlineArrivesAndAMillisecondLaterDoesNot) {
  // Water comes from the west: it crosses the town in two hours and spares its last fifth.
  route::ClosingTimes closes(graph_->arc_count(), kNeverCloses);
  const auto& box = graph_->bounds();
  for (const ArcId arc : graph_->arcs()) {
    const double east =
        static_cast<double>(graph_->position(graph_->tail(arc)).lon_e7) - box.low.lon_e7;
    const double share = east / (static_cast<double>(box.high.lon_e7) - box.low.lon_e7);
    if (share < 0.8) {
      closes[arc] = static_cast<route::Weight>(share * 7'200'000);
    }
  }
  support::Draw random(1);
  std::vector<SafeTarget> targets;
  for (int i = 0; i < 10; ++i) {
    targets.push_back({place(random)});
  }
  const route::TimedRoads roads{*graph_, metric_, closes};
  const route::SafeDepartures departures(roads, targets);
  const auto arrives = [&](const RoadPosition& from, route::EventTime start) {
    return std::ranges::any_of(targets, [&](const SafeTarget& target) {
      return route::earliest_arrival(roads, from, start, target) < kInfinity;
    });
  };
  std::size_t checked = 0;
  for (int i = 0; i < 40; ++i) {
    const RoadPosition from = place(random);
    const LatestDeparture found = departures.from(from);
    if (found.kind == LatestDeparture::Kind::ByTime) {
      ++checked;
      EXPECT_TRUE(arrives(from, found.latest));
      EXPECT_FALSE(arrives(from, found.latest + 1));
    }
  }
  EXPECT_GT(checked, 15U);
}

TEST_F(TimeInKumamoto, NearestTargetsAreTheFirstOfTheTable) {
  support::Draw random(2);
  std::vector<RoadPosition> targets;
  for (int i = 0; i < 30; ++i) {
    targets.push_back(place(random));
  }
  for (int i = 0; i < 10; ++i) {
    const RoadPosition from = place(random);
    const auto table = route::distance_table(*graph_, metric_, {&from, 1}, targets);
    const auto nearest = route::nearest_targets({*graph_, metric_, from}, targets, 5);
    ASSERT_EQ(nearest.size(), 5U);
    std::vector<route::Weight> row;
    for (std::size_t target = 0; target < targets.size(); ++target) {
      row.push_back(table.at(0, target));
    }
    for (const route::NearTarget& near : nearest) {
      EXPECT_EQ(near.duration, row[near.target]);
    }
    std::ranges::sort(row);
    EXPECT_EQ(nearest.back().duration, row[4]);
  }
}

TEST_F(TimeInKumamoto, AreasAreValidPolygons) {
  using Ring = bg::model::polygon<bg::model::d2::point_xy<double>, false, true>;
  support::Draw random(3);
  const auto reached = route::isochrones({*graph_, metric_, place(random)}, {600'000, 1'800'000});
  for (const route::Isochrone& area : reached.areas) {
    bg::model::multi_polygon<Ring> shape;
    for (const route::Polygon& polygon : area.polygons) {
      Ring& part = shape.emplace_back();
      part.inners().resize(polygon.size() - 1);
      for (std::size_t i = 0; i < polygon.size(); ++i) {
        auto& ring = i == 0 ? part.outer() : part.inners()[i - 1];
        for (const route::LatLon point : polygon[i]) {
          ring.emplace_back(point.lon_e7, point.lat_e7);
        }
      }
    }
    std::string why;
    EXPECT_TRUE(bg::is_valid(shape, why)) << why;
    EXPECT_GT(area.length_m, 1000);
  }
  EXPECT_LT(reached.accuracy_m, 45);
}

TEST_F(TimeInKumamoto, SecondRoutesShareNoMoreThanTheFirstTakes) {
  support::Draw random(4);
  std::size_t disjoint = 0;
  const route::PathRequest request{*graph_, metric_, support::shipped("walk")};
  for (int i = 0; i < 30; ++i) {
    const RoadPosition from = place(random);
    const RoadPosition to = place(random);
    const auto first = find_path(request, from, to);
    ASSERT_TRUE(first.has_value());
    const auto second = find_alternative(request, *first, from, to);
    if (second) {
      disjoint += second->shared_duration == 0 ? 1U : 0U;
      EXPECT_LT(second->shared_duration, first->duration + 1);
      EXPECT_EQ(second->path.duration, first->duration + second->extra);
      for (std::size_t j = 1; j < second->path.arcs.size(); ++j) {
        EXPECT_EQ(graph_->head(second->path.arcs[j - 1]), graph_->tail(second->path.arcs[j]));
      }
    }
  }
  EXPECT_GT(disjoint, 5U);  // most homes do not stand in a dead end
}

}  // namespace
