// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/drill_desk.hpp"

namespace registry {

/// Where a finding stands.
enum class FindingState : std::uint8_t { Open, Done, Dropped };
[[nodiscard]] std::string_view to_text(FindingState state);  ///< 対応中, 完了, 取りやめ
/// Of 完了 and 取りやめ, the states in which a finding is closed, and 対応中.
[[nodiscard]] std::optional<FindingState> parse_finding_state(std::string_view text);

/// 是正 (after-action report / improvement plan, HSEEP): what a drill showed, and who does what
/// about it until when. Holds no personal data: an office or a role, never a person.
struct NewFinding {
  std::optional<DrillId> drill;  ///< nothing for a drill that was played on the desk only
  std::string drill_name;
  Date drill_day{};
  std::string finding;  ///< 指摘
  std::string action;   ///< 改善の内容
  std::string owner;    ///< 担当, an office or a role
  Date due{};
};

/// What becomes of a finding: closed, or kept open with another date or owner.
struct FindingStep {
  FindingState state = FindingState::Done;
  std::optional<Date> due = {};         ///< nothing = as before
  std::string owner = {};               ///< empty = as before
  std::string note = {};                ///< why, or how it was seen to be done
  std::optional<DrillId> checked = {};  ///< the drill at which it was looked at
};

/// A step as it stands in the book.
struct FindingRecord {
  FindingState state = FindingState::Open;
  std::string owner;
  Date due{};
  std::string note;
  std::string checked;  ///< name and day of the drill, or empty
  Instant recorded_at;
  std::string recorded_by;
};

struct DrillFinding {
  int number = 0;  ///< by which staff speak of it
  NewFinding said;
  std::vector<FindingRecord> history;  ///< oldest first; the first is its beginning

  [[nodiscard]] const FindingRecord& now() const { return history.back(); }
  [[nodiscard]] bool is_open() const { return now().state == FindingState::Open; }
  /// Open after its day.
  [[nodiscard]] bool is_overdue(Date today) const;
};

/// 是正の台帳: an append-only book, carried from drill to drill and printed in reports. A desk of a
/// session. Texts that name a registrant whom the account may see are refused.
class FindingBook {
 public:
  explicit FindingBook(Session& session) : session_(&session) {}

  /// Returns the number. Throws `InputError` for empty or overlong texts, the name or id of a
  /// registrant, an unknown drill, and a date that lies before the drill.
  int add(const NewFinding& finding);
  /// Throws `InputError` as `add`, and for an unknown or closed finding, a step without a note, an
  /// unknown drill or one that is no later than the finding's own, and a date before the drill.
  void take_step(int number, const FindingStep& step);
  /// The open ones, those due first before the others; with `closed` the others after them.
  [[nodiscard]] std::vector<DrillFinding> findings(bool closed = false);

 private:
  Session* session_;
};

}  // namespace registry
