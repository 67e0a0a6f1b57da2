// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/disclosure_list.hpp"
#include "registry/handover.hpp"

namespace registry {

class Session;

/// 提供先の台帳. A desk of a session.
class RecipientBook {
 public:
  explicit RecipientBook(Session& session) : session_(&session) {}
  /// A new recipient. Throws `InputError` for one whose record cannot stand (see `fault_of`).
  OrgId add(RecipientOrg org);
  /// A new revision of `org`. Throws `Error` when somebody else has revised it since it was read
  /// (`org.rev` is the revision that was read).
  void revise(const RecipientOrg& org);
  /// Newest revisions, in the order in which they came.
  [[nodiscard]] std::vector<RecipientOrg> list();

 private:
  Session* session_;
};

/// 災害時の提供の決定 (49条の11③, 49条の15③). A desk of a session.
class EmergencyDesk {
 public:
  explicit EmergencyDesk(Session& session) : session_(&session) {}
  /// Stored as the session's account decides it; `decided_by`, `at` and the confirmation are the
  /// store's. Not in force before a second account confirms. Throws `InputError` when the event,
  /// the role, the necessity, areas, recipients or data are not named, or it lasts over 72 hours.
  DecisionId declare(EmergencyDecision decision);
  /// Throws `DisclosureRefused` for the account that declared it, or after the hour.
  void confirm(const DecisionId& id);
  void revoke(const DecisionId& id);
  [[nodiscard]] std::vector<EmergencyDecision> decisions();
  /// Copies that went out on a decision and nobody has looked at since.
  [[nodiscard]] std::vector<Handover> unreviewed();
  /// By another account than the one that issued the copy.
  void review(const HandoverId& handover, const std::string& finding);
  /// Ends all decisions of an event. Throws `DisclosureRefused` while copies wait for review.
  void close_event(const std::string& event);

 private:
  Session* session_;
};

/// 提供台帳: makes lists and follows every copy until it is back. A desk of a session.
class HandoverDesk {
 public:
  HandoverDesk(Session& session, DisclosurePolicy policy)
      : session_(&session), policy_(std::move(policy)) {}

  /// Nothing leaves by this; the audit log says who looked.
  [[nodiscard]] HandoverPreview preview(const HandoverRequest& request);
  /// Writes the ledger and gives the list. `code` is that of a preview; throws `DisclosureRefused`
  /// when the list is another one by now, when nobody may be on it, or when the phase asks for a
  /// decision that is not in force. Older copies of the same kind with this recipient are recalled.
  [[nodiscard]] DisclosureList issue(const HandoverRequest& request, const std::string& code);

  /// A second person opens one protected person for one recipient and kind of data, once, within 30
  /// days; the account that approves cannot issue.
  ApprovalId approve(const PersonId& person, const OrgId& recipient, DataKind data,
                     const std::string& reason);

  /// Receipt, storage place, viewers, inspection; return or destruction close the copy.
  void record(const HandoverId& handover, const CopyRecord& what);
  /// Recalls every copy that recipients of a kind hold (e.g. when 民生委員 change all over Japan).
  std::size_t recall(RecipientKind kind, const std::string& why, Date due);
  [[nodiscard]] std::vector<RecallTask> recall_tasks();
  /// Copies whose return or recall is due before `on`, or without a receipt a week after issue.
  [[nodiscard]] std::vector<OverdueCopy> overdue(Date on);
  /// All copies, newest first.
  [[nodiscard]] std::vector<Handover> ledger();
  /// The live copy or old one by its serial. Throws `InputError` for an unknown one.
  [[nodiscard]] Handover by_serial(const std::string& serial);

 private:
  Session* session_;
  DisclosurePolicy policy_;
};

}  // namespace registry
