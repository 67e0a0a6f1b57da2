// SPDX-License-Identifier: Apache-2.0
#include "route/osm_import.hpp"

#include <algorithm>
#include <new>
#include <osmium/io/any_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm/node.hpp>
#include <osmium/osm/way.hpp>
#include <utility>
#include <variant>

#include "osm_tags.hpp"
#include "route/error.hpp"
#include "way_cutter.hpp"

namespace route {
namespace {

// Calls what may meet broken data and turns whatever the reader throws into our error.
template <class Call>
auto reading(const std::filesystem::path& file, Call call) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& problem) {
    throw InputError(file.string() + " をOpenStreetMapのデータとして読めません（" + problem.what() +
                     "）。.osm、.osm.gz、.osm.bz2、.osm.pbf のいずれかを、途中で切れていないか"
                     "確かめて、もう一度入手してください");
  }
}

// One run over the file, with word of its progress at every twentieth.
class Pass {
 public:
  Pass(const std::filesystem::path& file, osmium::osm_entity_bits::type what, std::string_view step,
       const Progress& progress)
      : file_(file), step_(step), progress_(progress), reader_(reading(file, [&] {
          return std::make_unique<osmium::io::Reader>(osmium::io::File(file.string()), what,
                                                      osmium::io::read_meta::no);
        })) {
    tell(0);
  }

  template <class Item, class Visit>
  void for_each(Visit visit) {
    while (osmium::memory::Buffer buffer = reading(file_, [this] { return reader_->read(); })) {
      for (const Item& item : buffer.select<Item>()) {
        visit(item);
      }
      const double size = static_cast<double>(std::max<std::size_t>(reader_->file_size(), 1));
      tell(std::min(static_cast<double>(reader_->offset()) / size, 1.0));
    }
    reading(file_, [this] { reader_->close(); });
    tell(1);
  }

  [[nodiscard]] bool has_history() {
    return reading(file_, [this] { return reader_->header().has_multiple_object_versions(); });
  }

 private:
  void tell(double share) {
    constexpr double kStep = 0.05;
    if (progress_ && (share >= next_ || share >= 1)) {
      progress_(step_, share);
      next_ = share + kStep;
    }
  }

  const std::filesystem::path& file_;
  std::string_view step_;
  const Progress& progress_;
  double next_ = 0;
  std::unique_ptr<osmium::io::Reader> reader_;
};

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
  Pass pass(file, osmium::osm_entity_bits::way, "道路の読み込み", progress);
  if (pass.has_history()) {
    throw InputError(file.string() +
                     " は履歴つきのデータです。ある時点だけを取り出したものを使ってください");
  }
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

  Pass pass(file, osmium::osm_entity_bits::node, "座標の読み込み", progress);
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
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw InputError(file.string() +
                     " がないか、ファイルではありません。道路データの場所を"
                     "確かめてください");
  }
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
