// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_variant.hpp"

#include <algorithm>
#include <set>

#include "route/error.hpp"

namespace planner {
namespace {

using route::kNoIndex;

/// A number that no supporter has yet. It depends on whom the new one helps, so that the same
/// helper behaves alike in every scene.
std::uint32_t free_number(const route::DrillScene& scene, std::uint32_t wanted) {
  std::set<std::uint32_t> taken;
  for (const route::DrillSupporter& supporter : scene.supporters) {
    taken.insert(supporter.number);
  }
  while (taken.contains(wanted)) {
    ++wanted;
  }
  return wanted;
}

/// Adds the supporter and returns the index.
std::uint32_t add_helper(route::DrillScene& scene, const NewHelper& helper) {
  TOMONI_EXPECT(!helper.people.empty());
  const route::DrillPerson& first = scene.people[helper.people.front()];
  route::DrillSupporter added;
  added.number = free_number(scene, first.number);
  added.home = helper.home;
  added.mode = helper.mode;
  added.behaviour = helper.behaviour;
  added.order = first.order;
  added.people = helper.people;
  for (const std::uint32_t person : helper.people) {
    const route::Weight deadline = scene.people[person].deadline;
    if (deadline < route::kInfinity) {
      added.retreat = std::min(added.retreat, deadline - std::min(deadline, helper.margin));
    }
  }
  scene.supporters.push_back(std::move(added));
  return static_cast<std::uint32_t>(scene.supporters.size() - 1);
}

/// Those planned to fetch the person, in the order in which the plan names them.
std::vector<std::uint32_t> planned_for(const route::DrillScene& scene, std::uint32_t person) {
  std::vector<std::uint32_t> planned;
  for (const std::uint32_t supporter : scene.people[person].supporters) {
    const auto& people = scene.supporters[supporter].people;
    if (std::ranges::find(people, person) != people.end()) {
      planned.push_back(supporter);
    }
  }
  return planned;
}

/// The person goes with the driver and with no more others than are needed.
void ride_along(route::DrillScene& scene, std::uint32_t person, std::uint32_t driver,
                std::uint32_t mode) {
  std::vector<std::uint32_t> others = planned_for(scene, person);
  route::DrillPerson& rider = scene.people[person];
  rider.hands = std::max(1U, rider.hands);
  others.resize(std::min<std::size_t>(others.size(), rider.hands - 1));
  for (const std::uint32_t supporter : rider.supporters) {
    if (std::ranges::find(others, supporter) == others.end()) {
      std::erase(scene.supporters[supporter].people, person);
    }
  }
  rider.supporters = std::move(others);
  rider.supporters.push_back(driver);
  auto& places = scene.places[rider.home].at;
  if (!places[mode]) {
    places[mode] = places[rider.mode];
  }
  rider.mode = mode;
  rider.via = kNoIndex;
  rider.way.clear();
}

}  // namespace

SceneVariant with_supporters(const route::DrillScene& scene, const NewHelper& helper,
                             std::uint32_t count) {
  SceneVariant variant{.scene = scene};
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t added = add_helper(variant.scene, helper);
    for (const std::uint32_t person : helper.people) {
      variant.scene.people[person].supporters.push_back(added);
    }
  }
  return variant;
}

SceneVariant with_vehicle(const route::DrillScene& scene, const NewHelper& driver) {
  SceneVariant variant{.scene = scene};
  const std::uint32_t added = add_helper(variant.scene, driver);
  for (const std::uint32_t person : driver.people) {
    ride_along(variant.scene, person, added, driver.mode);
  }
  return variant;
}

SceneVariant with_opening(const route::DrillScene& scene, std::uint32_t shelter, route::Weight at) {
  SceneVariant variant{.scene = scene};
  variant.scene.shelters[shelter].opens = at;
  return variant;
}

SceneVariant with_seats(const route::DrillScene& scene, std::uint32_t shelter,
                        std::size_t seat_class, std::uint32_t more) {
  SceneVariant variant{.scene = scene};
  variant.scene.shelters[shelter].seats.at(seat_class) += more;
  return variant;
}

