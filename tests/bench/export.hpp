// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

#include "net.hpp"

namespace bench {

/// What of a graph is written, and with how many journeys.
struct ExportRequest {
  const route::RoadGraph& graph;
  const route::Metric& metric;
  std::uint32_t queries = 0;
  std::uint32_t seed = 0;
};

/// Random pairs of the places, the same on every machine.
[[nodiscard]] Journeys draw_journeys(const std::vector<route::NodeId>& places, std::size_t count,
                                     std::uint32_t seed);
/// Fills in the answers by plain Dijkstra.
void answer(const Net& net, Journeys& journeys);

/// The largest part of the roads that the profile can leave and reach, chains collapsed, with
/// random journeys answered by plain Dijkstra. Throws when nothing is left.
struct Exported {
  Net net;
  Journeys journeys;
};
[[nodiscard]] Exported make_export(const ExportRequest& request);

}  // namespace bench
