// SPDX-License-Identifier: Apache-2.0
#include "registry/access.hpp"

#include <utility>

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::string_view kInternal = "49条の11第1項";
constexpr std::string_view kByConsent = "49条の11第2項";
constexpr std::string_view kInDisaster = "49条の11第3項";

constexpr FieldSet kEverything{Field::Name,      Field::Identity, Field::Place,    Field::Contacts,
                               Field::HowToHelp, Field::Reasons,  Field::CareData, Field::Household,
                               Field::Helpers,   Field::Numbers};
constexpr FieldSet kWithoutCare{Field::Name,      Field::Identity,  Field::Place,  Field::Contacts,
                                Field::HowToHelp, Field::Household, Field::Helpers};
constexpr FieldSet kCard{Field::Name, Field::Place, Field::Contacts, Field::HowToHelp};
constexpr FieldSet kSevenItems{Field::Name, Field::Identity, Field::Place, Field::Contacts,
                               Field::Reasons};

constexpr unsigned duties(bool emergency) {
  return static_cast<unsigned>(Duty::Secrecy) |
         (emergency ? static_cast<unsigned>(Duty::FlagEmergency) : 0U);
}

AccessDecision for_supporter(const AccessRequest& request) {
  if (!request.assigned) {
    return AccessRefusal::NotAssigned;
  }
  if (request.consent) {
    return AccessGrant{kCard, kByConsent, duties(false)};
  }
  if (request.open_event) {
    return AccessGrant{kCard, kInDisaster, duties(true)};
  }
  return AccessRefusal::NoConsent;
}

AccessDecision for_agency(const AccessRequest& request) {
  if (!request.assigned) {
    return AccessRefusal::NotAssigned;
  }
  if (!request.open_event) {
    return AccessRefusal::NoOpenEvent;
  }
  return AccessGrant{kSevenItems, kInDisaster, duties(true)};
}

AccessDecision by_role(const AccessRequest& request) {
  switch (request.role) {
    case Role::Admin:
      return AccessGrant{kEverything, kInternal, 0};
    case Role::ElderSection:
    case Role::DisabilitySection:
      if (!request.own_class) {
        return AccessRefusal::NotOwnClass;
      }
      return AccessGrant{kEverything, kInternal, 0};
    case Role::Reader:
      if (!request.in_scope) {
        return AccessRefusal::OutOfScope;
      }
      return AccessGrant{kWithoutCare, kInternal, 0};
    case Role::Supporter:
      return for_supporter(request);
    case Role::Agency:
      return for_agency(request);
    case Role::Auditor:
    case Role::Operator:
      return AccessRefusal::RoleNotPermitted;
  }
  contract_violated("role is an enumerator", __FILE__, __LINE__);
}

}  // namespace

AccessDecision decide_access(const AccessRequest& request) {
  const ActionRule& rule = rule_of(request.action);
  if (!rule.roles.contains(request.role)) {
    return AccessRefusal::RoleNotPermitted;
  }
  if (rule.reach == Reach::Nobody) {
    return AccessGrant{FieldSet{}, {}, 0};
  }
  // Who may not see the person anyway does not learn of the protection either.
  AccessDecision decision = by_role(request);
  if (std::holds_alternative<AccessGrant>(decision) && request.protection == Protection::Closed) {
    return AccessRefusal::Protected;
  }
  return decision;
}

std::string_view to_text(AccessRefusal reason) {
  switch (reason) {
    case AccessRefusal::UnknownAccount:
      return "この利用者は台帳に登録されていません。管理者に登録を頼んでください。";
    case AccessRefusal::DisabledAccount:
      return "この利用者は停止されています。管理者に確かめてください。";
    case AccessRefusal::RoleNotPermitted:
      return "この利用者の役割ではこの操作はできません。管理者に確かめてください。";
    case AccessRefusal::Protected:
      return "支援措置対象です。窓口へ照会してください(閲覧には別の担当者の承認が必要です)。";
    case AccessRefusal::OutOfScope:
      return "担当区域の外の方です。";
    case AccessRefusal::NotOwnClass:
      return "担当する制度の対象ではない方です。";
    case AccessRefusal::NotAssigned:
      return "担当として登録されていない方です。";
    case AccessRefusal::NoConsent:
      return "本人の同意がなく、災害時の提供の決定もありません(49条の11)。";
    case AccessRefusal::NoOpenEvent:
      return "災害時の提供の決定がありません(49条の11第3項)。";
    case AccessRefusal::SecondPersonNeeded:
      return "申請した本人は承認できません。別の担当者が承認してください。";
  }
  contract_violated("reason is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(Role role) {
  switch (role) {
    case Role::Admin:
      return "管理者";
    case Role::ElderSection:
      return "高齢者支援課";
    case Role::DisabilitySection:
      return "障害福祉課";
    case Role::Reader:
      return "閲覧者";
    case Role::Supporter:
      return "避難支援等実施者";
    case Role::Agency:
      return "関係機関";
    case Role::Auditor:
      return "監査";
    case Role::Operator:
      return "運用";
  }
  contract_violated("role is an enumerator", __FILE__, __LINE__);
}

AccessRefused::AccessRefused(AccessRefusal reason, std::string person)
    : Error(std::string(to_text(reason))), reason_(reason), person_(std::move(person)) {}

}  // namespace registry
