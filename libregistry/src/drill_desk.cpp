// SPDX-License-Identifier: Apache-2.0
#include "registry/drill_desk.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "consent_record.hpp"
#include "database.hpp"
#include "drill_road_store.hpp"
#include "list_text.hpp"
#include "person_gate.hpp"
#include "plan_record.hpp"
#include "plan_review.hpp"
#include "plan_revision.hpp"
#include "registry/error.hpp"
#include "stored_rows.hpp"

namespace registry {
namespace {

std::vector<PersonId> on_statutory_register(soci::session& sql) {
  std::vector<PersonId> people;
  PersonId person;
  soci::statement rows =
      (sql.prepare << "SELECT person FROM register_entry WHERE kind = 'statutory' AND left_on IS "
                      "NULL ORDER BY person",
       soci::into(person));
  rows.execute();
  while (rows.fetch()) {
    people.push_back(person);
  }
  return people;
}

bool agreed(const std::vector<ConsentStatement>& statements, ConsentScope scope, Instant at) {
  const ConsentQuestion question{
      .scope = scope, .recipient = RecipientKind::Internal, .org = {}, .at = at};
  return counts_as_consent(effective_consent(statements, question), OrdinanceMode::Statute);
}

DrillConsent consent_of(const ConsentFile& file, const PersonId& person, Instant at) {
  const auto said = file.subjects.find(person);
  if (said == file.subjects.end()) {
    return {};
  }
  return {.takes_part = agreed(said->second, ConsentScope::JoinDrill, at),
          .plan_shared = agreed(said->second, ConsentScope::ProvidePlan, at)};
}

const PlanCourse* course_for(const EvacuationPlan& plan, HazardKind hazard) {
  const auto found = std::ranges::find_if(plan.courses, [&](const PlanCourse& course) {
    return family_of(course.hazard) == family_of(hazard);
  });
  return found == plan.courses.end() || found->legs.empty() ? nullptr : &*found;
}

std::string legs_text(const std::vector<std::int64_t>& legs) {
  std::string text;
  for (const std::int64_t leg : legs) {
    text += (text.empty() ? "" : " ") + std::to_string(leg);
  }
  return text;
}

std::vector<std::int64_t> legs_of(const std::string& text) {
  std::vector<std::int64_t> legs;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    legs.push_back(std::stoll(text.substr(at, end - at)));
    at = end + 1;
  }
  return legs;
}

Rejected refusal(const DrillRow& row, const char* code, const char* message) {
  return {.line = row.line, .column = "対象者ID", .code = code, .message = message};
}

constexpr const char* kInsertResult = R"sql(
  INSERT INTO drill_result (drill, person, plan, rev, notified_by, notify_s, supporter_s, prepare_s,
                            legs, helpers, moved_by, cautions, in_time)
  VALUES (:drill, :person, :plan, :rev, :notified_by, :notify_s, :supporter_s, :prepare_s, :legs,
          :helpers, :moved_by, :cautions, :in_time)
)sql";

using Stored = std::optional<long long>;

Stored stored(const std::optional<std::int64_t>& seconds) {
  return seconds ? Stored(*seconds) : std::nullopt;
}

/// Rows of the store with the drill they belong to, without what the plan said.
std::vector<DrillResult> stored_results(soci::session& sql, const DrillId& drill) {
  DrillResult result;
  Stored notify;
  Stored supporter;
  long long prepare = 0;
  std::string legs;
  return stored_rows(
      sql, R"sql(
    SELECT d.id, d.name, d.held_on, d.hazard, r.person, r.plan, r.rev, r.notified_by, r.notify_s,
           r.supporter_s, r.prepare_s, r.legs, r.helpers, r.moved_by, r.cautions, r.in_time
    FROM drill_result r JOIN drill d ON d.id = r.drill
    WHERE :every = '' OR d.id = :drill ORDER BY d.held_on, d.id, r.person
  )sql",
      [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        receive("id", result.drill.id);
        receive("name", result.drill.name);
        receive("held_on", result.drill.held_on);
        receive("hazard", result.drill.hazard);
        receive("person", result.row.person);
        receive("plan", result.plan);
        receive("rev", result.revision);
        receive("notified_by", result.row.notified_by);
        receive("notify_s", notify);
        receive("supporter_s", supporter);
        receive("prepare_s", prepare);
        receive("legs", legs);
        receive("helpers", result.row.helpers);
        receive("moved_by", result.row.moved_by);
        receive("cautions", result.row.cautions);
        receive("in_time", result.in_time);
        const auto bind = binder(statement);
        bind("every", drill);
        bind("drill", drill);
      },
      [&] {
        result.row.notify_s = notify;
        result.row.supporter_s = supporter;
        result.row.prepare_s = prepare;
        result.row.legs_s = legs_of(legs);
        return result;
      });
}

