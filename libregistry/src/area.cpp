// SPDX-License-Identifier: Apache-2.0
#include "registry/area.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>

#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

constexpr std::array<AreaLevel, 6> kLevels{
    AreaLevel::WelfareDistrict, AreaLevel::JuniorHighDistrict,
    AreaLevel::SchoolDistrict,  AreaLevel::Town,
    AreaLevel::Neighbourhood,   AreaLevel::WelfareVolunteer};

/// Whether the ray from the place towards the east crosses the edge. The edge is taken from south
/// to north, so that two areas sharing it compute the same number and never both claim the place.
bool crosses(Position a, Position b, Position place) {
  const Position south = a.lat < b.lat ? a : b;
  const Position north = a.lat < b.lat ? b : a;
  if (place.lat < south.lat || place.lat >= north.lat) {
    return false;
  }
  const double share = (place.lat - south.lat) / (north.lat - south.lat);
  return place.lon < south.lon + share * (north.lon - south.lon);
}

[[noreturn]] void refuse_tree(const Area& area, const char* what) {
  throw InputError("区域の親子関係が成り立ちません: " + std::string(to_text(area.level)) + " " +
                   area.code + " の親 " + area.parent + " " + what +
                   "。親コードを直してください。");
}

/// The area that encloses this one, of the nearest larger level, else of the same (a 丁目 in its
/// 町); nullptr when it is not there.
const Area* parent_of(const Area& area,
                      const std::multimap<std::string_view, const Area*>& by_code) {
  if (area.parent.empty()) {
    return nullptr;
  }
  const Area* best = nullptr;
  const auto [begin, end] = by_code.equal_range(area.parent);
  for (auto each = begin; each != end; ++each) {
    const Area* candidate = each->second;
    const auto rank = [&](const Area* one) {
      return one->level == area.level ? -1 : static_cast<int>(one->level);
    };
    if (candidate->level <= area.level && (best == nullptr || rank(candidate) > rank(best))) {
      best = candidate;
    }
  }
  if (best == nullptr && begin != end) {
    refuse_tree(area, "は、より小さい区分の区域です");
  }
  return best;
}

}  // namespace

std::string_view to_text(AreaLevel level) {
  switch (level) {
    case AreaLevel::WelfareDistrict:
      return "圏域";
    case AreaLevel::JuniorHighDistrict:
      return "中学校区";
    case AreaLevel::SchoolDistrict:
      return "小学校区";
    case AreaLevel::Town:
      return "町丁目";
    case AreaLevel::Neighbourhood:
      return "自治会";
    case AreaLevel::WelfareVolunteer:
      return "民生委員担当区";
  }
  contract_violated("level is an enumerator", __FILE__, __LINE__);
}

std::optional<AreaLevel> parse_area_level(std::string_view text) {
  const std::string code = normalized_code(text);
  for (const AreaLevel level : kLevels) {
    if (code == to_text(level)) {
      return level;
    }
  }
  return std::nullopt;
}

void check_area_tree(const std::vector<Area>& areas) {
  std::multimap<std::string_view, const Area*> by_code;
  for (const Area& area : areas) {
    by_code.emplace(area.code, &area);
  }
  for (const Area& area : areas) {
    const Area* each = &area;
    for (std::size_t steps = 0; each != nullptr; ++steps) {
      if (steps > areas.size()) {
        refuse_tree(area, "をたどると元に戻ります");
      }
      each = parent_of(*each, by_code);
    }
  }
}

bool contains(const Area& area, Position place) {
  bool inside = false;
  for (const std::vector<Position>& ring : area.rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      inside ^= crosses(ring[i - 1], ring[i], place);
    }
  }
  return inside;
}

}  // namespace registry
