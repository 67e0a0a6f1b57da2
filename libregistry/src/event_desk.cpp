// SPDX-License-Identifier: Apache-2.0
#include "registry/event_desk.hpp"

#include <algorithm>

#include "area_store.hpp"
#include "event_store.hpp"
#include "registry/handover_desk.hpp"

namespace registry {
namespace {

void require_complete(Database& store, const DisasterEvent& event) {
  if (event.name.empty()) {
    throw InputError("災害の名称を書いてください。例: 令和8年台風第9号");
  }
  if (!event.whole_city && event.areas.empty()) {
    throw InputError("対象の区域(または市全域)を書いてください。");
  }
  if (event.declared_at < event.started) {
    throw InputError("これからの時刻に始まる災害は宣言できません。時刻を確かめてください。");
  }
  const AreaTree tree(stored_area_list(store.sql()));
  for (const AreaRef& area : event.areas) {
    if (!tree.known(area)) {
      throw InputError("区域 " + std::string(to_text(area.level)) + ":" + area.code +
                       " は台帳にありません。tomoni import areas で確かめてください。");
    }
  }
  for (const DisasterEvent& other : stored_events(store.sql())) {
    const EventState state = state_of(other, event.declared_at);
    if (other.name == event.name &&
        (state == EventState::Open || state == EventState::Unconfirmed ||
         other.is_drill != event.is_drill)) {
      throw InputError(
          "同じ名称の災害か訓練があります。別の名称にしてください(訓練には「訓練」と付ける)。");
    }
  }
}

EvacOrder stored_order(Database& store, const OrderId& id) {
  for (const DisasterEvent& event : stored_events(store.sql())) {
    for (EvacOrder& order : stored_orders(store.sql(), event.id)) {
      if (order.id == id) {
        return std::move(order);
      }
    }
  }
  throw InputError("その発令は記録にありません。tomoni event status で確かめてください。");
}

}  // namespace

EventId EventDesk::declare(DisasterEvent event) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::DeclareEvent, [&](AuditNote& note) {
    event.declared_at = store.now();
    event.declared_by = actor.name;
    if (event.started == Instant{}) {
      event.started = event.declared_at;
    }
    require_complete(store, event);
    event.id.value = store.new_id(event.declared_at);
    insert_event(store.sql(), event);
    insert_phase(store.sql(), event, event.declared_at, actor.name);
    note.detail = "declared event=" + event.id.value +
                  " phase=" + std::string(to_code(event.phase)) + (event.is_drill ? " drill" : "");
    return event.id;
  });
}

void EventDesk::confirm(const EventId& id) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::DeclareEvent, [&](AuditNote& note) {
    const DisasterEvent event = stored_event(store.sql(), id);
    const Instant at = store.now();
    if (event.declared_by == actor.name) {
      throw DisclosureRefused("宣言した本人は確認できません。別の担当者が確認してください。");
    }
    if (state_of(event, at) == EventState::Lapsed) {
      throw DisclosureRefused("宣言から 1 時間を過ぎました。改めて宣言してください。");
    }
    if (state_of(event, at) != EventState::Unconfirmed) {
      throw DisclosureRefused("この宣言はすでに確認されたか、終わっています。");
    }
    insert_mark(store.sql(),
                "INSERT INTO event_confirmation (event, confirmed_by, at) "
                "VALUES (:id, :actor, :at)",
                id.value, {actor.name, at});
    note.detail = "confirmed event=" + id.value;
    return true;
  });
}

void EventDesk::set_phase(const EventId& id, EventPhase phase) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::DeclareEvent, [&](AuditNote& note) {
    DisasterEvent event = open_event(store, id);
    event.phase = phase;
    insert_phase(store.sql(), event, store.now(), actor.name);
    note.detail = "event=" + id.value + " phase=" + std::string(to_code(phase));
    return true;
  });
}

OrderId EventDesk::issue(EvacOrder order) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::OrderEvacuation, [&](AuditNote& note) {
    const DisasterEvent event = open_event(store, order.event);
    const Instant now = store.now();
    if (order.issued == Instant{}) {
      order.issued = now;
    }
    order.lifted.reset();
    order.issued_by = actor.name;
    if (const auto fault = fault_of(order, stored_orders(store.sql(), event.id), event,
                                    AreaTree(stored_area_list(store.sql())), now)) {
      throw InputError(*fault);
    }
    order.id.value = store.new_id(now);
    insert_order(store.sql(), order, now);
    note.detail = "event=" + event.id.value + " issued=" + std::string(to_code(order.level));
    return order.id;
  });
}

void EventDesk::lift(const OrderId& id, Instant at) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::OrderEvacuation, [&](AuditNote& note) {
    const EvacOrder order = stored_order(store, id);
    static_cast<void>(open_event(store, order.event));
    const Instant now = store.now();
    const Instant lifted = at == Instant{} ? now : at;
    if (const auto fault = lift_fault(order, lifted, now)) {
      throw InputError(*fault);
    }
    prepared(store.sql(),
             "INSERT INTO evac_order_end (evac_order, lifted, lifted_by, recorded_at) "
             "VALUES (:evac_order, :lifted, :actor, :at)",
             [&](soci::statement& statement) {
               const auto bind = binder(statement);
               bind("evac_order", id);
               bind("lifted", lifted);
               bind("actor", actor.name);
               bind("at", now);
             })
        .execute(true);
    note.detail = "event=" + order.event.value + " lifted=" + std::string(to_code(order.level));
    return true;
  });
}

DecisionId EventDesk::decide(const EventId& id, EmergencyDecision decision) {
  Database& store = SessionInside::store(*session_);
  store.read([&] {
    const DisasterEvent event = open_event(store, id);
    decision.event = event.name;
    decision.phase = disclosure_phase(event, store.now());
    if (event.is_drill) {
      throw DisclosureRefused(
          "訓練は災害ではありません。同意のない提供の決定はできません(49条の11第3項)。");
    }
    const AreaTree tree(stored_area_list(store.sql()));
    if (!event.whole_city && decision.whole_city) {
      throw InputError("この災害は市全域のものではありません。区域を書いてください。");
    }
    for (const AreaRef& area : decision.areas) {
      if (!event.whole_city && std::ranges::none_of(event.areas, [&](const AreaRef& outer) {
            return tree.lies_in(area, outer);
          })) {
        throw InputError("この災害の区域の外では、提供を決定できません。");
      }
    }
  });
  return EmergencyDesk(*session_).declare(std::move(decision));
}

std::vector<DisasterEvent> EventDesk::events() {
  Database& store = SessionInside::store(*session_);
  return store.read([&] { return stored_events(store.sql()); });
}

DisasterEvent EventDesk::event(const std::string& id_or_name) {
  std::vector<DisasterEvent> all = events();
  std::ranges::reverse(all);
  for (DisasterEvent& event : all) {
    if (event.id.value == id_or_name || event.name == id_or_name) {
      return std::move(event);
    }
  }
  throw InputError("その災害は記録にありません。tomoni event list で確かめてください。");
}

std::vector<EvacOrder> EventDesk::orders(const EventId& id) {
  Database& store = SessionInside::store(*session_);
  return store.read([&] { return stored_orders(store.sql(), id); });
}

}  // namespace registry
