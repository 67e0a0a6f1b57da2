// SPDX-License-Identifier: Apache-2.0
#include "route/osm_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "route/error.hpp"
#include "support/scratch_folder.hpp"

namespace route {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::SizeIs;

using Tags = std::vector<std::pair<std::string, std::string>>;

std::string xml_tags(const Tags& tags) {
  std::string xml;
  for (const auto& [key, value] : tags) {
    xml += "<tag k=\"" + key + "\" v=\"" + value + "\"/>";
  }
  return xml;
}

// A town on a street: node n stands n * 0.001 degrees east of the first.
std::string node(int id, const Tags& tags = {}) {
  return "<node id=\"" + std::to_string(id) + "\" lat=\"32.8\" lon=\"130." +
         std::to_string(7000 + id) + "\">" + xml_tags(tags) + "</node>\n";
}

std::string nodes(int count) {
  std::string xml;
  for (int id = 1; id <= count; ++id) {
    xml += node(id);
  }
  return xml;
}

std::string way(int id, const std::vector<int>& members, const Tags& tags) {
  std::string xml = "<way id=\"" + std::to_string(id) + "\">";
  for (const int member : members) {
    xml += "<nd ref=\"" + std::to_string(member) + "\"/>";
  }
  return xml + xml_tags(tags) + "</way>\n";
}

const Tags kStreet{{"highway", "residential"}};

void write(const std::filesystem::path& file, const std::string& content) {
  std::ofstream(file, std::ios::binary) << content;
}

std::string osm(const std::string& content) {
  return "<?xml version=\"1.0\"?><osm version=\"0.6\">" + content + "</osm>";
}

RoadImport import_xml(const std::string& content) {
  const support::ScratchFolder folder;
  write(folder / "town.osm", osm(content));
  return import_osm(folder / "town.osm");
}

// The one road made of these tags.
Road road_with(const Tags& tags) {
  const auto [graph, report] = import_xml(nodes(2) + way(1, {1, 2}, tags));
  EXPECT_EQ(graph.edge_count(), 1);
  return graph.road(EdgeId{0});
}

Road street_with(const std::string& key, const std::string& value) {
  return road_with({{"highway", "residential"}, {key, value}});
}

std::vector<std::pair<std::int64_t, std::int64_t>> ends_of(const RoadGraph& graph) {
  std::vector<std::pair<std::int64_t, std::int64_t>> ends;
  for (const EdgeId edge : graph.edges()) {
    const ArcId arc = graph.forward_arc(edge);
    ends.emplace_back(graph.source_id(graph.tail(arc)), graph.source_id(graph.head(arc)));
  }
  return ends;
}

TEST(OsmImport, WaysAreCutWhereTheyMeetAndOnlyThere) {
  const auto [graph, report] =
      import_xml(nodes(6) + way(10, {1, 2, 3, 4}, kStreet) + way(11, {3, 5, 6}, kStreet));
  EXPECT_THAT(ends_of(graph), ElementsAre(Pair(1, 3), Pair(3, 4), Pair(3, 6)));
  EXPECT_THAT(graph.shape(EdgeId{0}), SizeIs(3));
  EXPECT_EQ(graph.road(EdgeId{1}).way_id, 10);
  EXPECT_EQ(graph.road(EdgeId{2}).way_id, 11);
  EXPECT_EQ(report.ways_used, 2);
  EXPECT_EQ(report.nodes, 4);
  EXPECT_EQ(report.edges, 3);
  EXPECT_EQ(report.components, 1);
}

TEST(OsmImport, WaysThatMeetThemselvesAreCutThere) {
  const auto [graph, report] = import_xml(nodes(5) + way(1, {1, 2, 3, 4, 2, 5}, kStreet));
  EXPECT_THAT(ends_of(graph), ElementsAre(Pair(1, 2), Pair(2, 2), Pair(2, 5)));
  const auto ring = import_xml(nodes(3) + way(1, {1, 2, 3, 1}, kStreet));
  EXPECT_THAT(ends_of(ring.graph), ElementsAre(Pair(1, 1)));
}

TEST(OsmImport, ARingIsCutAtItsCrossingsAndNotWhereItsWayBegins) {
  const auto [graph, report] = import_xml(
      nodes(6) + way(1, {1, 2, 3, 4, 1}, {{"highway", "residential"}, {"junction", "roundabout"}}) +
      way(2, {2, 5}, kStreet) + way(3, {4, 6}, kStreet));
  EXPECT_THAT(ends_of(graph), ElementsAre(Pair(2, 4), Pair(4, 2), Pair(2, 5), Pair(4, 6)));
  EXPECT_THAT(graph.shape(EdgeId{1}), SizeIs(3));
  EXPECT_EQ(graph.shape(EdgeId{1})[1], from_degrees(32.8, 130.7001));  // node 1
  EXPECT_EQ(graph.road(EdgeId{1}).oneway_vehicle, 1);
  const auto gated = import_xml(node(1, {{"barrier", "gate"}}) + node(2) + node(3) + node(4) +
                                way(1, {1, 2, 3, 4, 1}, kStreet) + way(2, {2, 4}, kStreet));
  EXPECT_EQ(gated.graph.node_count(), 3);  // the gate's node stays
}

TEST(OsmImport, RepeatedMembersAreOneMember) {
  const auto [graph, report] = import_xml(nodes(3) + way(1, {1, 1, 2, 2, 3}, kStreet));
  EXPECT_THAT(ends_of(graph), ElementsAre(Pair(1, 3)));
}

TEST(OsmImport, NoLineIsDrawnOverMissingNodes) {
  const auto [graph, report] =
      import_xml(nodes(4) + way(1, {1, 2, 99, 3, 4}, kStreet) + way(2, {98, 1, 97}, kStreet));
  EXPECT_THAT(ends_of(graph), ElementsAre(Pair(1, 2), Pair(3, 4)));
  EXPECT_EQ(report.missing_nodes, 3);
  EXPECT_EQ(report.components, 2);
  EXPECT_EQ(report.ways_used, 1);
  EXPECT_THAT(report.ways_dropped, ElementsAre(Pair("位置の分かる節点が2つない", 1)));
}

TEST(OsmImport, NothingIsDroppedSilently) {
  const auto [graph, report] = import_xml(
      nodes(9) + way(1, {1, 2}, kStreet) + way(1, {1, 2}, kStreet) +
      way(2, {2, 3}, {{"highway", "proposed"}}) + way(3, {3, 4}, {{"highway", "construction"}}) +
      way(4, {4, 5}, {{"highway", "proposed"}}) + way(5, {5, 6}, {{"route", "ferry"}}) +
      way(6, {6, 7, 8}, {{"highway", "pedestrian"}, {"area", "yes"}}) +
      way(7, {7, 8, 9}, {{"building", "yes"}}));
  EXPECT_EQ(report.ways_read, 7);
  EXPECT_EQ(report.ways_used, 1);
  EXPECT_THAT(report.ways_dropped,
              ElementsAre(Pair("highway=construction", 1), Pair("highway=proposed", 2),
                          Pair("フェリー航路", 1), Pair("同じ番号のwayの重複", 1),
                          Pair("閉じていない広場", 1)));
}

TEST(OsmImport, SquaresKeepTheirOutline) {
  const auto [graph, report] =
      import_xml(nodes(6) + way(1, {1, 2, 3, 4, 1}, {{"highway", "pedestrian"}, {"area", "yes"}}) +
                 way(2, {3, 5}, kStreet));
  EXPECT_THAT(ends_of(graph), ElementsAre(Pair(1, 3), Pair(3, 1), Pair(3, 5)));
}

TEST(OsmImport, OrderInTheFileDoesNotMatter) {
  const std::string first = way(10, {1, 2, 3}, kStreet);
  const std::string second = way(11, {2, 4}, kStreet);
  const auto sorted = import_xml(nodes(4) + first + second);
  const auto mixed = import_xml(second + node(4) + node(2) + first + node(1) + node(3));
  EXPECT_TRUE(std::ranges::equal(sorted.graph.image(), mixed.graph.image()));
}

TEST(OsmImport, TheLargestComponentIsCounted) {
  const auto [graph, report] =
      import_xml(nodes(7) + way(1, {1, 2}, kStreet) + way(2, {3, 4}, kStreet) +
                 way(3, {4, 5}, kStreet) + way(4, {6, 7}, kStreet));
  EXPECT_EQ(report.components, 3);
  EXPECT_EQ(report.nodes_in_largest, 3);
}

TEST(OsmImport, BarriersStandOnTheShorterSideAndAreMetOnce) {
  // Node 3 is nearer to 4 than to 1: the piece 3-4 carries the gate, the rest of the way is free.
  const auto [graph, report] = import_xml(node(1) + node(3, {{"barrier", "gate"}}) + node(4) +
                                          node(7) + way(1, {1, 3, 4, 7}, kStreet));
  EXPECT_THAT(ends_of(graph), ElementsAre(Pair(1, 3), Pair(3, 4), Pair(4, 7)));
  EXPECT_EQ(graph.road(EdgeId{0}).barrier, Barrier::None);
  EXPECT_EQ(graph.road(EdgeId{1}).barrier, Barrier::Gate);
  EXPECT_EQ(graph.road(EdgeId{2}).barrier, Barrier::None);
}

TEST(OsmImport, ABarrierAtACrossingIsMetFromEverySideToEveryOther) {
  const auto [graph, report] =
      import_xml(node(1) + node(5, {{"barrier", "bollard"}}) + node(6) + node(8) +
                 way(1, {1, 5, 6}, kStreet) + way(2, {5, 8}, kStreet));
  int free = 0;
  for (const EdgeId edge : graph.edges()) {
    free += graph.road(edge).barrier == Barrier::None ? 1 : 0;
  }
  EXPECT_EQ(graph.edge_count(), 3);
  EXPECT_EQ(free, 1);
}

TEST(OsmImport, ABarrierAtADeadEndBlocksNobody) {
  const auto [graph, report] =
      import_xml(node(1) + node(2, {{"barrier", "gate"}}) + way(1, {1, 2}, kStreet));
  EXPECT_EQ(graph.road(EdgeId{0}).barrier, Barrier::None);
}

TEST(OsmImport, BarrierKindsAreTold) {
  const auto barrier_of = [](const Tags& tags) {
    const auto [graph, report] =
        import_xml(node(1) + node(3, tags) + node(4) + way(1, {1, 3, 4}, kStreet));
    return graph.road(EdgeId{static_cast<std::uint32_t>(graph.edge_count() - 1)}).barrier;
  };
  EXPECT_EQ(barrier_of({{"barrier", "bollard"}}), Barrier::Bollard);
  EXPECT_EQ(barrier_of({{"barrier", "block"}}), Barrier::Bollard);
  EXPECT_EQ(barrier_of({{"barrier", "lift_gate"}}), Barrier::Gate);
  EXPECT_EQ(barrier_of({{"barrier", "entrance"}}), Barrier::None);
  EXPECT_EQ(barrier_of({{"barrier", "cycle_barrier"}}), Barrier::CycleBarrier);
  EXPECT_EQ(barrier_of({{"barrier", "something new"}}), Barrier::CycleBarrier);
  EXPECT_EQ(barrier_of({{"barrier", "kissing_gate"}}), Barrier::Stile);
  EXPECT_EQ(barrier_of({{"barrier", "wall"}}), Barrier::Wall);
  EXPECT_EQ(barrier_of({{"barrier", "kerb"}}), Barrier::Kerb);
  EXPECT_EQ(barrier_of({{"barrier", "kerb"}, {"kerb", "lowered"}}), Barrier::None);
  EXPECT_EQ(barrier_of({{"kerb", "raised"}, {"highway", "crossing"}}), Barrier::Kerb);
  EXPECT_EQ(barrier_of({{"barrier", "gate"}, {"access", "no"}}), Barrier::Wall);
  EXPECT_EQ(barrier_of({{"barrier", "gate"}, {"locked", "yes"}}), Barrier::Wall);
  EXPECT_EQ(barrier_of({{"barrier", "gate"}, {"access", "no"}, {"foot", "yes"}}), Barrier::Bollard);
  EXPECT_EQ(barrier_of({{"barrier", "fence"}, {"foot", "yes"}}), Barrier::Gate);
}

TEST(OsmImport, WhatIsSaidAboutWheelsStandsAboveTheKindOfBarrier) {
  const auto barrier_of = [](const Tags& tags) {
    const auto [graph, report] =
        import_xml(node(1) + node(3, tags) + node(4) + way(1, {1, 3, 4}, kStreet));
    return graph.road(EdgeId{static_cast<std::uint32_t>(graph.edge_count() - 1)}).barrier;
  };
  EXPECT_EQ(barrier_of({{"barrier", "kerb"}, {"kerb:height", "0.02"}}), Barrier::None);
  EXPECT_EQ(barrier_of({{"barrier", "kerb"}, {"kerb:height", "5 cm"}}), Barrier::Kerb);
  EXPECT_EQ(barrier_of({{"kerb", "lowered"}, {"kerb:height", "0.1"}}), Barrier::Kerb);
  EXPECT_EQ(barrier_of({{"kerb:height", "0"}}), Barrier::None);
  EXPECT_EQ(barrier_of({{"barrier", "kerb"}, {"wheelchair", "yes"}}), Barrier::None);
  EXPECT_EQ(barrier_of({{"kerb", "lowered"}, {"wheelchair", "no"}}), Barrier::Kerb);
  EXPECT_EQ(barrier_of({{"highway", "bus_stop"}, {"wheelchair", "no"}}), Barrier::None);
  EXPECT_EQ(barrier_of({{"barrier", "cycle_barrier"}, {"wheelchair", "yes"}}), Barrier::Bollard);
  EXPECT_EQ(barrier_of({{"barrier", "kissing_gate"}, {"wheelchair", "yes"}}), Barrier::Bollard);
  EXPECT_EQ(barrier_of({{"barrier", "gate"}, {"wheelchair", "yes"}}), Barrier::Gate);
  EXPECT_EQ(barrier_of({{"barrier", "gate"}, {"wheelchair", "no"}}), Barrier::CycleBarrier);
  EXPECT_EQ(barrier_of({{"barrier", "bollard"}, {"maxwidth:physical", "0.8"}}),
            Barrier::CycleBarrier);
  EXPECT_EQ(barrier_of({{"barrier", "bollard"}, {"maxwidth:physical", "1.5"}}), Barrier::Bollard);
  EXPECT_EQ(barrier_of({{"barrier", "wall"}, {"wheelchair", "yes"}}), Barrier::Wall);
}

TEST(OsmImport, AKerbOnACrossingIsInTheWayAndAlongAStreetItIsNot) {
  EXPECT_EQ(
      road_with({{"highway", "footway"}, {"footway", "crossing"}, {"kerb", "raised"}}).barrier,
      Barrier::Kerb);
  EXPECT_EQ(road_with({{"highway", "footway"}, {"footway", "crossing"}, {"kerb", "flush"}}).barrier,
            Barrier::None);
  EXPECT_EQ(street_with("kerb", "raised").barrier, Barrier::None);
}

TEST(OsmImport, FordsOnNodesMarkThePieceBeside) {
  const auto [graph, report] =
      import_xml(node(1) + node(3, {{"ford", "yes"}}) + node(4) + way(1, {1, 3, 4}, kStreet));
  EXPECT_EQ(graph.road(EdgeId{0}).ford, 0);
  EXPECT_EQ(graph.road(EdgeId{1}).ford, 1);
}

TEST(OsmImport, RoadClassesAreTold) {
  const std::vector<std::pair<std::string, RoadClass>> classes{
      {"motorway_link", RoadClass::Motorway},
      {"trunk", RoadClass::Trunk},
      {"primary", RoadClass::Primary},
      {"living_street", RoadClass::LivingStreet},
      {"service", RoadClass::Service},
      {"track", RoadClass::Track},
      {"pedestrian", RoadClass::Pedestrian},
      {"footway", RoadClass::Footway},
      {"path", RoadClass::Path},
      {"corridor", RoadClass::Corridor},
      {"steps", RoadClass::Steps},
      {"road", RoadClass::Unknown}};
  for (const auto& [highway, expected] : classes) {
    EXPECT_EQ(road_with({{"highway", highway}}).road_class, expected) << highway;
  }
}

TEST(OsmImport, FootAccessGoesFromTheSpecialTagToTheClass) {
  const auto foot = [](const Tags& tags) { return road_with(tags).foot; };
  EXPECT_EQ(foot({{"highway", "motorway"}}), Tri::No);
  EXPECT_EQ(foot({{"highway", "motorway_link"}, {"access", "yes"}}), Tri::No);
  EXPECT_EQ(foot({{"highway", "motorway"}, {"foot", "yes"}}), Tri::Yes);
  EXPECT_EQ(foot({{"highway", "trunk"}}), Tri::Unknown);
  EXPECT_EQ(foot({{"highway", "trunk"}, {"motorroad", "yes"}}), Tri::No);
  EXPECT_EQ(foot({{"highway", "primary"}, {"sidewalk", "both"}}), Tri::Yes);
  EXPECT_EQ(foot({{"highway", "primary"}, {"sidewalk:left", "yes"}}), Tri::Yes);
  EXPECT_EQ(foot({{"highway", "primary"}, {"sidewalk", "none"}}), Tri::Unknown);
  EXPECT_EQ(foot({{"highway", "residential"}}), Tri::Yes);
  EXPECT_EQ(foot({{"highway", "service"}, {"access", "private"}}), Tri::No);
  EXPECT_EQ(foot({{"highway", "service"}, {"access", "no"}, {"foot", "designated"}}), Tri::Yes);
  EXPECT_EQ(foot({{"highway", "cycleway"}}), Tri::Unknown);
  EXPECT_EQ(foot({{"highway", "cycleway"}, {"foot", "permissive"}}), Tri::Yes);
  EXPECT_EQ(foot({{"highway", "footway"}, {"foot", "no"}}), Tri::No);
}

TEST(OsmImport, VehicleAccessGoesFromTheSpecialTagToTheClass) {
  const auto vehicle = [](const Tags& tags) { return road_with(tags).vehicle; };
  EXPECT_EQ(vehicle({{"highway", "residential"}}), Tri::Yes);
  EXPECT_EQ(vehicle({{"highway", "track"}}), Tri::Unknown);
  EXPECT_EQ(vehicle({{"highway", "footway"}}), Tri::No);
  EXPECT_EQ(vehicle({{"highway", "footway"}, {"access", "yes"}}), Tri::No);
  EXPECT_EQ(vehicle({{"highway", "pedestrian"}, {"motor_vehicle", "destination"}}), Tri::Yes);
  EXPECT_EQ(vehicle({{"highway", "steps"}, {"motor_vehicle", "yes"}}), Tri::No);
  EXPECT_EQ(vehicle({{"highway", "service"}, {"access", "no"}, {"motorcar", "yes"}}), Tri::Yes);
  EXPECT_EQ(vehicle({{"highway", "service"}, {"vehicle", "no"}, {"access", "yes"}}), Tri::No);
  EXPECT_EQ(vehicle({{"highway", "primary"}, {"oneway", "reversible"}}), Tri::No);
}

TEST(OsmImport, OneWayStreetsBindVehiclesAndOnlyRarelyPeople) {
  EXPECT_EQ(street_with("oneway", "yes").oneway_vehicle, 1);
  EXPECT_EQ(street_with("oneway", "1").oneway_vehicle, 1);
  EXPECT_EQ(street_with("oneway", "-1").oneway_vehicle, 2);
  EXPECT_EQ(street_with("oneway", "no").oneway_vehicle, 0);
  EXPECT_EQ(street_with("oneway", "yes").oneway_foot, 0);
  EXPECT_EQ(street_with("oneway:foot", "-1").oneway_foot, 2);
  EXPECT_EQ(street_with("junction", "roundabout").oneway_vehicle, 1);
  EXPECT_EQ(road_with({{"highway", "motorway"}}).oneway_vehicle, 1);
  EXPECT_EQ(road_with({{"highway", "motorway_link"}}).oneway_vehicle, 0);
  EXPECT_EQ(road_with({{"highway", "steps"}, {"conveying", "backward"}}).oneway_foot, 2);
}

TEST(OsmImport, WidthsAreReadInTheWaysTheyAreWritten) {
  EXPECT_EQ(street_with("width", "4").width_cm, 400);
  EXPECT_EQ(street_with("width", "4.5 m").width_cm, 450);
  EXPECT_EQ(street_with("width", "3,5").width_cm, 350);
  EXPECT_EQ(street_with("width", "0.7").width_cm, 70);
  EXPECT_EQ(street_with("width", "80cm").width_cm, 80);
  EXPECT_EQ(street_with("width", "1,200").width_cm, 0);
  EXPECT_EQ(street_with("width", "200").width_cm, 0);
  EXPECT_EQ(street_with("width", "-3").width_cm, 0);
  EXPECT_EQ(street_with("width", "narrow").width_cm, 0);
  EXPECT_EQ(street_with("est_width", "2.5").width_cm, 250);
  EXPECT_EQ(street_with("yh:WIDTH", "3.0m〜5.5m").width_cm, 300);
  EXPECT_EQ(street_with("yh:WIDTH", "5.5m～13.0m").width_cm, 550);
  EXPECT_EQ(street_with("yh:WIDTH", "13.0m以上").width_cm, 1300);
  EXPECT_EQ(street_with("yh:WIDTH", "13.0m～").width_cm, 1300);
  EXPECT_EQ(street_with("yh:WIDTH", "1.5m未満").width_cm, 0);
  EXPECT_EQ(
      road_with({{"highway", "service"}, {"width", "2"}, {"yh:WIDTH", "3.0m〜5.5m"}}).width_cm,
      200);
  EXPECT_EQ(street_with("maxwidth:physical", "1.2").width_cm, 120);
  EXPECT_EQ(road_with({{"highway", "path"}, {"width", "3"}, {"maxwidth:physical", "1.2"}}).width_cm,
            120);
  EXPECT_EQ(road_with({{"highway", "path"}, {"width", "1"}, {"maxwidth:physical", "2"}}).width_cm,
            100);
}

TEST(OsmImport, InclinesAreReadInTheWaysTheyAreWritten) {
  EXPECT_EQ(street_with("incline", "10%").incline_permille, 100);
  EXPECT_EQ(street_with("incline", "-5 %").incline_permille, -50);
  EXPECT_EQ(street_with("incline", "+2.5%").incline_permille, 25);
  EXPECT_EQ(street_with("incline", "5°").incline_permille, 87);
  EXPECT_EQ(street_with("incline", "1:12").incline_permille, 83);
  EXPECT_EQ(street_with("incline", "0").incline_permille, 0);
  for (const char* unknown : {"up", "down", "yes", "0:0", "1:0", "500%", "90°", "-", "5 feet"}) {
    EXPECT_EQ(street_with("incline", unknown).incline_permille, Road::kUnknownIncline) << unknown;
  }
}

TEST(OsmImport, SurfacesAreAsBadAsTheirWorstPart) {
  EXPECT_EQ(street_with("surface", "asphalt").surface, Surface::Paved);
  EXPECT_EQ(street_with("surface", "Dirt").surface, Surface::Ground);
  EXPECT_EQ(street_with("surface", "asphalt; cobblestone").surface, Surface::Cobbled);
  EXPECT_EQ(street_with("surface", "asphalt;lava").surface, Surface::Unknown);
  EXPECT_EQ(street_with("surface", "sand").surface, Surface::Soft);
  EXPECT_EQ(street_with("smoothness", "excellent").smoothness, Smoothness::Good);
  EXPECT_EQ(street_with("smoothness", "horrible").smoothness, Smoothness::Impassable);
  EXPECT_EQ(street_with("smoothness", "fine").smoothness, Smoothness::Unknown);
}

TEST(OsmImport, WhatTheMapDoesNotSayIsUnknown) {
  const Road road = road_with(kStreet);
  EXPECT_EQ(road.width_cm, 0);
  EXPECT_EQ(road.surface, Surface::Unknown);
  EXPECT_EQ(road.smoothness, Smoothness::Unknown);
  EXPECT_EQ(road.wheelchair, Tri::Unknown);
  EXPECT_EQ(road.lit, Tri::Unknown);
  EXPECT_EQ(road.incline_permille, Road::kUnknownIncline);
  EXPECT_EQ(road.slope_permille, Road::kUnknownIncline);
  EXPECT_EQ(road.step_count, 0);
}

TEST(OsmImport, TheOtherAttributesAreKept) {
  EXPECT_EQ(street_with("lit", "yes").lit, Tri::Yes);
  EXPECT_EQ(street_with("lit", "sunset-sunrise").lit, Tri::Yes);
  EXPECT_EQ(street_with("lit", "disused").lit, Tri::No);
  EXPECT_EQ(street_with("bridge", "viaduct").bridge, 1);
  EXPECT_EQ(street_with("bridge", "no").bridge, 0);
  EXPECT_EQ(street_with("tunnel", "yes").tunnel, 1);
  EXPECT_EQ(street_with("tunnel", "building_passage").tunnel, 0);
  EXPECT_EQ(street_with("layer", "-2").layer, -2);
  EXPECT_EQ(street_with("layer", "upstairs").layer, 0);
  EXPECT_EQ(street_with("ford", "stepping_stones").ford, 1);
  EXPECT_EQ(street_with("footway", "crossing").crossing, 1);
  EXPECT_EQ(street_with("sidewalk", "right").sidewalk, 1);
  EXPECT_EQ(street_with("wheelchair", "limited").wheelchair, Tri::Unknown);
  EXPECT_EQ(street_with("wheelchair", "no").wheelchair, Tri::No);
  EXPECT_EQ(road_with({{"highway", "steps"}, {"step_count", "108"}}).step_count, 108);
}

TEST(OsmImport, JapaneseNamesComeFirst) {
  const auto [graph, report] = import_xml(
      nodes(3) +
      way(1, {1, 2}, {{"highway", "primary"}, {"name", "Kamitori"}, {"name:ja", "上通"}}) +
      way(2, {2, 3}, {{"highway", "primary"}, {"name", "下通 &amp; 新市街"}}));
  EXPECT_EQ(graph.name(EdgeId{0}), "上通");
  EXPECT_EQ(graph.name(EdgeId{1}), "下通 & 新市街");
}

TEST(OsmImport, ProgressGoesFromNothingToEverything) {
  const support::ScratchFolder folder;
  write(folder / "town.osm", osm(nodes(2) + way(1, {1, 2}, kStreet)));
  std::map<std::string, std::vector<double>> steps;
  (void)import_osm(folder / "town.osm", [&steps](std::string_view step, double share) {
    steps[std::string(step)].push_back(share);
  });
  EXPECT_THAT(steps, SizeIs(3));
  for (const auto& [step, shares] : steps) {
    EXPECT_EQ(shares.front(), 0) << step;
    EXPECT_EQ(shares.back(), 1) << step;
    EXPECT_TRUE(std::ranges::is_sorted(shares)) << step;
  }
}

TEST(OsmImport, AnExceptionOfTheProgressBarIsNotABrokenFile) {
  const support::ScratchFolder folder;
  write(folder / "town.osm", osm(nodes(2) + way(1, {1, 2}, kStreet)));
  struct Cancelled {};
  EXPECT_THROW(
      (void)import_osm(folder / "town.osm", [](std::string_view, double) { throw Cancelled(); }),
      Cancelled);
}

std::string refusal_of(const std::string& name, const std::string& content) {
  const support::ScratchFolder folder;
  write(folder / name, content);
  try {
    (void)import_osm(folder / name);
  } catch (const InputError& refusal) {
    return refusal.what();
  }
  return "";
}

TEST(OsmImport, FilesThatAreNotOsmAreRefusedWithARemedy) {
  EXPECT_THAT(refusal_of("empty.osm", ""), HasSubstr("もう一度入手してください"));
  EXPECT_NE(refusal_of("empty.osm.pbf", ""), "");
  EXPECT_NE(refusal_of("empty.osm.gz", ""), "");
  EXPECT_NE(refusal_of("empty.osm.bz2", ""), "");
  EXPECT_NE(refusal_of("noise.osm.pbf", std::string(5000, 'x')), "");
  EXPECT_NE(refusal_of("noise.osm.gz", "not compressed"), "");
  EXPECT_NE(refusal_of("page.osm", "<html><body>404</body></html>"), "");
  EXPECT_NE(refusal_of("roads.shp", "x"), "");
  EXPECT_THAT(refusal_of("rivers.osm", osm(nodes(2) + way(1, {1, 2}, {{"waterway", "river"}}))),
              HasSubstr("使える道路が1本もありません"));
  EXPECT_THROW((void)import_osm("/nowhere/town.osm"), InputError);
}

TEST(OsmImport, TruncatedTextIsRefused) {
  const std::string whole = osm(nodes(3) + way(1, {1, 2, 3}, kStreet));
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_NE(refusal_of("cut.osm", whole.substr(0, size)), "") << size << " bytes";
  }
}

TEST(OsmImport, TruncatedArchivesAreRefused) {
  const support::ScratchFolder folder;
  const std::string whole = osm(nodes(300) + way(1, {1, 2, 3}, kStreet));
  gzFile out = gzopen((folder / "town.osm.gz").c_str(), "wb");
  gzwrite(out, whole.data(), static_cast<unsigned>(whole.size()));
  gzclose(out);
  EXPECT_EQ(import_osm(folder / "town.osm.gz").graph.edge_count(), 1);
  std::ifstream in(folder / "town.osm.gz", std::ios::binary);
  const std::string packed{std::istreambuf_iterator<char>(in), {}};
  for (const std::size_t missing : {1U, 4U, 8U, 20U, 200U}) {
    EXPECT_NE(refusal_of("cut.osm.gz", packed.substr(0, packed.size() - missing)), "") << missing;
  }
}

}  // namespace
}  // namespace route
