// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "database.hpp"
#include "registry/event.hpp"
#include "registry/shelter_opening.hpp"
#include "sql_types.hpp"

namespace registry {

/// With phase, confirmation and end; oldest first.
[[nodiscard]] std::vector<DisasterEvent> stored_events(soci::session& sql);
/// Throws `InputError` for an unknown one.
[[nodiscard]] DisasterEvent stored_event(soci::session& sql, const EventId& id);
/// The same; throws `DisclosureRefused` unless two people declared it and it is not closed.
[[nodiscard]] DisasterEvent open_event(Database& store, const EventId& id);
/// Whether a drill bears this name.
[[nodiscard]] bool is_name_of_drill(soci::session& sql, const std::string& name);

void insert_event(soci::session& sql, const DisasterEvent& event);
void insert_phase(soci::session& sql, const DisasterEvent& event, Instant at,
                  const std::string& actor);

/// Who did something once, and when.
struct EventMark {
  const std::string& actor;
  Instant at;
};
/// `query` inserts :id, :actor and :at.
void insert_mark(soci::session& sql, const char* query, const std::string& id,
                 const EventMark& mark);

/// In the order of their times.
[[nodiscard]] std::vector<EvacOrder> stored_orders(soci::session& sql, const EventId& event);
void insert_order(soci::session& sql, const EvacOrder& order, Instant at);

/// In the order in which they were written.
[[nodiscard]] std::vector<ShelterEntry> stored_book(soci::session& sql, const EventId& event);
void insert_entry(soci::session& sql, const EventId& event, const ShelterEntry& entry, Instant at);

}  // namespace registry
