// SPDX-License-Identifier: Apache-2.0
#include "drill/invented_drill.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <numeric>
#include <random>

#include "route/error.hpp"
#include "route/shelter_assignment.hpp"

namespace bench {
namespace {

using route::DrillDelay;
using route::RoadPosition;
using route::Weight;

constexpr Weight kMinute = 60'000;
constexpr std::array kProfiles{"walk", "assisted", "wheelchair", "vehicle"};

std::vector<route::MobilityProfile> shipped_profiles() {
  std::ifstream in(std::string(TOMONI_RULES) + "/profiles.toml", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return route::parse_profiles(text);
}

DrillDelay spread(Weight least, Weight usual, Weight most) {
  return {{0, least}, {0.5, usual}, {1, most}};
}

route::DrillBehaviour behaviour_of_people() {
  return {.channels = {{0.6, spread(0, kMinute, 5 * kMinute)},
                       {0.5, spread(kMinute, 3 * kMinute, 20 * kMinute)},
                       {0.3, spread(5 * kMinute, 15 * kMinute, 40 * kMinute)}},
          .refuses = 0.03,
          .starts_late = 0.58,
          .late_by = spread(kMinute, 8 * kMinute, 40 * kMinute),
          .preparation = spread(2 * kMinute, 10 * kMinute, 30 * kMinute),
          .loading = spread(kMinute, 3 * kMinute, 8 * kMinute)};
}

route::DrillBehaviour behaviour_of_supporters() {
  return {.channels = {{0.9, spread(0, kMinute, 5 * kMinute)},
                       {0.6, spread(kMinute, 5 * kMinute, 20 * kMinute)}},
          .preparation = spread(2 * kMinute, 5 * kMinute, 15 * kMinute),
          .available = 0.8};
}

}  // namespace

class InventedDrill::Maker {
 public:
  Maker(InventedDrill& drill, const InventedDrillSize& size, std::uint32_t seed)
      : drill_(drill), scene_(drill.scene_), size_(size), random_(seed) {
    for (const route::EdgeId edge : drill.graph_.edges()) {
      const bool all = std::ranges::all_of(drill.metrics_, [&](const route::Metric& metric) {
        return metric.usable(drill.graph_, edge);
      });
      if (all) {
        edges_.push_back(edge);
      }
    }
    if (edges_.empty()) {
      throw route::InputError("道路のファイルに、全ての移動手段が通れる道路がありません。");
    }
  }

  void run() {
    scene_.behaviours = {behaviour_of_people(), behaviour_of_supporters()};
    scene_.orders = {{0}, {10 * kMinute}, {20 * kMinute}};
    scene_.recourse = 10 * kMinute;
    scene_.horizon = 360 * kMinute;
    for (std::uint32_t i = 0; i < size_.shelters; ++i) {
      shelter(i);
    }
    people();
    supporters();
    for (std::uint32_t i = 0; i < size_.vehicles; ++i) {
      scene_.vehicles.push_back({.home = place(anywhere()),
                                 .mode = 3,
                                 .seats = 6,
                                 .ready = 60 * kMinute,
                                 .boarding = 10 * kMinute});
    }
    std::vector<route::EdgeId> narrow = edges_;
    std::shuffle(narrow.begin(), narrow.end(), random_);
    narrow.resize(std::min<std::size_t>(narrow.size(), size_.narrow));
    for (const route::EdgeId edge : narrow) {
      scene_.narrow.push_back({drill_.graph_.forward_arc(edge), 30});
      scene_.narrow.push_back({drill_.graph_.backward_arc(edge), 30});
    }
  }

