// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the tags of a whole OpenStreetMap way or node mean together.

#include <string>
#include <string_view>
#include <variant>

#include "route/road.hpp"

namespace osmium {
class TagList;
}

namespace route {

/// Why a way is not part of the road graph.
struct DroppedWay {
  std::string reason;
};

/// Attributes of a way (without id, length and name). Access goes from the most special tag to the
/// most general one and ends with the class of the road:
///   on foot:  foot > access > motorroad=no walking > class
///   vehicles: motorcar > motor_vehicle > vehicle > access > class
/// On foot a motorway is closed, ways made for walking and town streets are open, and roads from
/// secondary upwards are unknown unless they have a pavement: Japanese law lets people walk there,
/// but 自動車専用道路 are often not tagged.
[[nodiscard]] std::variant<Road, DroppedWay> road_of(const osmium::TagList& tags);

/// Whether the tags are those of a way that could carry somebody at all.
[[nodiscard]] bool is_way_to_read(const osmium::TagList& tags);

/// Whether the way is the outline of a square.
[[nodiscard]] bool is_area(const osmium::TagList& tags);

/// `name:ja` before `name`; empty if there is none.
[[nodiscard]] std::string_view name_of(const osmium::TagList& tags);

/// What one meets when passing a node.
struct Obstacle {
  Barrier barrier = Barrier::None;
  bool ford = false;

  [[nodiscard]] bool any() const { return barrier != Barrier::None || ford; }
};

[[nodiscard]] Obstacle obstacle_of(const osmium::TagList& tags);

/// The barrier that is at least as bad as both.
[[nodiscard]] Barrier both(Barrier a, Barrier b);

}  // namespace route