/// Writes the results of one drill, within a transaction.
class ResultBook {
 public:
  ResultBook(Database& store, const Actor& actor, const HeldDrill& drill,
             const std::vector<DrillRow>& rows)
      : store_(store),
        drill_(drill),
        gate_(store, actor, Action::RecordDrill),
        consents_(stored_consents(store.sql(), {})) {
    for (const DrillRow& row : rows) {
      ++rows_of_[row.person];
    }
    for (const DrillResult& result : stored_results(store.sql(), drill.id)) {
      recorded_.insert(result.row.person);
    }
    for (EvacuationPlan& plan : newest_plans(store.sql(), {})) {
      if (plan.kind == PlanKind::Individual) {
        plans_.emplace(plan.subject, std::move(plan));
      }
    }
    const std::vector<PersonId> members = on_statutory_register(store.sql());
    members_.insert(members.begin(), members.end());
  }

  /// Nothing when it was recorded.
  std::optional<Rejected> take(const DrillRow& row, Instant at) {
    if (!members_.contains(row.person)) {
      return refusal(row, "NOT_ON_REGISTER",
                     "その ID の人は名簿にいません。記録用紙の ID を確かめてください。");
    }
    if (!gate_.fields(row.person)) {
      return refusal(row, "NOT_PERMITTED",
                     "この人の結果は記録できません（支援措置の対象か、担当外です）。");
    }
    if (!consent_of(consents_, row.person, at).takes_part) {
      return refusal(row, "NO_DRILL_CONSENT",
                     "訓練参加の同意が記録されていません。tomoni consent record "
                     "で同意を記録してから取り込んでください。");
    }
    const auto plan = plans_.find(row.person);
    const PlanCourse* course =
        plan == plans_.end() ? nullptr : course_for(plan->second, drill_.hazard);
    if (course == nullptr) {
      return refusal(row, "NO_PLAN", "この災害の経路のある計画がありません。");
    }
    if (rows_of_[row.person] > 1) {
      return refusal(row, "SECOND_ROW",
                     "同じ人の行が2つ以上あるので、どれも取り込みません。正しい一行だけを残して、"
                     "もう一度取り込んでください。");
    }
    if (recorded_.contains(row.person)) {
      return refusal(row, "RECORDED",
                     "この人のこの訓練の結果は記録済みです。記録は変わっていません。");
    }
    seen_.insert(row.person);
    const bool in_time = kept_time(row, course->timing);
    write(row, plan->second, in_time);
    if (!in_time) {
      late_.push_back({plan->second.id, row.person, StaleReason::DrillFailed});
    }
    return std::nullopt;
  }

  [[nodiscard]] const std::vector<Invalidation>& late() const { return late_; }
  [[nodiscard]] const std::set<PersonId>& people() const { return seen_; }

 private:
  void write(const DrillRow& row, const EvacuationPlan& plan, bool in_time) {
    const std::string legs = legs_text(row.legs_s);
    const Stored notify = stored(row.notify_s);
    const Stored supporter = stored(row.supporter_s);
    const long long prepare = row.prepare_s;
    soci::statement insert = prepared(store_.sql(), kInsertResult, [&](soci::statement& statement) {
      const auto bind = binder(statement);
      bind("drill", drill_.id);
      bind("person", row.person);
      bind("plan", plan.id);
      bind("rev", plan.revision);
      bind("notified_by", row.notified_by);
      bind("notify_s", notify);
      bind("supporter_s", supporter);
      bind("prepare_s", prepare);
      bind("legs", legs);
      bind("helpers", row.helpers);
      bind("moved_by", row.moved_by);
      bind("cautions", row.cautions);
      bind("in_time", in_time);
    });
    insert.execute(true);
  }

