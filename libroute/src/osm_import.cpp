// SPDX-License-Identifier: Apache-2.0
#include "route/osm_import.hpp"

#include <algorithm>
#include <osmium/osm/node.hpp>
#include <osmium/osm/way.hpp>
#include <utility>
#include <variant>

#include "osm_pass.hpp"
#include "osm_tags.hpp"
#include "route/error.hpp"
#include "way_cutter.hpp"

namespace route {
namespace {

bool is_ring(const osmium::WayNodeList& nodes) {
  return nodes.size() >= 4 && nodes.front().ref() == nodes.back().ref();
}

std::variant<Road, DroppedWay> read_way(const osmium::Way& way) {
  auto read = road_of(way.tags());
  // The outline of a square is walked along; an area that is not closed has no outline.
  if (std::holds_alternative<Road>(read) && is_area(way.tags()) && !is_ring(way.nodes())) {
    return DroppedWay{"閉じていない広場"};
  }
  if (auto* road = std::get_if<Road>(&read)) {
    road->way_id = way.id();
  }
  return read;
}

// Files merged from overlapping extracts hold the same way twice.
void drop_repeated(std::vector<SourceWay>& ways, BuildReport& report) {
  const auto way_id = [](const SourceWay& way) { return way.road.way_id; };
  std::ranges::stable_sort(ways, {}, way_id);
  const auto same_way = [](const SourceWay& a, const SourceWay& b) {
    return a.road.way_id == b.road.way_id;
  };
  const auto repeated = std::unique(ways.begin(), ways.end(), same_way);
  if (repeated != ways.end()) {
    report.ways_dropped["同じ番号のwayの重複"] += static_cast<std::size_t>(ways.end() - repeated);
    ways.erase(repeated, ways.end());
  }
}

SourceMap read_ways(const std::filesystem::path& file, const Progress& progress,
                    BuildReport& report) {
  SourceMap map;
  OsmPass pass(file, osmium::osm_entity_bits::way, "道路の読み込み", progress);
  pass.for_each<osmium::Way>([&](const osmium::Way& way) {
    if (!is_way_to_read(way.tags())) {
      return;
    }
    ++report.ways_read;
    auto read = read_way(way);
    if (const auto* dropped = std::get_if<DroppedWay>(&read)) {
      ++report.ways_dropped[dropped->reason];
      return;
    }
    const std::size_t first = map.refs.size();
    for (const osmium::NodeRef& node : way.nodes()) {
      map.refs.push_back(node.ref());
    }
    map.ways.push_back(
        {std::get<Road>(read), std::string(name_of(way.tags())), first, map.refs.size()});
  });
  drop_repeated(map.ways, report);
  return map;
}

void read_nodes(const std::filesystem::path& file, const Progress& progress, SourceMap& map) {
  map.node_ids = map.refs;
  std::ranges::sort(map.node_ids);
  map.node_ids.erase(std::unique(map.node_ids.begin(), map.node_ids.end()), map.node_ids.end());
  map.nodes.resize(map.node_ids.size());

  OsmPass pass(file, osmium::osm_entity_bits::node, "座標の読み込み", progress);
  pass.for_each<osmium::Node>([&map](const osmium::Node& node) {
    const auto found = std::ranges::lower_bound(map.node_ids, node.id());
    if (found == map.node_ids.end() || *found != node.id() || !node.location().valid()) {
      return;
    }
    SourceNode& known = map.nodes[static_cast<std::size_t>(found - map.node_ids.begin())];
    known.position = {node.location().y(), node.location().x()};
    known.placed = true;
    known.obstacle = obstacle_of(node.tags());
  });
}

}  // namespace

RoadImport import_osm(const std::filesystem::path& file, const Progress& progress) {
  expect_file(file);
  BuildReport report;
  SourceMap map = read_ways(file, progress, report);
  read_nodes(file, progress, map);
  if (progress) {
    progress("道路網の組み立て", 0);
  }
  RoadGraph graph = cut_ways(map, report);
  if (graph.edge_count() == 0) {
    throw InputError(file.string() + " には使える道路が1本もありません（highwayのついたway " +
                     std::to_string(report.ways_read) +
                     "本）。対象地域の道路を含むデータを使ってください");
  }
  if (progress) {
    progress("道路網の組み立て", 1);
  }
  return {std::move(graph), std::move(report)};
}

}  // namespace route
