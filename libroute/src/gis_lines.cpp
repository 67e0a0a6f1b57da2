// SPDX-License-Identifier: Apache-2.0
#include "gis_lines.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <unordered_map>
#include <utility>

// Places: vertices in the order of the file; a vertex belongs to the nearest earlier place within
// the tolerance (the first of equally near ones), or founds a new one. Nobody is moved by more than
// the tolerance, and the result depends on nothing but the file.
//
// Levels: at one place every level has a number of line ends; passing through counts two. A level
// with a single end there has to continue on another one, so all levels meet. Otherwise each
// level is a node of its own, and what merely crosses above stays apart.

namespace route {
namespace {

using Place = std::uint32_t;
constexpr Place kNowhere = 0xFFFFFFFF;

class PlaceFinder {
 public:
  PlaceFinder(const GisLines& lines, double tolerance_m) : tolerance_m_(tolerance_m) {
    constexpr double kMetresPerE7 = 0.0110;  // a little less than anywhere on Earth
    std::int32_t farthest_e7 = 0;
    for (const LatLon point : lines.points) {
      farthest_e7 = std::max(farthest_e7, std::abs(point.lat_e7));
    }
    const double narrowing = std::cos(farthest_e7 / 1e7 * std::numbers::pi / 180);
    const double cell_e7 = std::max(1.0, std::ceil(tolerance_m / kMetresPerE7));
    constexpr double kWholeEarth = 3'600'000'000.0;
    cell_lat_ = static_cast<std::int64_t>(cell_e7);
    cell_lon_ = static_cast<std::int64_t>(
        std::min(kWholeEarth, std::ceil(cell_e7 / std::max(narrowing, 1e-9))));
  }

  Place place_of(LatLon point) {
    const std::int64_t row = floor_div(point.lat_e7, cell_lat_);
    const std::int64_t column = floor_div(point.lon_e7, cell_lon_);
    Place nearest = kNowhere;
    double nearest_m = 0;
    for (std::int64_t y = row - 1; y <= row + 1; ++y) {
      for (std::int64_t x = column - 1; x <= column + 1; ++x) {
        const auto [begin, end] = cells_.equal_range(key(y, x));
        for (auto entry = begin; entry != end; ++entry) {
          const double away_m = distance_m(positions_[entry->second], point);
          const bool nearer = nearest == kNowhere ||
                              std::pair(away_m, entry->second) < std::pair(nearest_m, nearest);
          if (away_m <= tolerance_m_ && nearer) {
            nearest = entry->second;
            nearest_m = away_m;
          }
        }
      }
    }
    if (nearest == kNowhere) {
      nearest = static_cast<Place>(positions_.size());
      positions_.push_back(point);
      cells_.emplace(key(row, column), nearest);
    }
    return nearest;
  }

  [[nodiscard]] const std::vector<LatLon>& positions() const { return positions_; }

 private:
  static std::int64_t floor_div(std::int64_t value, std::int64_t cell) {
    return value >= 0 ? value / cell : -((-value + cell - 1) / cell);
  }
  static std::uint64_t key(std::int64_t row, std::int64_t column) {
    return (static_cast<std::uint64_t>(row) << 32U) ^
           (static_cast<std::uint64_t>(column) & 0xFFFFFFFFU);
  }

  double tolerance_m_;
  std::int64_t cell_lat_ = 1;
  std::int64_t cell_lon_ = 1;
  std::unordered_multimap<std::uint64_t, Place> cells_;
  std::vector<LatLon> positions_;
};

int level_of(const Road& road) {
  return road.layer != 0 ? road.layer : road.bridge - road.tunnel;
}

/// A line as a sequence of places; the same place twice in a row is once.
struct PlacedLine {
  std::size_t line = 0;
  std::vector<Place> places;
};

bool is_way(const std::vector<Place>& places) {
  for (std::size_t i = 1; i < places.size(); ++i) {
    if (places[i - 1] != kNowhere && places[i] != kNowhere) {
      return true;
    }
  }
  return false;
}

class Joiner {
 public:
  Joiner(const GisLines& lines, double tolerance_m, BuildReport& report)
      : lines_(lines), report_(report), finder_(lines, tolerance_m) {
    for (std::size_t line = 0; line < lines.lines.size(); ++line) {
      place(line);
    }
    drop_twins();
    count_passages();
  }

  [[nodiscard]] SourceMap map() const;

 private:
  void place(std::size_t line);
  void drop_twins();
  void count_passages();
  [[nodiscard]] bool same_attributes(const GisLine& a, const GisLine& b) const;
  [[nodiscard]] int level_at(Place place, int level) const;

