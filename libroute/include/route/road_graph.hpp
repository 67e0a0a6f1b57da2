// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "route/geo.hpp"
#include "route/ids.hpp"
#include "route/net_view.hpp"
#include "route/road.hpp"
#include "route/units.hpp"

namespace route {

/// The roads of a town: an immutable forward star (and its reverse) with one `Road` and one shape
/// per edge. Every edge has exactly two arcs, forward and backward; whether a direction may be
/// used is a matter of the mobility profile, so it lives in the `Metric`.
///
/// In memory the graph *is* its file (`docs/file_formats.md`): building writes the image, saving
/// writes the image out, loading maps it. Move-only; all const members are safe from any thread.
class RoadGraph {
 public:
  /// Takes over an image made by `GraphBuilder` or read from elsewhere; checks magic, version,
  /// section bounds, checksum and every index. Throws `InputError` naming what is wrong.
  static RoadGraph from_image(std::vector<std::byte> image);
  /// Maps a saved graph read-only. Throws `InputError` for a file that is not one, is damaged or
  /// has another version; `Error` when it cannot be read.
  static RoadGraph map(const std::filesystem::path& file);

  RoadGraph(const RoadGraph&) = delete;
  RoadGraph& operator=(const RoadGraph&) = delete;
  RoadGraph(RoadGraph&&) noexcept;
  RoadGraph& operator=(RoadGraph&&) noexcept;
  ~RoadGraph();

  /// The whole saved form; write these bytes to a file and `map` it later.
  [[nodiscard]] std::span<const std::byte> image() const { return image_; }

  [[nodiscard]] std::size_t node_count() const { return positions_.size(); }
  [[nodiscard]] std::size_t arc_count() const { return heads_.size(); }
  [[nodiscard]] std::size_t edge_count() const { return roads_.size(); }
  [[nodiscard]] IdRange<NodeId> nodes() const {
    return {NodeId{0}, NodeId{static_cast<std::uint32_t>(node_count())}};
  }
  [[nodiscard]] IdRange<ArcId> arcs() const {
    return {ArcId{0}, ArcId{static_cast<std::uint32_t>(arc_count())}};
  }
  [[nodiscard]] IdRange<EdgeId> edges() const {
    return {EdgeId{0}, EdgeId{static_cast<std::uint32_t>(edge_count())}};
  }

  /// Arcs that leave the node; their ids are consecutive.
  [[nodiscard]] IdRange<ArcId> arcs_out(NodeId node) const {
    return {ArcId{first_out_[node.value]}, ArcId{first_out_[node.value + 1]}};
  }
  /// Arcs that enter the node.
  [[nodiscard]] std::span<const ArcId> arcs_in(NodeId node) const {
    return arcs_in_.subspan(first_in_[node.value],
                            first_in_[node.value + 1] - first_in_[node.value]);
  }
  [[nodiscard]] NodeId tail(ArcId arc) const { return tails_[arc.value]; }
  [[nodiscard]] NodeId head(ArcId arc) const { return heads_[arc.value]; }
  [[nodiscard]] EdgeId edge(ArcId arc) const { return EdgeId{arc_edges_[arc.value] >> 1}; }
  /// Whether the arc runs in the direction of its edge's shape.
  [[nodiscard]] bool is_forward(ArcId arc) const { return (arc_edges_[arc.value] & 1) == 0; }
  [[nodiscard]] ArcId forward_arc(EdgeId edge) const {
    return edge_arcs_[std::size_t{2} * edge.value];
  }
  [[nodiscard]] ArcId backward_arc(EdgeId edge) const {
    return edge_arcs_[std::size_t{2} * edge.value + 1];
  }

  [[nodiscard]] LatLon position(NodeId node) const { return positions_[node.value]; }
  /// Id of the node in its source (OSM node id), or 0.
  [[nodiscard]] std::int64_t source_id(NodeId node) const { return source_ids_[node.value]; }
  [[nodiscard]] const Road& road(EdgeId edge) const { return roads_[edge.value]; }
  /// Shape of the edge, from its tail's position to its head's, at least two points.
  [[nodiscard]] std::span<const LatLon> shape(EdgeId edge) const {
    return points_.subspan(first_point_[edge.value],
                           first_point_[edge.value + 1] - first_point_[edge.value]);
  }
  /// Name of the road in UTF-8; empty when it has none.
  [[nodiscard]] std::string_view name(EdgeId edge) const;
  /// The bare topology, valid as long as the graph.
  [[nodiscard]] NetView net() const { return {first_out_, heads_, positions_}; }
  /// Every node once, least important first: the order of its contraction hierarchy.
  [[nodiscard]] std::span<const NodeId> order() const { return order_; }
  /// Box around everything; not meaningful for an empty graph.
  [[nodiscard]] const Box& bounds() const { return bounds_; }

 private:
  class Storage;
  explicit RoadGraph(std::unique_ptr<Storage> storage);

  std::unique_ptr<Storage> storage_;
  std::span<const std::byte> image_;
  std::span<const LatLon> positions_;
  std::span<const std::int64_t> source_ids_;
  std::span<const std::uint32_t> first_out_;
  std::span<const NodeId> heads_;
  std::span<const NodeId> tails_;
  std::span<const std::uint32_t> arc_edges_;  // edge id * 2 + (0 forward, 1 backward)
  std::span<const std::uint32_t> first_in_;
  std::span<const ArcId> arcs_in_;
  std::span<const ArcId> edge_arcs_;
  std::span<const Road> roads_;
  std::span<const std::uint32_t> first_point_;
  std::span<const LatLon> points_;
  std::span<const char> names_;
  std::span<const NodeId> order_;
  Box bounds_;
};

}  // namespace route
