// SPDX-License-Identifier: Apache-2.0
#include "route/graph_builder.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>

#include "graph_image.hpp"
#include "route/error.hpp"
#include "route/node_order.hpp"

namespace route {
namespace {

constexpr std::size_t kMaxEdges = std::size_t{1} << 30;  // so that arcs stay within 2^31
constexpr std::size_t kMaxCount = std::numeric_limits<std::uint32_t>::max();

std::uint32_t length_of(const Polyline& shape) {
  double sum_m = 0;
  bool moves = false;
  for (std::size_t i = 1; i < shape.size(); ++i) {
    sum_m += distance_m(shape[i - 1], shape[i]);
    moves = moves || shape[i - 1] != shape[i];
  }
  const double length_mm = std::round(sum_m * 1000);
  if (length_mm >= static_cast<double>(std::numeric_limits<Millimetres>::max())) {
    throw InputError("交差点間の道路が4,294kmを超えています。座標を確かめてください");
  }
  if (moves && length_mm < 1) {
    return 1;
  }
  return static_cast<Millimetres>(length_mm);
}

// Turns counts by node into the first index of each node, with the end as last entry.
void sum_up(std::vector<std::uint32_t>& first) {
  std::uint32_t before = 0;
  for (std::uint32_t& entry : first) {
    before += std::exchange(entry, before);
  }
}

}  // namespace

struct GraphBuilder::Parts {
  GraphColumns columns;
  std::vector<std::pair<NodeId, NodeId>> ends;  // by edge
  std::unordered_map<std::string, std::uint32_t> name_offsets;

  Parts() {
    columns.names.push_back('\0');
    columns.first_point.push_back(0);
  }

  std::uint32_t offset_of(std::string_view name);
  void sort_arcs();
  void list_arcs_in();
};

std::uint32_t GraphBuilder::Parts::offset_of(std::string_view name) {
  if (name.empty()) {
    return 0;
  }
  TOMONI_EXPECT(name.find('\0') == std::string_view::npos);
  const auto [entry, is_new] =
      name_offsets.emplace(name, static_cast<std::uint32_t>(columns.names.size()));
  if (is_new) {
    if (columns.names.size() + name.size() >= kMaxCount) {
      throw InputError("道路名が4GiBを超えています。範囲を狭めて読み込んでください");
    }
    columns.names.insert(columns.names.end(), name.begin(), name.end());
    columns.names.push_back('\0');
  }
  return entry->second;
}

// Counting sort by tail; edges in order of insertion, forward before backward.
void GraphBuilder::Parts::sort_arcs() {
  columns.first_out.assign(columns.positions.size() + 1, 0);
  for (const auto& [from, to] : ends) {
    ++columns.first_out[from.value];
    ++columns.first_out[to.value];
  }
  sum_up(columns.first_out);
  std::vector<std::uint32_t> next(columns.first_out);
  const std::size_t arcs = 2 * ends.size();
  columns.heads.resize(arcs);
  columns.tails.resize(arcs);
  columns.arc_edges.resize(arcs);
  columns.edge_arcs.resize(arcs);
  std::uint32_t code = 0;
  for (const auto& [from, to] : ends) {
    for (const auto& [tail, head] : {std::pair{from, to}, std::pair{to, from}}) {
      const std::uint32_t arc = next[tail.value]++;
      columns.heads[arc] = head;
      columns.tails[arc] = tail;
      columns.arc_edges[arc] = code;
      columns.edge_arcs[code] = ArcId{arc};
      ++code;
    }
  }
}

void GraphBuilder::Parts::list_arcs_in() {
  columns.first_in.assign(columns.positions.size() + 1, 0);
  for (const NodeId head : columns.heads) {
    ++columns.first_in[head.value];
  }
  sum_up(columns.first_in);
  std::vector<std::uint32_t> next(columns.first_in);
  columns.arcs_in.resize(columns.heads.size());
  for (std::uint32_t arc = 0; arc < columns.heads.size(); ++arc) {
    columns.arcs_in[next[columns.heads[arc].value]++] = ArcId{arc};
  }
}

GraphBuilder::GraphBuilder() : parts_(std::make_unique<Parts>()) {}
GraphBuilder::GraphBuilder(GraphBuilder&&) noexcept = default;
GraphBuilder& GraphBuilder::operator=(GraphBuilder&&) noexcept = default;
GraphBuilder::~GraphBuilder() = default;

NodeId GraphBuilder::add_node(LatLon position, std::int64_t source_id) {
  GraphColumns& columns = parts_->columns;
  if (columns.positions.size() >= kMaxCount - 1) {
    throw InputError("節点が4,294,967,294個を超えています。範囲を狭めて読み込んでください");
  }
  columns.positions.push_back(position);
  columns.source_ids.push_back(source_id);
  return NodeId{static_cast<std::uint32_t>(columns.positions.size() - 1)};
}

EdgeId GraphBuilder::add_edge(NodeId from, NodeId to, Road road, const Polyline& shape,
                              std::string_view name) {
  GraphColumns& columns = parts_->columns;
  TOMONI_EXPECT(from.value < columns.positions.size() && to.value < columns.positions.size());
  TOMONI_EXPECT(shape.size() >= 2);
  TOMONI_EXPECT(shape.front() == columns.positions[from.value]);
  TOMONI_EXPECT(shape.back() == columns.positions[to.value]);
  if (columns.points.size() + shape.size() > kMaxCount) {
    throw InputError("道路の形状点が4,294,967,295個を超えています。範囲を狭めて読み込んでください");
  }
  road.name = parts_->offset_of(name);
  if (road.length_mm == 0) {
    road.length_mm = length_of(shape);
  }
  columns.roads.push_back(road);
  columns.points.insert(columns.points.end(), shape.begin(), shape.end());
  columns.first_point.push_back(static_cast<std::uint32_t>(columns.points.size()));
  parts_->ends.emplace_back(from, to);
  return EdgeId{static_cast<std::uint32_t>(columns.roads.size() - 1)};
}

EdgeId GraphBuilder::add_edge(NodeId from, NodeId to, Road road, std::string_view name) {
  const std::vector<LatLon>& positions = parts_->columns.positions;
  TOMONI_EXPECT(from.value < positions.size() && to.value < positions.size());
  return add_edge(from, to, road, {positions[from.value], positions[to.value]}, name);
}

RoadGraph GraphBuilder::build() {
  const std::unique_ptr<Parts> parts = std::exchange(parts_, std::make_unique<Parts>());
  if (parts->ends.size() > kMaxEdges) {
    throw InputError("道路の区間が1,073,741,824個を超えています。範囲を狭めて読み込んでください");
  }
  parts->sort_arcs();
  parts->list_arcs_in();
  GraphColumns& columns = parts->columns;
  columns.order = nested_dissection({columns.first_out, columns.heads, columns.positions});
  return RoadGraph::from_image(write_image(parts->columns));
}

RoadGraph with_slopes(const RoadGraph& graph, std::span<const std::int16_t> slopes_permille) {
  TOMONI_EXPECT(slopes_permille.size() == graph.edge_count());
  return RoadGraph::from_image(replace_slopes(graph.image(), slopes_permille));
}

}  // namespace route