 private:
  std::uint32_t below(std::size_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  RoadPosition anywhere() {
    const route::EdgeId edge = edges_[below(edges_.size())];
    const auto shape = drill_.graph_.shape(edge);
    return {edge, below(1001) / 1000.0, shape[shape.size() / 2]};
  }
  std::uint32_t place(const RoadPosition& position) {
    route::DrillPlace place;
    place.at.assign(kModes, position);
    scene_.places.push_back(std::move(place));
    return static_cast<std::uint32_t>(scene_.places.size() - 1);
  }
  /// From south to north in strips: who is near in the list lives near.
  std::vector<RoadPosition> homes(std::uint32_t count) {
    std::vector<RoadPosition> all;
    all.reserve(count);
    std::generate_n(std::back_inserter(all), count, [this] { return anywhere(); });
    std::ranges::stable_sort(all, {}, [](const RoadPosition& home) {
      constexpr std::int32_t kStrip = 50'000;  // half a kilometre
      return std::pair(home.point.lat_e7 / kStrip, home.point.lon_e7);
    });
    return all;
  }
  void shelter(std::uint32_t index) {
    constexpr std::uint32_t kSeatsEach = 2;
    const bool second = index % 6 == 5;
    scene_.shelters.push_back(
        {.place = place(anywhere()),
         .opens = second ? 90 * kMinute : 15 * kMinute,
         .seats = {second ? 20
                          : size_.people * kSeatsEach * 105 / 100 * 6 / 5 / size_.shelters + 1},
         .people_per_minute = 30,
         .second_stage = second});
    (second ? second_ : first_).push_back(index);
  }
  void people() {
    const auto at = homes(size_.people);
    for (std::uint32_t i = 0; i < size_.people; ++i) {
      const std::uint32_t kind = below(10);
      route::DrillPerson person{.number = i, .home = place(at[i]), .order = below(3)};
      person.mode = kind < 3 ? 0U : (kind < 6 ? 1U : (kind < 8 ? 2U : 3U));
      person.hands = kind < 3 ? 0U : (below(8) == 0 ? 2U : 1U);
      person.seats = 1 + below(3);
      person.group = kind / 4;
      person.shared = below(20) != 0;
      person.deadline = 240 * kMinute;
      if (below(10) == 0) {
        person.second_stage = second_;
      }
      scene_.people.push_back(std::move(person));
    }
    settle();
  }
  /// Everybody gets a shelter with room, and the seven nearest others to fall back on.
  void settle() {
    route::DistanceTable costs(scene_.people.size(), first_.size());
    std::vector<std::uint32_t> seats;
    std::vector<std::uint32_t> capacity;
    for (const std::uint32_t shelter : first_) {
      capacity.push_back(scene_.shelters[shelter].seats[0]);
    }
    for (std::uint32_t mode = 0; mode < kModes; ++mode) {
      fill_costs(mode, costs);
    }
    for (const auto& person : scene_.people) {
      seats.push_back(person.seats);
    }
    const auto assignment =
        route::assign_shelters({.costs = costs, .capacity = capacity, .seats = seats});
    for (std::size_t i = 0; i < scene_.people.size(); ++i) {
      auto& shelters = scene_.people[i].shelters;
      std::vector<std::uint32_t> order(first_.size());
      std::iota(order.begin(), order.end(), 0U);
      std::ranges::stable_sort(order, {}, [&](std::uint32_t s) { return costs.at(i, s); });
      if (assignment.shelter[i] == route::Assignment::kNone) {
        scene_.people[i].without_shelter = route::DrillCause::NoSeat;
        continue;
      }
      const auto planned = static_cast<std::uint32_t>(assignment.shelter[i]);
      shelters.push_back(first_[planned]);
      for (std::size_t k = 0; k < order.size() && shelters.size() < 8; ++k) {
        if (order[k] != planned) {
          shelters.push_back(first_[order[k]]);
        }
      }
    }
  }
  void fill_costs(std::uint32_t mode, route::DistanceTable& costs) {
    std::vector<RoadPosition> targets;
    for (const std::uint32_t shelter : first_) {
      targets.push_back(*scene_.places[scene_.shelters[shelter].place].at[mode]);
    }
    std::vector<std::size_t> who;
    std::vector<RoadPosition> sources;
    for (std::size_t i = 0; i < scene_.people.size(); ++i) {
      if (scene_.people[i].mode == mode) {
        who.push_back(i);
        sources.push_back(*scene_.places[scene_.people[i].home].at[mode]);
      }
    }
    auto table = route::distance_table(drill_.graph_, *scene_.modes[mode].metric, sources, targets);
    for (std::size_t i = 0; i < who.size(); ++i) {
      std::ranges::copy(table.row(i), costs.row(who[i]).begin());
    }
  }
  void supporters() {
    const auto at = homes(size_.supporters);
    for (std::uint32_t i = 0; i < size_.supporters; ++i) {
      scene_.supporters.push_back({.number = i,
                                   .home = place(at[i]),
                                   .mode = below(2) == 0 ? 0U : 3U,
                                   .behaviour = 1,
                                   .order = below(3),
                                   .retreat = (120 + below(120)) * kMinute});
    }
    for (std::uint32_t i = 0; i < scene_.people.size(); ++i) {
      auto& person = scene_.people[i];
      const std::uint64_t near = std::uint64_t{i} * size_.supporters / size_.people;
      for (std::uint32_t k = 0; person.hands > 0 && k < person.hands + 1; ++k) {
        const auto who = static_cast<std::uint32_t>((near + below(9)) % size_.supporters);
        if (std::ranges::find(person.supporters, who) != person.supporters.end()) {
          continue;
        }
        person.supporters.push_back(who);
        if (person.supporters.size() <= person.hands) {
          scene_.supporters[who].people.push_back(i);
        }
      }
    }
  }

  InventedDrill& drill_;
  route::DrillScene& scene_;
  InventedDrillSize size_;
  std::mt19937 random_;
  std::vector<route::EdgeId> edges_;
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> second_;
};

InventedDrill::InventedDrill(const route::RoadGraph& graph, const InventedDrillSize& size,
                             DrillHazard hazard, std::uint32_t seed)
    : graph_(graph), closes_(graph.arc_count(), route::kNeverCloses), chances_(graph.edge_count()) {
  const auto profiles = shipped_profiles();
  for (std::size_t i = 0; i < kModes; ++i) {
    metrics_[i] = route::make_metric(graph, {route::profile_named(profiles, kProfiles[i])});
    scene_.modes.push_back({.metric = &metrics_[i]});
  }
  scene_.graph = &graph;
  Maker(*this, size, seed).run();
  const route::Box& box = graph.bounds();
  const double middle = (box.low.lat() + box.high.lat()) / 2;
  for (const route::ArcId arc : graph.arcs()) {
    const double north =
        (graph.position(graph.tail(arc)).lat() - box.low.lat()) / (middle - box.low.lat());
    if (north < 1) {
      closes_[arc] = static_cast<Weight>((60 + 120 * north) * kMinute);
    }
    const route::RoadClass kind = graph.road(graph.edge(arc)).road_class;
    chances_[graph.edge(arc)] = route::chance_of(kind < route::RoadClass::Unclassified ? 1 : 5);
  }
  for (auto& mode : scene_.modes) {
    mode.closes = hazard == DrillHazard::Water ? &closes_ : nullptr;
    mode.blocked = hazard == DrillHazard::Rubble ? &chances_ : nullptr;
  }
}

route::DrillScene InventedDrill::with_closed(const std::vector<route::EdgeId>& edges, Weight at) {
  sooner_ = closes_;
  if (scene_.modes[0].closes == nullptr) {
    sooner_ = route::ClosingTimes(graph_.arc_count(), route::kNeverCloses);
  }
  for (const route::EdgeId edge : edges) {
    for (const route::ArcId arc : {graph_.forward_arc(edge), graph_.backward_arc(edge)}) {
      sooner_[arc] = std::min(sooner_[arc], at);
    }
  }
  route::DrillScene scene = scene_;
  for (auto& mode : scene.modes) {
    mode.closes = &sooner_;
  }
  return scene;
}

route::DrillScene InventedDrill::without(const std::vector<route::EdgeId>& edges) {
  fewer_ = metrics_;
  route::DrillScene scene = scene_;
  for (std::size_t i = 0; i < kModes; ++i) {
    for (const route::EdgeId edge : edges) {
      fewer_[i].weights[graph_.forward_arc(edge)] = route::kInfinity;
      fewer_[i].weights[graph_.backward_arc(edge)] = route::kInfinity;
    }
    scene.modes[i].metric = &fewer_[i];
  }
  return scene;
}

}  // namespace bench
