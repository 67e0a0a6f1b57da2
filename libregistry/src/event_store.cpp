// SPDX-License-Identifier: Apache-2.0
#include "event_store.hpp"

#include <algorithm>

#include "list_text.hpp"
#include "recipient_record.hpp"
#include "registry/handover.hpp"
#include "stored_rows.hpp"

namespace registry {
namespace {

/// An event in the form of the table `disaster_event`.
struct EventRecord {
  DisasterEvent event;
  std::string areas;
};

template <class Record, class Field>
void event_fields(Record& record, Field field) {
  auto& event = record.event;
  field("id", event.id);
  field("name", event.name);
  field("kind", event.kind);
  field("whole_city", event.whole_city);
  field("areas", record.areas);
  field("started", event.started);
  field("is_drill", event.is_drill);
  field("declared_by", event.declared_by);
  field("declared_at", event.declared_at);
}

/// An order in the form of the table `evac_order`.
struct OrderRecord {
  EvacOrder order;
  std::string areas;
};

template <class Record, class Field>
void order_fields(Record& record, Field field) {
  auto& order = record.order;
  field("id", order.id);
  field("event", order.event);
  field("level", order.level);
  field("whole_city", order.whole_city);
  field("areas", record.areas);
  field("issued", order.issued);
  field("text", order.text);
  field("issued_by", order.issued_by);
}

/// A line of a shelter's book in the form of the table `shelter_entry`.
struct EntryRecord {
  ShelterEntry entry;
  std::optional<ShelterId> to;
  std::string needs;
};

template <class Record, class Field>
void entry_fields(Record& record, Field field) {
  auto& entry = record.entry;
  field("step", entry.step);
  field("shelter", entry.shelter);
  field("to_shelter", record.to);
  field("at", entry.at);
  field("heads", entry.heads);
  field("capacity", entry.capacity);
  field("needs", record.needs);
  field("note", entry.note);
  field("recorded_by", entry.recorded_by);
}

}  // namespace

std::vector<DisasterEvent> stored_events(soci::session& sql) {
  EventRecord record;
  std::optional<std::string> confirmed_by;
  std::optional<Instant> confirmed_at;
  std::optional<Instant> closed_at;
  EventPhase phase = EventPhase::Normal;
  return stored_rows(
      sql, R"sql(
      SELECT e.id, e.name, e.kind, e.whole_city, e.areas, e.started, e.is_drill, e.declared_by,
             e.declared_at, p.phase, c.confirmed_by, c.at, d.at
      FROM disaster_event e
      JOIN event_phase p ON p.number =
        (SELECT max(q.number) FROM event_phase q WHERE q.event = e.id)
      LEFT JOIN event_confirmation c ON c.event = e.id
      LEFT JOIN event_end d ON d.event = e.id
      ORDER BY e.declared_at, e.id
    )sql",
      [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        event_fields(record, receive);
        receive("phase", phase);
        statement.exchange(soci::into(confirmed_by));
        receive("at", confirmed_at);
        receive("at", closed_at);
      },
      [&] {
        DisasterEvent event = record.event;
        event.areas = areas_from_json(record.areas);
        event.phase = phase;
        event.confirmed_by = confirmed_by.value_or("");
        event.confirmed_at = confirmed_at;
        event.closed_at = closed_at;
        return event;
      });
}

DisasterEvent stored_event(soci::session& sql, const EventId& id) {
  for (DisasterEvent& event : stored_events(sql)) {
    if (event.id == id) {
      return std::move(event);
    }
  }
  throw InputError("その災害は記録にありません。tomoni event list で確かめてください。");
}

DisasterEvent open_event(Database& store, const EventId& id) {
  DisasterEvent event = stored_event(store.sql(), id);
  const EventState state = state_of(event, store.now());
  if (state == EventState::Unconfirmed) {
    throw DisclosureRefused(
        "この災害の宣言はまだ一人だけのものです。1 時間以内に別の担当者が確認してください。");
  }
  if (state != EventState::Open) {
    throw DisclosureRefused("この災害は" + std::string(to_text(state)) +
                            "しています。改めて宣言してください。");
  }
  return event;
}