  const GisLines& lines_;
  BuildReport& report_;
  PlaceFinder finder_;
  std::vector<PlacedLine> placed_;
  std::map<Place, std::map<int, int>> passages_;  // only of places with several levels
};

void Joiner::place(std::size_t line) {
  PlacedLine placed{line, {}};
  const GisLine& source = lines_.lines[line];
  for (std::size_t point = source.first; point < source.last; ++point) {
    const Place at = lines_.placed[point] ? finder_.place_of(lines_.points[point]) : kNowhere;
    if (placed.places.empty() || placed.places.back() != at || at == kNowhere) {
      placed.places.push_back(at);
    }
  }
  if (!is_way(placed.places)) {
    ++report_.ways_dropped["長さのない線"];
    return;
  }
  if (placed.places.front() == placed.places.back()) {
    ++report_.remarks["輪になった線（そのまま使った）"];
  }
  placed_.push_back(std::move(placed));
}

bool Joiner::same_attributes(const GisLine& a, const GisLine& b) const {
  const auto facts = [this](const GisLine& line) {
    const Road& road = line.road;
    return std::tuple(lines_.has_ids ? road.way_id : 0, road.width_cm, road.step_count,
                      road.incline_permille, road.road_class, road.surface, road.smoothness,
                      road.foot, road.wheelchair, road.vehicle, road.lit, road.layer, road.bridge,
                      road.tunnel, road.ford, road.crossing, road.sidewalk, road.oneway_vehicle,
                      road.oneway_foot);
  };
  return facts(a) == facts(b) && a.name == b.name;
}

/// Lines drawn twice along the same places, in either direction. Those that say the same are one;
/// those that differ are all kept.
void Joiner::drop_twins() {
  std::map<std::vector<Place>, std::vector<std::size_t>> by_shape;
  std::vector<PlacedLine> kept;
  for (PlacedLine& placed : placed_) {
    const GisLine& line = lines_.lines[placed.line];
    std::vector<Place> shape = placed.places;
    const bool either_way = line.road.oneway_vehicle == 0 && line.road.oneway_foot == 0 &&
                            line.road.incline_permille == Road::kUnknownIncline;
    std::vector<Place> backward(shape.rbegin(), shape.rend());
    if (either_way && backward < shape) {
      shape = std::move(backward);
    }
    std::vector<std::size_t>& twins = by_shape[std::move(shape)];
    const bool said = std::ranges::any_of(
        twins, [&](std::size_t twin) { return same_attributes(lines_.lines[twin], line); });
    if (said) {
      ++report_.ways_dropped["同じ線の重複"];
      continue;
    }
    if (!twins.empty()) {
      ++report_.remarks["同じ形で属性の違う線（両方とも使った）"];
    }
    twins.push_back(placed.line);
    kept.push_back(std::move(placed));
  }
  placed_ = std::move(kept);
}

void Joiner::count_passages() {
  constexpr int kSeveral = 1 << 20;
  std::vector<int> level_at_place(finder_.positions().size(), kSeveral - 1);
  const auto for_each_visit = [this](const auto& visit) {
    for (const PlacedLine& placed : placed_) {
      const int level = level_of(lines_.lines[placed.line].road);
      const std::vector<Place>& places = placed.places;
      for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] != kNowhere) {
          const bool from = i > 0 && places[i - 1] != kNowhere;
          const bool to = i + 1 < places.size() && places[i + 1] != kNowhere;
          visit(places[i], level, static_cast<int>(from) + static_cast<int>(to));
        }
      }
    }
  };
  for_each_visit([&](Place place, int level, int /*count*/) {
    int& known = level_at_place[place];
    known = known == kSeveral - 1 || known == level ? level : kSeveral;
  });
  for_each_visit([&](Place place, int level, int count) {
    if (level_at_place[place] == kSeveral) {
      passages_[place][level] += count;
    }
  });
}

/// The level whose node at the place a line of `level` uses: all the same where levels meet.
int Joiner::level_at(Place place, int level) const {
  const auto levels = passages_.find(place);
  if (levels == passages_.end()) {
    return 0;
  }
  const bool meet = std::ranges::any_of(
      levels->second, [](const std::pair<const int, int>& entry) { return entry.second == 1; });
  return meet ? 0 : level;
}

SourceMap Joiner::map() const {
  SourceMap map;
  map.has_source_ids = false;
  std::vector<std::pair<Place, int>> nodes;
  for (const PlacedLine& placed : placed_) {
    const int level = level_of(lines_.lines[placed.line].road);
    for (const Place place : placed.places) {
      nodes.emplace_back(place, place == kNowhere ? 0 : level_at(place, level));
    }
  }
  std::vector<std::pair<Place, int>> visits = nodes;
  std::ranges::sort(nodes);
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  for (const auto& [place, level] : nodes) {
    const bool somewhere = place != kNowhere;
    map.node_ids.push_back(static_cast<std::int64_t>(map.node_ids.size()));
    map.nodes.push_back({somewhere ? finder_.positions()[place] : LatLon{}, somewhere, Obstacle{}});
  }
  for (const auto& visit : visits) {
    map.refs.push_back(std::ranges::lower_bound(nodes, visit) - nodes.begin());
  }
  std::size_t first = 0;
  for (const PlacedLine& placed : placed_) {
    const GisLine& line = lines_.lines[placed.line];
    map.ways.push_back({line.road, line.name, first, first + placed.places.size()});
    first += placed.places.size();
  }
  return map;
}

}  // namespace

SourceMap join_lines(const GisLines& lines, double tolerance_m, BuildReport& report) {
  return Joiner(lines, tolerance_m, report).map();
}

}  // namespace route
