// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "route/metric.hpp"
#include "route/net_view.hpp"
#include "route/road_graph.hpp"
#include "route/units.hpp"

namespace bench {

/// A directed graph with weights that owns its arrays.
struct Net {
  std::vector<std::uint32_t> first_out{0};
  std::vector<route::NodeId> heads;
  std::vector<route::Weight> weights;
  std::vector<route::LatLon> positions;

  [[nodiscard]] route::NetView view() const { return {first_out, heads, positions}; }
};

/// The same graph with every arc turned round.
[[nodiscard]] Net reversed(const Net& net);

/// Pairs of nodes, and what lies between them where that is known.
struct Journeys {
  std::vector<route::NodeId> from;
  std::vector<route::NodeId> to;
  std::vector<route::Weight> answers;  ///< empty, or one per pair

  [[nodiscard]] std::size_t size() const { return from.size(); }
};

/// What a run measures, wherever it came from.
struct Task {
  std::string kind;     ///< "vector_folder" or "city"
  std::string profile;  ///< empty for a vector folder, which has weights instead
  Net net;
  std::vector<route::NodeId> places;  ///< where journeys that are drawn begin and end
  Journeys journeys;                  ///< those of the folder; may be empty
  std::vector<route::NodeId> order;   ///< empty: to be computed

  /// The roads the net came from, for a city only.
  struct City {
    route::RoadGraph graph;
    route::Metric metric;
  };
  std::unique_ptr<const City> city;
};

/// Reads a saved city (`roads.graph`, profiles of the city or else those the project ships) or a
/// vector folder. Throws `route::InputError` for a folder that is neither, or is damaged.
[[nodiscard]] Task read_task(const std::filesystem::path& folder, const std::string& profile);

/// A vector folder: raw little-endian `first_out`, `head`, `travel_time` (uint32), `latitude`,
/// `longitude` (float32); optional `source`, `target`, `travel_time_length` and `order` (uint32).
[[nodiscard]] Task read_vector_folder(const std::filesystem::path& folder);
void write_vector_folder(const std::filesystem::path& folder, const Net& net,
                         const Journeys& journeys);

/// One node per rank, the least important first. Throws unless it is every node once.
[[nodiscard]] std::vector<route::NodeId> read_order(const std::filesystem::path& file,
                                                    std::size_t node_count);
void write_order(const std::filesystem::path& file, std::span<const route::NodeId> order);

/// `roads.graph` as it is, anything else as OpenStreetMap.
[[nodiscard]] route::RoadGraph read_roads(const std::filesystem::path& file);

/// The weights of a profile: from `folder`/rules/profiles.toml, or else as the project ships it.
[[nodiscard]] route::Metric metric_of(const route::RoadGraph& graph,
                                      const std::filesystem::path& folder,
                                      const std::string& profile);

}  // namespace bench
