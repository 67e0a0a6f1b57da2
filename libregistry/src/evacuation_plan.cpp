// SPDX-License-Identifier: Apache-2.0
#include "registry/evacuation_plan.hpp"

#include <algorithm>

#include "registry/error.hpp"

namespace registry {

std::string_view to_text(PlanStatus status) {
  switch (status) {
    case PlanStatus::Candidate:
      return "候補";
    case PlanStatus::Approached:
      return "打診中";
    case PlanStatus::ConsentedToCreate:
      return "作成同意済";
    case PlanStatus::Interviewing:
      return "聞取中";
    case PlanStatus::Draft:
      return "案";
    case PlanStatus::MeetingDone:
      return "調整会議済";
    case PlanStatus::Active:
      return "確定";
    case PlanStatus::NeedsReview:
      return "要見直し";
    case PlanStatus::Refused:
      return "同意なし";
    case PlanStatus::OutOfScope:
      return "対象外";
    case PlanStatus::Withdrawn:
      return "撤回";
  }
  contract_violated("status is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(Gap gap) {
  switch (gap) {
    case Gap::None:
      return "";
    case Gap::NoPosition:
      return "自宅の位置が確認できていない";
    case Gap::OffTheRoads:
      return "自宅の近くに通れる道がない";
    case Gap::NoPermittedShelter:
      return "災害の種類と受入条件に合い、たどり着ける避難先がない";
    case Gap::SheltersFull:
      return "避難先がすべて定員に達している";
    case Gap::RoadsClosed:
      return "通行止めのため、避難先へ行ける道がない";
  }
  contract_violated("gap is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(LegKind kind) {
  switch (kind) {
    case LegKind::Gather:
      return "一時集合場所へ";
    case LegKind::Evacuate:
      return "避難先へ";
    case LegKind::Transfer:
      return "福祉避難所へ";
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(StayAdvice stay) {
  switch (stay) {
    case StayAdvice::None:
      return "";
    case StayAdvice::Indoors:
      return "屋内安全確保";
    case StayAdvice::Upstairs:
      return "垂直避難";
  }
  contract_violated("stay is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(PlanVerdict verdict) {
  switch (verdict) {
    case PlanVerdict::NotJudged:
      return "未判定";
    case PlanVerdict::Executable:
      return "実行できる";
    case PlanVerdict::AtRisk:
      return "危うい";
    case PlanVerdict::NotExecutable:
      return "実行できない";
  }
  contract_violated("verdict is an enumerator", __FILE__, __LINE__);
}

const PlanLeg* leg_of(const PlanCourse& course, LegKind kind) {
  const auto leg = std::ranges::find(course.legs, kind, &PlanLeg::kind);
  return leg == course.legs.end() ? nullptr : &*leg;
}

const PlanCourse& EvacuationPlan::main_course() const {
  static const PlanCourse nothing_computed;
  return courses.empty() ? nothing_computed : courses.front();
}

bool leads_to(const EvacuationPlan& plan, const ShelterId& shelter) {
  return std::ranges::any_of(plan.courses, [&](const PlanCourse& course) {
    return std::ranges::find(course.legs, shelter, &PlanLeg::shelter) != course.legs.end();
  });
}

}  // namespace registry
