// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "planner/drill_report.hpp"
#include "route/drill_scene.hpp"

namespace planner {

/// What no run of a scene can beat, whatever chance brings. Two relaxations:
/// each person for itself: order, shortest delays of the quantile functions, free-flow time on open
/// roads to the nearest of the person's shelters, its opening, its door with nobody before it
/// (supporters are at the door as soon as they are ready);
/// each door for itself: from its opening or the first possible arrival on, without a pause.
class CompletionBound {
 public:
  explicit CompletionBound(const route::DrillScene& scene);

  /// The earliest moment at which each person can be inside; `kInfinity` = never.
  [[nodiscard]] const std::vector<route::Weight>& earliest() const { return earliest_; }
  /// No run has more people than this inside at a time.
  [[nodiscard]] std::size_t most_inside(route::Weight at) const;
  /// No run has so many people inside earlier; `kInfinity` = not before the horizon.
  [[nodiscard]] route::Weight earliest_for(std::size_t people) const;

 private:
  /// Somebody who cannot be before the shelter sooner.
  void admit(const route::DrillScene& scene, std::uint32_t person, std::uint32_t shelter,
             route::Weight arrives);

  struct Door {
    route::Weight begin = 0;
    double people_per_ms = 0;  ///< 0 = as many as like
  };
  std::vector<route::Weight> earliest_;
  std::vector<route::Weight> sorted_;
  std::vector<Door> doors_;
  route::Weight horizon_ = 0;
};

/// The table `bound`: minute, most (people inside after that minute in any run).
[[nodiscard]] registry::ResultTable bound_table(const route::DrillScene& scene);

/// 完了時間の下限 against the result. None without the table.
[[nodiscard]] std::vector<DrillSection> bound_sections(const registry::ResultFile& results);

}  // namespace planner
