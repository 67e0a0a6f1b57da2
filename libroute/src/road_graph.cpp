// SPDX-License-Identifier: Apache-2.0
#include "route/road_graph.hpp"

#include <algorithm>
#include <boost/interprocess/file_mapping.hpp>
#include <boost/interprocess/mapped_region.hpp>
#include <string>
#include <system_error>
#include <utility>

#include "graph_image.hpp"
#include "route/error.hpp"

namespace route {
namespace {

void require(bool holds, const char* what) {
  if (!holds) {
    refuse_image(what);
  }
}

template <class T>
std::span<const T> section(std::span<const std::byte> image, const SectionPlace& place) {
  return {reinterpret_cast<const T*>(image.data() + place.offset), place.bytes / sizeof(T)};
}

// `first[i] .. first[i + 1]` must be runs that cover 0 .. `end` in order.
void check_runs(std::span<const std::uint32_t> first, std::size_t end, const char* what) {
  require(first.front() == 0 && first.back() == end && std::ranges::is_sorted(first), what);
}

bool on_earth(LatLon p) {
  return p.lat_e7 >= -900'000'000 && p.lat_e7 <= 900'000'000 && p.lon_e7 >= -1'800'000'000 &&
         p.lon_e7 <= 1'800'000'000;
}

void check_arcs_out(const RoadGraph& graph) {
  for (const NodeId node : graph.nodes()) {
    for (const ArcId arc : graph.arcs_out(node)) {
      require(graph.tail(arc) == node, "出発節点の合わない区間があります");
      require(graph.head(arc).value < graph.node_count(), "行先のない区間があります");
      require(graph.edge(arc).value < graph.edge_count(), "道路に属さない区間があります");
      const EdgeId edge = graph.edge(arc);
      const ArcId listed =
          graph.is_forward(arc) ? graph.forward_arc(edge) : graph.backward_arc(edge);
      require(listed == arc, "道路と区間の対応が壊れています");
    }
  }
}

// Ascending arcs and equal counts make this list a permutation of the arcs.
void check_arcs_in(const RoadGraph& graph) {
  for (const NodeId node : graph.nodes()) {
    ArcId before;
    for (const ArcId arc : graph.arcs_in(node)) {
      require(arc.value < graph.arc_count() && graph.head(arc) == node,
              "到着節点の合わない区間があります");
      require(!before.valid() || before < arc, "到着区間の並びが壊れています");
      before = arc;
    }
  }
}

bool values_known(const Road& road) {
  return road.road_class <= RoadClass::Unknown && road.surface <= Surface::Soft &&
         road.smoothness <= Smoothness::Impassable && road.barrier <= Barrier::Wall &&
         road.foot <= Tri::Yes && road.wheelchair <= Tri::Yes && road.vehicle <= Tri::Yes &&
         road.lit <= Tri::Yes && road.bridge <= 1 && road.tunnel <= 1 && road.ford <= 1 &&
         road.crossing <= 1 && road.sidewalk <= 1 && road.oneway_vehicle <= 2 &&
         road.oneway_foot <= 2;
}

void check_edges(const RoadGraph& graph, std::span<const char> names) {
  for (const EdgeId edge : graph.edges()) {
    const ArcId forward = graph.forward_arc(edge);
    const ArcId backward = graph.backward_arc(edge);
    const NodeId from = graph.tail(forward);
    const NodeId to = graph.head(forward);
    require(graph.tail(backward) == to && graph.head(backward) == from,
            "往復の区間が対になっていません");
    const auto shape = graph.shape(edge);
    require(shape.size() >= 2 && shape.front() == graph.position(from) &&
                shape.back() == graph.position(to),
            "形状が両端の節点につながっていません");
    const Road& road = graph.road(edge);
    require(values_known(road), "知らない属性値があります");
    require(road.name < names.size() && (road.name == 0 || names[road.name - 1] == '\0'),
            "道路名の位置が壊れています");
  }
}

void check_order(std::span<const NodeId> order) {
  std::vector<bool> seen(order.size());
  for (const NodeId node : order) {
    require(node.value < order.size() && !seen[node.value], "節点の順序が壊れています");
    seen[node.value] = true;
  }
}

}  // namespace

/// Bytes of our own or pages of a file.
class RoadGraph::Storage {
 public:
  explicit Storage(std::vector<std::byte> bytes) : bytes_(std::move(bytes)), view_(bytes_) {}
  explicit Storage(boost::interprocess::mapped_region region)
      : region_(std::move(region)),
        view_(static_cast<const std::byte*>(region_.get_address()), region_.get_size()) {}

