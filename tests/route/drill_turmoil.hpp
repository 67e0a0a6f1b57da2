// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drill_fixture.hpp"

namespace support {

/// A town where everything happens at once: closures, rubble, narrow roads, absent supporters, full
/// shelters, transfers. Roads take some milliseconds, so a "day" has some hundred of them.
class Turmoil {
 public:
  explicit Turmoil(std::uint32_t seed)
      : graph(random_roads(seed, 40, 110)),
        on_foot(random_metric(graph, seed)),
        by_car(random_metric(graph, seed + 1)),
        closes(graph.arc_count(), route::kNeverCloses),
        blocked(graph.edge_count()),
        stage(graph, on_foot),
        random_(seed) {
    for (const route::ArcId arc : graph.arcs()) {
      closes[arc] = random_(4) == 0 ? random_(200) : route::kNeverCloses;
    }
    for (const route::ArcId arc : graph.arcs()) {
      if (random_(6) == 0) {
        const route::Weight from = random_(150);
        reopens.push_back({arc, from, from + 1 + random_(80)});
      }
    }
    for (const route::EdgeId edge : graph.edges()) {
      blocked[edge] = route::chance_of(random_(4) == 0 ? 30 : 0);
    }
    route::DrillScene& scene = stage.scene;
    scene.modes = {{&on_foot, &closes, &blocked, 1, &reopens},
                   {&by_car, &closes, nullptr, 3, &reopens}};
    scene.horizon = 400;
    scene.recourse = 5;
    scene.orders = {{0}, {30}, {1'000}};
    behaviours();
    for (std::uint32_t i = 0; i < 4; ++i) {
      scene.narrow.push_back({route::ArcId{i * 7}, 60'000.0 / (1 + random_(20))});
    }
    shelters();
    for (std::uint32_t i = 0; i < 40; ++i) {
      person();
    }
    for (std::uint32_t i = 0; i < 25; ++i) {
      supporter();
    }
    backups();
    for (int i = 0; i < 2; ++i) {
      scene.vehicles.push_back({.home = somewhere(), .mode = 1, .seats = 4, .boarding = 3});
    }
  }
  Turmoil(const Turmoil&) = delete;
  Turmoil& operator=(const Turmoil&) = delete;
  Turmoil(Turmoil&&) = delete;
  Turmoil& operator=(Turmoil&&) = delete;
  ~Turmoil() = default;

  route::RoadGraph graph;
  route::Metric on_foot;
  route::Metric by_car;
  route::ClosingTimes closes;
  std::vector<route::RoadClosing> reopens;
  route::BlockageChances blocked;
  DrillStage stage;

 private:
  std::uint32_t somewhere() { return stage.place(random_place(graph, random_)); }

  void behaviours() {
    stage.scene.behaviours = {{.channels = {{0.6, {{0.1, 0}, {0.9, 40}}}, {0.5, always(20)}},
                               .refuses = 0.05,
                               .starts_late = 0.2,
                               .late_by = {{0, 50}, {1, 500}},
                               .preparation = {{0, 0}, {0.5, 10}, {1, 40}},
                               .loading = {{0, 1}, {1, 9}},
                               .at_home = 0.85,
                               .available = 0.7},
                              {.channels = {{1, {}}}}};
  }
  void shelters() {
    for (std::uint32_t i = 0; i < 4; ++i) {
      auto& shelter = stage.shelter(random_place(graph, random_), 5 + random_(9));
      shelter.seats.push_back(random_(6));
      shelter.opens = random_(3) == 0 ? 60 : 0;
      shelter.closes = random_(3) == 0 ? 150 : kNoLimit;
      shelter.people_per_minute = random_(2) == 0 ? 0 : 60'000.0 / (1 + random_(9));
    }
    auto& welfare = stage.shelter(random_place(graph, random_), 6);
    welfare.seats.push_back(6);
    welfare.second_stage = true;
    welfare.opens = 100;
  }
  void person() {
    auto& person = stage.person(random_place(graph, random_));
    person.mode = random_(3) == 0 ? 1 : 0;
    person.order = random_(10) == 0 ? 2 : random_(2);
    person.behaviour = random_(5) == 0 ? 1 : 0;
    person.hands = random_(3);
    person.seats = 1 + random_(3);
    person.need = random_(2);
    person.shared = random_(8) != 0;
    person.deadline = random_(2) == 0 ? 150 : kNoLimit;
    if (random_(15) == 0) {
      person.shelters.clear();
    } else {
      std::swap(person.shelters[0], person.shelters[random_(4)]);
    }
    if (random_(3) == 0) {
      person.second_stage = {4};
    }
    if (random_(6) == 0) {
      const std::uint32_t via = somewhere();
      stage.scene.people.back().via = via;
    }
  }
  void supporter() {
    std::vector<std::uint32_t> people;
    for (std::uint32_t i = random_(40); i < 40 && people.size() < 3; i += 1 + random_(9)) {
      if (stage.scene.people[i].supporters.size() < stage.scene.people[i].hands) {
        people.push_back(i);
      }
    }
    auto& supporter = stage.supporter(random_place(graph, random_), std::move(people));
    supporter.mode = random_(2);
    supporter.order = random_(2);
    supporter.retreat = random_(2) == 0 ? 50 + random_(250) : kNoLimit;
  }
  void backups() {
    for (auto& person : stage.scene.people) {
      if (person.hands > 0 && random_(2) == 0) {
        person.supporters.push_back(random_(25));
        person.supporters.push_back(random_(25));
      }
    }
  }

  static constexpr route::Weight kNoLimit = route::kInfinity;
  Draw random_;
};

}  // namespace support