bool is_name_of_drill(soci::session& sql, const std::string& name) {
  int drills = 0;
  sql << "SELECT count(*) FROM disaster_event WHERE name = :name AND is_drill = 1",
      soci::use(name, "name"), soci::into(drills);
  return drills > 0;
}

void insert_event(soci::session& sql, const DisasterEvent& event) {
  const EventRecord record{.event = event, .areas = areas_to_json(event.areas)};
  prepared(sql, R"sql(
    INSERT INTO disaster_event (id, name, kind, whole_city, areas, started, is_drill, declared_by,
      declared_at)
    VALUES (:id, :name, :kind, :whole_city, :areas, :started, :is_drill, :declared_by,
      :declared_at)
  )sql",
           [&](soci::statement& statement) { event_fields(record, binder(statement)); })
      .execute(true);
}

void insert_phase(soci::session& sql, const DisasterEvent& event, Instant at,
                  const std::string& actor) {
  prepared(sql, R"sql(
    INSERT INTO event_phase (event, phase, recorded_at, recorded_by)
    VALUES (:event, :phase, :at, :actor)
  )sql",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             bind("event", event.id);
             bind("phase", event.phase);
             bind("at", at);
             bind("actor", actor);
           })
      .execute(true);
}

void insert_mark(soci::session& sql, const char* query, const std::string& id,
                 const EventMark& mark) {
  prepared(sql, query, [&](soci::statement& statement) {
    const auto bind = binder(statement);
    bind("id", id);
    bind("actor", mark.actor);
    bind("at", mark.at);
  }).execute(true);
}

std::vector<EvacOrder> stored_orders(soci::session& sql, const EventId& event) {
  OrderRecord record;
  std::optional<Instant> lifted;
  return stored_rows(
      sql, R"sql(
      SELECT o.id, o.event, o.level, o.whole_city, o.areas, o.issued, o.text, o.issued_by, e.lifted
      FROM evac_order o LEFT JOIN evac_order_end e ON e.evac_order = o.id
      WHERE o.event = :of_event ORDER BY o.issued, o.id
    )sql",
      [&](soci::statement& statement) {
        const auto receive = receiver(statement);
        order_fields(record, receive);
        receive("lifted", lifted);
        statement.exchange(soci::use(event, "of_event"));
      },
      [&] {
        EvacOrder order = record.order;
        order.areas = areas_from_json(record.areas);
        order.lifted = lifted;
        return order;
      });
}

void insert_order(soci::session& sql, const EvacOrder& order, Instant at) {
  const OrderRecord record{.order = order, .areas = areas_to_json(order.areas)};
  prepared(sql, R"sql(
    INSERT INTO evac_order (id, event, level, whole_city, areas, issued, text, issued_by,
      recorded_at)
    VALUES (:id, :event, :level, :whole_city, :areas, :issued, :text, :issued_by, :recorded_at)
  )sql",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             order_fields(record, bind);
             bind("recorded_at", at);
           })
      .execute(true);
}

std::vector<ShelterEntry> stored_book(soci::session& sql, const EventId& event) {
  EntryRecord record;
  return stored_rows(
      sql, R"sql(
      SELECT step, shelter, to_shelter, at, heads, capacity, needs, note, recorded_by
      FROM shelter_entry WHERE event = :of_event ORDER BY number
    )sql",
      [&](soci::statement& statement) {
        entry_fields(record, receiver(statement));
        statement.exchange(soci::use(event, "of_event"));
      },
      [&] {
        ShelterEntry entry = record.entry;
        entry.to = record.to.value_or(ShelterId{});
        entry.needs = texts_from_json(record.needs);
        return entry;
      });
}

void insert_entry(soci::session& sql, const EventId& event, const ShelterEntry& entry, Instant at) {
  const EntryRecord record{
      .entry = entry, .to = null_if_empty(entry.to), .needs = to_json(entry.needs)};
  prepared(sql, R"sql(
    INSERT INTO shelter_entry (event, step, shelter, to_shelter, at, heads, capacity, needs, note,
      recorded_by, recorded_at)
    VALUES (:event, :step, :shelter, :to_shelter, :at, :heads, :capacity, :needs, :note,
      :recorded_by, :recorded_at)
  )sql",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             bind("event", event);
             entry_fields(record, bind);
             bind("recorded_at", at);
           })
      .execute(true);
}

}  // namespace registry