  [[nodiscard]] std::span<const std::byte> view() const { return view_; }

 private:
  std::vector<std::byte> bytes_;
  boost::interprocess::mapped_region region_;
  std::span<const std::byte> view_;
};

RoadGraph::RoadGraph(std::unique_ptr<Storage> storage)
    : storage_(std::move(storage)), image_(storage_->view()) {
  const ImageHeader header = read_header(image_);
  bounds_ = header.bounds;
  positions_ = section<LatLon>(image_, header.place(Section::Positions));
  source_ids_ = section<std::int64_t>(image_, header.place(Section::SourceIds));
  first_out_ = section<std::uint32_t>(image_, header.place(Section::FirstOut));
  heads_ = section<NodeId>(image_, header.place(Section::Heads));
  tails_ = section<NodeId>(image_, header.place(Section::Tails));
  arc_edges_ = section<std::uint32_t>(image_, header.place(Section::ArcEdges));
  first_in_ = section<std::uint32_t>(image_, header.place(Section::FirstIn));
  arcs_in_ = section<ArcId>(image_, header.place(Section::ArcsIn));
  edge_arcs_ = section<ArcId>(image_, header.place(Section::EdgeArcs));
  roads_ = section<Road>(image_, header.place(Section::Roads));
  first_point_ = section<std::uint32_t>(image_, header.place(Section::FirstPoint));
  points_ = section<LatLon>(image_, header.place(Section::Points));
  names_ = section<char>(image_, header.place(Section::Names));
  order_ = section<NodeId>(image_, header.place(Section::Order));

  check_runs(first_out_, heads_.size(), "出発区間の並びが壊れています");
  check_runs(first_in_, arcs_in_.size(), "到着区間の並びが壊れています");
  check_runs(first_point_, points_.size(), "形状の並びが壊れています");
  require(std::ranges::all_of(positions_, on_earth) && std::ranges::all_of(points_, on_earth),
          "緯度経度が範囲の外です");
  require(!names_.empty() && names_.front() == '\0' && names_.back() == '\0',
          "道路名の終わりがありません");
  check_arcs_out(*this);
  check_arcs_in(*this);
  check_edges(*this, names_);
  check_order(order_);
}

RoadGraph::RoadGraph(RoadGraph&&) noexcept = default;
RoadGraph& RoadGraph::operator=(RoadGraph&&) noexcept = default;
RoadGraph::~RoadGraph() = default;

RoadGraph RoadGraph::from_image(std::vector<std::byte> image) {
  return RoadGraph(std::make_unique<Storage>(std::move(image)));
}

RoadGraph RoadGraph::map(const std::filesystem::path& file) {
  namespace ipc = boost::interprocess;
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error) {
    throw Error("保存された道路網 " + file.string() + " を読めません: " + error.message());
  }
  if (size == 0) {
    refuse_image(file.string() + " は空です");
  }
  ipc::mapped_region region;
  try {
    const ipc::file_mapping mapping(file.c_str(), ipc::read_only);
    region = ipc::mapped_region(mapping, ipc::read_only);
  } catch (const ipc::interprocess_exception& problem) {
    throw Error("保存された道路網 " + file.string() + " を読めません: " + problem.what());
  }
  return RoadGraph(std::make_unique<Storage>(std::move(region)));
}

std::string_view RoadGraph::name(EdgeId edge) const {
  return {names_.data() + roads_[edge.value].name};
}

}  // namespace route
