// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_bound.hpp"

#include <algorithm>
#include <cmath>

#include "planner/section_text.hpp"
#include "route/distance_table.hpp"

namespace planner {
namespace {

using route::add;
using route::kInfinity;
using route::kNoIndex;
using route::Weight;

Weight least(const route::DrillDelay& delay) {
  return delay.empty() ? 0 : delay.front().delay;
}

/// The soonest that somebody knows of an order.
Weight told(const route::DrillScene& scene, std::uint32_t order, std::uint32_t behaviour) {
  Weight soonest = kInfinity;
  for (const route::DrillChannel& channel : scene.behaviours[behaviour].channels) {
    if (channel.reach > 0) {
      soonest = std::min(soonest, least(channel.delay));
    }
  }
  return order == kNoIndex ? kInfinity : add(scene.orders[order].at, soonest);
}

/// The soonest that a person can leave home.
Weight leaves(const route::DrillScene& scene, const route::DrillPerson& person) {
  const route::DrillBehaviour& behaviour = scene.behaviours[person.behaviour];
  const Weight own = told(scene, person.order, person.behaviour);
  if (person.hands > 0 && (!person.shared || person.supporters.size() < person.hands)) {
    return kInfinity;
  }
  Weight helper = kInfinity;
  for (const std::uint32_t i : person.supporters) {
    const route::DrillSupporter& supporter = scene.supporters[i];
    const Weight knows = told(scene, supporter.order, supporter.behaviour);
    helper = std::min(helper, add(knows, least(scene.behaviours[supporter.behaviour].preparation)));
  }
  const Weight ready = add(std::min(own, helper), least(behaviour.preparation));
  if (person.hands == 0) {
    return ready;
  }
  return add(std::max(ready, helper), least(behaviour.loading));
}

/// Where somebody can set out from: home; who lives at a crossing may turn there into any road.
std::vector<route::RoadPosition> starts_of(const route::RoadGraph& graph,
                                           const route::RoadPosition& home) {
  std::vector<route::RoadPosition> starts = {home};
  if (home.fraction > 0 && home.fraction < 1) {
    return starts;
  }
  const route::ArcId forward = graph.forward_arc(home.edge);
  const route::NodeId crossing = home.fraction > 0 ? graph.head(forward) : graph.tail(forward);
  for (const route::ArcId arc : graph.arcs_out(crossing)) {
    starts.push_back({graph.edge(arc), graph.is_forward(arc) ? 0.0 : 1.0, {}});
  }
  return starts;
}

/// Free-flow times of everybody of a mode to every shelter; shelters without a position stay far.
route::DistanceTable times_of(const route::DrillScene& scene, std::uint32_t mode,
                              const std::vector<std::uint32_t>& people) {
  std::vector<route::RoadPosition> starts;
  std::vector<std::size_t> rows;  // of the starts
  std::vector<route::RoadPosition> entrances;
  std::vector<std::size_t> columns;
  for (std::size_t row = 0; row < people.size(); ++row) {
    const auto& home = *scene.places[scene.people[people[row]].home].at[mode];
    for (const route::RoadPosition& start : starts_of(*scene.graph, home)) {
      starts.push_back(start);
      rows.push_back(row);
    }
  }
  for (std::size_t i = 0; i < scene.shelters.size(); ++i) {
    if (const auto& at = scene.places[scene.shelters[i].place].at[mode]) {
      entrances.push_back(*at);
      columns.push_back(i);
    }
  }
  const auto found =
      route::distance_table(*scene.graph, *scene.modes[mode].metric, starts, entrances);
  route::DistanceTable times(people.size(), scene.shelters.size());
  for (std::size_t start = 0; start < starts.size(); ++start) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto& time = times.at(rows[start], columns[i]);
      time = std::min(time, found.at(start, i));
    }
  }
  return times;
}

/// A way with stops at the place passed first and at shelters that turn the person away is rounded
/// piece by piece: each stop may save a millisecond.
Weight without_rounding(Weight way, const route::DrillPerson& person) {
  const std::size_t stops = person.shelters.size() - 1 + (person.via == kNoIndex ? 0 : 1);
  return way >= kInfinity ? way : way - std::min(way, static_cast<Weight>(stops));
}

constexpr double kMinute = 60'000;

}  // namespace

