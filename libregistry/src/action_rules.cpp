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
    ActionRule{Action::ListRegistrants, "list_registrants", kStaff},
    ActionRule{Action::ShowRegistrant, "show_registrant", kStaff},
    ActionRule{Action::StorePlans, "store_plans", kSections},
    ActionRule{Action::ShowPlan, "show_plan", kStaff},
    ActionRule{Action::ListPlans, "list_plans", kStaff},
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