SceneVariant with_reception(const route::DrillScene& scene, std::uint32_t shelter, double factor) {
  SceneVariant variant{.scene = scene};
  variant.scene.shelters[shelter].people_per_minute *= factor;
  return variant;
}

SceneVariant with_clear_road(const route::DrillScene& scene, std::span<const route::EdgeId> road) {
  SceneVariant variant{.scene = scene};
  const route::RoadGraph& graph = *scene.graph;
  const auto is_cleared = [&](route::ArcId arc) {
    return std::ranges::find(road, graph.edge(arc)) != road.end();
  };
  for (route::DrillMode& mode : variant.scene.modes) {
    if (mode.closes != nullptr) {
      auto closes = std::make_unique<route::ClosingTimes>(*mode.closes);
      for (const route::EdgeId edge : road) {
        (*closes)[graph.forward_arc(edge)] = route::kNeverCloses;
        (*closes)[graph.backward_arc(edge)] = route::kNeverCloses;
      }
      mode.closes = closes.get();
      variant.closes.push_back(std::move(closes));
    }
    if (mode.blocked != nullptr) {
      auto blocked = std::make_unique<route::BlockageChances>(*mode.blocked);
      for (const route::EdgeId edge : road) {
        (*blocked)[edge] = 0;
      }
      mode.blocked = blocked.get();
      variant.blocked.push_back(std::move(blocked));
    }
    if (mode.reopens != nullptr) {
      auto reopens = std::make_unique<std::vector<route::RoadClosing>>(*mode.reopens);
      std::erase_if(*reopens, [&](const auto& closing) { return is_cleared(closing.arc); });
      mode.reopens = reopens.get();
      variant.reopens.push_back(std::move(reopens));
    }
  }
  std::erase_if(variant.scene.narrow,
                [&](const route::NarrowArc& narrow) { return is_cleared(narrow.arc); });
  return variant;
}

SceneVariant with_order(const route::DrillScene& scene, std::span<const std::uint32_t> people,
                        route::Weight at) {
  SceneVariant variant{.scene = scene};
  const auto order = static_cast<std::uint32_t>(scene.orders.size());
  variant.scene.orders.push_back({.at = at});
  for (const std::uint32_t person : people) {
    variant.scene.people[person].order = order;
  }
  for (route::DrillSupporter& supporter : variant.scene.supporters) {
    if (!supporter.people.empty() &&
        variant.scene.people[supporter.people.front()].order == order) {
      supporter.order = order;
    }
  }
  return variant;
}

SceneVariant without_supporter(const route::DrillScene& scene, std::uint32_t supporter) {
  SceneVariant variant{.scene = scene};
  route::DrillSupporter& missing = variant.scene.supporters[supporter];
  route::DrillBehaviour behaviour = scene.behaviours[missing.behaviour];
  behaviour.available = 0;
  missing.behaviour = static_cast<std::uint32_t>(scene.behaviours.size());
  variant.scene.behaviours.push_back(std::move(behaviour));
  return variant;
}

SceneVariant without_shelter(const route::DrillScene& scene, std::uint32_t shelter) {
  SceneVariant variant{.scene = scene};
  std::ranges::fill(variant.scene.shelters[shelter].seats, 0U);
  return variant;
}

SceneVariant without_road(const route::DrillScene& scene, route::EdgeId road) {
  SceneVariant variant{.scene = scene};
  for (route::DrillMode& mode : variant.scene.modes) {
    auto blocked = mode.blocked != nullptr
                       ? std::make_unique<route::BlockageChances>(*mode.blocked)
                       : std::make_unique<route::BlockageChances>(scene.graph->edge_count());
    (*blocked)[road] = route::kCertain;
    mode.blocked = blocked.get();
    variant.blocked.push_back(std::move(blocked));
  }
  return variant;
}

}  // namespace planner
