// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "registry/evacuation_plan.hpp"

namespace registry {

/// Why a plan that was in force no longer describes the world (domain §7.4).
enum class StaleReason : std::uint8_t {
  SubjectMoved,
  SubjectDied,
  SubjectLeft,      ///< moved out of the city, or deleted from the resident register
  EnteredFacility,  ///< lives in a facility or hospital now
  CertificateChanged,
  SupporterMoved,
  SupporterDied,
  SupporterWithdrew,
  SupporterOverCapacity,
  ShelterRevoked,  ///< designation ended
  ShelterChanged,  ///< capacity, policy or acceptance
  HazardUpdated,
  RoadChanged,
  ConsentWithdrawn,
  ReviewDatePassed,
  DrillFailed,
  DeviceChanged
};
[[nodiscard]] std::string_view to_text(StaleReason reason);  ///< 本人の転居, ...

/// One plan that an event made false.
struct Invalidation {
  PlanId plan;
  PersonId subject;
  StaleReason reason = StaleReason::SubjectMoved;
  friend auto operator<=>(const Invalidation&, const Invalidation&) = default;
};

}  // namespace registry
