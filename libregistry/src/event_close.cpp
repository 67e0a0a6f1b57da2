// SPDX-License-Identifier: Apache-2.0
// How an event ends: nothing that went out in it is forgotten.
#include <algorithm>
#include <map>

#include "event_members.hpp"
#include "event_store.hpp"
#include "handover_record.hpp"
#include "recipient_record.hpp"
#include "registry/event_desk.hpp"
#include "safety_store.hpp"
#include "sending_store.hpp"
#include "shelter_record.hpp"

namespace registry {
namespace {

/// Decisions of the event. One that bears its name but was declared before it belongs to an older
/// disaster.
std::vector<EmergencyDecision> decisions_of(soci::session& sql, const DisasterEvent& event) {
  std::vector<EmergencyDecision> decisions = stored_decisions(sql);
  std::erase_if(decisions, [&](const EmergencyDecision& decision) {
    return decision.event != event.name || decision.at < event.declared_at;
  });
  return decisions;
}

bool rests_on(const Handover& copy, const std::vector<EmergencyDecision>& decisions) {
  return std::ranges::find(decisions, copy.decision, &EmergencyDecision::id) != decisions.end();
}

std::vector<Handover> live_copies(soci::session& sql,
                                  const std::vector<EmergencyDecision>& decisions) {
  std::vector<Handover> copies = stored_handovers(sql, "WHERE h.closed_at IS NULL");
  std::erase_if(copies,
                [&](const Handover& copy) { return copy.recalled || !rests_on(copy, decisions); });
  return copies;
}

EventLoose loose(soci::session& sql, const DisasterEvent& event) {
  const auto decisions = decisions_of(sql, event);
  EventLoose ends;
  for (const Handover& copy :
       stored_handovers(sql,
                        "WHERE h.decision IS NOT NULL AND h.id NOT IN (SELECT handover FROM "
                        "emergency_review)")) {
    ends.unreviewed += rests_on(copy, decisions) ? 1U : 0U;
  }
  for (const EvacOrder& order : stored_orders(sql, event.id)) {
    ends.standing_orders += order.lifted ? 0U : 1U;
  }
  for (const Handover& copy : live_copies(sql, decisions)) {
    ends.live_copies.push_back(copy.serial);
  }
  return ends;
}

void add_safety(Database& store, const DisasterEvent& event, const SafetyRules& rules,
                EventLoose& ends) {
  std::map<PersonId, std::vector<SafetyReport>> reports;
  for (SafetyReport& report : stored_reports(store.sql(), event.id, {})) {
    reports[report.subject].push_back(std::move(report));
  }
  for (const EventMember& member : event_members(store, event)) {
    const PersonSafety safety = fold(reports[member.person], rules);
    ends.contradictions += safety.conflict ? 1U : 0U;
    ends.calls += safety.needs_help && !safety.conflict ? 1U : 0U;
    ends.unreached += safety.reached ? 0U : 1U;
  }
  ends.quarantined = unseen_quarantine(store.sql(), event.id);
  for (const auto& [id, day] : stored_days(store.sql(), event.id, rules)) {
    ends.supporters_out += day.since ? 1U : 0U;
  }
}

void add_shelters(soci::session& sql, const EventId& event, EventLoose& ends) {
  const auto shelters = stored_shelters(sql, {});
  for (const ShelterOpening& opening : shelter_board(stored_book(sql, event), shelters)) {
    if (opening.open) {
      const auto named = std::ranges::find(shelters, opening.shelter, &Shelter::id);
      ends.open_shelters.push_back(
          {.name = named == shelters.end() ? opening.shelter.value : named->name,
           .heads = opening.heads});
    }
  }
}

EventLoose everything_loose(Database& store, const DisasterEvent& event, const SafetyRules& rules) {
  EventLoose ends = loose(store.sql(), event);
  add_shelters(store.sql(), event.id, ends);
  add_safety(store, event, rules, ends);
  return ends;
}

std::string shelter_fault(const std::vector<EventLoose::OpenShelter>& open) {
  std::string names;
  for (const EventLoose::OpenShelter& shelter : open) {
    names +=
        (names.empty() ? "" : "、") + shelter.name + " " + std::to_string(shelter.heads) + "人";
  }
  return "開いている避難所が " + std::to_string(open.size()) + " か所あります（" + names +
         "）。退所と閉鎖を tomoni event shelters out, close で記録してください。";
}

/// What has to be done first, each in a sentence.
std::vector<std::string> faults_of(const EventLoose& ends, const EventClosing& closing) {
  std::vector<std::string> faults;
  const auto ask = [&](bool asked, std::size_t count, const char* before, const char* after) {
    if (asked && count > 0) {
      faults.push_back(before + std::to_string(count) + after);
    }
  };
  ask(true, ends.unreviewed, "事後確認の済んでいない提供が ",
      " 件あります。すべて確認してから終了してください(tomoni share emergency review)。");
  ask(true, ends.standing_orders, "解除していない避難情報が ",
      " 件あります。解除を記録してから終了してください(tomoni event lift)。");
  ask(!closing.recall_due, ends.live_copies.size(), "災害時に渡した写しが ",
      " 部、回収されていません。回収の期限を決めて終了してください(--recall-due)。");
  if (!ends.open_shelters.empty()) {
    faults.push_back(shelter_fault(ends.open_shelters));
  }
  ask(true, ends.supporters_out, "派遣したまま戻りの記録のない支援者が ",
      " 人います。無事を確かめ、tomoni event send --back で記録してください(だれかは tomoni event "
      "status)。");
  ask(true, ends.calls, "助けを求めたままの人が ",
      " 人います。どうなったかを tomoni event report で記録してください(tomoni event status)。");
  ask(true, ends.contradictions, "報告の食い違う人が ",
      " 人います。tomoni event conflicts で見て settle で判断してください。");
  ask(true, ends.quarantined, "取り置いたまま、だれも見ていない報告が ",
      " 件あります。tomoni event quarantine で見て、--seen で記録してください。");
  ask(closing.unreached_reason.empty(), ends.unreached, "安否を確認できていない人が ",
      " 人います。確認を続けるか、確認できないまま終える理由を書いてください(--unreached)。");
  return faults;
}

void write_unreached(soci::session& sql, const EventId& id, const UnreachedAtEnd& unreached,
                     Instant at) {
  const auto people = static_cast<long long>(unreached.people);
  prepared(sql,
           "INSERT INTO event_end_unreached (event, people, reason, said_by, at) "
           "VALUES (:event, :people, :reason, :said_by, :at)",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             bind("event", id);
             statement.exchange(soci::use(people, "people"));
             statement.exchange(soci::use(unreached.reason, "reason"));
             statement.exchange(soci::use(unreached.said_by, "said_by"));
             bind("at", at);
           })
      .execute(true);
}

}  // namespace

