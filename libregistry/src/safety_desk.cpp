// SPDX-License-Identifier: Apache-2.0
#include "registry/safety_desk.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "event_members.hpp"
#include "event_store.hpp"
#include "person_gate.hpp"
#include "safety_store.hpp"

namespace registry {
namespace {

/// Up to here rows are looked up one by one: a single report must not read the whole table.
constexpr std::size_t kFew = 200;

/// What the store knows of the uuids and people a batch speaks of.
struct Known {
  std::unordered_map<std::string, std::string> hashes;  ///< by uuid
  std::unordered_set<std::string> people;
};

std::unordered_set<std::string> all_people(soci::session& sql) {
  std::string id;
  soci::statement rows = (sql.prepare << "SELECT id FROM person", soci::into(id));
  std::unordered_set<std::string> people;
  rows.execute();
  while (rows.fetch()) {
    people.insert(id);
  }
  return people;
}

Known known_of(soci::session& sql, const EventId& event, const std::vector<SafetyRow>& batch) {
  if (batch.size() > kFew) {
    return {.hashes = known_reports(sql, event), .people = all_people(sql)};
  }
  Known known;
  for (const SafetyRow& row : batch) {
    std::string hash;
    sql << "SELECT content_hash FROM safety_report WHERE uuid = :uuid AND event = :event",
        soci::use(row.report.uuid, "uuid"), soci::use(event, "event"), soci::into(hash);
    if (sql.got_data()) {
      known.hashes.emplace(row.report.uuid, hash);
    }
    int found = 0;
    sql << "SELECT count(*) FROM person WHERE id = :id", soci::use(row.report.subject, "id"),
        soci::into(found);
    if (found > 0) {
      known.people.insert(row.report.subject.value);
    }
  }
  return known;
}

/// Takes the reports of one batch.
class Reception {
 public:
  Reception(Database& store, const Actor& actor, const DisasterEvent& event, Known known,
            const SafetyRules& rules)
      : started_(event.started),
        rules_(rules),
        now_(store.now()),
        known_(std::move(known)),
        writer_(store.sql(), event.id, {now_, actor.name}),
        gate_(store, actor, Action::ShowPerson),
        is_supporter_(actor.account.role == Role::Supporter) {}

  void take(const SafetyRow& row) {
    const SafetyReport& report = row.report;
    const std::string hash = content_hash(report);
    const auto before = known_.hashes.find(report.uuid);
    if (before != known_.hashes.end() && before->second == hash) {
      ++done_.repeated;
      return;
    }
    const std::string reason = before != known_.hashes.end() ? kOther : reason_against(report);
    if (!reason.empty() || !writer_.write(report, hash)) {
      put_aside(row, hash, reason.empty() ? kOther : reason);
      return;
    }
    known_.hashes.emplace(report.uuid, hash);
    ++done_.added;
  }

  [[nodiscard]] SafetyImport done() { return std::move(done_); }

 private:
  static constexpr const char* kOther = "同じ報告番号で内容の違う報告があります。";

  std::string reason_against(const SafetyReport& report) {
    if (!known_.people.contains(report.subject.value)) {
      return "対象者が台帳にいません。";
    }
    if (is_supporter_) {  // a supporter speaks of the people it may see
      const AccessDecision decision = gate_.decide(report.subject);
      if (const auto* refusal = std::get_if<AccessRefusal>(&decision)) {
        throw AccessRefused(*refusal, report.subject.value);
      }
    }
    return quarantine_reason(report, started_, now_, rules_);
  }

  void put_aside(const SafetyRow& row, const std::string& hash, const std::string& reason) {
    if (!writer_.put_aside(row.report, hash, reason)) {
      ++done_.repeated;
      return;
    }
    ++done_.quarantined;
    done_.quarantine.push_back(
        {.line = row.line, .column = "", .code = "QUARANTINED", .message = reason});
  }

  Instant started_;
  const SafetyRules& rules_;
  Instant now_;
  Known known_;
  SafetyWriter writer_;
  PersonGate gate_;
  bool is_supporter_;
  SafetyImport done_;
};

}  // namespace

SafetyImport SafetyDesk::report(const EventId& event, const std::vector<SafetyRow>& rows) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ReportSafety, [&](AuditNote& note) {
    const DisasterEvent of = open_event(store, event);
    Reception reception(store, actor, of, known_of(store.sql(), event, rows), rules_);
    for (const SafetyRow& row : rows) {
      reception.take(row);
    }
    SafetyImport done = reception.done();
    if (rows.size() == 1 && done.added == 1) {
      note.subject = rows.front().report.subject.value;
    }
    note.detail = "event=" + event.value + " added=" + std::to_string(done.added) +
                  " repeated=" + std::to_string(done.repeated) +
                  " quarantined=" + std::to_string(done.quarantined);
    return done;
  });
}

