// SPDX-License-Identifier: Apache-2.0
#include "registry/drill_findings.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <tuple>

#include "database.hpp"
#include "named_people.hpp"
#include "registry/error.hpp"
#include "sql_types.hpp"

namespace registry {

template <>
inline constexpr std::array<std::string_view, 3> kCodes<FindingState> = {"open", "done", "dropped"};

namespace {

constexpr std::array<std::string_view, 3> kStates = {"対応中", "完了", "取りやめ"};

void require_text(const char* what, const std::string& text) {
  constexpr std::size_t kMostBytes = 1200;  // 400 Japanese characters: a row fits on a page
  if (text.empty() || text.size() > kMostBytes) {
    throw InputError(std::string(what) + "を 1～400 字で書いてください。何も保存していません。");
  }
}

/// Findings are printed and handed on.
void require_no_names(Database& store, const Actor& actor,
                      std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    if (names_a_registrant(store, actor, text)) {
      throw InputError(
          "名簿の人の氏名（読み）か ID が入っています。報告書に印刷されるので、人の名前は書かず、"
          "担当は課や役割で書いてください。何も保存していません。");
    }
  }
}

void require_due(Date due, Date drill_day) {
  if (!due.ok() || std::chrono::sys_days(due) < std::chrono::sys_days(drill_day)) {
    throw InputError("期限は訓練の日（" + to_iso(drill_day) +
                     "）以後の日にしてください。何も保存していません。");
  }
}

/// The day of a drill that was held.
Date day_of(soci::session& sql, const DrillId& drill) {
  Date day{};
  sql << "SELECT held_on FROM drill WHERE id = :drill", soci::use(drill, "drill"), soci::into(day);
  if (!sql.got_data()) {
    throw InputError(
        "その訓練は台帳にありません。先に tomoni drill import で結果を取り込んでください。");
  }
  return day;
}

long long next_number(soci::session& sql, const char* table) {
  long long number = 0;
  sql << "SELECT coalesce(max(number), 0) + 1 FROM " << table, soci::into(number);
  return number;
}

void insert_step(Database& store, const Actor& actor, long long finding,
                 const FindingRecord& record, const std::optional<DrillId>& checked) {
  const long long number = next_number(store.sql(), "drill_finding_step");
  const Instant at = store.now();
  prepared(store.sql(), R"sql(
    INSERT INTO drill_finding_step (number, finding, state, owner, due, note, checked, recorded_at,
                                    recorded_by)
    VALUES (:number, :finding, :state, :owner, :due, :note, :checked, :at, :by)
  )sql",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             bind("number", number);
             bind("finding", finding);
             bind("state", record.state);
             bind("owner", record.owner);
             bind("due", record.due);
             bind("note", record.note);
             bind("checked", checked);
             bind("at", at);
             bind("by", actor.name);
           })
      .execute(true);
}

std::vector<DrillFinding> stored_heads(soci::session& sql) {
  DrillFinding finding;
  soci::statement rows =
      (sql.prepare << "SELECT number, drill, drill_name, drill_day, finding, action "
                      "FROM drill_finding ORDER BY number",
       soci::into(finding.number), soci::into(finding.said.drill),
       soci::into(finding.said.drill_name), soci::into(finding.said.drill_day),
       soci::into(finding.said.finding), soci::into(finding.said.action));
  std::vector<DrillFinding> all;
  rows.execute();
  while (rows.fetch()) {
    all.push_back(finding);
  }
  return all;
}

std::vector<DrillFinding> stored_findings(soci::session& sql) {
  std::vector<DrillFinding> all = stored_heads(sql);
  std::map<int, DrillFinding*> by_number;
  for (DrillFinding& finding : all) {
    by_number[finding.number] = &finding;
  }
  int number = 0;
  FindingRecord record;
  std::string name;
  std::string day;
  soci::statement rows = prepared(sql, R"sql(
    SELECT s.finding, s.state, s.owner, s.due, s.note, coalesce(d.name, ''),
           coalesce(d.held_on, ''), s.recorded_at, s.recorded_by
    FROM drill_finding_step s LEFT JOIN drill d ON d.id = s.checked ORDER BY s.number
  )sql",
                                  [&](soci::statement& statement) {
                                    const auto receive = receiver(statement);
                                    receive("finding", number);
                                    receive("state", record.state);
                                    receive("owner", record.owner);
                                    receive("due", record.due);
                                    receive("note", record.note);
                                    receive("name", name);
                                    receive("held_on", day);
                                    receive("recorded_at", record.recorded_at);
                                    receive("recorded_by", record.recorded_by);
                                  });
  rows.execute();
  while (rows.fetch()) {
    record.checked = name;
    if (!name.empty()) {
      record.checked += "（";
      record.checked += day;
      record.checked += "）";
    }
    by_number.at(number)->history.push_back(record);
  }
  return all;
}

