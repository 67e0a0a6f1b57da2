// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "route/drill_simulation.hpp"

namespace bench {

struct InventedDrillSize {
  std::uint32_t people = 12'000;
  std::uint32_t supporters = 8'000;
  std::uint32_t shelters = 60;
  std::uint32_t vehicles = 20;
  std::uint32_t narrow = 200;
};

enum class DrillHazard : std::uint8_t {
  Water,  ///< rises from the south and closes roads one after the other
  Rubble  ///< lies on one small road in twenty, others in every run
};

/// Invented people, supporters, shelters and vehicles on real roads, in four modes of the shipped
/// profiles. The same seed gives the same scene; every figure of it is invented as well.
class InventedDrill {
 public:
  /// The graph must outlive the drill.
  InventedDrill(const route::RoadGraph& graph, const InventedDrillSize& size, DrillHazard hazard,
                std::uint32_t seed);
  InventedDrill(const InventedDrill&) = delete;
  InventedDrill& operator=(const InventedDrill&) = delete;
  InventedDrill(InventedDrill&&) = delete;
  InventedDrill& operator=(InventedDrill&&) = delete;
  ~InventedDrill() = default;

  /// Refers to the members below.
  [[nodiscard]] const route::DrillScene& scene() const { return scene_; }
  /// The same people on roads of which some close at a time.
  [[nodiscard]] route::DrillScene with_closed(const std::vector<route::EdgeId>& edges,
                                              route::Weight at);
  /// The same people with new plans on roads without some.
  [[nodiscard]] route::DrillScene without(const std::vector<route::EdgeId>& edges);

 private:
  class Maker;
  static constexpr std::size_t kModes = 4;

  const route::RoadGraph& graph_;
  std::array<route::Metric, kModes> metrics_;
  route::ClosingTimes closes_;
  route::BlockageChances chances_;
  std::array<route::Metric, kModes> fewer_;
  route::ClosingTimes sooner_;
  route::DrillScene scene_;
};

}  // namespace bench
