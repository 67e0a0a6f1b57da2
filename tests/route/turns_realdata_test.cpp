// SPDX-License-Identifier: Apache-2.0
// Turn restrictions of a city, against the search over arcs.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "draw.hpp"
#include "profiles_fixture.hpp"
#include "route/turn_net.hpp"

namespace {

using route::kInfinity;
using route::Weight;

TEST(TurnsOfPorto, VehiclesObeyThemAndTheHierarchyAgreesWithTheSearchOverArcs) {
  const auto file = std::filesystem::path(TOMONI_SHARED_DATA_DIR) / "roads/porto.osm.pbf";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << file.string() << " is not on this machine";
  }
  const auto roads = route::import_osm(file);
  const auto turns = import_turn_restrictions(file, roads.graph);
  const auto& report = turns.report;
  EXPECT_EQ(report.relations_read, 357U);  // counted with osmium-tool
  std::size_t told = report.relations_used;
  for (const auto& [reason, count] : report.relations_dropped) {
    told += count;
  }
  EXPECT_EQ(told, report.relations_read);
  EXPECT_GT(report.relations_used, 250U);
  EXPECT_EQ(parse_turns(turns_text(roads.graph, turns.bans), roads.graph), turns.bans);

  const auto& vehicle = support::shipped("vehicle");
  const auto metric = make_metric(roads.graph, {vehicle});
  const route::TurnNet net(roads.graph, metric);
  const route::CchTopology topology(net.net(), net.order());
  const auto weights = net.weights(metric, turns.bans);
  const std::span<const Weight> span = weights;
  const route::CchMetric customized(topology, {&span, 1});
  const route::CustomizedTurns all{roads.graph, metric, turns.bans, net, customized};
  RecordProperty("turns", static_cast<int>(net.net().arc_count()));
  RecordProperty("levels", static_cast<int>(topology.levels()));
  RecordProperty("triangles", static_cast<int>(topology.triangle_count()));

  support::Draw random(1);
  std::vector<route::RoadPosition> places;
  while (places.size() < 40) {
    const route::EdgeId edge{random(static_cast<std::uint32_t>(roads.graph.edge_count()))};
    if (metric.usable(roads.graph, edge)) {
      places.push_back({edge, 0.37, {}});
    }
  }
  const auto table = distance_table(all, places, places);
  const auto free = distance_table(roads.graph, metric, places, places);
  const route::PathRequest request{roads.graph, metric, vehicle, nullptr, &turns.bans};
  std::size_t detours = 0;
  for (std::size_t from = 0; from < places.size(); ++from) {
    for (std::size_t to = 0; to < places.size(); ++to) {
      EXPECT_LE(free.at(from, to), table.at(from, to));
      detours += free.at(from, to) < table.at(from, to) ? 1U : 0U;
      if ((from + to) % 7 == 0) {
        const auto path = find_path(request, places[from], places[to]);
        ASSERT_EQ(path ? path->duration : kInfinity, table.at(from, to));
      }
    }
  }
  EXPECT_GT(detours, 50U);
}

}  // namespace
