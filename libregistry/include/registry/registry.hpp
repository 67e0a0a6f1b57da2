// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/area.hpp"
#include "registry/audit_log.hpp"
#include "registry/calendar.hpp"
#include "registry/capability.hpp"
#include "registry/city_import.hpp"
#include "registry/edit.hpp"
#include "registry/eligibility.hpp"
#include "registry/evacuation_plan.hpp"
#include "registry/ids.hpp"
#include "registry/local_plan.hpp"
#include "registry/plan_state.hpp"
#include "registry/registrant.hpp"
#include "registry/shelter.hpp"
#include "registry/staff.hpp"
#include "registry/store_location.hpp"
#include "registry/supporter.hpp"

namespace registry {

// START HERE. A `Registry` is the encrypted store; a `Session` is one actor's access for one
// purpose. Every call that changes or shows people is one transaction with its audit row in it.

/// Key of the store; kept in a file of its own, never in a log, an argument or the store.
using StoreKey = std::array<unsigned char, 32>;

/// What a registry needs of the world around it.
struct Surroundings {
  Clock clock;
  RandomSource random;
  std::chrono::milliseconds patience{5000};  ///< to wait while another process writes
};

/// Who acts, and why (safety: purpose is required and stands in the audit row).
struct Actor {
  std::string name;     ///< account of the operator, not of a registrant
  std::string purpose;  ///< e.g. 個別避難計画の作成
  Account account{};    ///< as the store knows it; filled in by `Registry::session`
};

/// A person with everything a plan needs to be printed or computed.
struct PlanSubject {
  Registrant registrant;
  std::vector<AssignedSupporter> supporters;
  Needs needs;
};

struct StoredPlans {
  std::size_t added = 0;      ///< first revisions
  std::size_t revised = 0;    ///< new revisions of older plans
  std::size_t unchanged = 0;  ///< equal to the newest revision: nothing written
  std::size_t kept = 0;       ///< settled by people: never replaced by a computation
};

/// A case the criteria leave to a person.
struct EligibilityQuestion {
  PersonId person;
  std::vector<std::string> clauses;
  std::string question;
};

/// Somebody's answer to it. Holds for that person and clause until the rule set is replaced.
struct EligibilityAnswer {
  PersonId person;
  std::string rule_set;
  std::string clause;
  bool counts = false;  ///< the person meets the clause
  std::string reason;   ///< what was looked at; required
};

struct EligibilityRun {
  std::size_t persons = 0;
  std::size_t eligible = 0;
  std::size_t excluded = 0;
  std::size_t review = 0;
  std::size_t joined = 0;                      ///< newly on the register
  std::size_t left = 0;                        ///< no longer on it
  std::vector<EligibilityQuestion> questions;  ///< without an answer
};

class Session;

class Registry {
 public:
  /// Makes a new store: a file, or the tables in an empty PostgreSQL database. Throws `Error` when
  /// one is there already or cannot be written; then nothing is left behind.
  static Registry create(const StoreLocation& location, const StoreKey& key,
                         Surroundings surroundings);
  /// Opens and, where needed, migrates. Throws `Error` naming the remedy for a wrong key or a place
  /// that is not a registry, and for a store written by a newer version. The key encrypts a file;
  /// a database it only ties to its city (its volume is encrypted by whoever runs the server).
  static Registry open(const StoreLocation& location, const StoreKey& key,
                       Surroundings surroundings);

  Registry(Registry&&) noexcept;
  Registry(const Registry&) = delete;
  Registry& operator=(Registry&&) noexcept;
  Registry& operator=(const Registry&) = delete;
  ~Registry();

  /// Makes the first account, an admin. Throws `InputError` when there is an account already.
  void appoint_first_admin(const std::string& name);

  /// From now on every thousandth row of the audit log, and the newest one on demand, is signed.
  void sign_audit_with(const AuditKey& key);

  /// Sessions borrow the registry and must not outlive it. Throws `AccessRefused` for an account
  /// that is not in the store or disabled.
  [[nodiscard]] Session session(Actor actor);

