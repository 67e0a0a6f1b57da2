// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "registry/error.hpp"

namespace registry {

/// What an account is for (safety.md, "Roles").
enum class Role : std::uint8_t {
  Admin,              ///< 危機管理課
  ElderSection,       ///< 高齢者支援課
  DisabilitySection,  ///< 障害福祉課
  Reader,             ///< reads the districts in scope
  Supporter,          ///< 避難支援等実施者: only the people assigned to him or her
  Agency,             ///< police, fire: what was handed over
  Auditor,            ///< the audit log, people as pseudonyms
  Operator            ///< starts, stops, backs up; sees nobody
};

/// Everything a session can do. Each has one row in the table of permissions (action_rules.cpp);
/// one without a row does not compile.
enum class Action : std::uint8_t {
  // city files
  ImportAreas,
  ImportResidents,
  ImportCare,
  ImportDisability,
  ImportSupporters,
  ImportShelters,
  // city files as reviewed diffs
  ImportIntractable,
  ImportVoluntary,
  PreviewImport,
  ListImports,
  ShowImport,
  ShowImportNames,
  ExcludeFromImport,
  ApproveImport,
  RevertImport,
  DropImport,
  ShowReviewQueue,
  DecideReviewQueue,
  // registers
  RunEligibility,
  PreviewEligibility,
  AnswerEligibility,
  ListRegistrants,
  ShowRegistrant,
  ListCircumstances,
  // plans
  StorePlans,
  TakePlanStep,
  ShowPlan,
  ListPlans,
  // accounts, protected persons, the audit log
  OpenSession,
  AppointAdmin,
  ManageAccounts,
  ListAccounts,
  RequestOpening,
  ApproveOpening,
  ListOpenings,
  ReadAudit,
  SignAudit,
  VerifyAudit,
  WhoSaw,
  // people
  SearchPeople,
  ShowPerson,
  EditPerson,
  ImportNeeds,
  ManageVoluntary,
  ListRegister,
  ReportCompleteness,
  // consents
  RecordConsent,
  ShowConsents,
  OpenConsentRound,
  WriteConsentLetters,
  PostConsentLetters,
  RecordConsentAnswers,
  // hand-overs
  ManageRecipients,
  ListRecipients,
  PreviewHandover,
  IssueHandover,
  TrackHandover,
  ShowHandovers,
  ApproveProtected,
  DeclareEmergency,
  ReviewEmergency,
  // keeping the store
  Backup,
  Restore,
  ChangeKeys,
  // corrections by hand
  ShowSupporter,
  ListSupporters,
  EditSupporter,
  EditShelter,
  // disasters and drills
  DeclareEvent,
  OrderEvacuation,
  ShowEventBoard,
  ReportSafety,
  SettleSafety,
  RunShelters,
  SendSupporters,
  CloseEvent,
  ExportVictimLedger,
  // alerts in, messages out
  TakeAlerts,
  ListAlerts,
  QueueMessages,
  SendMessages,
  ListMessages,
  // what a drill is played with and found
  ListDrillConsents,
  RecordDrill,
  ShowDrills,
  RecordFinding,
  ShowFindings,
  // what leaves the house
  Output
};

/// A set of roles.
class RoleSet {
 public:
  template <class... Roles>
  constexpr explicit RoleSet(Roles... roles) : bits_((0U | ... | bit(roles))) {}
  [[nodiscard]] constexpr bool contains(Role role) const { return (bits_ & bit(role)) != 0; }

