// SPDX-License-Identifier: Apache-2.0
#include "registry/event_ways.hpp"

#include <algorithm>

#include "event_store.hpp"
#include "event_way_store.hpp"
#include "person_gate.hpp"
#include "stored_rows.hpp"

namespace registry {
namespace {

/// A way in the form of the table `event_way`.
struct WayRecord {
  LiveWay way;
  std::optional<ShelterId> shelter;
};

template <class Record, class Field>
void way_fields(Record& record, Field field) {
  auto& way = record.way;
  field("run", way.run);
  field("person", way.person);
  field("hazard", way.hazard);
  field("shelter", record.shelter);
  field("shelter_name", way.shelter_name);
  field("stay", way.stay);
  field("travel_s", way.travel_s);
  field("as_planned", way.as_planned);
}

/// The same whenever it was computed.
bool same(LiveWay a, const LiveWay& b) {
  a.run = b.run;
  return a == b;
}

void insert_way(soci::session& sql, const EventId& event, const LiveWay& way, const Actor& actor,
                Instant at) {
  const WayRecord record{.way = way, .shelter = null_if_empty(way.shelter)};
  prepared(sql, R"sql(
    INSERT INTO event_way (event, run, person, hazard, shelter, shelter_name, stay, travel_s,
      as_planned, recorded_at, recorded_by)
    VALUES (:event, :run, :person, :hazard, :shelter, :shelter_name, :stay, :travel_s,
      :as_planned, :recorded_at, :recorded_by)
  )sql",
           [&](soci::statement& statement) {
             const auto bind = binder(statement);
             way_fields(record, bind);
             bind("event", event);
             bind("recorded_at", at);
             bind("recorded_by", actor.name);
           })
      .execute(true);
}

}  // namespace

LiveWays stored_ways(soci::session& sql, const EventId& event) {
  WayRecord record;
  const auto rows = stored_rows(
      sql, R"sql(
      SELECT run, person, hazard, shelter, shelter_name, stay, travel_s, as_planned
      FROM event_way WHERE event = :of_event ORDER BY number
    )sql",
      [&](soci::statement& statement) {
        way_fields(record, receiver(statement));
        statement.exchange(soci::use(event, "of_event"));
      },
      [&] {
        LiveWay way = record.way;
        way.shelter = record.shelter.value_or(ShelterId{});
        return way;
      });
  LiveWays newest;
  for (const LiveWay& way : rows) {
    newest[{way.person, way.hazard}] = way;
  }
  return newest;
}

std::size_t EventWayDesk::record(const EventId& event, const std::vector<LiveWay>& ways) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::StorePlans, [&](AuditNote& note) {
    static_cast<void>(open_event(store, event));
    const LiveWays known = stored_ways(store.sql(), event);
    int run = 1;
    for (const auto& [key, way] : known) {
      run = std::max(run, way.run + 1);
    }
    PersonGate gate(store, actor, Action::StorePlans);
    std::size_t kept = 0;
    for (LiveWay way : ways) {
      const auto before = known.find({way.person, way.hazard});
      const bool is_news = before == known.end() ? !way.as_planned : !same(way, before->second);
      if (is_news && std::holds_alternative<AccessGrant>(gate.decide(way.person))) {
        way.run = run;
        insert_way(store.sql(), event, way, actor, store.now());
        note.people.push_back(way.person);
        ++kept;
      }
    }
    note.detail =
        "event=" + event.value + " run=" + std::to_string(run) + " ways=" + std::to_string(kept);
    return kept;
  });
}

std::vector<LiveWay> EventWayDesk::newest(const EventId& event) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  return store.audited(actor, Action::ShowEventBoard, [&](AuditNote& note) {
    PersonGate gate(store, actor, Action::ShowEventBoard);
    std::vector<LiveWay> ways;
    for (auto& [key, way] : stored_ways(store.sql(), event)) {
      if (gate.fields(way.person)) {
        note.people.push_back(way.person);
        ways.push_back(std::move(way));
      }
    }
    note.detail = "event=" + event.value + " ways=" + std::to_string(ways.size());
    return ways;
  });
}

}  // namespace registry