  Database& store_;
  const HeldDrill& drill_;
  PersonGate gate_;
  ConsentFile consents_;
  std::map<PersonId, EvacuationPlan> plans_;
  std::set<PersonId> members_;
  std::map<PersonId, int> rows_of_;  ///< in the file
  std::set<PersonId> recorded_;      ///< before it
  std::set<PersonId> seen_;
  std::vector<Invalidation> late_;
};

/// The drill of that name and day, written where it is new: a corrected file brings the rows that
/// were rejected before.
void find_or_insert_drill(Database& store, const Actor& actor, HeldDrill& drill) {
  HazardKind hazard{};
  soci::statement known =
      (store.sql().prepare << "SELECT id, hazard FROM drill WHERE name = :name AND held_on = :day",
       soci::use(drill.name, "name"), soci::use(drill.held_on, "day"), soci::into(drill.id),
       soci::into(hazard));
  if (known.execute(true)) {
    if (hazard != drill.hazard) {
      throw InputError("「" + drill.name + "」（" + to_iso(drill.held_on) + "）は" +
                       std::string(to_text(hazard)) +
                       "の訓練として記録済みです。災害種別を合わせるか、別の訓練なら別の名前を"
                       "付けてください。");
    }
    return;
  }
  const Instant at = store.now();
  drill.id.value = store.new_id(at);
  store.sql() << R"sql(
    INSERT INTO drill (id, name, held_on, hazard, recorded_at, recorded_by)
    VALUES (:id, :name, :held_on, :hazard, :at, :by)
  )sql",
      soci::use(drill.id, "id"), soci::use(drill.name, "name"), soci::use(drill.held_on, "held_on"),
      soci::use(drill.hazard, "hazard"), soci::use(at, "at"), soci::use(actor.name, "by");
}

void add_plan(const EvacuationPlan& plan, DrillResult& result) {
  const PlanCourse* course = course_for(plan, result.drill.hazard);
  if (course == nullptr) {
    return;
  }
  result.planned = course->timing;
  for (const PlanLeg& leg : course->legs) {
    if (leg.kind != LegKind::Transfer) {
      result.length_m += leg.length_m;
      result.profile = leg.profile;
    }
  }
  result.planned_helpers =
      static_cast<std::size_t>(std::ranges::count(course->helpers, false, &PlannedHelper::backup));
}

using TrackKey = std::pair<DrillId, PersonId>;

std::map<TrackKey, TrackTotal> track_totals(soci::session& sql, const DrillId& drill) {
  constexpr double kMilliseconds = 1000;
  std::map<TrackKey, TrackTotal> totals;
  for (const WalkedRoad& walked : stored_roads(sql, drill)) {
    TrackTotal& total = totals[{walked.drill, walked.person}];
    const double measured_s = static_cast<double>(walked.road.measured_ms) / kMilliseconds;
    total.walked_s += measured_s;
    if (walked.road.planned_ms) {
      total.measured_s += measured_s;
      total.planned_s += static_cast<double>(*walked.road.planned_ms) / kMilliseconds;
    }
  }
  return totals;
}

}  // namespace

std::int64_t measured_total_s(const DrillRow& row, const PlanTiming& planned) {
  return row.notify_s.value_or(planned.notify_s) + row.supporter_s.value_or(planned.supporter_s) +
         row.prepare_s + std::accumulate(row.legs_s.begin(), row.legs_s.end(), std::int64_t{0});
}

bool kept_time(const DrillRow& row, const PlanTiming& planned) {
  return measured_total_s(row, planned) <= planned.limit_s.value_or(planned.total_p90_s);
}

