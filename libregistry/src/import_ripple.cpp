// SPDX-License-Identifier: Apache-2.0
// From a diff to what it made false: each plan with the reasons of domain §7.4, each line of a
// register, each copy outside the house. A change that leaves a list true (a household number)
// touches none.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "registry/error.hpp"
#include "registry/import_diff.hpp"

namespace registry {
namespace {

/// What stands on a list or in a plan about the person (49条の10② 1-6, and how he or she moves).
constexpr std::array<std::string_view, 8> kShownFields = {
    "name",  "name_kana",          "birth_date", "sex",
    "phone", "emergency_contacts", "mobility",   "name_alias"};

bool is_over(PlanStatus status) {
  return status == PlanStatus::Refused || status == PlanStatus::OutOfScope ||
         status == PlanStatus::Withdrawn;
}

std::optional<StaleReason> subject_reason(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::Moved:
      return StaleReason::SubjectMoved;
    case ChangeKind::Died:
      return StaleReason::SubjectDied;
    case ChangeKind::Left:
    case ChangeKind::Deleted:
      return StaleReason::SubjectLeft;
    case ChangeKind::EnteredFacility:
      return StaleReason::EnteredFacility;
    case ChangeKind::CertificateNew:
    case ChangeKind::CertificateChanged:
    case ChangeKind::CertificateExpired:
      return StaleReason::CertificateChanged;
    case ChangeKind::New:
    case ChangeKind::Changed:
    case ChangeKind::BackInTown:
    case ChangeKind::ReturnedHome:
    case ChangeKind::ProtectionSet:
    case ChangeKind::ProtectionEnded:
    case ChangeKind::NumberChanged:
    case ChangeKind::Joined:
    case ChangeKind::Withdrew:
    case ChangeKind::Missing:
      return std::nullopt;
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

/// A supporter who no longer lives where he or she did cannot come as planned.
std::optional<StaleReason> supporter_reason(const std::vector<ChangeKind>& kinds) {
  const auto has = [&](ChangeKind kind) { return std::ranges::find(kinds, kind) != kinds.end(); };
  if (has(ChangeKind::Died)) {
    return StaleReason::SupporterDied;
  }
  if (has(ChangeKind::Moved) || has(ChangeKind::Left) || has(ChangeKind::Deleted) ||
      has(ChangeKind::EnteredFacility)) {
    return StaleReason::SupporterMoved;
  }
  return std::nullopt;
}

bool shows(const PersonChange& change) {
  return std::ranges::any_of(change.fields, [](const std::string& field) {
    return std::ranges::find(kShownFields, field) != kShownFields.end();
  });
}

/// Whether a printed line about the person is untrue after the change, or must not be out there.
bool makes_lists_false(ChangeKind kind, const PersonChange& change) {
  switch (kind) {
    case ChangeKind::Changed:
      return shows(change);
    case ChangeKind::Moved:
    case ChangeKind::Died:
    case ChangeKind::Left:
    case ChangeKind::Deleted:
    case ChangeKind::CertificateNew:
    case ChangeKind::CertificateChanged:
    case ChangeKind::CertificateExpired:
    case ChangeKind::EnteredFacility:
    case ChangeKind::ReturnedHome:
    case ChangeKind::ProtectionSet:
    case ChangeKind::Withdrew:
      return true;
    case ChangeKind::New:
    case ChangeKind::BackInTown:
    case ChangeKind::ProtectionEnded:
    case ChangeKind::NumberChanged:
    case ChangeKind::Joined:
    case ChangeKind::Missing:
      return false;
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

using Changes = std::map<PersonId, std::vector<const PersonChange*>>;

Changes by_person(const ImportDiff& diff) {
  Changes changes;
  for (const PersonChange& change : diff.changes) {
    changes[change.person].push_back(&change);
  }
  return changes;
}

template <class Use>
void for_each_change(const Changes& changes, const PersonId& person, Use use) {
  const auto found = changes.find(person);
  if (found == changes.end()) {
    return;
  }
  for (const PersonChange* change : found->second) {
    for (const ChangeKind kind : change->kinds) {
      use(kind, *change);
    }
  }
}

/// Why the supporters of people cannot come any more.
std::map<PersonId, std::set<StaleReason>> supporter_reasons(const ImportDiff& diff,
                                                            const RegistryView& view) {
  std::multimap<std::string, const RegistryView::Helper*> by_name;
  for (const RegistryView::Helper& helper : view.helpers) {
    if (!helper.name_key.empty() && !helper.address_key.empty()) {
      by_name.emplace(helper.name_key, &helper);
    }
  }
  std::map<PersonId, std::set<StaleReason>> reasons;
  for (const PersonChange& change : diff.changes) {
    const auto reason = supporter_reason(change.kinds);
    if (!reason || change.former.name.empty()) {
      continue;
    }
    const auto [begin, end] = by_name.equal_range(change.former.name);
    for (auto at = begin; at != end; ++at) {
      const RegistryView::Helper& helper = *at->second;
      if (helper.address_key == change.former.address ||
          helper.address_key == change.former.address_building) {
        for (const PersonId& person : helper.helps) {
          reasons[person].insert(*reason);
        }
      }
    }
  }
  return reasons;
}

template <class Value>
void sort_unique(std::vector<Value>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

Ripple ripple_from_import(const ImportDiff& diff, const RegistryView& view) {
  const Changes changes = by_person(diff);
  const auto helpers = supporter_reasons(diff, view);
  Ripple ripple;
  for (const RegistryView::StoredPlan& plan : view.plans) {
    if (is_over(plan.status)) {
      continue;
    }
    for_each_change(changes, plan.subject, [&](ChangeKind kind, const PersonChange&) {
      if (const auto reason = subject_reason(kind)) {
        ripple.plans.push_back({plan.plan, plan.subject, *reason});
      }
    });
    if (const auto found = helpers.find(plan.subject); found != helpers.end()) {
      for (const StaleReason reason : found->second) {
        ripple.plans.push_back({plan.plan, plan.subject, reason});
      }
    }
  }
  for (const RegistryView::Member& member : view.members) {
    for_each_change(changes, member.person, [&](ChangeKind kind, const PersonChange& change) {
      if (makes_lists_false(kind, change)) {
        ripple.lists.push_back({member.kind, member.person, kind});
      }
    });
  }
  for (const RegistryView::Copy& copy : view.copies) {
    for_each_change(changes, copy.person, [&](ChangeKind kind, const PersonChange& change) {
      if (makes_lists_false(kind, change)) {
        ripple.copies.push_back({copy.handover, copy.serial, copy.person, kind});
      }
    });
  }
  sort_unique(ripple.plans);
  sort_unique(ripple.lists);
  sort_unique(ripple.copies);
  return ripple;
}

}  // namespace registry
