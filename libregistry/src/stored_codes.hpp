// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "registry/access.hpp"
#include "registry/alert.hpp"
#include "registry/disclosure.hpp"
#include "registry/error.hpp"
#include "registry/evacuation_plan.hpp"
#include "registry/import_desk.hpp"
#include "registry/message.hpp"
#include "registry/plan_state.hpp"
#include "registry/review_queue.hpp"
#include "registry/safety_check.hpp"
#include "registry/sending.hpp"
#include "registry/shelter_opening.hpp"

namespace registry {

/// The words enumerators are stored as, in their order. Files keep them for years: add at the end,
/// never rename. (The Japanese words people read may change and are not used here.)
template <class Enum>
inline constexpr int kCodes = 0;

template <>
inline constexpr std::array<std::string_view, 2> kCodes<RegisterKind> = {"statutory", "voluntary"};
template <>
inline constexpr std::array<std::string_view, 4> kCodes<Sex> = {"not_stated", "male", "female",
                                                                "other"};
template <>
inline constexpr std::array<std::string_view, 4> kCodes<Residency> = {"resident", "moved_out",
                                                                      "died", "deleted"};
template <>
inline constexpr std::array<std::string_view, 4> kCodes<LivingPlace> = {"home", "facility",
                                                                        "hospital", "away_for_now"};
template <>
inline constexpr std::array<std::string_view, 3> kCodes<ProtectiveMeasure> = {"none", "active",
                                                                              "expired_unreviewed"};
template <>
inline constexpr std::array<std::string_view, 9> kCodes<Mobility> = {
    "unknown",         "walks",           "walks_with_stick",  "walks_with_rollator",
    "walks_with_help", "wheelchair_self", "wheelchair_pushed", "wheelchair_power",
    "stretcher"};
template <>
inline constexpr std::array<std::string_view, 6> kCodes<CertificateKind> = {
    "care_level", "physical", "intellectual", "mental", "support_category", "intractable_disease"};
template <>
inline constexpr std::array<std::string_view, 8> kCodes<Role> = {
    "admin",   "elder_section", "disability_section", "reader", "supporter", "agency",
    "auditor", "operator"};
template <>
inline constexpr std::array<std::string_view, 10> kCodes<AccessRefusal> = {
    "unknown_account", "disabled_account", "role_not_permitted", "protected",     "out_of_scope",
    "not_own_class",   "not_assigned",     "no_consent",         "no_open_event", "second_person"};
template <>
inline constexpr std::array<std::string_view, 6> kCodes<AreaLevel> = {
    "welfare_district", "junior_high_district", "school_district", "town",
    "neighbourhood",    "welfare_volunteer"};
template <>
inline constexpr std::array<std::string_view, kHazardKinds> kCodes<HazardKind> = {
    "flood",   "landslide",  "storm_surge",  "earthquake",
    "tsunami", "great_fire", "inland_flood", "volcano"};
template <>
inline constexpr std::array<std::string_view, 2> kCodes<ArrivalPolicy> = {"direct", "secondary"};
template <>
inline constexpr std::array<std::string_view, 2> kCodes<PlanKind> = {"individual",
                                                                     "medical_support"};
template <>
inline constexpr std::array<std::string_view, 11> kCodes<PlanStatus> = {
    "candidate",    "approached", "consented_to_create", "interviewing", "draft",
    "meeting_done", "active",     "needs_review",        "refused",      "out_of_scope",
    "withdrawn"};
template <>
inline constexpr std::array<std::string_view, 6> kCodes<Gap> = {
    "none",          "no_position", "off_the_roads", "no_permitted_shelter",
    "shelters_full", "roads_closed"};

template <>
inline constexpr std::array<std::string_view, 3> kCodes<LegKind> = {"gather", "evacuate",
                                                                    "transfer"};
template <>
inline constexpr std::array<std::string_view, 3> kCodes<StayAdvice> = {"none", "indoors",
                                                                       "upstairs"};
template <>
inline constexpr std::array<std::string_view, 4> kCodes<PlanVerdict> = {
    "not_judged", "executable", "at_risk", "not_executable"};
template <>
inline constexpr std::array<std::string_view, 17> kCodes<StaleReason> = {
    "subject_moved",    "subject_died",        "subject_left",
    "entered_facility", "certificate_changed", "supporter_moved",
    "supporter_died",   "supporter_withdrew",  "supporter_over_capacity",
    "shelter_revoked",  "shelter_changed",     "hazard_updated",
    "road_changed",     "consent_withdrawn",   "review_date_passed",
    "drill_failed",     "device_changed"};
// consents and hand-overs
template <>
inline constexpr std::array<std::string_view, kConsentScopes> kCodes<ConsentScope> = {
    "provide_roster", "create_plan", "provide_plan", "join_drill", "provide_medical"};
template <>
inline constexpr std::array<std::string_view, 5> kCodes<Answer> = {
    "not_asked", "no_reply", "granted", "refused", "withdrawn"};
template <>
inline constexpr std::array<std::string_view, 5> kCodes<ConsentMethod> = {
    "none", "written_self", "written_by_scribe", "electronic", "oral"};
template <>
inline constexpr std::array<std::string_view, 4> kCodes<AgentBasis> = {
    "none", "legal_representative", "adult_guardian", "family"};
template <>
inline constexpr std::array<std::string_view, kRecipientKinds> kCodes<RecipientKind> = {
    "internal", "fire",         "police",         "minsei",          "shakyo",
    "jishubo",  "other_listed", "plan_supporter", "welfare_shelter", "unlisted"};
template <>
inline constexpr std::array<std::string_view, 2> kCodes<DataKind> = {"roster", "plan"};
template <>
inline constexpr std::array<std::string_view, 4> kCodes<Phase> = {"normal", "drill", "threat",
                                                                  "occurred"};
template <>
inline constexpr std::array<std::string_view, 4> kCodes<OrdinanceMode> = {
    "statute", "opt_out", "presumed_after_inquiry", "no_consent"};
template <>
inline constexpr std::array<std::string_view, 7> kCodes<Profile> = {
    "none", "safety", "roster7", "action", "plan", "intake", "full"};
template <>
inline constexpr std::array<std::string_view, 11> kCodes<Reason> = {
    "internal_use",         "consent",          "ordinance",         "emergency",
    "protected_flagged",    "protected_manual", "not_in_local_plan", "no_subject_consent",
    "no_supporter_consent", "out_of_area",      "no_agreement"};
// Disasters and drills.
template <>
inline constexpr std::array<std::string_view, kEventPhases> kCodes<EventPhase> = {
    "normal", "threat", "occurred", "over"};
template <>
inline constexpr std::array<std::string_view, kEvacLevels> kCodes<EvacLevel> = {"L3", "L4", "L5"};
template <>
inline constexpr std::array<std::string_view, kSafetyStatuses> kCodes<SafetyStatus> = {
    "safe", "injured", "needs_rescue", "absent", "no_answer", "evacuated", "dead"};
template <>
inline constexpr std::array<std::string_view, kShelterSteps> kCodes<ShelterStep> = {
    "open", "close", "in", "out", "transfer"};
template <>
inline constexpr std::array<std::string_view, kSendSteps> kCodes<SendStep> = {"sent", "back",
                                                                              "cannot", "can"};
// Imports.
template <>
inline constexpr std::array<std::string_view, 5> kCodes<ImportKind> = {
    "residents", "care", "disability", "intractable", "voluntary"};
template <>
inline constexpr std::array<std::string_view, 18> kCodes<ChangeKind> = {"new",
                                                                        "changed",
                                                                        "moved",
                                                                        "died",
                                                                        "left",
                                                                        "deleted",
                                                                        "back_in_town",
                                                                        "certificate_new",
                                                                        "certificate_changed",
                                                                        "certificate_expired",
                                                                        "entered_facility",
                                                                        "returned_home",
                                                                        "protection_set",
                                                                        "protection_ended",
                                                                        "number_changed",
                                                                        "joined",
                                                                        "withdrew",
                                                                        "missing"};
template <>
inline constexpr std::array<std::string_view, 5> kCodes<BatchState> = {
    "previewed", "approved", "applied", "reverted", "dropped"};
template <>
inline constexpr std::array<std::string_view, 6> kCodes<QueueReason> = {
    "unknown_number",     "several_people", "other_address",
    "number_contradicts", "number_changed", "name_variant"};
template <>
inline constexpr std::array<std::string_view, 3> kCodes<QueueDecision> = {"open", "same",
                                                                          "different"};

// Alerts and messages.
template <>
inline constexpr std::array<std::string_view, 3> kCodes<AlertStatus> = {"issued", "updated",
                                                                        "lifted"};
template <>
inline constexpr std::array<std::string_view, kMessagePurposes> kCodes<MessagePurpose> = {
    "elderly_evacuation", "evacuation",     "emergency_safety", "ask_safety",
    "route_changed",      "shelter_opened", "event_over"};
template <>
inline constexpr std::array<std::string_view, 2> kCodes<Audience> = {"supporter", "registrant"};
template <>
inline constexpr std::array<std::string_view, 4> kCodes<MessageState> = {"queued", "sent", "failed",
                                                                         "bounced"};

template <class Enum>
[[nodiscard]] std::string_view to_code(Enum value) {
  const auto index = static_cast<std::size_t>(value);
  TOMONI_EXPECT(index < kCodes<Enum>.size());
  return kCodes<Enum>[index];
}

/// Throws `Error` for a word this version does not know.
template <class Enum>
[[nodiscard]] Enum from_code(std::string_view code) {
  for (std::size_t i = 0; i < kCodes<Enum>.size(); ++i) {
    if (kCodes<Enum>[i] == code) {
      return static_cast<Enum>(i);
    }
  }
  throw Error("台帳に知らない区分が入っています: " + std::string(code) +
              "。プログラムの版を確かめてください。");
}

}  // namespace registry
