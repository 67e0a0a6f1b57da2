// SPDX-License-Identifier: Apache-2.0
#include "area_lookup.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace registry {
namespace {

struct Box {
  Position low{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
  Position high{std::numeric_limits<double>::lowest(), std::numeric_limits<double>::lowest()};

  void add(Position place) {
    low = {std::min(low.lat, place.lat), std::min(low.lon, place.lon)};
    high = {std::max(high.lat, place.lat), std::max(high.lon, place.lon)};
  }
};

Box box_of(const Area& area) {
  Box box;
  for (const auto& ring : area.rings) {
    for (const Position& point : ring) {
      box.add(point);
    }
  }
  return box;
}

int cell(double value, double low, double high, int cells) {
  if (high <= low) {
    return 0;
  }
  const double share = (value - low) / (high - low) * cells;
  return std::clamp(static_cast<int>(share), 0, cells - 1);
}

}  // namespace

AreaLookup::AreaLookup(std::vector<Area> areas)
    : areas_(std::move(areas)), cells_(static_cast<std::size_t>(kCells) * kCells) {
  std::ranges::sort(areas_, {}, [](const Area& area) {
    return std::pair(area.level, std::string_view(area.code));
  });
  Box all;
  for (const Area& area : areas_) {
    const Box box = box_of(area);
    all.add(box.low);
    all.add(box.high);
  }
  low_ = all.low;
  high_ = all.high;
  for (std::uint32_t i = 0; i < areas_.size(); ++i) {
    const Box box = box_of(areas_[i]);
    for (int r = row(box.low.lat); r <= row(box.high.lat); ++r) {
      for (int c = column(box.low.lon); c <= column(box.high.lon); ++c) {
        cells_[static_cast<std::size_t>(r) * kCells + static_cast<std::size_t>(c)].push_back(i);
      }
    }
  }
}

int AreaLookup::column(double lon) const {
  return cell(lon, low_.lon, high_.lon, kCells);
}

int AreaLookup::row(double lat) const {
  return cell(lat, low_.lat, high_.lat, kCells);
}

std::vector<const Area*> AreaLookup::at(Position place) const {
  std::vector<const Area*> found;
  const bool outside = place.lat < low_.lat || place.lat > high_.lat || place.lon < low_.lon ||
                       place.lon > high_.lon;
  if (areas_.empty() || outside) {
    return found;
  }
  const auto index = static_cast<std::size_t>(row(place.lat)) * kCells +
                     static_cast<std::size_t>(column(place.lon));
  for (const std::uint32_t i : cells_[index]) {
    const Area& area = areas_[i];
    const bool level_done = !found.empty() && found.back()->level == area.level;
    if (!level_done && contains(area, place)) {
      found.push_back(&area);
    }
  }
  return found;
}

}  // namespace registry
