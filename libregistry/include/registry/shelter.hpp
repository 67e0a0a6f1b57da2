// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/area.hpp"
#include "registry/ids.hpp"

namespace registry {

/// The eight kinds of the designation law, in its order (domain §5.7).
enum class HazardKind : std::uint8_t {
  Flood,        ///< 洪水
  Landslide,    ///< 崖崩れ、土石流及び地滑り
  StormSurge,   ///< 高潮
  Earthquake,   ///< 地震
  Tsunami,      ///< 津波
  GreatFire,    ///< 大規模な火事
  InlandFlood,  ///< 内水氾濫
  Volcano       ///< 火山現象
};
inline constexpr std::size_t kHazardKinds = 8;
[[nodiscard]] std::string_view to_text(HazardKind kind);
[[nodiscard]] std::optional<HazardKind> parse_hazard_kind(std::string_view text);

/// May people go there directly, or only after the city has opened it for them?
enum class ArrivalPolicy : std::uint8_t { Direct, Secondary };
[[nodiscard]] std::string_view to_text(ArrivalPolicy policy);  ///< 直接避難, 二次避難

/// What a place is designated as; a place may be several.
struct ShelterKinds {
  bool emergency_site = false;      ///< 指定緊急避難場所
  bool shelter = false;             ///< 指定避難所
  bool designated_welfare = false;  ///< 指定福祉避難所
  bool agreement_welfare = false;   ///< 協定福祉避難所
  friend bool operator==(const ShelterKinds&, const ShelterKinds&) = default;
  [[nodiscard]] bool welfare() const { return designated_welfare || agreement_welfare; }
};

struct Shelter {
  ShelterId id;
  std::string common_id;  ///< 共通ID of the national list, or the city's ID
  std::string name;
  std::string name_kana;
  std::string address;
  std::string phone;
  Position position;
  ShelterKinds kinds;
  std::array<bool, kHazardKinds> suited{};  ///< by `HazardKind`; emergency sites only
  bool rated = false;                       ///< whether `suited` was stated at all
  ArrivalPolicy arrival = ArrivalPolicy::Direct;
  std::vector<std::string> acceptance;  ///< 受入対象者; empty = everybody
  std::optional<int> capacity;          ///< persons; nothing = not published
};

}  // namespace registry
