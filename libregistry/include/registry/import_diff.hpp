// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/evacuation_plan.hpp"
#include "registry/ids.hpp"
#include "registry/plan_state.hpp"
#include "registry/registrant.hpp"

namespace registry {

/// Files about people that are imported as a reviewed diff.
enum class ImportKind : std::uint8_t {
  Residents,    ///< 住民記録
  Care,         ///< 介護認定
  Disability,   ///< 障害者手帳・障害支援区分
  Intractable,  ///< 指定難病などの医療費助成
  Voluntary     ///< 災害時要援護者登録 (on application)
};
[[nodiscard]] std::string_view to_text(ImportKind kind);  ///< 住民記録, ...

/// What a file says happened to a person (domain §8.5). One row may say several of these.
enum class ChangeKind : std::uint8_t {
  New,
  Changed,  ///< the other fields, see `PersonChange::fields`
  Moved,    ///< another address, not another spelling of it
  Died,
  Left,     ///< 転出
  Deleted,  ///< 職権消除
  BackInTown,
  CertificateNew,
  CertificateChanged,
  CertificateExpired,  ///< no longer stated, or past its end
  EnteredFacility,     ///< facility or hospital
  ReturnedHome,
  ProtectionSet,
  ProtectionEnded,
  NumberChanged,  ///< another 宛名番号, as a person decided
  Joined,         ///< the voluntary register
  Withdrew,       ///< from the voluntary register
  Missing         ///< not in a full file; reported only, nothing is stored
};
[[nodiscard]] std::string_view to_text(ChangeKind kind);  ///< 新規, 転居, ...

struct Difference {
  std::vector<ChangeKind> kinds;    ///< in the order of the enumerators; empty = no difference
  std::vector<std::string> fields;  ///< names of the fields that differ (columns of the store)
};

/// What changed between two states of one person, by the resident file.
[[nodiscard]] Difference difference(const Person& before, const Person& after);

/// What the welfare files say of a person.
struct WelfareState {
  std::vector<Certificate> certificates;  ///< of one kind of file
  LivingPlace living_place = LivingPlace::Home;
  Mobility mobility = Mobility::Unknown;
};
/// `on`: the day on which a certificate may have run out.
[[nodiscard]] Difference difference(const WelfareState& before, const WelfareState& after, Date on);

/// Where somebody lived, as search keys: how a supporter is found among the residents.
struct HomeKeys {
  std::string name;
  std::string address;           ///< 住所 and 番地
  std::string address_building;  ///< with 方書
};
[[nodiscard]] HomeKeys home_keys(const Person& person);

/// One change of an import that is about somebody the registry knew before.
struct PersonChange {
  PersonId person;
  std::vector<ChangeKind> kinds;
  std::vector<std::string> fields;
  HomeKeys former;  ///< before the change; empty unless the person moved, left or died
};

struct ImportDiff {
  std::vector<PersonChange> changes;
};

/// What the city has made and given away, as far as an import can make it false.
struct RegistryView {
  struct StoredPlan {
    PlanId plan;
    PersonId subject;
    PlanStatus status = PlanStatus::Draft;
  };
  struct Helper {
    SupporterId supporter;
    std::string name_key;
    std::string address_key;
    std::vector<PersonId> helps;
  };
  struct Member {
    RegisterKind kind = RegisterKind::Statutory;
    PersonId person;
  };
  struct Copy {
    std::string handover;
    std::string serial;
    PersonId person;
  };
  std::vector<StoredPlan> plans;
  std::vector<Helper> helpers;
  std::vector<Member> members;
  std::vector<Copy> copies;  ///< handed over and neither returned nor destroyed
};

/// A line of a register that says something untrue now.
struct StaleEntry {
  RegisterKind kind = RegisterKind::Statutory;
  PersonId person;
  ChangeKind why = ChangeKind::Changed;
  friend auto operator<=>(const StaleEntry&, const StaleEntry&) = default;
};

/// A copy outside the house that says something untrue now, or names somebody now protected.
struct StaleCopy {
  std::string handover;
  std::string serial;
  PersonId person;
  ChangeKind why = ChangeKind::Changed;
  friend auto operator<=>(const StaleCopy&, const StaleCopy&) = default;
};

/// What an import made false. Sorted, nothing twice.
struct Ripple {
  std::vector<Invalidation> plans;
  std::vector<StaleEntry> lists;
  std::vector<StaleCopy> copies;
  friend bool operator==(const Ripple&, const Ripple&) = default;
};

/// Domain §7.4. Reads no store and no clock. Plans that are over (同意なし, 対象外, 撤回) cannot
/// become false. A supporter is somebody of the diff when name and address agree by search key.
[[nodiscard]] Ripple ripple_from_import(const ImportDiff& diff, const RegistryView& view);

}  // namespace registry
