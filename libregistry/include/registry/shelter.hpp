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

/// Families a plan has a course of its own for (the Cabinet Office's sample form, domain §4.4).
enum class HazardFamily : std::uint8_t { WindAndFlood, Earthquake, Fire };
[[nodiscard]] std::string_view to_text(HazardFamily family);  ///< 風水害, 地震, 火災
/// A tsunami and a volcano belong to the earthquake: nothing announces them days before.
[[nodiscard]] HazardFamily family_of(HazardKind kind);

/// May people go there directly, or only after the city has opened it for them?
enum class ArrivalPolicy : std::uint8_t { Direct, Secondary };
[[nodiscard]] std::string_view to_text(ArrivalPolicy policy);  ///< 直接避難, 二次避難

/// What a place is designated as; a place may be several.
struct ShelterKinds {
  bool emergency_site = false;      ///< 指定緊急避難場所
  bool shelter = false;             ///< 指定避難所
  bool designated_welfare = false;  ///< 指定福祉避難所
  bool agreement_welfare = false;   ///< 協定福祉避難所
  bool gathering_point = false;     ///< 一時集合場所: people meet here and go on together
  friend bool operator==(const ShelterKinds&, const ShelterKinds&) = default;
  [[nodiscard]] bool welfare() const { return designated_welfare || agreement_welfare; }
};

/// What some people cannot do without at a shelter.
enum class Equipment : std::uint8_t {
  Power,     ///< 非常用電源
  Bed,       ///< ベッド, for who is carried lying down
  Ostomate,  ///< オストメイト対応トイレ
  StepFree   ///< スロープ・段差なし
};
inline constexpr std::size_t kEquipmentKinds = 4;
[[nodiscard]] std::string_view to_text(Equipment equipment);

/// Needs a shelter may have a limit of its own for, beside its capacity. A person counts under the
/// first that applies.
enum class NeedClass : std::uint8_t { None, Power, Stretcher, Wheelchair };
inline constexpr std::size_t kNeedClasses = 4;
[[nodiscard]] std::string_view to_text(NeedClass need);

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
  /// By `Equipment`; nothing = not stated.
  std::array<std::optional<bool>, kEquipmentKinds> equipment{};
  /// By `NeedClass`; nothing = no limit of its own.
  std::array<std::optional<int>, kNeedClasses> need_limit{};
  std::optional<int> companion_limit;  ///< 同伴者 per person; nothing = not stated
  std::optional<int> opens_after_min;  ///< minutes from the signal until doors open; nothing = open
};

}  // namespace registry
