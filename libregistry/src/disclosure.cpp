// SPDX-License-Identifier: Apache-2.0
#include "registry/disclosure.hpp"

#include <algorithm>
#include <array>

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::string_view kCare = "49-12/16";

/// The paragraph of 49条の11 (roster) or 49条の15 (plan).
std::string_view article(DataKind data, int paragraph) {
  constexpr std::array<std::string_view, 3> kRoster = {"49-11(1)", "49-11(2)", "49-11(3)"};
  constexpr std::array<std::string_view, 3> kPlan = {"49-15(1)", "49-15(2)", "49-15(3)"};
  const auto index = static_cast<std::size_t>(paragraph - 1);
  return data == DataKind::Roster ? kRoster.at(index) : kPlan.at(index);
}

/// 消防 and 警察: professionals under a duty of secrecy of their own who come to the door.
bool is_first_responder(RecipientKind kind) {
  return kind == RecipientKind::Fire || kind == RecipientKind::Police;
}

/// Recipients who are given their own people only, even in an emergency.
bool serves_its_own(RecipientKind kind) {
  return kind == RecipientKind::Minsei || kind == RecipientKind::Jishubo ||
         kind == RecipientKind::PlanSupporter || kind == RecipientKind::WelfareShelter;
}

DisclosureDecision denied(std::string_view basis, Reason reason) {
  DisclosureDecision decision;
  decision.basis = basis;
  decision.reason = reason;
  return decision;
}

OrdinanceMode mode_of(const DisclosureRequest& request, const DisclosurePolicy& policy) {
  const bool voluntary_roster =
      request.register_kind == RegisterKind::Voluntary && request.data == DataKind::Roster;
  return voluntary_roster ? OrdinanceMode::Statute : policy.mode(request.data);
}

/// What the parties' answers amount to.
struct Consents {
  bool subject = false;
  bool supporters = true;
  bool all_expressed = false;  ///< nobody's consent is only presumed or done without
  bool leave_out = false;      ///< refusing supporters are left out of the plan
};

Consents weighed(const DisclosureRequest& request, const DisclosurePolicy& policy,
                 const ConsentView& view) {
  const OrdinanceMode mode = mode_of(request, policy);
  Consents consents;
  consents.subject = counts_as_consent(view.subject, mode);
  consents.all_expressed = view.subject.answer == Answer::Granted;
  if (request.data == DataKind::Roster) {
    return consents;
  }
  const bool may_leave_out = mode == OrdinanceMode::OptOut && policy.leave_out_refusing_supporter;
  for (const PartyConsent& supporter : view.supporters) {
    consents.all_expressed = consents.all_expressed && supporter.answer == Answer::Granted;
    if (counts_as_consent(supporter, mode)) {
      continue;
    }
    if (may_leave_out) {
      consents.leave_out = true;
    } else {
      consents.supporters = false;
    }
  }
  return consents;
}

std::vector<ConsentId> evidence_of(const DisclosureRequest& request, const ConsentView& view) {
  std::vector<ConsentId> evidence;
  const auto add = [&](const PartyConsent& party) {
    if (!party.evidence.empty()) {
      evidence.push_back(party.evidence);
    }
  };
  add(view.subject);
  if (request.data == DataKind::Plan) {
    std::ranges::for_each(view.supporters, add);
  }
  return evidence;
}

DisclosureDecision in_emergency(const DisclosureRequest& request) {
  DisclosureDecision decision;
  decision.emergency = true;
  decision.basis = article(request.data, 3);
  decision.profile = profile_for(request.recipient, request.data);
  decision.address_secret = request.protected_person;
  if (request.protected_person && !is_first_responder(request.recipient) && !request.approved) {
    decision.verdict = Verdict::NeedsApproval;
    decision.basis = kCare;
    decision.reason = Reason::ProtectedPersonManual;
    return decision;
  }
  if (serves_its_own(request.recipient) && !request.belongs) {
    return denied(kCare, Reason::OutOfArea);
  }
  decision.verdict = Verdict::Allow;
  decision.reason = !request.protected_person               ? Reason::EmergencyNoConsentNeeded
                    : is_first_responder(request.recipient) ? Reason::ProtectedPersonFlagged
                                                            : Reason::ProtectedPersonManual;
  return decision;
}

DisclosureDecision in_peacetime(const DisclosureRequest& request, const DisclosurePolicy& policy,
                                const ConsentView& view) {
  const std::string_view provision = article(request.data, 2);
  if (request.recipient == RecipientKind::Unlisted || !request.org_listed ||
      !policy.lists(request.recipient)) {
    return denied(provision, Reason::RecipientNotInLocalPlan);
  }
  const Consents consents = weighed(request, policy, view);
  if (!consents.subject) {
    return denied(provision, Reason::NoSubjectConsent);
  }
  if (!consents.supporters) {
    return denied(provision, Reason::NoSupporterConsent);
  }
  DisclosureDecision decision;
  decision.profile = profile_for(request.recipient, request.data);
  decision.evidence = evidence_of(request, view);
  decision.address_secret = request.protected_person;
  decision.leave_out_refusing_supporters = consents.leave_out;
  decision.by_consent = consents.all_expressed;
  if (request.protected_person && !request.approved) {
    decision.verdict = Verdict::NeedsApproval;
    decision.basis = kCare;
    decision.reason = Reason::ProtectedPersonManual;
    return decision;
  }
  if (!request.belongs) {
    return denied(kCare, Reason::OutOfArea);
  }
  if (policy.asks_agreement_of(request.recipient) && !request.agreement_valid) {
    return denied(kCare, Reason::NoAgreement);
  }
  decision.verdict = Verdict::Allow;
  decision.basis = provision;
  decision.reason = request.protected_person ? Reason::ProtectedPersonManual
                    : consents.all_expressed ? Reason::Consent
                                             : Reason::Ordinance;
  return decision;
}

