// SPDX-License-Identifier: Apache-2.0
#include "datagen/homes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace datagen {
namespace {

constexpr double kFlatShare = 0.34;
constexpr double kNearest = 4.5;  // metres from the middle of any street
constexpr double kFurthest = 19;

/// How likely houses stand along a way, per metre.
double house_weight(const StreetWay& way) {
  const std::string& kind = *way.tag("highway");
  if (way.tag("bridge") != nullptr || way.tag("tunnel") != nullptr ||
      way.tag("access") != nullptr) {
    return 0;
  }
  if (kind == "residential") {
    return 1;
  }
  if (kind == "unclassified") {
    return 0.7;
  }
  if (kind == "tertiary") {
    return 0.4;
  }
  return kind == "secondary" || kind == "trunk" || kind == "primary" ? 0.15 : 0;
}

/// 号: houses are numbered around the block from the east, about one every 14 m.
int house_number(const Block& block, Point plan) {
  const Point middle = block.middle();
  double angle = std::atan2(plan.y - middle.y, plan.x - middle.x);
  if (angle < 0) {
    angle += 2 * std::numbers::pi;
  }
  const double around = 2 * (block.high.x - block.low.x + block.high.y - block.low.y);
  return 1 + static_cast<int>(angle / (2 * std::numbers::pi) * around / 14);
}

std::size_t drawn_from(const std::vector<double>& sums, Random& random) {
  const double at = random.unit() * sums.back();
  const auto found = std::upper_bound(sums.begin(), sums.end(), at);
  return std::min(static_cast<std::size_t>(found - sums.begin()), sums.size() - 1);
}

}  // namespace

std::string building_name(Random& random) {
  static constexpr std::array<const char*, 8> kKinds = {
      "コーポ", "ハイツ", "メゾン", "グリーンハイツ", "サンコーポ", "第一", "第２", "メゾン・ド・"};
  static constexpr std::array<const char*, 10> kNames = {"ひかり",   "若葉",    "けやき", "富士見",
                                                         "泉",       "あさひ",  "みどり", "川端",
                                                         "すずかけ", "ソレイユ"};
  const std::string kind = kKinds.at(random.index(kKinds.size()));
  const std::string name = kNames.at(random.index(kNames.size()));
  return kind + name + (kind.starts_with("第") ? "荘" : "");
}

std::string room(Random& random) {
  return std::to_string(random.whole(1, 5) * 100 + random.whole(1, 8)) + "号室";
}

TownHomes::TownHomes(const TownPlan& plan, const Streets& streets, const TownDivision& division,
                     int people, std::uint64_t seed)
    : plan_(plan),
      streets_(streets),
      division_(division),
      index_(streets.net),
      blocks_(static_cast<std::size_t>(kRows * kColumns) + 1, streets.blocks.size()) {
  double sum = 0;
  for (const auto& stretch : index_.stretches()) {
    sum += house_weight(streets.net.ways[stretch.way]) * distance(stretch.from, stretch.to);
    sums_.push_back(sum);
  }
  for (std::size_t i = streets.blocks.size(); i > 0; --i) {
    blocks_[static_cast<std::size_t>(streets.blocks[i - 1].quarter)] = i - 1;
  }
  constexpr int kPeoplePerBuilding = 60;  // a third of them live in its dozen flats
  Random random(seed, "buildings");
  for (int i = 0; i < 1 + people / kPeoplePerBuilding; ++i) {
    buildings_.push_back(beside_street(random));
    buildings_.back().building = building_name(random);
  }
}

Home TownHomes::at(Point plan) const {
  const auto quarter = static_cast<std::size_t>(plan_.quarter_at(plan).value());
  const auto first = streets_.blocks.begin() + static_cast<std::ptrdiff_t>(blocks_[quarter]);
  const auto last = streets_.blocks.begin() + static_cast<std::ptrdiff_t>(blocks_[quarter + 1]);
  const auto block =
      std::find_if(first, last, [&](const Block& each) { return each.contains(plan); });
  const Quarter& there = division_.quarters[quarter];
  Home home{
      static_cast<int>(quarter),         there.postcode, there.code, kCityName + there.name, {}, {},
      to_position(plan_.to_ground(plan))};
  if (block != last) {
    home.number =
        std::to_string(block->number) + "番" + std::to_string(house_number(*block, plan)) + "号";
  }
  return home;
}

Home TownHomes::beside_street(Random& random) const {
  while (true) {
    const auto& stretch = index_.stretches()[drawn_from(sums_, random)];
    const double length = distance(stretch.from, stretch.to);
    const Point foot = between(stretch.from, stretch.to, random.unit());
    const double offset =
        random.real(kNearest, kFurthest) * (random.chance(0.5) ? 1 : -1) / std::max(1.0, length);
    const Point place = {foot.x - (stretch.to.y - stretch.from.y) * offset,
                         foot.y + (stretch.to.x - stretch.from.x) * offset};
    if (plan_.quarter_at(place) && plan_.buildable(place) && index_.nearest(place) >= kNearest) {
      return at(place);
    }
  }
}

Home TownHomes::next(Random& random) {
  if (!random.chance(kFlatShare)) {
    return beside_street(random);
  }
  Home home = buildings_[random.index(buildings_.size())];
  home.building += room(random);
  return home;
}

AreaHomes::AreaHomes(const std::vector<registry::Area>& areas) : areas_(areas) {
  double sum = 0;
  for (const registry::Area& area : areas) {
    sum += area.population.value_or(0);
    sums_.push_back(sum);
  }
  if (sum <= 0) {
    throw std::runtime_error(
        "no area of the file has a population; give each polygon a property \"population\"");
  }
}

Home AreaHomes::next(Random& random) {
  const std::size_t chosen = drawn_from(sums_, random);
  const registry::Area& area = areas_[chosen];
  registry::Position low{90, 180};
  registry::Position high{-90, -180};
  for (const auto& ring : area.rings) {
    for (const registry::Position p : ring) {
      low = {std::min(low.lat, p.lat), std::min(low.lon, p.lon)};
      high = {std::max(high.lat, p.lat), std::max(high.lon, p.lon)};
    }
  }
  constexpr int kTries = 10'000;  // more than enough but for an area without ground
  registry::Position place = low;
  for (int i = 0; i < kTries; ++i) {
    place = {random.real(low.lat, high.lat), random.real(low.lon, high.lon)};
    place = {std::round(place.lat * 1e7) / 1e7, std::round(place.lon * 1e7) / 1e7};
    if (registry::contains(area, place)) {
      break;
    }
  }
  Home home{static_cast<int>(chosen),
            "000-0001",
            {},
            kAreaCityName + area.name,
            std::to_string(random.whole(1, 40)) + "番" + std::to_string(random.whole(1, 30)) + "号",
            {},
            place};
  if (random.chance(kFlatShare)) {
    home.building = building_name(random) + room(random);
  }
  return home;
}

}  // namespace datagen
