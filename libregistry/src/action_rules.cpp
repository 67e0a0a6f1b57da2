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

constexpr std::array kRules = {
    ActionRule{Action::ImportAreas, "import_areas", kAdmin},
    ActionRule{Action::ImportResidents, "import_residents", kAdmin},
    ActionRule{Action::ImportCare, "import_care", kSections},
    ActionRule{Action::ImportDisability, "import_disability", kSections},
    ActionRule{Action::ImportSupporters, "import_supporters", kSections},
    ActionRule{Action::ImportShelters, "import_shelters", kAdmin},
    ActionRule{Action::RunEligibility, "run_eligibility", kAdmin},
    ActionRule{Action::ListRegistrants, "list_registrants", kStaff},
    ActionRule{Action::ShowRegistrant, "show_registrant", kStaff},
    ActionRule{Action::StorePlans, "store_plans", kSections},
    ActionRule{Action::ShowPlan, "show_plan", kStaff},
    ActionRule{Action::ListPlans, "list_plans", kStaff},
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
