// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planner/drill_world.hpp"

namespace planner {

/// What the orders mean at one place.
struct AreaTimes {
  std::uint32_t order = 0;  ///< into `DrillTimes::orders`, or `route::kNoIndex`
  std::optional<std::int64_t> deadline_s;
  std::size_t area = 0;  ///< into `DrillTimes::area_names`
};

struct OpenHours {
  std::int64_t opens_s = 0;
  std::optional<std::int64_t> closes_s;
  std::optional<std::uint32_t> seats;
};

/// The scenario's times and shares as the simulation wants them.
class DrillTimes {
 public:
  explicit DrillTimes(const DrillRequest& request);

  /// One per order; where nothing is ordered the event itself is the signal, at 0.
  [[nodiscard]] std::vector<route::DrillOrder> orders() const;
  /// Level 3 or 4 makes people leave; where level 5 comes first nobody goes out any more. They
  /// must be safe when the next level is ordered, or as long after the order as the plan allows.
  [[nodiscard]] AreaTimes at(registry::Position place,
                             const std::optional<std::int64_t>& limit_s) const;
  /// Names of the districts, the last one for places in none.
  [[nodiscard]] std::vector<std::string> area_names() const;

  [[nodiscard]] OpenHours hours_of(const registry::Shelter& shelter) const;
  /// Whether a welfare shelter opens while the drill lasts: the scenario or the registry says when.
  [[nodiscard]] bool second_stage_opens(const registry::Shelter& shelter) const;

  /// Whether a supporter can usually come on that day at that time.
  [[nodiscard]] bool usually_there(const registry::Availability& available) const;

  [[nodiscard]] route::DrillBehaviour person(Spread preparation) const;
  [[nodiscard]] route::DrillBehaviour supporter(Spread ready, bool usually_there) const;

 private:
  [[nodiscard]] std::vector<route::DrillChannel> channels() const;
  [[nodiscard]] bool holds(const DrillOrder& order, registry::Position place) const;
  [[nodiscard]] std::int64_t signal_s() const;

  const DrillRequest& request_;
  std::vector<const registry::Area*> districts_;
  bool holiday_ = false;
};

}  // namespace planner