std::map<PersonId, DrillConsent> DrillDesk::consents(Instant at) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ListDrillConsents, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::ListDrillConsents);
    const ConsentFile file = stored_consents(store.sql(), {});
    std::map<PersonId, DrillConsent> all;
    std::size_t agreed_to = 0;
    for (const PersonId& person : on_statutory_register(store.sql())) {
      if (gate.fields(person)) {
        const DrillConsent consent = consent_of(file, person, at);
        agreed_to += consent.takes_part ? 1U : 0U;
        all.emplace(person, consent);
        note.people.push_back(person);
      }
    }
    note.detail = "persons=" + std::to_string(all.size()) + " agreed=" + std::to_string(agreed_to);
    return all;
  });
}

DrillImport DrillDesk::record(const HeldDrill& drill, const ParsedRows<DrillRow>& rows) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  if (drill.name.empty() || !drill.held_on.ok()) {
    throw InputError("訓練の名前と日付が必要です。");
  }
  // 49条の10 (2013) came into force on this day; no registrant has been in a drill before.
  constexpr auto kRegisterBegan =
      std::chrono::year(2014) / std::chrono::month(4) / std::chrono::day(1);
  if (std::chrono::sys_days(drill.held_on) < std::chrono::sys_days(kRegisterBegan)) {
    throw InputError("訓練の日付 " + to_iso(drill.held_on) +
                     " は名簿の制度（災害対策基本法49条の10、2014-04-01 施行）より前です。日付を"
                     "確かめてください。");
  }
  return store.audited(actor, Action::RecordDrill, [&](AuditNote& note) {
    HeldDrill held = drill;
    DrillImport result{.drill = {}, .report = rows.report};
    find_or_insert_drill(store, actor, held);
    ResultBook book(store, actor, held, rows.rows);
    const Instant at = store.now();
    for (const DrillRow& row : rows.rows) {
      if (auto rejected = book.take(row, at)) {
        result.report.rejected.push_back(std::move(*rejected));
      } else {
        ++result.report.added;
      }
    }
    std::ranges::stable_sort(result.report.rejected, {}, &Rejected::line);
    if (result.report.added == 0) {
      throw InputError("取り込める行が一つもありません。何も保存していません。" +
                       (result.report.rejected.empty()
                            ? std::string("行のあるファイルを指定してください。")
                            : std::to_string(result.report.rejected.front().line) +
                                  " 行目: " + result.report.rejected.front().message));
    }
    result.drill = held.id;
    result.late = book.late().size();
    result.marked_for_review = mark_for_review(store, book.late());
    note.people.assign(book.people().begin(), book.people().end());
    note.detail = "results=" + std::to_string(result.report.added) +
                  " late=" + std::to_string(result.late) +
                  " rejected=" + std::to_string(result.report.rejected.size());
    return result;
  });
}

std::vector<DrillResult> DrillDesk::results(const DrillId& drill) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowDrills, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::ShowDrills);
    std::vector<DrillResult> shown = stored_results(store.sql(), drill);
    std::erase_if(shown, [&](const DrillResult& each) { return !gate.fields(each.row.person); });
    std::map<PersonId, EvacuationPlan> plans;
    for (EvacuationPlan& plan : newest_plans(store.sql(), {})) {
      if (plan.kind == PlanKind::Individual) {
        plans.emplace(plan.subject, std::move(plan));
      }
    }
    const auto tracks = track_totals(store.sql(), drill);
    for (DrillResult& result : shown) {
      add_plan(plans[result.row.person], result);
      if (const auto track = tracks.find({result.drill.id, result.row.person});
          track != tracks.end()) {
        result.track = track->second;
      }
      note.people.push_back(result.row.person);
    }
    note.detail = "results=" + std::to_string(shown.size());
    return shown;
  });
}

std::vector<HeldDrill> DrillDesk::drills() {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ShowDrills, [&](AuditNote& note) {
    std::vector<HeldDrill> all;
    HeldDrill drill;
    soci::statement rows =
        (store.sql().prepare << "SELECT id, name, held_on, hazard FROM drill ORDER BY held_on, id",
         soci::into(drill.id), soci::into(drill.name), soci::into(drill.held_on),
         soci::into(drill.hazard));
    rows.execute();
    while (rows.fetch()) {
      all.push_back(drill);
    }
    note.detail = "drills=" + std::to_string(all.size());
    return all;
  });
}

}  // namespace registry
