// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "planner/evacuation_planner.hpp"
#include "support/map_sketch.hpp"

namespace scenario {

/// A town drawn in letters with people, supporters and shelters, planned for by the rules that are
/// shipped. Everything may be changed until `plan` is called.
class DrawnTown {
 public:
  explicit DrawnTown(std::string_view drawing, const support::MapSketch::Change& change = {});

  /// A designated shelter for direct arrival, suited to every hazard. The name is its id.
  registry::Shelter& shelter(const std::string& name, char at, int capacity = 100);
  /// Lives at a node and needs one seat.
  registry::PlanSubject& person(const std::string& id, char home, registry::Mobility mobility);
  /// Has agreed to help the person; the name is the id.
  registry::Supporter& supporter(registry::PlanSubject& person, const std::string& name, char home,
                                 const std::string& role = "同行");
  /// A square around a node, as wide as a cell.
  void zone(route::HazardKind kind, std::uint8_t rank, char around,
            std::optional<std::uint32_t> arrival_s = {});
  void close(char a, char b);

  /// The plans of everybody, in the order in which they were added.
  [[nodiscard]] planner::PlanReport plan();
  /// As `plan` starts from it; refers to this town.
  [[nodiscard]] planner::PlanWorld world();
  /// The course of the first hazard.
  [[nodiscard]] registry::PlanCourse course_of(const std::string& person);

  std::vector<registry::HazardKind> hazards = {registry::HazardKind::Flood};
  std::map<registry::PersonId, registry::EvacuationPlan> stored;
  std::vector<registry::Shelter> shelters;

 private:
  [[nodiscard]] registry::Position position(char node) const;

  support::MapSketch town_;
  registry::LocalPlan local_plan_;
  planner::MobilityRules mobility_;
  planner::AcceptanceRules acceptance_;
  planner::PlanningRules rules_;
  route::HazardMap hazard_map_;
  std::vector<route::Closure> closures_;
  std::deque<registry::PlanSubject> people_;  // references stay
  std::unique_ptr<planner::CityRoads> roads_;
  std::unique_ptr<planner::PlanRequest> request_;
};

}  // namespace scenario