 private:
  friend class Session;
  friend struct SessionInside;
  class Store;
  explicit Registry(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

/// All imports are all-or-nothing: every valid row is stored together, or, when the operation
/// fails, none is. Rejected rows do not stop the valid ones.
class Session {
 public:
  ImportReport import_areas(const AreaFile& areas);
  ImportReport import_residents(const ParsedRows<ResidentRow>& rows);
  /// Rows whose 宛名番号 is not in the registry are rejected. All certificates of one file kind
  /// (care; the disability kinds) of a person are replaced by those of the file.
  ImportReport import_care(const ParsedRows<CertificateRow>& rows);
  ImportReport import_disability(const ParsedRows<CertificateRow>& rows);
  ImportReport import_supporters(const ParsedRows<SupporterRow>& rows);
  /// A row with the name of a stored shelter within 100 m adds to that shelter (the national lists
  /// carry a place once as 指定緊急避難場所 and once as 指定避難所).
  ImportReport import_shelters(const ParsedRows<ShelterRow>& rows);

  /// Applies the criteria to everybody and updates the statutory register.
  EligibilityRun run_eligibility(const RuleSet& rules, Date on);
  /// What `run_eligibility` would do.
  [[nodiscard]] EligibilityRun preview_eligibility(const RuleSet& rules, Date on);
  /// Throws `InputError` for a person there is not or an answer without its reason.
  void answer_eligibility(const EligibilityAnswer& answer);

  /// Everybody on the statutory register whom the account may see, in the order of their ids, with
  /// the fields it may see. A protected person reads `kProtectedNotice` and has no other field,
  /// unless opened for the account.
  [[nodiscard]] std::vector<PlanSubject> registrants();
  [[nodiscard]] std::optional<PlanSubject> registrant(const PersonId& id);
  /// Household and supporters of everybody on the statutory register.
  [[nodiscard]] std::map<PersonId, Circumstances> circumstances(Date on);
  /// Everybody who has agreed to help somebody or is ready to, in the order of their ids, also
  /// those without a person yet. Whom they help is read with the registrants.
  [[nodiscard]] std::vector<Supporter> supporters();
  [[nodiscard]] std::vector<Shelter> shelters();
  [[nodiscard]] std::vector<Area> areas();

  /// Stores a new revision of each computed plan that differs from its newest revision, in one
  /// transaction. The status people have brought a plan to stays.
  StoredPlans store_plans(const std::vector<EvacuationPlan>& plans);
  /// Takes one step with a plan, or says why not. 候補 of somebody without a plan begins one.
  [[nodiscard]] StepResult take_plan_step(const PlanStep& step);
  /// All revisions, oldest first; none when there is no plan of that kind.
  [[nodiscard]] std::vector<PlanRevision> plan_history(const PersonId& subject, PlanKind kind);
  /// Stores the next revision of one plan, when `revision` is still its newest one (0: there is
  /// none yet). An equal plan, or one that people have settled, stays at its revision.
  EditResult store_plan(const EvacuationPlan& plan, int revision);
  /// Brings each plan in force that something made false to 要見直し and keeps the reasons with it;
  /// one that awaits its review already only gains reasons. What the plans say stays as it is.
  /// Returns how many changed their status.
  std::size_t mark_plans_for_review(const std::vector<Invalidation>& invalidations);
  /// Newest revision of a person's plan.
  [[nodiscard]] std::optional<EvacuationPlan> plan_of(const PersonId& id);
  /// Newest revision of every plan, in the order of the persons' ids.
  [[nodiscard]] std::vector<EvacuationPlan> plans();

  [[nodiscard]] std::vector<AuditEntry> audit_log();

  /// Says in the audit log that personal data left the registry (a form, a list). Throws
  /// `AccessRefused` when the account may not see one of the people.
  void record_output(std::string_view what, const std::vector<PersonId>& subjects);
  /// The same for what has a permission of its own.
  void record_output(std::string_view what, const std::vector<PersonId>& subjects, Action action);

 private:
  friend class Registry;
  friend struct SessionInside;  // the desks borrow store and actor
  Session(Registry::Store& store, Actor actor);
  Registry::Store* store_;
  Actor actor_;
};

}  // namespace registry