bool names_area(const EmergencyDecision& decision, const std::vector<AreaRef>& areas) {
  return decision.whole_city || std::ranges::any_of(areas, [&](const AreaRef& area) {
           return std::ranges::find(decision.areas, area) != decision.areas.end();
         });
}

template <class Enum, std::size_t N>
std::string_view word(const std::array<std::string_view, N>& words, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  TOMONI_EXPECT(index < words.size());
  return words[index];
}

}  // namespace

bool is_effective(const EmergencyDecision& decision, Instant at) {
  if (decision.confirmed_by.empty() || decision.confirmed_by == decision.decided_by ||
      !decision.confirmed_at) {
    return false;
  }
  const std::int64_t begin = decision.at.milliseconds;
  const std::int64_t last = std::min(decision.ends_at.milliseconds, begin + kDecisionLastsMs);
  return decision.confirmed_at->milliseconds <= begin + kConfirmWithinMs &&
         *decision.confirmed_at <= at && at.milliseconds < last &&
         (!decision.revoked_at || at < *decision.revoked_at);
}

bool covers(const EmergencyDecision& decision, const DisclosureRequest& request) {
  const bool names_recipient =
      std::ranges::find(decision.kinds, request.recipient) != decision.kinds.end() ||
      (!request.org.empty() &&
       std::ranges::find(decision.orgs, request.org) != decision.orgs.end());
  return is_effective(decision, request.at) && names_recipient &&
         std::ranges::find(decision.data, request.data) != decision.data.end() &&
         names_area(decision, request.person_areas);
}

Profile profile_for(RecipientKind recipient, DataKind data) {
  switch (recipient) {
    case RecipientKind::Internal:
      return Profile::Full;
    case RecipientKind::Fire:
    case RecipientKind::Minsei:
      return data == DataKind::Plan ? Profile::Plan : Profile::Roster7;
    case RecipientKind::Police:
    case RecipientKind::Shakyo:
    case RecipientKind::OtherListed:
      return Profile::Roster7;
    case RecipientKind::Jishubo:
    case RecipientKind::PlanSupporter:
      return Profile::Action;
    case RecipientKind::WelfareShelter:
      return Profile::Intake;
    case RecipientKind::Unlisted:
      return Profile::Safety;
  }
  return Profile::None;
}

DisclosureDecision decide_disclosure(const DisclosureRequest& request,
                                     const DisclosurePolicy& policy, const ConsentView& consent,
                                     const EmergencyDecision* decision) {
  if (request.recipient == RecipientKind::Internal) {
    DisclosureDecision internal;
    internal.verdict = Verdict::Allow;
    internal.basis = article(request.data, 1);
    internal.reason = Reason::InternalUse;
    internal.profile = Profile::Full;
    internal.address_secret = request.protected_person;
    return internal;
  }
  const bool disaster = request.phase == Phase::Threat || request.phase == Phase::Occurred;
  if (disaster && decision != nullptr && covers(*decision, request)) {
    return in_emergency(request);
  }
  return in_peacetime(request, policy, consent);
}

std::string_view to_word(Verdict verdict) {
  static constexpr std::array<std::string_view, 3> kWords = {"DENY", "APPROVE", "ALLOW"};
  return word(kWords, verdict);
}

std::string_view to_word(Profile profile) {
  static constexpr std::array<std::string_view, 7> kWords = {
      "P-NONE", "P-SAFETY", "P-ROSTER7", "P-ACTION", "P-PLAN", "P-INTAKE", "P-FULL"};
  return word(kWords, profile);
}

std::string_view to_word(Reason reason) {
  static constexpr std::array<std::string_view, 11> kWords = {"INTERNAL_USE",
                                                              "CONSENT",
                                                              "ORDINANCE",
                                                              "EMERGENCY_NO_CONSENT_NEEDED",
                                                              "PROTECTED_PERSON_FLAGGED",
                                                              "PROTECTED_PERSON_MANUAL",
                                                              "RECIPIENT_NOT_IN_LOCAL_PLAN",
                                                              "NO_SUBJECT_CONSENT",
                                                              "NO_SUPPORTER_CONSENT",
                                                              "OUT_OF_AREA",
                                                              "NO_AGREEMENT"};
  return word(kWords, reason);
}

std::string_view to_text(Reason reason) {
  static constexpr std::array<std::string_view, 11> kTexts = {
      "市内部での利用",
      "本人(計画は支援者も)の同意",
      "条例の定め",
      "災害時の提供の決定(同意を要しない)",
      "支援措置対象者(住所秘匿の表示を付けて提供)",
      "支援措置対象者(別の責任者の承認が必要)",
      "地域防災計画に定めのない提供先",
      "本人の同意がない",
      "支援者の同意がない",
      "提供先の担当ではない",
      "協定または研修が有効でない"};
  return word(kTexts, reason);
}

}  // namespace registry