 private:
  static constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
  unsigned bits_;
};

/// Whom an action is about: what it may show is decided person by person, or there is nobody in it.
enum class Reach : std::uint8_t { People, Nobody };

/// One row of the table of permissions.
struct ActionRule {
  Action action;
  std::string_view name;  ///< as it stands in the audit log, e.g. import_residents
  RoleSet roles;          ///< who may do it at all; all others are refused
  Reach reach = Reach::People;
};

[[nodiscard]] const ActionRule& rule_of(Action action);

/// Groups of fields of a person, as a role may see them.
enum class Field : std::uint8_t {
  Name,       ///< 氏名
  Identity,   ///< カナ, 通称名, 生年月日, 性別, 言語
  Place,      ///< 住所, 居所, position, dwelling
  Contacts,   ///< the person's and the emergency contacts, who the door is opened to
  HowToHelp,  ///< movement, communication, what to mind, hands needed, transport, pets
  Reasons,    ///< 避難支援等を必要とする事由, as a category
  CareData,   ///< certificates, grades, diagnoses, medical care, medication, devices, care team
  Household,  ///< 世帯, 続柄
  Helpers,    ///< the supporters and how to reach them
  Numbers     ///< 宛名番号, 世帯番号
};
inline constexpr std::size_t kFields = 10;

class FieldSet {
 public:
  template <class... Fields>
  constexpr explicit FieldSet(Fields... fields) : bits_((0U | ... | bit(fields))) {}
  [[nodiscard]] constexpr bool contains(Field field) const { return (bits_ & bit(field)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(FieldSet, FieldSet) = default;

 private:
  static constexpr unsigned bit(Field field) { return 1U << static_cast<unsigned>(field); }
  unsigned bits_;
};

/// 支援措置 as it stands between an account and a person: `Opened` for the account a second person
/// has named, until the opening runs out.
enum class Protection : std::uint8_t { None, Closed, Opened };

/// Everything the decision depends on, for one person.
struct AccessRequest {
  Role role = Role::Operator;
  Action action = Action::ShowPerson;
  bool in_scope = false;    ///< the home lies in an area of the account
  bool own_class = false;   ///< the reason is one of the section's (elder; disability)
  bool assigned = false;    ///< the supporter helps the person; the agency was handed the person
  bool consent = false;     ///< the person agreed to that
  bool open_event = false;  ///< a disaster two people declared (49条の11第3項); never a drill
  Protection protection = Protection::Closed;
};

/// What goes with a grant.
enum class Duty : std::uint8_t {
  Secrecy = 1,       ///< 49条の13, 49条の17: must not leak
  FlagEmergency = 2  ///< reviewed before the event is closed
};

struct AccessGrant {
  FieldSet fields;
  std::string_view article;  ///< e.g. 49条の11第1項; empty where nobody is shown
  unsigned duties = 0;       ///< of `Duty`
  [[nodiscard]] bool has(Duty duty) const { return (duties & static_cast<unsigned>(duty)) != 0; }
  friend bool operator==(const AccessGrant&, const AccessGrant&) = default;
};

enum class AccessRefusal : std::uint8_t {
  UnknownAccount,
  DisabledAccount,
  RoleNotPermitted,
  Protected,
  OutOfScope,
  NotOwnClass,
  NotAssigned,
  NoConsent,
  NoOpenEvent,
  SecondPersonNeeded
};
[[nodiscard]] std::string_view to_text(AccessRefusal reason);  ///< a sentence, in Japanese
[[nodiscard]] std::string_view to_text(Role role);  ///< 管理者, 高齢者支援課, ...

using AccessDecision = std::variant<AccessGrant, AccessRefusal>;

/// Reads no clock and no store: the same request always gives the same decision. What is not
/// permitted here is refused.
[[nodiscard]] AccessDecision decide_access(const AccessRequest& request);

/// What the row of a protected person reads for everybody it is closed to.
inline constexpr std::string_view kProtectedNotice = "支援措置対象: 窓口へ照会";

/// The account may not do this. The refusal is in the audit log already.
class AccessRefused : public Error {
 public:
  explicit AccessRefused(AccessRefusal reason, std::string person = {});
  [[nodiscard]] AccessRefusal reason() const { return reason_; }
  [[nodiscard]] const std::string& person() const { return person_; }  ///< id, or empty

 private:
  AccessRefusal reason_;
  std::string person_;
};

}  // namespace registry
