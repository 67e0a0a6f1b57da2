// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_disclosure.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "planner/small_counts.hpp"

namespace planner {
namespace {

using Key = std::pair<std::string, std::string>;

std::size_t place_of(const registry::Table& table, std::string_view column) {
  return static_cast<std::size_t>(std::ranges::find(table.header, column) - table.header.begin());
}

void hide_facts(registry::Table& table) {
  constexpr std::array<std::string_view, 4> kCounts = {"adjusted", "left_out", "without_place",
                                                       "recomputed"};
  std::map<std::string, std::string*> values;
  for (auto& row : table.rows) {
    values[row[0]] = &row[1];
  }
  for (const std::string_view name : kCounts) {
    if (const auto found = values.find(std::string(name)); found != values.end()) {
      *found->second = shown_counts({std::stoul(*found->second)}, false).front();
    }
  }
  const auto real = values.find("real");
  const auto stand_ins = values.find("stand_ins");
  if (real != values.end() && stand_ins != values.end()) {  // they add up to the players
    const auto cells =
        shown_counts({std::stoul(*real->second), std::stoul(*stand_ins->second)}, true);
    *real->second = cells[0];
    *stand_ins->second = cells[1];
  }
}

/// What is shown of groups whose sum is known.
std::map<Key, std::string> cells_of(const std::map<Key, std::size_t>& groups) {
  std::vector<std::size_t> counts;
  counts.reserve(groups.size());
  for (const auto& [key, count] : groups) {
    counts.push_back(count);
  }
  const auto cells = shown_counts(counts, true);
  std::map<Key, std::string> shown;
  auto cell = cells.begin();
  for (const auto& [key, count] : groups) {
    shown[key] = *cell++;
  }
  return shown;
}

void hide_groups(registry::Table& table) {
  const std::size_t area = place_of(table, "area");
  const std::size_t profile = place_of(table, "profile");
  const std::size_t people = place_of(table, "people");
  const std::size_t mean = place_of(table, "mean");
  std::map<Key, std::size_t> groups;
  for (const auto& row : table.rows) {
    groups[{row[area], row[profile]}] = std::stoul(row[people]);
  }
  const auto shown = cells_of(groups);
  for (auto& row : table.rows) {
    row[people] = shown.at({row[area], row[profile]});
    row[mean] = row[people] == kHiddenCount ? kHiddenCount : row[mean];
  }
}

void hide_districts(registry::Table& table) {
  const std::size_t people = place_of(table, "people");
  const std::size_t cut_off = place_of(table, "cut_off_runs");
  std::vector<std::size_t> counts;
  counts.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    counts.push_back(std::stoul(row[people]));
  }
  const auto cells = shown_counts(counts, true);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    auto& row = table.rows[i];
    row[people] = cells[i];
    row[cut_off] = cells[i] == kHiddenCount ? kHiddenCount : row[cut_off];
  }
}

void hide_places(registry::Table& table, const ShownPlaces& places) {
  const std::size_t area = place_of(table, "area");
  const std::size_t profile = place_of(table, "profile");
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    table.rows[i][area] = places.area[i];
    table.rows[i][profile] = places.profile[i];
  }
}

}  // namespace

ShownPlaces shown_places(const registry::ResultTable& people) {
  ShownPlaces places{.area = people.text("area"), .profile = people.text("profile")};
  std::map<Key, std::size_t> districts;
  std::map<Key, std::size_t> groups;
  for (std::size_t i = 0; i < places.area.size(); ++i) {
    ++districts[{places.area[i], ""}];
    ++groups[{places.area[i], places.profile[i]}];
  }
  const auto shown_districts = cells_of(districts);
  const auto shown_groups = cells_of(groups);
  for (std::size_t i = 0; i < places.area.size(); ++i) {
    const bool no_area = shown_districts.at({places.area[i], ""}) == kHiddenCount;
    const bool no_profile = shown_groups.at({places.area[i], places.profile[i]}) == kHiddenCount;
    places.area[i] = no_area ? kHiddenCount : places.area[i];
    places.profile[i] = no_profile ? kHiddenCount : places.profile[i];
  }
  return places;
}

registry::Table shareable_table(const registry::ResultTable& table) {
  registry::Table shown = registry::to_table(table);
  if (table.name == "meta") {
    hide_facts(shown);
  } else if (table.name == "group_completion") {
    hide_groups(shown);
  } else if (table.name == "person") {
    hide_places(shown, shown_places(table));
  } else if (table.name == "district") {
    hide_districts(shown);
  }
  return shown;
}

}  // namespace planner
