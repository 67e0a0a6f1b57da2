// SPDX-License-Identifier: Apache-2.0
#include "registry/plan_state.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "registry/error.hpp"

namespace registry {
namespace {

using Step = std::pair<PlanStatus, PlanStatus>;

constexpr std::array kSteps = {
    Step{PlanStatus::Candidate, PlanStatus::Approached},
    Step{PlanStatus::Approached, PlanStatus::ConsentedToCreate},
    Step{PlanStatus::ConsentedToCreate, PlanStatus::Interviewing},
    Step{PlanStatus::Interviewing, PlanStatus::Draft},
    Step{PlanStatus::Draft, PlanStatus::MeetingDone},
    Step{PlanStatus::MeetingDone, PlanStatus::Active},
    Step{PlanStatus::Active, PlanStatus::NeedsReview},
    Step{PlanStatus::NeedsReview, PlanStatus::Active},
    // back for more work
    Step{PlanStatus::Draft, PlanStatus::Approached},  // a computed proposal, before anybody asked
    Step{PlanStatus::Draft, PlanStatus::Interviewing},
    Step{PlanStatus::MeetingDone, PlanStatus::Draft},
    Step{PlanStatus::NeedsReview, PlanStatus::Interviewing},
    Step{PlanStatus::NeedsReview, PlanStatus::Draft},
};

bool has_ended(PlanStatus status) {
  return status == PlanStatus::Refused || status == PlanStatus::OutOfScope ||
         status == PlanStatus::Withdrawn;
}

}  // namespace

bool may_follow(PlanStatus from, PlanStatus to) {
  if (has_ended(from)) {
    return to == PlanStatus::Candidate;
  }
  if (has_ended(to)) {
    return true;
  }
  return std::ranges::find(kSteps, Step{from, to}) != kSteps.end();
}

bool is_settled(PlanStatus status) {
  return status == PlanStatus::MeetingDone || status == PlanStatus::Active ||
         status == PlanStatus::NeedsReview || has_ended(status);
}

std::string_view to_text(StaleReason reason) {
  switch (reason) {
    case StaleReason::SubjectMoved:
      return "本人の転居";
    case StaleReason::SubjectDied:
      return "本人の死亡";
    case StaleReason::SubjectLeft:
      return "本人の転出・消除";
    case StaleReason::EnteredFacility:
      return "施設入所・長期入院";
    case StaleReason::CertificateChanged:
      return "認定・手帳の変更";
    case StaleReason::SupporterMoved:
      return "支援者の転居";
    case StaleReason::SupporterDied:
      return "支援者の死亡";
    case StaleReason::SupporterWithdrew:
      return "支援者の辞退";
    case StaleReason::SupporterOverCapacity:
      return "支援者の担当人数超過";
    case StaleReason::ShelterRevoked:
      return "避難先の指定解除";
    case StaleReason::ShelterChanged:
      return "避難先の定員・受入条件の変更";
    case StaleReason::HazardUpdated:
      return "ハザード情報の更新";
    case StaleReason::RoadChanged:
      return "道路の廃止・変更";
    case StaleReason::ConsentWithdrawn:
      return "同意の撤回";
    case StaleReason::ReviewDatePassed:
      return "見直し期日の経過";
    case StaleReason::DrillFailed:
      return "訓練で実行できず";
    case StaleReason::DeviceChanged:
      return "医療機器・用具の変更";
  }
  contract_violated("reason is an enumerator", __FILE__, __LINE__);
}

}  // namespace registry
