// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "registry/error.hpp"
#include "registry/registrant.hpp"

namespace registry {

/// What a condition looks at.
enum class Ask : std::uint8_t {
  CertificateGrade,
  PartGrade,
  PartsStated,
  PartCount,
  GradeStated,
  CardClass,
  LivingPlace,
  ExpectReturn,
  Age,
  HouseholdSize,
  HouseholdType,
  YoungestAge,
  MedicalCare,
  WelfareService,
  Mobility,
  HazardRank,
  Supporters,
  WayKnown
};

/// 世帯類型 (domain §5.6).
inline constexpr std::array<std::string_view, 7> kHouseholdTypes{
    "単身",  "高齢者のみ", "日中独居", "障害者のみ", "家族同居(支援可)", "家族同居(支援不可)",
    "その他"};

/// An attribute that rules may speak of.
struct RuleAttribute {
  std::string_view name;
  Ask ask;
  CertificateKind kind;  ///< for Ask::CertificateGrade
};

/// Null for an attribute there is not.
[[nodiscard]] const RuleAttribute* find_rule_attribute(std::string_view name);

}  // namespace registry