DrillFinding open_finding(soci::session& sql, int number) {
  std::vector<DrillFinding> all = stored_findings(sql);
  const auto found = std::ranges::find(all, number, &DrillFinding::number);
  if (found == all.end()) {
    throw InputError("是正の " + std::to_string(number) +
                     " 番はありません。tomoni drill findings list --all で確かめてください。");
  }
  if (!found->is_open()) {
    throw InputError("是正の " + std::to_string(number) + " 番はすでに「" +
                     std::string(to_text(found->now().state)) +
                     "」です。また起きたことは、新しい指摘として追加してください。");
  }
  return std::move(*found);
}

}  // namespace

std::string_view to_text(FindingState state) {
  return kStates.at(static_cast<std::size_t>(state));
}

std::optional<FindingState> parse_finding_state(std::string_view text) {
  const auto* const found = std::ranges::find(kStates, text);
  return found == kStates.end() ? std::nullopt
                                : std::optional(static_cast<FindingState>(found - kStates.begin()));
}

bool DrillFinding::is_overdue(Date today) const {
  return is_open() && std::chrono::sys_days(now().due) < std::chrono::sys_days(today);
}

int FindingBook::add(const NewFinding& finding) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  require_text("指摘", finding.finding);
  require_text("改善の内容", finding.action);
  require_text("担当", finding.owner);
  require_text("訓練の名前", finding.drill_name);
  require_due(finding.due, finding.drill_day);
  return store.audited(actor, Action::RecordFinding, [&](AuditNote& note) {
    require_no_names(store, actor, {finding.finding, finding.action, finding.owner});
    if (finding.drill) {
      static_cast<void>(day_of(store.sql(), *finding.drill));
    }
    const long long number = next_number(store.sql(), "drill_finding");
    const Instant at = store.now();
    prepared(store.sql(), R"sql(
      INSERT INTO drill_finding (number, drill, drill_name, drill_day, finding, action, recorded_at,
                                 recorded_by)
      VALUES (:number, :drill, :drill_name, :drill_day, :finding, :action, :at, :by)
    )sql",
             [&](soci::statement& statement) {
               const auto bind = binder(statement);
               bind("number", number);
               bind("drill", finding.drill);
               bind("drill_name", finding.drill_name);
               bind("drill_day", finding.drill_day);
               bind("finding", finding.finding);
               bind("action", finding.action);
               bind("at", at);
               bind("by", actor.name);
             })
        .execute(true);
    FindingRecord record;
    record.owner = finding.owner;
    record.due = finding.due;
    insert_step(store, actor, number, record, std::nullopt);
    note.detail = "added finding=" + std::to_string(number);
    return static_cast<int>(number);
  });
}

void FindingBook::take_step(int number, const FindingStep& step) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  require_text("どう確かめたか、またはその理由（--note）", step.note);
  store.audited(actor, Action::RecordFinding, [&](AuditNote& note) {
    require_no_names(store, actor, {step.note, step.owner});
    const DrillFinding finding = open_finding(store.sql(), number);
    if (step.checked && std::chrono::sys_days(day_of(store.sql(), *step.checked)) <=
                            std::chrono::sys_days(finding.said.drill_day)) {
      throw InputError("確かめた訓練は、指摘の出た訓練（" + to_iso(finding.said.drill_day) +
                       "）より後のものにしてください。何も保存していません。");
    }
    FindingRecord record = finding.now();
    record.state = step.state;
    record.note = step.note;
    if (!step.owner.empty()) {
      require_text("担当", step.owner);
      record.owner = step.owner;
    }
    if (step.due) {
      require_due(*step.due, finding.said.drill_day);
      record.due = *step.due;
    }
    insert_step(store, actor, number, record, step.checked);
    note.detail =
        "finding=" + std::to_string(number) + " state=" + std::string(to_code(step.state));
    return true;
  });
}

std::vector<DrillFinding> FindingBook::findings(bool closed) {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::ShowFindings, [&](AuditNote& note) {
    std::vector<DrillFinding> all = stored_findings(store.sql());
    if (!closed) {
      std::erase_if(all, [](const DrillFinding& finding) { return !finding.is_open(); });
    }
    std::ranges::stable_sort(all, [](const DrillFinding& a, const DrillFinding& b) {
      const auto rank = [](const DrillFinding& finding) {
        return std::tuple(!finding.is_open(), std::chrono::sys_days(finding.now().due));
      };
      return rank(a) < rank(b);
    });
    note.detail = "findings=" + std::to_string(all.size());
    return all;
  });
}

}  // namespace registry
