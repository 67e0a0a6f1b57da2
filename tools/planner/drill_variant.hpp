// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "route/drill_scene.hpp"

namespace planner {

/// A scene with one thing changed, and the state of the roads where that is its own. Everybody
/// keeps the number, so that both scenes are played with the same random numbers.
struct SceneVariant {
  route::DrillScene scene;
  std::vector<std::unique_ptr<const route::ClosingTimes>> closes = {};
  std::vector<std::unique_ptr<const route::BlockageChances>> blocked = {};
  std::vector<std::unique_ptr<const std::vector<route::RoadClosing>>> reopens = {};
};

/// Somebody new who fetches people.
struct NewHelper {
  std::uint32_t home = 0;  ///< place
  std::uint32_t mode = 0;
  std::uint32_t behaviour = 0;
  std::vector<std::uint32_t> people;  ///< in the order of the trips; not empty
  route::Weight margin = 0;           ///< must be in a shelter so long before a person's deadline
};

// All are pure: the scene given stays as it is.

/// So many supporters more, planned beside those there are; told with the first of the people.
[[nodiscard]] SceneVariant with_supporters(const route::DrillScene& scene, const NewHelper& helper,
                                           std::uint32_t count);
/// A vehicle with its driver. The people ride in it, straight to their shelter. The driver is one
/// of the hands they need; of the supporters planned as many stay as are needed besides.
[[nodiscard]] SceneVariant with_vehicle(const route::DrillScene& scene, const NewHelper& driver);
/// The shelter opens at that time.
[[nodiscard]] SceneVariant with_opening(const route::DrillScene& scene, std::uint32_t shelter,
                                        route::Weight at);
/// More seats of a class.
[[nodiscard]] SceneVariant with_seats(const route::DrillScene& scene, std::uint32_t shelter,
                                      std::size_t seat_class, std::uint32_t more);
/// So many times the people get through the door in a minute.
[[nodiscard]] SceneVariant with_reception(const route::DrillScene& scene, std::uint32_t shelter,
                                          double factor);
/// No rubble, no closing and no queue on these roads.
[[nodiscard]] SceneVariant with_clear_road(const route::DrillScene& scene,
                                           std::span<const route::EdgeId> road);
/// These people are ordered to leave at that time, with the supporters who go to one of them first.
[[nodiscard]] SceneVariant with_order(const route::DrillScene& scene,
                                      std::span<const std::uint32_t> people, route::Weight at);

/// The supporter cannot come.
[[nodiscard]] SceneVariant without_supporter(const route::DrillScene& scene,
                                             std::uint32_t supporter);
/// The shelter takes nobody, and nobody knows before standing at its door.
[[nodiscard]] SceneVariant without_shelter(const route::DrillScene& scene, std::uint32_t shelter);
/// Nobody gets through the road, whoever moves how; who lives on it gets out at one of its ends.
[[nodiscard]] SceneVariant without_road(const route::DrillScene& scene, route::EdgeId road);

}  // namespace planner
