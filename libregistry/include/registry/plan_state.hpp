// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "registry/evacuation_plan.hpp"

namespace registry {

// A plan goes 候補 → 打診中 → 作成同意済 → 聞取中 → 案 → 調整会議済 → 確定 → 要見直し → 確定 and
// may end as 同意なし, 対象外 or 撤回 (domain §4.4). Every step is a new revision.

/// Whether a plan may go from one status to the other. From 聞取中 on it may go back for more work;
/// what has ended can only begin anew as 候補.
[[nodiscard]] bool may_follow(PlanStatus from, PlanStatus to);

/// Whether people have settled the plan: a computation then never replaces it.
[[nodiscard]] bool is_settled(PlanStatus status);

/// A step somebody wants to take with one plan.
struct PlanStep {
  PersonId subject;
  PlanKind kind = PlanKind::Individual;
  int seen_revision = 0;  ///< the newest when the person looked; 0 = there was no plan yet
  PlanStatus to = PlanStatus::Candidate;
  std::string note = {};  ///< e.g. who was at the meeting; no personal data of others
  Date next_review{};     ///< for 確定; no date = as before
};

enum class StepFault : std::uint8_t { NoSuchPerson, RevisionChanged, NotAllowed, Incomplete };

/// Why a step was not taken, in words, without personal data.
struct StepRefusal {
  StepFault fault = StepFault::NotAllowed;
  std::string reason;
};

/// The new revision, or why there is none.
using StepResult = std::variant<int, StepRefusal>;

/// One revision of a plan as its history shows it.
struct PlanRevision {
  int revision = 0;
  PlanStatus status = PlanStatus::Draft;
  Instant at;
  std::string taken_by;  ///< account; empty = computed
  std::string note;
  std::vector<std::string> stale;  ///< why it was no longer true, in words
};

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
