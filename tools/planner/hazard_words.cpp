// SPDX-License-Identifier: Apache-2.0
#include "planner/hazard_words.hpp"

#include <array>
#include <string_view>

namespace planner {
namespace {

constexpr std::array kKinds{route::HazardKind::Flood,     route::HazardKind::InlandFlood,
                            route::HazardKind::Landslide, route::HazardKind::StormSurge,
                            route::HazardKind::Tsunami,   route::HazardKind::Fire,
                            route::HazardKind::Blockage};

std::string_view kind_words(route::HazardKind kind) {
  switch (kind) {
    case route::HazardKind::Flood:
      return "洪水";
    case route::HazardKind::InlandFlood:
      return "内水氾濫";
    case route::HazardKind::Landslide:
      return "土砂災害";
    case route::HazardKind::StormSurge:
      return "高潮";
    case route::HazardKind::Tsunami:
      return "津波";
    case route::HazardKind::Fire:
      return "大規模火災";
    case route::HazardKind::Blockage:
      return "建物倒壊による道路閉塞";
  }
  return "";
}

std::string_view depth_words(std::uint8_t rank) {
  constexpr std::array<std::string_view, 6> kDepths{
      " 浸水0.5m未満", " 浸水0.5〜3m", " 浸水3〜5m", " 浸水5〜10m", " 浸水10〜20m", " 浸水20m以上"};
  return rank >= 1 && rank <= kDepths.size() ? kDepths[rank - 1U] : std::string_view{};
}

std::string rank_words(route::HazardKind kind, std::uint8_t rank) {
  switch (kind) {
    case route::HazardKind::Landslide:
      return rank >= 2 ? " 特別警戒区域" : " 警戒区域";
    case route::HazardKind::Fire:
      return "";
    case route::HazardKind::Blockage:
      return " 危険度" + std::to_string(rank);
    case route::HazardKind::Flood:
    case route::HazardKind::InlandFlood:
    case route::HazardKind::StormSurge:
    case route::HazardKind::Tsunami:
      break;
  }
  return std::string(depth_words(rank));
}

}  // namespace

std::string hazard_words(route::HazardKind kind, std::uint8_t rank,
                         std::optional<std::uint32_t> arrival_s) {
  std::string words(kind_words(kind));
  words += rank_words(kind, rank);
  if (arrival_s) {
    words += "（約" + std::to_string((*arrival_s + 30) / 60) + "分後）";
  }
  return words;
}

std::string hazards_at(const route::HazardMap& hazards, route::LatLon place) {
  std::string words;
  for (const route::HazardKind kind : kKinds) {
    if (const route::HazardZone* zone = hazards.at(place, kind)) {
      words += (words.empty() ? "" : "、") + hazard_words(kind, zone->rank, zone->arrival_s);
    }
  }
  return words;
}

}  // namespace planner
