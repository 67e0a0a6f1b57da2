// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registry/disclosure.hpp"
#include "registry/error.hpp"
#include "registry/ids.hpp"

namespace registry {

using HandoverId = TextId<struct HandoverTag>;
using ApprovalId = TextId<struct ApprovalTag>;

/// The rules forbid this hand-over; the text says which rule and what would help.
class DisclosureRefused : public Error {
 public:
  using Error::Error;
};

/// 提供先: who holds, reads and keeps what we hand over.
struct RecipientOrg {
  OrgId id;     ///< given by the store
  int rev = 0;  ///< given by the store; every change is a new revision
  RecipientKind kind = RecipientKind::Jishubo;
  std::string name;
  bool listed = false;      ///< stands in the 地域防災計画
  std::string plan_clause;  ///< where
  /// Whose people it receives. Empty: the whole city; for 民生委員 and 自主防災組織: nobody's.
  std::vector<AreaRef> areas;
  std::string agreement_no;
  std::optional<Date> agreement_signed_on;
  std::optional<Date> agreement_expires_on;
  std::string manager;  ///< 名簿管理者
  std::string storage_place;
  std::vector<std::string> viewers;  ///< 閲覧者
  std::optional<Date> training_done_on;
  std::optional<Date> inspection_due_on;
  SupporterId supporter;  ///< `PlanSupporter`: who it is
  ShelterId shelter;      ///< `WelfareShelter`: which one
  std::optional<Date> ended_on;
};

/// What a recipient's record lacks, in Japanese; nothing when it can stand.
[[nodiscard]] std::optional<std::string> fault_of(const RecipientOrg& org);

/// Agreement signed and running, training done and recent enough, manager and storage place known.
[[nodiscard]] bool agreement_valid(const RecipientOrg& org, const DisclosurePolicy& policy,
                                   Date on);

/// A package: what is to go to whom, in which phase, on which decision.
struct HandoverRequest {
  OrgId recipient;
  RegisterKind register_kind = RegisterKind::Statutory;
  DataKind data = DataKind::Roster;
  Phase phase = Phase::Normal;
  DecisionId decision;        ///< required in `Threat` and `Occurred`
  std::string medium = "紙";  ///< 紙, 暗号化媒体, 画面, LGWAN
  Date return_due{};          ///< the copy is to be returned or destroyed by then
};

/// Somebody who is not on the list, and why.
struct Excluded {
  PersonId person;
  Verdict verdict = Verdict::Deny;
  Reason reason = Reason::NoSubjectConsent;
  std::string note;  ///< where no rule of disclosure but a fact stands in the way
};

/// "Who will now see whom": the list as it would be, against the newest copy this recipient holds.
struct HandoverPreview {
  std::string recipient_name;
  Profile profile = Profile::None;
  std::vector<PersonId> included;
  std::vector<PersonId> newly_seen;      ///< not on the copy the recipient holds
  std::vector<PersonId> no_longer_seen;  ///< on that copy, not on this list
  std::vector<Excluded> excluded;
  HandoverId compared_with;  ///< empty: the recipient holds nothing
  std::string code;          ///< to be repeated when the list is issued; another list, another code
};

/// One copy that left the house.
struct Handover {
  HandoverId id;
  std::string serial;  ///< printed on every line and page
  OrgId recipient;
  RecipientKind recipient_kind = RecipientKind::Unlisted;
  std::string recipient_name;
  RegisterKind register_kind = RegisterKind::Statutory;
  DataKind data = DataKind::Roster;
  Phase phase = Phase::Normal;
  DecisionId decision;
  std::string legal_basis;
  Profile profile = Profile::None;
  std::string medium;
  std::string content_hash;
  std::size_t persons = 0;
  Date return_due{};
  Instant issued_at;
  std::string issued_by;
  std::optional<Instant> closed_at;  ///< returned or destroyed
  bool received = false;
  bool recalled = false;  ///< an open recall waits for it
};

/// What happened to a copy after it left.
enum class CopyEvent : std::uint8_t { Received, Stored, Viewed, Inspected, Returned, Destroyed };
[[nodiscard]] std::string_view to_text(CopyEvent event);  ///< 受領, 保管, 閲覧者, 点検, 返却, 廃棄

struct CopyRecord {
  CopyEvent event = CopyEvent::Received;
  Date on{};
  std::string text;  ///< 手渡し先, storage place, viewer, or proof of destruction
};

/// A copy that has to come back.
struct RecallTask {
  HandoverId handover;
  std::string serial;
  std::string recipient_name;
  std::string why;
  Date due{};
  bool done = false;
};

/// Why a copy stands on the overdue list.
enum class Overdue : std::uint8_t { ReturnDue, RecallDue, NoReceipt };
[[nodiscard]] std::string_view to_text(Overdue why);

struct OverdueCopy {
  Handover handover;
  Overdue why = Overdue::ReturnDue;
};

}  // namespace registry
