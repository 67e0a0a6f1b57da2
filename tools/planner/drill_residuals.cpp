// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_residuals.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "planner/small_counts.hpp"
#include "registry/consent_book.hpp"

namespace planner {
namespace {

struct Passage {
  double length_m = 0;
  double measured_s = 0;
  double planned_s = 0;
};

struct Group {
  std::string name;
  std::map<registry::PersonId, Passage> people;
  std::set<registry::PersonId> barred;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::map<std::int64_t, Group> by_way(std::span<const registry::WalkedRoad> walked, double least_m) {
  constexpr double kMilliseconds = 1000;
  std::map<std::int64_t, Group> groups;
  for (const registry::WalkedRoad& each : walked) {
    if (each.road.length_m < least_m) {
      continue;
    }
    Group& group = groups[each.road.way];
    group.name = each.road.name;
    if (!each.road.planned_ms) {
      group.barred.insert(each.person);
      continue;
    }
    Passage& passage = group.people[each.person];
    passage.length_m += each.road.length_m;
    passage.measured_s += static_cast<double>(each.road.measured_ms) / kMilliseconds;
    passage.planned_s += static_cast<double>(*each.road.planned_ms) / kMilliseconds;
  }
  return groups;
}

RoadResidual residual(std::int64_t way, const Group& group) {
  RoadResidual road{.way = way, .name = group.name};
  std::vector<double> ratios;
  for (const auto& [person, passage] : group.people) {
    if (passage.planned_s <= 0) {
      continue;
    }
    ratios.push_back(passage.measured_s / passage.planned_s);
    road.slower += passage.measured_s > passage.planned_s ? 1U : 0U;
    road.lost_s += std::max(0.0, passage.measured_s - passage.planned_s);
  }
  road.people = ratios.size();
  road.ratio = ratios.empty() ? 0 : median(std::move(ratios));
  road.barred = group.barred.size();
  return road;
}

std::string two_decimals(double value) {
  std::array<char, 32> text{};
  const auto done =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 2);
  return {text.data(), done.ptr};
}

/// How many were slower, unless that or the number of the others is small.
std::string slower_cell(const RoadResidual& road) {
  const std::size_t others = road.people - road.slower;
  return others > 0 && others < kSmallestCount ? kHiddenCount
                                               : registry::statistics_cell(road.slower);
}

}  // namespace

std::vector<RoadResidual> road_residuals(std::span<const registry::WalkedRoad> walked,
                                         double least_m) {
  std::vector<RoadResidual> roads;
  for (const auto& [way, group] : by_way(walked, least_m)) {
    roads.push_back(residual(way, group));
  }
  std::ranges::stable_sort(roads, std::ranges::greater(), &RoadResidual::lost_s);
  return roads;
}

RoadTable road_table(std::span<const RoadResidual> roads, std::size_t least_group) {
  RoadTable made;
  made.table.header = {"道路",
                       "道路ID",
                       "通った人",
                       "計画より遅かった人",
                       "計画との比（中央値）",
                       "計画では通れない所を通った人"};
  for (const RoadResidual& road : roads) {
    if (road.people < least_group) {
      ++made.hidden;
      continue;
    }
    made.table.rows.push_back({words_of(road), std::to_string(road.way),
                               registry::statistics_cell(road.people), slower_cell(road),
                               two_decimals(road.ratio), registry::statistics_cell(road.barred)});
  }
  return made;
}

std::string words_of(const RoadResidual& road) {
  return road.name.empty() ? "名前のない道" : road.name;
}

}  // namespace planner
