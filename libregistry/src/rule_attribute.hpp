// SPDX-License-Identifier: Apache-2.0
#pragma once

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
  LivingPlace,
  ExpectReturn,
  Age,
  HouseholdSize
};

/// An attribute that rules may speak of.
struct RuleAttribute {
  std::string_view name;
  Ask ask;
  CertificateKind kind;  ///< for Ask::CertificateGrade
};

/// Null for an attribute there is not.
[[nodiscard]] const RuleAttribute* find_rule_attribute(std::string_view name);

}  // namespace registry
