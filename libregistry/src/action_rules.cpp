// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>

#include "registry/access.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

constexpr RoleSet kAdmin{Role::Admin};
constexpr RoleSet kSections{Role::Admin, Role::ElderSection, Role::DisabilitySection};
constexpr RoleSet kStaff{Role::Admin, Role::ElderSection, Role::DisabilitySection, Role::Reader};
constexpr RoleSet kReporters{Role::Admin, Role::ElderSection, Role::DisabilitySection, Role::Reader,
                             Role::Supporter};
constexpr RoleSet kEverybodyWhoHelps{Role::Admin,  Role::ElderSection, Role::DisabilitySection,
                                     Role::Reader, Role::Supporter,    Role::Agency};
constexpr RoleSet kAnybody{Role::Admin,   Role::ElderSection, Role::DisabilitySection,
                           Role::Reader,  Role::Supporter,    Role::Agency,
                           Role::Auditor, Role::Operator};
constexpr RoleSet kAuditors{Role::Admin, Role::Auditor};
constexpr RoleSet kOpeners{Role::Admin, Role::ElderSection, Role::DisabilitySection, Role::Auditor};
constexpr RoleSet kOperators{Role::Admin, Role::Operator};

constexpr std::array kRules = {
    ActionRule{Action::ImportAreas, "import_areas", kAdmin, Reach::Nobody},
    ActionRule{Action::ImportResidents, "import_residents", kAdmin},
    ActionRule{Action::ImportCare, "import_care", kSections},
    ActionRule{Action::ImportDisability, "import_disability", kSections},
    ActionRule{Action::ImportSupporters, "import_supporters", kSections},
    ActionRule{Action::ImportShelters, "import_shelters", kAdmin, Reach::Nobody},
    ActionRule{Action::ImportIntractable, "import_intractable", kSections},
    ActionRule{Action::ImportVoluntary, "import_voluntary", kSections},
    ActionRule{Action::PreviewImport, "preview_import", kSections},
    ActionRule{Action::ListImports, "list_imports", kSections},
    ActionRule{Action::ShowImport, "show_import", kSections},
    ActionRule{Action::ShowImportNames, "show_import_names", kSections},
    ActionRule{Action::ExcludeFromImport, "exclude_from_import", kSections},
    ActionRule{Action::ApproveImport, "approve_import", kSections},
    ActionRule{Action::RevertImport, "revert_import", kAdmin},
    ActionRule{Action::DropImport, "drop_import", kSections},
    ActionRule{Action::ShowReviewQueue, "show_review_queue", kSections},
    ActionRule{Action::DecideReviewQueue, "decide_review_queue", kSections},
    ActionRule{Action::RunEligibility, "run_eligibility", kAdmin},
    ActionRule{Action::PreviewEligibility, "preview_eligibility", kAdmin},
    ActionRule{Action::AnswerEligibility, "answer_eligibility", kSections},
    ActionRule{Action::ListRegistrants, "list_registrants", kEverybodyWhoHelps},
    ActionRule{Action::ShowRegistrant, "show_registrant", kEverybodyWhoHelps},
    ActionRule{Action::ListCircumstances, "list_circumstances", kSections},
    ActionRule{Action::StorePlans, "store_plans", kSections},
    ActionRule{Action::TakePlanStep, "take_plan_step", kSections},
    ActionRule{Action::ShowPlan, "show_plan", kEverybodyWhoHelps},
    ActionRule{Action::ListPlans, "list_plans", kStaff},
    // accounts, protected persons, the audit log
    ActionRule{Action::OpenSession, "open_session", kAnybody, Reach::Nobody},
    ActionRule{Action::AppointAdmin, "appoint_admin", kAdmin, Reach::Nobody},
    ActionRule{Action::ManageAccounts, "manage_accounts", kAdmin, Reach::Nobody},
    ActionRule{Action::ListAccounts, "list_accounts", kAuditors, Reach::Nobody},
    ActionRule{Action::RequestOpening, "request_opening", kSections, Reach::Nobody},
    ActionRule{Action::ApproveOpening, "approve_opening", kSections, Reach::Nobody},
    ActionRule{Action::ListOpenings, "list_openings", kOpeners, Reach::Nobody},
    ActionRule{Action::ReadAudit, "read_audit", kAuditors, Reach::Nobody},
    ActionRule{Action::SignAudit, "sign_audit", kAuditors, Reach::Nobody},
    ActionRule{Action::VerifyAudit, "verify_audit", kAuditors, Reach::Nobody},
    ActionRule{Action::WhoSaw, "who_saw", kAuditors, Reach::Nobody},
    // people
    ActionRule{Action::SearchPeople, "search_people", kEverybodyWhoHelps},
    ActionRule{Action::ShowPerson, "show_person", kEverybodyWhoHelps},
    ActionRule{Action::EditPerson, "edit_person", kSections},
    ActionRule{Action::ImportNeeds, "import_needs", kSections},
    ActionRule{Action::ManageVoluntary, "manage_voluntary", kSections},
    ActionRule{Action::ListRegister, "list_register", kStaff},
    ActionRule{Action::ReportCompleteness, "report_completeness", kStaff},
    // consents and hand-overs
    ActionRule{Action::RecordConsent, "record_consent", kSections},
    ActionRule{Action::ShowConsents, "show_consents", kStaff},
    ActionRule{Action::OpenConsentRound, "open_consent_round", kSections},
    ActionRule{Action::WriteConsentLetters, "write_consent_letters", kSections},
    ActionRule{Action::PostConsentLetters, "post_consent_letters", kSections},
    ActionRule{Action::RecordConsentAnswers, "record_consent_answers", kSections},
    ActionRule{Action::ManageRecipients, "manage_recipients", kAdmin},
    ActionRule{Action::ListRecipients, "list_recipients", kStaff},
    ActionRule{Action::PreviewHandover, "preview_handover", kAdmin},
    ActionRule{Action::IssueHandover, "issue_handover", kAdmin},
    ActionRule{Action::TrackHandover, "track_handover", kAdmin},
    ActionRule{Action::ShowHandovers, "show_handovers", kStaff},
    ActionRule{Action::ApproveProtected, "approve_protected", kAdmin},
    ActionRule{Action::DeclareEmergency, "declare_emergency", kAdmin},
    ActionRule{Action::ReviewEmergency, "review_emergency", kAdmin},
    // keeping the store
    ActionRule{Action::Backup, "backup", kOperators, Reach::Nobody},
    ActionRule{Action::Restore, "restore", kOperators, Reach::Nobody},
    ActionRule{Action::ChangeKeys, "change_keys", kOperators, Reach::Nobody},
    // corrections by hand
    ActionRule{Action::ShowSupporter, "show_supporter", kSections, Reach::Nobody},
    ActionRule{Action::ListSupporters, "list_supporters", kSections, Reach::Nobody},
    ActionRule{Action::EditSupporter, "edit_supporter", kSections, Reach::Nobody},
    ActionRule{Action::EditShelter, "edit_shelter", kAdmin, Reach::Nobody},
    // disasters and drills; a report shows nothing of the person
    ActionRule{Action::DeclareEvent, "declare_event", kAdmin, Reach::Nobody},
    ActionRule{Action::OrderEvacuation, "order_evacuation", kAdmin, Reach::Nobody},
    ActionRule{Action::ShowEventBoard, "show_event_board", kStaff},
    ActionRule{Action::ReportSafety, "report_safety", kReporters, Reach::Nobody},
    ActionRule{Action::SettleSafety, "settle_safety", kSections, Reach::Nobody},
    ActionRule{Action::RunShelters, "run_shelters", kSections, Reach::Nobody},
    ActionRule{Action::SendSupporters, "send_supporters", kSections},
    ActionRule{Action::CloseEvent, "close_event", kAdmin, Reach::Nobody},
    ActionRule{Action::ExportVictimLedger, "export_victim_ledger", kAdmin},
    // alerts in, messages out
    ActionRule{Action::TakeAlerts, "take_alerts", kAdmin, Reach::Nobody},
    ActionRule{Action::ListAlerts, "list_alerts", kAdmin, Reach::Nobody},
    ActionRule{Action::QueueMessages, "queue_messages", kAdmin},
    ActionRule{Action::SendMessages, "send_messages", kAdmin},
    ActionRule{Action::ListMessages, "list_messages", kAdmin, Reach::Nobody},
    // what a drill is played with and found
    ActionRule{Action::ListDrillConsents, "list_drill_consents", kSections},
    ActionRule{Action::RecordDrill, "record_drill", kSections},
    ActionRule{Action::ShowDrills, "show_drills", kStaff},
    ActionRule{Action::RecordFinding, "record_finding", kSections, Reach::Nobody},
    ActionRule{Action::ShowFindings, "show_findings", kStaff, Reach::Nobody},
    // what leaves the house
    ActionRule{Action::Output, "output", kStaff},
};

/// Row i is about action i, and the last action has a row.
constexpr bool complete() {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (static_cast<std::size_t>(kRules[i].action) != i) {
      return false;
    }
  }
  return kRules.size() == static_cast<std::size_t>(Action::Output) + 1;
}
static_assert(complete(), "every action needs its row, in the order of the enumerators");

}  // namespace

const ActionRule& rule_of(Action action) {
  const auto index = static_cast<std::size_t>(action);
  TOMONI_EXPECT(index < kRules.size());
  return kRules[index];
}

}  // namespace registry