SafetyBoard SafetyDesk::board(const EventId& event) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowEventBoard, [&](AuditNote& note) {
    const DisasterEvent of = stored_event(store.sql(), event);
    std::map<PersonId, std::vector<SafetyReport>> reports;
    for (SafetyReport& report : stored_reports(store.sql(), event, {})) {
      reports[report.subject].push_back(std::move(report));
    }
    PersonGate gate(store, actor, Action::ShowEventBoard);
    SafetyBoard board;
    for (EventMember& member : event_members(store, of)) {
      const AccessDecision decision = gate.decide(member.person);
      if (std::holds_alternative<AccessGrant>(decision)) {
        note.people.push_back(member.person);
        board.people.push_back({.person = member.person,
                                .areas = std::move(member.areas),
                                .safety = fold(reports[member.person], rules_)});
      } else if (std::get<AccessRefusal>(decision) == AccessRefusal::Protected) {
        ++board.protected_people;
      }
    }
    note.detail = "event=" + event.value + " persons=" + std::to_string(board.people.size());
    return board;
  });
}

std::vector<SafetyReport> SafetyDesk::reports(const EventId& event, const PersonId& person) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowEventBoard, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::ShowEventBoard);
    gate.require(person);
    auto reports = stored_reports(store.sql(), event, person.value);
    note.subject = person.value;
    note.detail = "event=" + event.value + " reports=" + std::to_string(reports.size());
    return reports;
  });
}

std::vector<SafetyReport> SafetyDesk::all_reports(const EventId& event) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowEventBoard, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::ShowEventBoard);
    std::map<PersonId, bool> shown;
    std::vector<SafetyReport> reports = stored_reports(store.sql(), event, {});
    std::erase_if(reports, [&](const SafetyReport& report) {
      const auto [found, is_new] = shown.try_emplace(report.subject, false);
      if (is_new) {
        found->second = gate.fields(report.subject).has_value();
        if (found->second) {
          note.people.push_back(report.subject);
        }
      }
      return !found->second;
    });
    note.detail = "event=" + event.value + " reports=" + std::to_string(reports.size());
    return reports;
  });
}

void SafetyDesk::settle(const EventId& event, SafetyReport decision) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::SettleSafety, [&](AuditNote& note) {
    static_cast<void>(open_event(store, event));
    const auto known = stored_reports(store.sql(), event, decision.subject.value);
    for (const std::string& uuid : decision.settles) {
      if (std::ranges::find(known, uuid, &SafetyReport::uuid) == known.end()) {
        throw InputError(
            "この人の報告に、その報告番号はありません。tomoni event conflicts で"
            "確かめてください。");
      }
    }
    if (decision.settles.empty() || decision.note.empty()) {
      throw InputError("どの報告を見て、どう判断したか(理由)を書いてください。");
    }
    const Instant now = store.now();
    decision.uuid = store.new_id(now);
    decision.reporter = actor.name;
    decision.device.clear();
    decision.counter = 0;
    decision.device_time = now;
    decision.channel = "判断";
    SafetyWriter writer(store.sql(), event, {now, actor.name});
    static_cast<void>(writer.write(decision, content_hash(decision)));
    note.subject = decision.subject.value;
    note.detail = "event=" + event.value + " settled=" + std::to_string(decision.settles.size());
    return true;
  });
}

std::vector<QuarantinedReport> SafetyDesk::quarantine(const EventId& event) {
  Database& store = SessionInside::store(*session_);
  return store.audited(SessionInside::actor(*session_), Action::SettleSafety, [&](AuditNote& note) {
    auto all = stored_quarantine(store.sql(), event);
    note.detail = "event=" + event.value + " quarantined=" + std::to_string(all.size());
    return all;
  });
}

std::size_t SafetyDesk::review_quarantine(const EventId& event, const std::string& uuid,
                                          const std::string& note_text) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::SettleSafety, [&](AuditNote& note) {
    static_cast<void>(open_event(store, event));
    if (note_text.empty()) {
      throw InputError("取り置いた報告をどう扱ったか(--note)を書いてください。");
    }
    const std::size_t reviewed =
        write_quarantine_review(store.sql(), event, uuid, {note_text, actor.name, store.now()});
    if (reviewed == 0) {
      throw InputError(
          "その番号の取り置いた報告がないか、すでに見たと記録されています。tomoni event quarantine "
          "で確かめてください。");
    }
    note.detail = "event=" + event.value + " reviewed=" + std::to_string(reviewed);
    return reviewed;
  });
}

}  // namespace registry
