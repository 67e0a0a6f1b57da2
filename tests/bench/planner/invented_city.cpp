// SPDX-License-Identifier: Apache-2.0
#include "planner/invented_city.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string>

namespace bench {
namespace {

using registry::Mobility;

/// Which way of moving how often, in percent.
struct Share {
  Mobility mobility;
  std::uint32_t percent;
};
constexpr std::array kShares{Share{Mobility::Walks, 30}, Share{Mobility::WalksWithHelp, 30},
                             Share{Mobility::WalksWithRollator, 10},
                             Share{Mobility::WheelchairPushed, 20}, Share{Mobility::Stretcher, 10}};

class CityMaker {
 public:
  CityMaker(const route::RoadGraph& graph, const InventedCitySize& size, std::uint32_t seed)
      : graph_(graph), size_(size), random_(seed) {}

  [[nodiscard]] InventedCity run() {
    InventedCity city;
    std::vector<registry::Position> homes = places(size_.people);
    // From west to east in strips: who is near in the list lives near.
    std::ranges::sort(homes, {}, [](const registry::Position& home) {
      constexpr double kStrip = 0.005;  // degrees
      return std::pair(static_cast<long>(home.lat / kStrip), home.lon);
    });
    for (std::uint32_t i = 0; i < size_.people; ++i) {
      city.subjects.push_back(person(i, homes));
    }
    const std::vector<registry::Position> sites = places(size_.shelters);
    for (std::uint32_t i = 0; i < size_.shelters; ++i) {
      city.shelters.push_back(shelter(i, sites[i]));
    }
    return city;
  }

 private:
  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  /// Crossings of the largest connected part would be better still; the planner says who is cut
  /// off.
  std::vector<registry::Position> places(std::uint32_t count) {
    std::vector<registry::Position> all;
    all.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      const route::NodeId node{below(static_cast<std::uint32_t>(graph_.node_count()))};
      const route::LatLon place = graph_.position(node);
      all.push_back({.lat = place.lat() + 0.0001, .lon = place.lon()});
    }
    return all;
  }

  Mobility mobility() {
    std::uint32_t drawn = below(100);
    for (const Share& share : kShares) {
      if (drawn < share.percent) {
        return share.mobility;
      }
      drawn -= share.percent;
    }
    return Mobility::Walks;
  }

  registry::PlanSubject person(std::uint32_t index, const std::vector<registry::Position>& homes) {
    registry::PlanSubject subject;
    subject.registrant.person.id.value = "P" + std::to_string(100'000 + index);
    subject.registrant.person.position = homes[index];
    subject.registrant.person.mobility = mobility();
    const std::uint32_t helpers = below(5) == 0 ? 0 : 1 + below(3);
    for (std::uint32_t i = 0; i < helpers; ++i) {
      add_supporter(subject, index, homes);
    }
    return subject;
  }

  void add_supporter(registry::PlanSubject& subject, std::uint32_t index,
                     const std::vector<registry::Position>& homes) {
    constexpr std::uint32_t kAround = 4;
    const std::uint64_t own = std::uint64_t{index} * size_.supporters / size_.people;
    const auto number = static_cast<std::uint32_t>((own + below(kAround)) % size_.supporters);
    registry::AssignedSupporter assigned;
    assigned.supporter.id.value = "S" + std::to_string(100'000 + number);
    const bool known = std::ranges::any_of(subject.supporters, [&](const auto& each) {
      return each.supporter.id == assigned.supporter.id;
    });
    if (known) {
      return;
    }
    const std::uint64_t home = std::uint64_t{number} * size_.people / size_.supporters;
    assigned.supporter.position = homes[static_cast<std::size_t>(home)];
    assigned.supporter.max_persons = 3;
    assigned.supporter.available.weekday_day = number % 3 != 0;
    subject.supporters.push_back(std::move(assigned));
  }

  registry::Shelter shelter(std::uint32_t index, const registry::Position& place) {
    constexpr std::uint32_t kSeatsEach = 2;
    registry::Shelter shelter;
    shelter.id.value = "T" + std::to_string(100 + index);
    shelter.name = "避難所" + std::to_string(index + 1);
    shelter.position = place;
    shelter.kinds.shelter = true;
    shelter.kinds.emergency_site = true;
    shelter.rated = true;
    shelter.suited.fill(true);
    shelter.capacity = static_cast<int>(size_.people * kSeatsEach * 105 / 100 / size_.shelters + 1);
    if (index % 6 == 0) {
      shelter.kinds.designated_welfare = true;
      shelter.arrival = registry::ArrivalPolicy::Secondary;
    }
    return shelter;
  }

  const route::RoadGraph& graph_;
  InventedCitySize size_;
  std::mt19937 random_;
};

}  // namespace

InventedCity invented_city(const route::RoadGraph& graph, const InventedCitySize& size,
                           std::uint32_t seed) {
  return CityMaker(graph, size, seed).run();
}

route::HazardMap invented_flood(const route::RoadGraph& graph) {
  constexpr std::uint32_t kArrival = 90 * 60;
  route::HazardZone zone;
  zone.kind = route::HazardKind::Flood;
  zone.rank = 2;
  zone.arrival_s = kArrival;
  const route::Box bounds = graph.bounds();
  const std::int32_t middle = bounds.low.lat_e7 + (bounds.high.lat_e7 - bounds.low.lat_e7) / 2;
  zone.rings = {{bounds.low,
                 {bounds.low.lat_e7, bounds.high.lon_e7},
                 {middle, bounds.high.lon_e7},
                 {middle, bounds.low.lon_e7},
                 bounds.low}};
  for (const route::LatLon corner : zone.rings.front()) {
    zone.box.add(corner);
  }
  route::HazardMap map;
  map.zones.push_back(std::move(zone));
  return map;
}

}  // namespace bench
