// SPDX-License-Identifier: Apache-2.0
#include "separator.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "flow_cutter.hpp"

namespace route {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kDirections = 4;
/// Share of the nodes that each end of a piece begins with.
constexpr double kEndShare = 0.05;

/// Nodes by their position along a direction.
std::vector<std::uint32_t> along(double angle, std::span<const PlanePoint> places,
                                 std::vector<float>& key) {
  const auto cosine = static_cast<float>(std::cos(angle));
  const auto sine = static_cast<float>(std::sin(angle));
  key.resize(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    key[i] = cosine * places[i].x + sine * places[i].y;
  }
  std::vector<std::uint32_t> nodes(places.size());
  std::iota(nodes.begin(), nodes.end(), 0U);
  return nodes;
}

}  // namespace

std::vector<Part> find_separator(const UndirectedGraph& graph, std::span<const PlanePoint> places) {
  std::vector<Part> best(graph.node_count(), Part::Separator);
  double best_expansion = std::numeric_limits<double>::max();
  std::vector<float> key;
  FlowCutter cutter(graph);
  const auto ends = std::max<std::size_t>(
      1, static_cast<std::size_t>(kEndShare * static_cast<double>(places.size())));
  for (int direction = 0; direction < kDirections; ++direction) {
    auto nodes = along(kPi * direction / kDirections, places, key);
    const auto less = [&](std::uint32_t a, std::uint32_t b) {
      return key[a] < key[b] || (key[a] == key[b] && a < b);
    };
    const auto first_end = nodes.begin() + static_cast<std::ptrdiff_t>(ends);
    const auto last_begin = nodes.end() - static_cast<std::ptrdiff_t>(ends);
    std::nth_element(nodes.begin(), first_end, nodes.end(), less);
    std::nth_element(first_end, last_begin, nodes.end(), less);
    cutter.start({nodes.begin(), first_end}, {last_begin, nodes.end()}, key);
    while (cutter.next_cut(best_expansion)) {
      if (cutter.expansion() < best_expansion) {
        best_expansion = cutter.expansion();
        cutter.copy_parts(best);
      }
    }
  }
  return best;
}

}  // namespace route
