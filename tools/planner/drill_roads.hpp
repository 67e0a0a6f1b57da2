// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "planner/drill_world.hpp"
#include "route/closed_spans.hpp"

namespace planner {

/// The roads of the day of the drill, mode by mode.
class DrillRoadMaker {
 public:
  DrillRoadMaker(const PlanWorld& world, const DrillRequest& request);

  /// Index of the mode of this profile; made when it is new.
  std::uint32_t mode(const std::string& profile);
  [[nodiscard]] std::vector<std::unique_ptr<DrillRoads>> take() { return std::move(roads_); }
  [[nodiscard]] std::size_t size() const { return roads_.size(); }

  /// Where a place is joined to the roads of a mode: open ones first, else one that will reopen.
  [[nodiscard]] std::optional<route::RoadPosition> join(std::uint32_t mode,
                                                        route::LatLon place) const;
  [[nodiscard]] route::DrillMode described(std::uint32_t mode) const;
  /// Roads so narrow that people queue.
  [[nodiscard]] std::vector<route::NarrowArc> narrow() const;

 private:
  [[nodiscard]] std::unique_ptr<DrillRoads> made(const std::string& profile) const;
  [[nodiscard]] std::vector<route::EdgeId> close(const std::vector<route::ClosedSpan>& spans,
                                                 DrillRoads& roads) const;

  const PlanWorld& world_;
  const DrillRequest& request_;
  std::vector<route::Closure> closures_;
  route::ClosureEffect effect_;
  route::IdVector<route::EdgeId, std::vector<route::EdgeHazard>> timed_;
  std::vector<std::unique_ptr<DrillRoads>> roads_;
};

}  // namespace planner