CompletionBound::CompletionBound(const route::DrillScene& scene)
    : earliest_(scene.people.size(), kInfinity), horizon_(scene.horizon) {
  std::uint32_t fewest_seats = scene.people.empty() ? 0 : kNoIndex;
  for (const route::DrillShelter& shelter : scene.shelters) {
    doors_.push_back({.begin = kInfinity, .people_per_ms = shelter.people_per_minute / kMinute});
  }
  for (std::uint32_t mode = 0; mode < scene.modes.size(); ++mode) {
    std::vector<std::uint32_t> people;
    for (std::uint32_t i = 0; i < scene.people.size(); ++i) {
      if (scene.people[i].mode == mode && scene.places[scene.people[i].home].at[mode]) {
        people.push_back(i);
      }
    }
    const route::DistanceTable times = times_of(scene, mode, people);
    for (std::size_t row = 0; row < people.size(); ++row) {
      const route::DrillPerson& person = scene.people[people[row]];
      const Weight left = leaves(scene, person);
      fewest_seats = std::min(fewest_seats, person.seats);
      for (const std::uint32_t shelter : person.shelters) {
        const Weight way = without_rounding(times.at(row, shelter), person);
        admit(scene, people[row], shelter, add(left, way));
      }
    }
  }
  for (Door& door : doors_) {
    if (fewest_seats == 0) {
      door.people_per_ms = 0;  // somebody passes without taking time
    } else {
      door.people_per_ms /= fewest_seats;
    }
  }
  sorted_ = earliest_;
  std::ranges::sort(sorted_);
}

void CompletionBound::admit(const route::DrillScene& scene, std::uint32_t person,
                            std::uint32_t shelter, Weight arrives) {
  if (arrives >= kInfinity) {
    return;
  }
  const Weight begins = std::max(arrives, scene.shelters[shelter].opens);
  Door& door = doors_[shelter];
  door.begin = std::min(door.begin, begins);
  const double needs = door.people_per_ms > 0 ? scene.people[person].seats / door.people_per_ms : 0;
  const auto passes =
      static_cast<Weight>(std::min<double>(std::floor(needs), static_cast<double>(kInfinity)));
  // A millisecond less: service times are rounded down.
  const Weight inside = add(begins, passes - std::min<Weight>(passes, 1));
  earliest_[person] = std::min(earliest_[person], inside);
}

std::size_t CompletionBound::most_inside(Weight at) const {
  const auto each =
      static_cast<std::size_t>(std::ranges::upper_bound(sorted_, at) - sorted_.begin());
  double through = 0;
  for (const Door& door : doors_) {
    if (door.begin > at) {
      continue;
    }
    if (door.people_per_ms == 0) {
      return each;
    }
    const double rounding = 1 + door.people_per_ms * 2e-6;  // service times lose up to 2^-20 ms
    through += std::floor((at - door.begin + 1) * door.people_per_ms * rounding);
  }
  return std::min(each, static_cast<std::size_t>(through));
}

Weight CompletionBound::earliest_for(std::size_t people) const {
  if (most_inside(horizon_) < people) {
    return kInfinity;
  }
  Weight low = 0;
  Weight high = horizon_;
  while (low < high) {
    const Weight middle = low + (high - low) / 2;
    if (most_inside(middle) < people) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

registry::ResultTable bound_table(const route::DrillScene& scene) {
  constexpr Weight kMinuteMs = 60'000;
  const CompletionBound bound(scene);
  std::vector<std::int64_t> minute;
  std::vector<std::int64_t> most;
  for (Weight i = 0; i <= scene.horizon / kMinuteMs; ++i) {
    minute.push_back(i);
    most.push_back(static_cast<std::int64_t>(bound.most_inside((i + 1) * kMinuteMs - 1)));
  }
  return {.name = "bound", .columns = {{"minute", std::move(minute)}, {"most", std::move(most)}}};
}

std::vector<DrillSection> bound_sections(const registry::ResultFile& results) {
  const registry::ResultTable* found = results.find("bound");
  const registry::ResultTable& curves = results.table("completion");
  if (found == nullptr || curves.rows() == 0) {
    return {};
  }
  const std::int64_t all = curves.whole("p50").back();
  DrillSection section = section_of(
      "完了時間の下限と結果",
      "避難所に入るまでの分。下限は、避難情報や開設の時刻、受付を変えないかぎり、どの回もこれより"
      "早くならない時間で、次の二つの遅い方です。人ごと: 知らせも支度もいちばん早く、支度の済んだ"
      "支援者がすぐ戸口にいて、道がすべて通れ、待つ人もないときの時間。避難所ごと: 戸口が休みなく"
      "人を入れ続けたときの時間。割合は中央の回（P50）に入れる人のうち。P10～P90 は「完了の時刻」と"
      "同じで、「—」はその人数が入らなかったことです。",
      {"割合", "人", "下限", "結果（P90）", "結果（P50）", "結果（P10）"});
  for (const std::int64_t percent : {50, 90, 100}) {
    const std::int64_t people = (all * percent + 99) / 100;
    std::vector<std::string> row = {std::to_string(percent) + "%", std::to_string(people)};
    const auto add_minute = [&](const std::vector<std::int64_t>& curve) {
      const auto at = std::ranges::lower_bound(curve, people);
      row.push_back(people == 0 || at == curve.end() ? "—" : std::to_string(at - curve.begin()));
    };
    add_minute(found->whole("most"));
    for (const char* name : {"p90", "p50", "p10"}) {
      add_minute(curves.whole(name));
    }
    section.table.rows.push_back(std::move(row));
  }
  return {section};
}

}  // namespace planner
