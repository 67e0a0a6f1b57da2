// SPDX-License-Identifier: Apache-2.0
#include "event_store.hpp"
#include "registry/event_desk.hpp"
#include "shelter_record.hpp"

namespace registry {

void ShelterDesk::record(const EventId& event, ShelterEntry entry) {
  Database& store = SessionInside::store(*session_);
  const Actor& actor = SessionInside::actor(*session_);
  store.audited(actor, Action::RunShelters, [&](AuditNote& note) {
    const DisasterEvent of = open_event(store, event);
    const Instant now = store.now();
    if (entry.at == Instant{}) {
      entry.at = now;
    }
    entry.recorded_by = actor.name;
    if (const auto fault = fault_of(entry, stored_book(store.sql(), event),
                                    stored_shelters(store.sql(), {}), of, now)) {
      throw InputError(*fault);
    }
    insert_entry(store.sql(), event, entry, now);
    note.detail = "event=" + event.value + " " + std::string(to_code(entry.step)) +
                  " shelter=" + entry.shelter.value + " heads=" + std::to_string(entry.heads);
    return true;
  });
}

std::vector<ShelterEntry> ShelterDesk::book(const EventId& event) {
  Database& store = SessionInside::store(*session_);
  return store.read([&] { return stored_book(store.sql(), event); });
}

std::vector<ShelterOpening> ShelterDesk::board(const EventId& event) {
  Database& store = SessionInside::store(*session_);
  return store.read([&] {
    return shelter_board(stored_book(store.sql(), event), stored_shelters(store.sql(), {}));
  });
}

}  // namespace registry
