// SPDX-License-Identifier: Apache-2.0
#include "hazard_columns.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace route {
namespace {

using Answer = std::variant<HazardClass, NotAHazard>;

constexpr std::array<std::string_view, 7> kKindNames{
    "flood", "inland_flood", "landslide", "storm_surge", "tsunami", "fire", "blockage"};
constexpr int kDeepestRank = 6;

int highest_rank(HazardKind kind) {
  constexpr int kZones = 2;          // warning, special warning
  constexpr int kCollapseRanks = 5;  // 建物倒壊危険度
  if (kind == HazardKind::Landslide) {
    return kZones;
  }
  return kind == HazardKind::Blockage ? kCollapseRanks : kDeepestRank;
}

std::optional<double> parse_number(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

/// A whole number from 1 to `highest`.
std::optional<std::uint8_t> parse_rank(const std::string& text, int highest) {
  const auto value = parse_number(text);
  if (!value.has_value() || *value != std::floor(*value) || *value < 1 || *value > highest) {
    return std::nullopt;
  }
  return static_cast<std::uint8_t>(*value);
}

Answer water(HazardKind kind, const char* column, const std::string& text) {
  const auto rank = parse_rank(text, kDeepestRank);
  if (!rank.has_value()) {
    return NotAHazard{"列 " + std::string(column) + " が浸水深ランク1〜6でない"};
  }
  return HazardClass{kind, *rank, {}, {}};
}

/// 1 warning zone, 2 special warning zone, 3 and 4 the same before their designation.
Answer landslide(const char* column, const std::string& text) {
  const auto code = parse_rank(text, 4);
  if (!code.has_value()) {
    return NotAHazard{"列 " + std::string(column) + " が区域コード1〜4でない"};
  }
  return HazardClass{HazardKind::Landslide, static_cast<std::uint8_t>((*code - 1) % 2 + 1), {}, {}};
}

/// The lowest rank whose class reaches at least as deep.
std::uint8_t rank_of_depth(double depth_cm) {
  std::uint8_t rank = 1;
  while (rank < kDeepestRank && depth_cm > depth_bound_cm(rank)) {
    ++rank;
  }
  return rank;
}

/// `depth_cm` with or without `rank`. Where they disagree the deeper counts.
Answer measured_water(HazardKind kind, const std::optional<std::string>& rank,
                      const std::string& depth) {
  constexpr double kDeepestCm = 65'000;
  const auto depth_cm = parse_number(depth);
  if (!depth_cm.has_value() || *depth_cm <= 0 || *depth_cm > kDeepestCm) {
    return NotAHazard{"列 depth_cm が深さ（cm）でない"};
  }
  HazardClass hazard{kind, rank_of_depth(*depth_cm), {}, {}};
  hazard.depth_cm = static_cast<std::uint16_t>(std::ceil(*depth_cm));
  if (!rank.has_value()) {
    return hazard;
  }
  const auto given = parse_rank(*rank, kDeepestRank);
  if (!given.has_value()) {
    return NotAHazard{"列 rank がその種類のランクでない"};
  }
  if (*given > hazard.rank) {
    hazard = {kind, *given, {}, "depth_cm が rank より浅いため、rank の深さとみなす"};
  } else if (*given < hazard.rank) {
    hazard.note = "depth_cm が rank より深いため、depth_cm の深さとみなす";
  }
  return hazard;
}

Answer own_columns(const std::string& kind, const std::optional<std::string>& rank,
                   const std::optional<std::string>& depth) {
  const auto* const name = std::find(kKindNames.begin(), kKindNames.end(), kind);
  if (name == kKindNames.end()) {
    return NotAHazard{
        "列 kind が flood, inland_flood, landslide, storm_surge, tsunami, fire, blockage "
        "のどれでもない"};
  }
  const auto found = static_cast<HazardKind>(name - kKindNames.begin());
  if (!rank.has_value() && found == HazardKind::Fire) {
    return HazardClass{found, 1, {}, {}};
  }
  if (is_water(found) && depth.has_value()) {
    return measured_water(found, rank, *depth);
  }
  const auto value = parse_rank(rank.value_or(""), highest_rank(found));
  if (!value.has_value()) {
    return NotAHazard{"列 rank がその種類のランクでない"};
  }
  return HazardClass{found, *value, {}, {}};
}

Answer plateau_water(const std::string& rank, const std::optional<std::string>& kind) {
  const auto code = parse_number(kind.value_or(""));
  if (code == 2.0) {
    return water(HazardKind::Flood, "浸水ランク", rank);
  }
  if (code == 3.0) {
    return water(HazardKind::Tsunami, "浸水ランク", rank);
  }
  return NotAHazard{"列 種類 が 2（洪水）でも 3（津波）でもない"};
}

std::optional<HazardKind> kind_in(std::string_view layer) {
  constexpr std::array<std::pair<std::string_view, HazardKind>, 4> kWords{
      {{"内水", HazardKind::InlandFlood},
       {"高潮", HazardKind::StormSurge},
       {"津波", HazardKind::Tsunami},
       {"洪水", HazardKind::Flood}}};
  for (const auto& [word, kind] : kWords) {
    if (layer.find(word) != std::string_view::npos) {
      return kind;
    }
  }
  return std::nullopt;
}

/// Last number of a text like "0.3~0.5m未満の区域" in metres; nothing without an upper bound.
std::optional<double> upper_bound_m(std::string_view text) {
  if (text.find("未満") == std::string_view::npos && text.find("以下") == std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t last = text.find_last_of("0123456789");
  if (last == std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t before = text.find_last_not_of("0123456789.", last);
  const std::size_t first = before == std::string_view::npos ? 0 : before + 1;
  return parse_number(text.substr(first, last + 1 - first));
}

/// The depth the text ends with; without an upper end the deepest rank.
Answer depth_text(const std::string& text, std::string_view layer) {
  constexpr double kCmPerM = 100;
  const auto kind = kind_in(layer);
  if (!kind.has_value()) {
    return NotAHazard{"列 最大浸水深 がどの災害のものか、レイヤ名から分からない"};
  }
  if (text.find_first_of("0123456789") == std::string::npos) {
    return NotAHazard{"列 最大浸水深 に深さがない"};
  }
  const auto bound = upper_bound_m(text);
  if (!bound.has_value()) {
    return HazardClass{*kind, kDeepestRank, {}, {}};
  }
  return measured_water(*kind, {}, std::to_string(*bound * kCmPerM));
}

Answer kind_and_rank(const ColumnReader& column, std::string_view layer) {
  if (const auto kind = column("kind")) {
    return own_columns(*kind, column("rank"), column("depth_cm"));
  }
  if (const auto rank = column("A31a_205")) {
    return water(HazardKind::Flood, "A31a_205", *rank);
  }
  if (const auto code = column("A33_002")) {
    return landslide("A33_002", *code);
  }
  if (const auto rank = column("浸水ランク")) {
    return plateau_water(*rank, column("種類"));
  }
  if (const auto code = column("区域区分")) {
    return landslide("区域区分", *code);
  }
  if (const auto depth = column("最大浸水深")) {
    return depth_text(*depth, layer);
  }
  return NotAHazard{"列 kind, A31a_205, A33_002, 浸水ランク, 区域区分, 最大浸水深 のどれもない"};
}

/// A broken time must not make a place look safe for longer than it is.
void read_arrival(const std::string& text, HazardClass& hazard) {
  constexpr double kLongestMin = 60.0 * 24 * 365;
  const auto minutes = parse_number(text);
  if (minutes.has_value() && *minutes >= 0 && *minutes <= kLongestMin) {
    hazard.arrival_s = static_cast<std::uint32_t>(std::round(*minutes * 60));
  } else {
    hazard.note = "arrival_min が分でないため、初めから危険とみなす";
  }
}

}  // namespace

std::string_view hazard_name(HazardKind kind) {
  return kKindNames.at(static_cast<std::size_t>(kind));
}

Answer classify_hazard(const ColumnReader& column, std::string_view layer) {
  Answer answer = kind_and_rank(column, layer);
  auto* const hazard = std::get_if<HazardClass>(&answer);
  const auto arrival = column("arrival_min");
  if (hazard != nullptr && arrival.has_value()) {
    read_arrival(*arrival, *hazard);
  }
  return answer;
}

}  // namespace route
