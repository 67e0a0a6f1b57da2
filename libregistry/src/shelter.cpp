// SPDX-License-Identifier: Apache-2.0
#include "registry/shelter.hpp"

#include <utility>

#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {

std::string_view to_text(HazardKind kind) {
  switch (kind) {
    case HazardKind::Flood:
      return "洪水";
    case HazardKind::Landslide:
      return "崖崩れ、土石流及び地滑り";
    case HazardKind::StormSurge:
      return "高潮";
    case HazardKind::Earthquake:
      return "地震";
    case HazardKind::Tsunami:
      return "津波";
    case HazardKind::GreatFire:
      return "大規模な火事";
    case HazardKind::InlandFlood:
      return "内水氾濫";
    case HazardKind::Volcano:
      return "火山現象";
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

std::optional<HazardKind> parse_hazard_kind(std::string_view text) {
  using Entry = std::pair<std::string_view, HazardKind>;
  static constexpr std::array<Entry, 14> kShortNames{{
      {"土砂災害", HazardKind::Landslide},
      {"土砂", HazardKind::Landslide},
      {"大規模火災", HazardKind::GreatFire},
      {"火災", HazardKind::GreatFire},
      {"内水", HazardKind::InlandFlood},
      {"火山", HazardKind::Volcano},
      {"flood", HazardKind::Flood},
      {"landslide", HazardKind::Landslide},
      {"storm_surge", HazardKind::StormSurge},
      {"earthquake", HazardKind::Earthquake},
      {"tsunami", HazardKind::Tsunami},
      {"fire", HazardKind::GreatFire},
      {"inland_flood", HazardKind::InlandFlood},
      {"volcano", HazardKind::Volcano},
  }};
  const std::string code = normalized_code(text);
  for (std::size_t i = 0; i < kHazardKinds; ++i) {
    const auto kind = static_cast<HazardKind>(i);
    if (code == to_text(kind)) {
      return kind;
    }
  }
  for (const auto& [name, kind] : kShortNames) {
    if (code == name) {
      return kind;
    }
  }
  return std::nullopt;
}

std::string_view to_text(HazardFamily family) {
  switch (family) {
    case HazardFamily::WindAndFlood:
      return "風水害";
    case HazardFamily::Earthquake:
      return "地震";
    case HazardFamily::Fire:
      return "火災";
  }
  contract_violated("family is an enumerator", __FILE__, __LINE__);
}

HazardFamily family_of(HazardKind kind) {
  switch (kind) {
    case HazardKind::Flood:
    case HazardKind::Landslide:
    case HazardKind::StormSurge:
    case HazardKind::InlandFlood:
      return HazardFamily::WindAndFlood;
    case HazardKind::Earthquake:
    case HazardKind::Tsunami:
    case HazardKind::Volcano:
      return HazardFamily::Earthquake;
    case HazardKind::GreatFire:
      return HazardFamily::Fire;
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(Equipment equipment) {
  switch (equipment) {
    case Equipment::Power:
      return "非常用電源";
    case Equipment::Bed:
      return "ベッド";
    case Equipment::Ostomate:
      return "オストメイト対応トイレ";
    case Equipment::StepFree:
      return "段差のない出入口";
  }
  contract_violated("equipment is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(NeedClass need) {
  switch (need) {
    case NeedClass::None:
      return "";
    case NeedClass::Power:
      return "電源";
    case NeedClass::Stretcher:
      return "ストレッチャー";
    case NeedClass::Wheelchair:
      return "車いす";
  }
  contract_violated("need is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(ArrivalPolicy policy) {
  switch (policy) {
    case ArrivalPolicy::Direct:
      return "直接避難";
    case ArrivalPolicy::Secondary:
      return "二次避難";
  }
  contract_violated("policy is an enumerator", __FILE__, __LINE__);
}

}  // namespace registry
