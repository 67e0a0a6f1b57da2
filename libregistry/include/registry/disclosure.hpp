// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/area.hpp"
#include "registry/calendar.hpp"
#include "registry/consent.hpp"
#include "registry/disclosure_policy.hpp"

namespace registry {

/// An area by level and code.
struct AreaRef {
  AreaLevel level = AreaLevel::Neighbourhood;
  std::string code;
  friend auto operator<=>(const AreaRef&, const AreaRef&) = default;
};

using DecisionId = TextId<struct EmergencyDecisionTag>;

/// 提供の決定 under 49条の11③ and 49条の15③: who decided and why, for which areas, recipients and
/// data, from when to when. One person alone decides nothing: it is effective from the moment a
/// second one confirms, which must happen within an hour; after 72 hours it has to be renewed.
struct EmergencyDecision {
  DecisionId id;
  std::string event;  ///< name of the disaster
  Phase phase = Phase::Occurred;
  std::string decided_by;  ///< account
  std::string role;        ///< 市長, 本部長, 専決者
  std::string necessity;   ///< why it is specially necessary (特に必要)
  bool whole_city = false;
  std::vector<AreaRef> areas;
  std::vector<RecipientKind> kinds;
  std::vector<OrgId> orgs;
  std::vector<DataKind> data;
  Instant at;
  Instant ends_at;
  std::string confirmed_by;  ///< empty while one person stands alone
  std::optional<Instant> confirmed_at;
  std::optional<Instant> revoked_at;
};
inline constexpr std::int64_t kConfirmWithinMs = 3'600'000;
inline constexpr std::int64_t kDecisionLastsMs = std::int64_t{72} * 3'600'000;

[[nodiscard]] bool is_effective(const EmergencyDecision& decision, Instant at);

/// One person's data for one recipient at one moment.
struct DisclosureRequest {
  Phase phase = Phase::Normal;
  DataKind data = DataKind::Roster;
  RegisterKind register_kind = RegisterKind::Statutory;
  RecipientKind recipient = RecipientKind::Unlisted;
  OrgId org;
  Instant at;
  std::vector<AreaRef> person_areas;  ///< in which the home lies
  bool org_listed = true;  ///< this organisation stands in the 地域防災計画 under its kind
  /// The person belongs to the recipient: lives in its areas, is the supporter's own person, is
  /// assigned to the shelter.
  bool belongs = true;
  bool agreement_valid = true;    ///< agreement and training, as of the moment
  bool protected_person = false;  ///< 支援措置, also one that ran out without review
  bool approved = false;  ///< a named second person has approved this person for this recipient
};

/// The parties of a plan (避難行動要支援者等): the person and every supporter in it.
struct ConsentView {
  PartyConsent subject;
  std::vector<PartyConsent> supporters;
};

enum class Verdict : std::uint8_t { Deny, NeedsApproval, Allow };

/// How much of the data goes: the limit 必要な限度 sets for a recipient. What the kind of data
/// asked for does not hold is not in it: no destination under `Action` when the roster is asked
/// for.
enum class Profile : std::uint8_t { None, Safety, Roster7, Action, Plan, Intake, Full };

enum class Reason : std::uint8_t {
  InternalUse,
  Consent,
  Ordinance,
  EmergencyNoConsentNeeded,
  ProtectedPersonFlagged,  ///< 住所秘匿: goes, with the flag
  ProtectedPersonManual,   ///< a named second person decides
  RecipientNotInLocalPlan,
  NoSubjectConsent,
  NoSupporterConsent,
  OutOfArea,
  NoAgreement
};

[[nodiscard]] std::string_view to_word(Verdict verdict);  ///< DENY, APPROVE, ALLOW
[[nodiscard]] std::string_view to_word(Profile profile);  ///< P-NONE, P-SAFETY, ...
[[nodiscard]] std::string_view to_word(Reason reason);    ///< NO_SUBJECT_CONSENT, ...
[[nodiscard]] std::string_view to_text(Reason reason);    ///< for people, in Japanese

struct DisclosureDecision {
  Verdict verdict = Verdict::Deny;
  std::string_view basis;  ///< 49-11(1) ... 49-15(3); 49-12/16 where it rests on duties of care
  Reason reason = Reason::RecipientNotInLocalPlan;
  Profile profile = Profile::None;  ///< of an approval still due: what would then go
  bool address_secret = false;  ///< the recipient must keep the address to itself (支援措置)
  bool emergency = false;       ///< rests on the emergency decision
  bool by_consent = false;      ///< everybody asked has expressly consented
  bool leave_out_refusing_supporters = false;
  std::vector<ConsentId> evidence;
};

/// The only place that decides whether a person's data may leave. Reads no clock and no store.
///
/// Order: internal use; with a decision that is in force and covers area, recipient and data, the
/// emergency; otherwise (peacetime, drill, no such decision) listed recipient, the person's
/// consent, the supporters' consent, protection, area, agreement. The first that fails gives the
/// reason.
///
/// Where the law and its tables leave room:
/// - A drill, and a disaster without a decision, are peacetime.
/// - Under `NoConsent` the supporters' consent is not asked for either; under the other modes every
///   supporter must count as consenting by the same rule as the person. No supporter: nobody to
///   ask.
/// - The reason is `Consent` when everybody expressly consented, otherwise `Ordinance`.
/// - On the voluntary register only consent counts, whatever the ordinance says of the roster.
/// - A protected person denied for another reason stays denied: unlisted recipients and missing
///   consent come first. After an approval the rest of the order still applies.
/// - In an emergency 消防 and 警察 receive a protected person with the flag 住所秘匿, everybody
/// else
///   after approval; 民生委員, 自主防災組織, supporters and shelters only those who belong to them.
///   Agreements are not asked for.
/// - A shelter is listed like any other recipient, or it is not listed.
[[nodiscard]] DisclosureDecision decide_disclosure(const DisclosureRequest& request,
                                                   const DisclosurePolicy& policy,
                                                   const ConsentView& consent,
                                                   const EmergencyDecision* decision);

/// Whether the decision is in force and names the person's area, the recipient and the data.
[[nodiscard]] bool covers(const EmergencyDecision& decision, const DisclosureRequest& request);

/// What a recipient receives of a kind of data.
[[nodiscard]] Profile profile_for(RecipientKind recipient, DataKind data);

}  // namespace registry
