// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "registry/city_import.hpp"
#include "registry/evacuation_plan.hpp"
#include "registry/table_io.hpp"

namespace registry {

class Session;
using DrillId = TextId<struct DrillTag>;

/// What a person has agreed to, as far as a drill is concerned. A drill is no disaster: nothing
/// but an explicit consent counts, whatever the ordinance makes of silence.
struct DrillConsent {
  bool takes_part = false;   ///< 訓練参加
  bool plan_shared = false;  ///< 計画提供: supporters may know the plan
};

/// What a stopwatch and a checklist say of one person (domain §7.5). Seconds; what nobody wrote
/// down is nothing.
struct DrillRow {
  std::size_t line = 0;
  PersonId person;
  std::string notified_by;                  ///< 情報の受取方法
  std::optional<std::int64_t> notify_s;     ///< from the signal until the person knew
  std::optional<std::int64_t> supporter_s;  ///< from then until the last helper was at the door
  std::int64_t prepare_s = 0;
  std::vector<std::int64_t> legs_s;  ///< one at least
  std::optional<int> helpers;        ///< 援護人数
  std::string moved_by;              ///< 移動手段
  std::string cautions;              ///< 避難先での留意事項
};

/// Columns: 対象者ID, 準備, 移動1 (required); 情報の受取方法, 連絡, 支援者到着, 移動2, 移動3,
/// 援護人数, 移動手段, 留意事項. Times are minutes (`12`, `12.5`) or stopwatch readings (`12:30`).
[[nodiscard]] ParsedRows<DrillRow> parse_drill_rows(const Table& table);

/// A drill that was held.
struct HeldDrill {
  DrillId id;  ///< given by the store
  std::string name;
  Date held_on{};
  HazardKind hazard = HazardKind::Flood;  ///< whose course was practised
};

/// Seconds on the roads of a track.
struct TrackTotal {
  double walked_s = 0;    ///< on all of them
  double measured_s = 0;  ///< where the plan's way of moving can pass
  double planned_s = 0;   ///< what it needs there; 0 = it can pass nowhere
};

/// One result beside what the newest plan of the person says: speeds are compared with those of
/// today.
struct DrillResult {
  HeldDrill drill;
  DrillRow row;
  PlanId plan;
  int revision = 0;  ///< of the plan that was practised
  bool in_time = true;
  PlanTiming planned;               ///< of the course for the family of the hazard
  std::string profile;              ///< mobility profile of the way
  double length_m = 0;              ///< of the legs to the first place of safety
  std::size_t planned_helpers = 0;  ///< without those who stand in
  std::optional<TrackTotal> track;  ///< where there is one (drill_tracks.hpp)
};

/// Seconds from the signal until the person was safe; what was not measured is taken from the plan.
[[nodiscard]] std::int64_t measured_total_s(const DrillRow& row, const PlanTiming& planned);
/// Whether the set time was kept: the plan's limit, where it has none its own 90th percentile
/// (避難確保計画の手引き p.53: if not done in the set time, review).
[[nodiscard]] bool kept_time(const DrillRow& row, const PlanTiming& planned);

struct DrillImport {
  DrillId drill;        ///< empty when every row was rejected
  ImportReport report;  ///< `added`: results recorded
  std::size_t late = 0;
  std::size_t marked_for_review = 0;  ///< plans that were in force
};

/// 訓練: consents, and the results of drills that were held. A desk of a session.
class DrillDesk {
 public:
  explicit DrillDesk(Session& session) : session_(&session) {}

  /// Of everybody on the statutory register whom the account may see.
  [[nodiscard]] std::map<PersonId, DrillConsent> consents(Instant at);

  /// Stores the results and gives the plans of those who were late the status 要見直し, reason:
  /// the drill failed. Rows of people without consent to drills, protected people, people without
  /// a computed plan, all rows of a person who has several and people whose result of that drill is
  /// recorded already are rejected; the others stay, and a corrected file may bring the rest.
  /// Throws `InputError` when nothing is left, for a day before there was a register, and for
  /// another hazard than that drill was recorded with.
  DrillImport record(const HeldDrill& drill, const ParsedRows<DrillRow>& rows);

  /// Of one drill or (empty) of all, by drill and person, of those the account may see.
  [[nodiscard]] std::vector<DrillResult> results(const DrillId& drill);
  [[nodiscard]] std::vector<HeldDrill> drills();

 private:
  Session* session_;
};

}  // namespace registry
