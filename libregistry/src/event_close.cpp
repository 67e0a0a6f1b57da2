// SPDX-License-Identifier: Apache-2.0
// How an event ends: nothing that went out in it is forgotten.
#include <algorithm>

#include "event_store.hpp"
#include "handover_record.hpp"
#include "recipient_record.hpp"
#include "registry/event_desk.hpp"

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

void require_tidy(const EventLoose& ends, bool recalls) {
  if (ends.unreviewed > 0) {
    throw DisclosureRefused("事後確認の済んでいない提供が " + std::to_string(ends.unreviewed) +
                            " 件あります。すべて確認してから終了してください。");
  }
  if (ends.standing_orders > 0) {
    throw DisclosureRefused("解除していない避難情報が " + std::to_string(ends.standing_orders) +
                            " 件あります。解除を記録してから終了してください。");
  }
  if (!ends.live_copies.empty() && !recalls) {
    throw DisclosureRefused("災害時に渡した写しが " + std::to_string(ends.live_copies.size()) +
                            " 部、回収されていません。回収の期限を決めて終了してください"
                            "(--recall-due)。");
  }
}

void write_mark(soci::session& sql, const char* query, const std::string& id,
                const std::string& actor, Instant at) {
  prepared(sql, query, [&](soci::statement& statement) {
    const auto bind = binder(statement);
    bind("id", id);
    bind("actor", actor);
    bind("at", at);
  }).execute(true);
}

}  // namespace

EventLoose EventDesk::loose_ends(const EventId& id) {
  Database& store = SessionInside::store(*session_);
  return store.read([&] { return loose(store.sql(), stored_event(store.sql(), id)); });
}

EventClosed EventDesk::close(const EventId& id, std::optional<Date> recall_due) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::CloseEvent, [&](AuditNote& note) {
    const DisasterEvent event = stored_event(store.sql(), id);
    if (event.closed_at) {
      throw InputError("この災害はすでに終わっています。");
    }
    const Instant at = store.now();
    require_tidy(loose(store.sql(), event), recall_due.has_value());
    EventClosed done;
    const auto decisions = decisions_of(store.sql(), event);
    for (const Handover& copy : live_copies(store.sql(), decisions)) {
      insert_recall(store.sql(), copy.id, "災害対応の終了: " + event.name, *recall_due, at);
      ++done.copies_recalled;
    }
    for (const EmergencyDecision& decision : decisions) {
      if (!decision.revoked_at) {
        write_mark(store.sql(),
                   "INSERT INTO emergency_end (decision, ended_by, at) VALUES (:id, :actor, :at)",
                   decision.id.value, actor.name, at);
        ++done.decisions_ended;
      }
    }
    write_mark(store.sql(), "INSERT INTO event_end (event, ended_by, at) VALUES (:id, :actor, :at)",
               id.value, actor.name, at);
    note.detail = "closed event=" + id.value +
                  " decisions=" + std::to_string(done.decisions_ended) +
                  " recalled=" + std::to_string(done.copies_recalled);
    return done;
  });
}

}  // namespace registry
