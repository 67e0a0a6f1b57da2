// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_disclosure.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "planner/small_counts.hpp"
#include "registry/error.hpp"

namespace planner {
namespace {

using Key = std::pair<std::string, std::string>;

void hide(ShareableTable& shown, std::string_view column, std::size_t row) {
  auto& columns = shown.values.columns;
  const auto found = std::ranges::find(columns, column, &registry::ResultColumn::name);
  TOMONI_EXPECT(found != columns.end());
  shown.hidden[static_cast<std::size_t>(found - columns.begin())][row] = 1;
  if (auto* whole = std::get_if<0>(&found->values)) {
    (*whole)[row] = 0;
  } else if (auto* real = std::get_if<1>(&found->values)) {
    (*real)[row] = 0;
  } else {
    std::get<2>(found->values)[row] = kHiddenCount;
  }
}

void hide_facts(ShareableTable& shown) {
  constexpr std::array<std::string_view, 4> kCounts = {"adjusted", "left_out", "without_place",
                                                       "recomputed"};
  const auto& keys = shown.values.text("key");
  const auto& values = shown.values.text("value");
  std::map<std::string_view, std::size_t> rows;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    rows[keys[row]] = row;
  }
  const auto hide_of = [&](const std::vector<std::size_t>& places, bool has_total) {
    std::vector<std::size_t> counts;
    counts.reserve(places.size());
    for (const std::size_t row : places) {
      counts.push_back(std::stoul(values[row]));
    }
    const auto cells = shown_counts(counts, has_total);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i] == kHiddenCount) {
        hide(shown, "value", places[i]);
      }
    }
  };
  for (const std::string_view name : kCounts) {
    if (const auto found = rows.find(name); found != rows.end()) {
      hide_of({found->second}, false);
    }
  }
  const auto real = rows.find("real");
  const auto stand_ins = rows.find("stand_ins");
  if (real != rows.end() && stand_ins != rows.end()) {  // they add up to the players
    hide_of({real->second, stand_ins->second}, true);
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

void hide_groups(ShareableTable& shown) {
  const auto& area = shown.values.text("area");
  const auto& profile = shown.values.text("profile");
  const auto& people = shown.values.whole("people");
  static_cast<void>(shown.values.real("mean"));  // throws where it is missing
  std::map<Key, std::size_t> groups;
  for (std::size_t row = 0; row < people.size(); ++row) {
    groups[{area[row], profile[row]}] = static_cast<std::size_t>(people[row]);
  }
  const auto cells = cells_of(groups);
  for (std::size_t row = 0; row < people.size(); ++row) {
    if (cells.at({area[row], profile[row]}) == kHiddenCount) {
      hide(shown, "people", row);
      hide(shown, "mean", row);
    }
  }
}

void hide_districts(ShareableTable& shown) {
  std::vector<std::size_t> counts;
  for (const std::int64_t people : shown.values.whole("people")) {
    counts.push_back(static_cast<std::size_t>(people));
  }
  const auto cells = shown_counts(counts, true);
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (cells[row] == kHiddenCount) {
      hide(shown, "people", row);
      hide(shown, "cut_off_runs", row);
    }
  }
}

void hide_places(ShareableTable& shown) {
  const ShownPlaces places = shown_places(shown.values);
  for (std::size_t row = 0; row < places.area.size(); ++row) {
    if (places.profile[row] == kHiddenCount) {
      hide(shown, "profile", row);
    }
    if (places.area[row] == kHiddenCount) {
      hide(shown, "area", row);
    }
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

ShareableTable shareable_columns(const registry::ResultTable& table) {
  ShareableTable shown{
      .values = table,
      .hidden = std::vector(table.columns.size(), std::vector<char>(table.rows(), 0))};
  if (table.name == "meta") {
    hide_facts(shown);
  } else if (table.name == "group_completion") {
    hide_groups(shown);
  } else if (table.name == "person") {
    hide_places(shown);
  } else if (table.name == "district") {
    hide_districts(shown);
  }
  return shown;
}

registry::Table shareable_table(const registry::ResultTable& table) {
  const ShareableTable shown = shareable_columns(table);
  registry::Table text = registry::to_table(shown.values);
  for (std::size_t column = 0; column < shown.hidden.size(); ++column) {
    for (std::size_t row = 0; row < text.rows.size(); ++row) {
      if (shown.hidden[column][row] != 0) {
        text.rows[row][column] = kHiddenCount;
      }
    }
  }
  return text;
}

}  // namespace planner
