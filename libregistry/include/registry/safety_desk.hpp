// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/safety_check.hpp"

namespace registry {

class Session;

/// What became of a batch.
struct SafetyImport {
  std::size_t added = 0;
  std::size_t repeated = 0;  ///< stood in the store already, or came twice: nothing written
  std::size_t quarantined = 0;
  std::vector<Rejected> quarantine;  ///< line and reason of those put aside now
};

/// A report that was put aside.
struct QuarantinedReport {
  SafetyReport report;
  std::string reason;
  Instant received;
  std::string seen_by;  ///< account that has looked at it; empty = nobody
  std::string note;     ///< what became of it
};

/// One person of the event as the account may see him or her.
struct BoardPerson {
  PersonId person;
  std::vector<AreaRef> areas;  ///< in which the home lies
  PersonSafety safety;
};

/// Everybody of an event.
struct SafetyBoard {
  std::vector<BoardPerson> people;  ///< in the order of their ids
  /// Protected people the account may not see: their place is nowhere, also not in a count by area.
  std::size_t protected_people = 0;
};

/// 安否確認. A desk of a session.
class SafetyDesk {
 public:
  SafetyDesk(Session& session, SafetyRules rules) : session_(&session), rules_(rules) {}

  /// Reports of any number of sources in one transaction. A repeat (same uuid, same content) is a
  /// no-op; a report from the future or from before the event, of an unknown person, or with a uuid
  /// another report bears, is put aside whole, with its reason. A supporter's account may report on
  /// the people it may see only. Throws `DisclosureRefused` for an event that is not open.
  SafetyImport report(const EventId& event, const std::vector<SafetyRow>& rows);

  /// People on the statutory register whose home lies in the event's areas. In a drill only those
  /// who have agreed to take part: a drill is peacetime.
  [[nodiscard]] SafetyBoard board(const EventId& event);
  /// All reports of one person, in the order of their times.
  [[nodiscard]] std::vector<SafetyReport> reports(const EventId& event, const PersonId& person);
  /// Every report in the order of their times, for the event's report.
  [[nodiscard]] std::vector<SafetyReport> all_reports(const EventId& event);

  /// A person decides: `decision` says what holds, and its `settles` which reports were looked at.
  /// Throws `InputError` when one of them is not of that person and event.
  void settle(const EventId& event, SafetyReport decision);

  [[nodiscard]] std::vector<QuarantinedReport> quarantine(const EventId& event);
  /// Somebody has looked at the report of that number (what is true in it is reported anew) and
  /// says what became of it. Throws `InputError` without a note, or when none waits.
  std::size_t review_quarantine(const EventId& event, const std::string& uuid,
                                const std::string& note);

 private:
  Session* session_;
  SafetyRules rules_;
};

}  // namespace registry
