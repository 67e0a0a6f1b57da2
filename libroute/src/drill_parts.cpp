// SPDX-License-Identifier: Apache-2.0
#include "drill_parts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "route/error.hpp"

namespace route {
namespace {

DrillScene checked(DrillScene scene) {
  check_scene(scene);
  return scene;
}

/// Rounded down, so that a multiple that is a whole millisecond stays one.
FineTime service_time(double heads_per_minute, double room) {
  constexpr double kMinute = 60'000;
  const double fine_ms = std::ldexp(kMinute * room / heads_per_minute, kFineBits);
  return static_cast<FineTime>(std::min(std::floor(fine_ms), static_cast<double>(fine(kInfinity))));
}

NarrowIndex index_of_narrow(const DrillScene& scene) {
  NarrowIndex index(scene.graph->arc_count(), kNoIndex);
  for (std::uint32_t i = 0; i < scene.narrow.size(); ++i) {
    index[scene.narrow[i].arc] = i;
  }
  return index;
}

}  // namespace

DrillSimulator::Parts::Parts(DrillScene with)
    : scene(checked(std::move(with))),
      narrow(index_of_narrow(scene)),
      topology(scene.graph->net(), scene.graph->order()),
      starts(scene.people.size()) {
  roads.reserve(scene.modes.size());
  for (const DrillMode& mode : scene.modes) {
    roads.push_back(std::make_unique<DrillRoads>(*scene.graph, topology, mode, narrow));
    has_rubble = has_rubble || mode.blocked != nullptr;
  }
  behaviours.reserve(scene.behaviours.size());
  for (const DrillBehaviour& behaviour : scene.behaviours) {
    behaviours.emplace_back(behaviour);
  }
  book.emplace(roads, scene.places, nullptr);
  measure_distances();
  find_starts();
  find_ways_of_supporters();
  list_backups();
  time_gates();
}

void DrillSimulator::Parts::measure_distances() {
  distances.resize(scene.modes.size() * scene.shelters.size());
  std::vector<std::uint8_t> wanted(distances.size());
  for (const DrillPerson& person : scene.people) {
    for (const std::uint32_t shelter : person.shelters) {
      wanted[person.mode * scene.shelters.size() + shelter] = 1;
    }
  }
  for (std::uint32_t mode = 0; mode < scene.modes.size(); ++mode) {
    for (std::uint32_t shelter = 0; shelter < scene.shelters.size(); ++shelter) {
      const auto& position = place_of_shelter(shelter).at[mode];
      const std::size_t at = mode * scene.shelters.size() + shelter;
      if (wanted[at] != 0 && position) {
        const Metric& metric = *scene.modes[mode].metric;
        const auto seeds = seeds_at(*scene.graph, metric, *position, Direction::Backward);
        distances[at] = dijkstra(*scene.graph, metric, seeds, Direction::Backward).distance;
      }
    }
  }
}

void DrillSimulator::Parts::find_starts() {
  for (std::size_t i = 0; i < scene.people.size(); ++i) {
    const DrillPerson& person = scene.people[i];
    for (const std::uint32_t shelter : person.shelters) {
      starts[i] = start_for(person, shelter);
      if (starts[i].way != nullptr) {
        break;
      }
    }
  }
}

DrillSimulator::Parts::Start DrillSimulator::Parts::start_for(const DrillPerson& person,
                                                              std::uint32_t shelter) {
  const std::uint32_t place = scene.shelters[shelter].place;
  if (person.via != kNoIndex) {
    const DrillWay& there = book->way(person.mode, person.home, person.via);
    const DrillWay& onward = book->way(person.mode, person.via, place);
    if (there.exists() && onward.exists()) {
      return {shelter, &there, &onward, add(there.duration, onward.duration)};
    }
  }
  const DrillWay* way = &book->way(person.mode, person.home, place);
  const auto& from = position(person.home, person.mode);
  const auto& to = position(place, person.mode);
  const bool own = person.via == kNoIndex && shelter == person.shelters.front();
  if (own && !person.way.empty() && from && to) {
    own_ways.push_back(
        std::make_unique<const DrillWay>(roads[person.mode]->along(person.way, *from, *to)));
    way = own_ways.back()->exists() ? own_ways.back().get() : way;
  }
  return way->exists() ? Start{shelter, way, nullptr, way->duration} : Start{};
}

void DrillSimulator::Parts::find_ways_of_supporters() {
  for (const DrillSupporter& supporter : scene.supporters) {
    std::uint32_t at = supporter.home;
    for (const std::uint32_t person : supporter.people) {
      static_cast<void>(book->way(supporter.mode, at, scene.people[person].home));
      if (starts[person].shelter != kNoIndex) {
        at = scene.shelters[starts[person].shelter].place;
      }
    }
  }
}

void DrillSimulator::Parts::list_backups() {
  backups.reserve(scene.people.size());
  for (std::uint32_t i = 0; i < scene.people.size(); ++i) {
    auto& list = backups.emplace_back();
    for (const std::uint32_t supporter : scene.people[i].supporters) {
      const auto& people = scene.supporters[supporter].people;
      const bool known = std::ranges::find(list, supporter) != list.end();
      if (!known && std::ranges::find(people, i) == people.end()) {
        list.push_back(supporter);
      }
    }
  }
}

void DrillSimulator::Parts::time_gates() {
  for (const DrillMode& mode : scene.modes) {
    for (const NarrowArc& each : scene.narrow) {
      service.push_back(service_time(each.people_per_minute, mode.room));
    }
  }
  door.reserve(scene.shelters.size());
  for (std::uint32_t i = 0; i < scene.shelters.size(); ++i) {
    const double rate = scene.shelters[i].people_per_minute;
    door.push_back(rate > 0 ? service_time(rate, 1) : 0);
    if (scene.shelters[i].second_stage) {
      second.push_back(i);
    }
  }
}

}  // namespace route
