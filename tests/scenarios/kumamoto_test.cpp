// SPDX-License-Identifier: Apache-2.0
// The main job on a real city: OpenStreetMap roads and the national shelter lists of Kumamoto,
// with people invented on its real small areas.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "route/metric.hpp"
#include "route/mobility_profile.hpp"
#include "route/road_graph.hpp"
#include "route/snapping.hpp"
#include "support/city.hpp"
#include "support/reference_duration.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path kData = TOMONI_SHARED_DATA_DIR;

TEST(Kumamoto, EveryHomeOnTheRoadsGetsARouteOfTheReferencesDurationOrAReason) {
  if (!fs::exists(kData)) {
    GTEST_SKIP() << "the folder with real data is not there: " << kData;
  }
  const support::City city("kumamoto");
  const fs::path people = city.dir().parent_path() / "people";
  const auto run =
      support::tomoni({"sample", "--out", people.string(), "--people", "20000", "--areas",
                       (kData / "admin" / "kumamoto_city_small_area_2015.geojson").string()});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  city.must_import("areas", people / "areas.geojson");
  city.must_import("residents", people / "residents.csv");
  city.must_import("care", people / "care.csv");
  city.must_import("disability", people / "disability.csv");
  city.must_import("supporters", people / "supporters.csv");
  city.must_import("shelters", kData / "shelters" / "gsi" / "431001_emergency.geojson");
  city.must_import("shelters", kData / "shelters" / "gsi" / "431001_evacuation.geojson");
  city.must_import("roads", kData / "roads" / "kumamoto_all.osm.pbf");
  static_cast<void>(city.plan());

  const auto graph = route::RoadGraph::map(city.dir() / "roads.graph");
  const route::RoadIndex index(graph);
  const auto profiles =
      route::parse_profiles(support::read_all(city.dir() / "rules" / "profiles.toml"));
  std::map<std::string, route::Metric> metrics;
  for (const auto& profile : profiles) {
    metrics.emplace(profile.name, make_metric(graph, {.profile = profile}));
  }

  auto registry = city.open();
  auto session = registry.session({"test", "test"});
  std::map<registry::PersonId, registry::Position> homes;
  for (const auto& subject : session.registrants()) {
    if (subject.registrant.person.position) {
      homes.emplace(subject.registrant.person.id, *subject.registrant.person.position);
    }
  }
  std::size_t inside = 0;
  std::size_t explained = 0;
  std::size_t routed = 0;
  std::size_t compared = 0;
  for (const auto& plan : session.plans()) {
    const auto home = homes.find(plan.subject);
    // The extract's outline is no rectangle: a home lies inside where there is a road at all.
    if (home == homes.end() ||
        index.nearest(route::from_degrees(home->second.lat, home->second.lon), {}, 200).empty()) {
      continue;
    }
    ++inside;
    if (!plan.main_course().legs.empty() || plan.main_course().gap != registry::Gap::None) {
      ++explained;
    }
    if (plan.main_course().legs.empty()) {
      continue;
    }
    ++routed;
    if (compared == 60) {
      continue;
    }
    ++compared;
    const auto& leg = plan.main_course().legs.front();
    const route::Metric& metric = metrics.at(leg.profile);
    const auto snap = [&](const registry::Position& place) {
      return index
          .snap_candidates(route::from_degrees(place.lat, place.lon), snap_mask(graph, metric),
                           1000)
          .front()
          .position;
    };
    const auto shelters = session.shelters();
    const auto shelter = std::ranges::find(shelters, leg.shelter, &registry::Shelter::id);
    const route::Weight expected =
        support::reference_duration(graph, metric, snap(home->second), snap(shelter->position));
    EXPECT_EQ(leg.duration_s, (expected + 500) / 1000);
  }
  RecordProperty("homes_inside", static_cast<int>(inside));
  RecordProperty("homes_routed", static_cast<int>(routed));
  std::cout << "homes inside the roads: " << inside << ", with a route: " << routed << '\n';
  EXPECT_GT(inside, 100U);
  EXPECT_EQ(explained, inside);
  EXPECT_GE(static_cast<double>(routed), 0.99 * static_cast<double>(inside));
}

}  // namespace