std::string describe(const EventLoose& loose, const EventClosing& closing) {
  std::string all;
  for (const std::string& fault : faults_of(loose, closing)) {
    all += (all.empty() ? "" : "\n") + fault;
  }
  return all;
}

EventLoose EventDesk::loose_ends(const EventId& id, const SafetyRules& rules) {
  Database& store = SessionInside::store(*session_);
  return store.read([&] { return everything_loose(store, stored_event(store.sql(), id), rules); });
}

std::optional<UnreachedAtEnd> EventDesk::unreached_at_end(const EventId& id) {
  Database& store = SessionInside::store(*session_);
  return store.read([&]() -> std::optional<UnreachedAtEnd> {
    UnreachedAtEnd unreached;
    long long people = 0;
    store.sql() << "SELECT people, reason, said_by FROM event_end_unreached WHERE event = :event",
        soci::use(id, "event"), soci::into(people), soci::into(unreached.reason),
        soci::into(unreached.said_by);
    unreached.people = static_cast<std::size_t>(people);
    return store.sql().got_data() ? std::optional(unreached) : std::nullopt;
  });
}

EventClosed EventDesk::close(const EventId& id, const EventClosing& closing) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::CloseEvent, [&](AuditNote& note) {
    const DisasterEvent event = stored_event(store.sql(), id);
    if (event.closed_at) {
      throw InputError("この災害はすでに終わっています。");
    }
    const Instant at = store.now();
    const EventLoose ends = everything_loose(store, event, closing.safety);
    if (const std::string left = describe(ends, closing); !left.empty()) {
      throw DisclosureRefused(left);
    }
    EventClosed done;
    const auto decisions = decisions_of(store.sql(), event);
    for (const Handover& copy : live_copies(store.sql(), decisions)) {
      insert_recall(store.sql(), copy.id, "災害対応の終了: " + event.name, *closing.recall_due, at);
      ++done.copies_recalled;
    }
    for (const EmergencyDecision& decision : decisions) {
      if (!decision.revoked_at) {
        insert_mark(store.sql(),
                    "INSERT INTO emergency_end (decision, ended_by, at) VALUES (:id, :actor, :at)",
                    decision.id.value, {actor.name, at});
        ++done.decisions_ended;
      }
    }
    insert_mark(store.sql(),
                "INSERT INTO event_end (event, ended_by, at) VALUES (:id, :actor, :at)", id.value,
                {actor.name, at});
    if (ends.unreached > 0) {
      write_unreached(store.sql(), id, {ends.unreached, closing.unreached_reason, actor.name}, at);
    }
    note.detail = "closed event=" + id.value +
                  " decisions=" + std::to_string(done.decisions_ended) +
                  " recalled=" + std::to_string(done.copies_recalled) +
                  " unreached=" + std::to_string(ends.unreached);
    return done;
  });
}

}  // namespace registry
