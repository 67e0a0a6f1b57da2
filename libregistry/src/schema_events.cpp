// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

constexpr const char* kEventsTables = R"sql(
-- A disaster or a drill; a kind that is none of the eight is empty.
CREATE TABLE disaster_event (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  kind        TEXT,
  whole_city  INTEGER NOT NULL,
  areas       TEXT NOT NULL,
  started     INTEGER NOT NULL,
  is_drill    INTEGER NOT NULL,
  declared_by TEXT NOT NULL,
  declared_at INTEGER NOT NULL
) STRICT;
CREATE TABLE event_confirmation (
  event        TEXT PRIMARY KEY REFERENCES disaster_event(id),
  confirmed_by TEXT NOT NULL,
  at           INTEGER NOT NULL
) STRICT;
-- The newest row is where it stands.
CREATE TABLE event_phase (
  number      INTEGER PRIMARY KEY,
  event       TEXT NOT NULL REFERENCES disaster_event(id),
  phase       TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE TABLE event_end (
  event    TEXT PRIMARY KEY REFERENCES disaster_event(id),
  ended_by TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;

CREATE TABLE evac_order (
  id          TEXT PRIMARY KEY,
  event       TEXT NOT NULL REFERENCES disaster_event(id),
  level       TEXT NOT NULL,
  whole_city  INTEGER NOT NULL,
  areas       TEXT NOT NULL,
  issued      INTEGER NOT NULL,
  text        TEXT NOT NULL,
  issued_by   TEXT NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX evac_order_by_event ON evac_order(event);
CREATE TABLE evac_order_end (
  evac_order  TEXT PRIMARY KEY REFERENCES evac_order(id),
  lifted      INTEGER NOT NULL,
  lifted_by   TEXT NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT;

-- A report is what a device said once; its number is the device's.
CREATE TABLE safety_report (
  uuid         TEXT PRIMARY KEY,
  event        TEXT NOT NULL REFERENCES disaster_event(id),
  subject      TEXT NOT NULL REFERENCES person(id),
  status       TEXT NOT NULL,
  needs        TEXT NOT NULL,
  place        TEXT NOT NULL,
  note         TEXT NOT NULL,
  reporter     TEXT NOT NULL,
  device       TEXT NOT NULL,
  counter      INTEGER NOT NULL,
  device_time  INTEGER NOT NULL,
  channel      TEXT NOT NULL,
  settles      TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  received_at  INTEGER NOT NULL,
  received_by  TEXT NOT NULL
) STRICT;
CREATE INDEX safety_report_by_person ON safety_report(event, subject);
-- What could not be taken, whole, with its reason; the same one once.
CREATE TABLE safety_quarantine (
  content_hash TEXT NOT NULL,
  event        TEXT NOT NULL REFERENCES disaster_event(id),
  reason       TEXT NOT NULL,
  uuid         TEXT NOT NULL,
  subject      TEXT NOT NULL,
  status       TEXT NOT NULL,
  needs        TEXT NOT NULL,
  place        TEXT NOT NULL,
  note         TEXT NOT NULL,
  reporter     TEXT NOT NULL,
  device       TEXT NOT NULL,
  counter      INTEGER NOT NULL,
  device_time  INTEGER NOT NULL,
  channel      TEXT NOT NULL,
  settles      TEXT NOT NULL,
  received_at  INTEGER NOT NULL,
  received_by  TEXT NOT NULL,
  PRIMARY KEY (event, content_hash)
) STRICT;

CREATE TABLE shelter_entry (
  number      INTEGER PRIMARY KEY,
  event       TEXT NOT NULL REFERENCES disaster_event(id),
  step        TEXT NOT NULL,
  shelter     TEXT NOT NULL REFERENCES shelter(id),
  to_shelter  TEXT REFERENCES shelter(id),
  at          INTEGER NOT NULL,
  heads       INTEGER NOT NULL,
  capacity    INTEGER,
  needs       TEXT NOT NULL,
  note        TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX shelter_entry_by_event ON shelter_entry(event);
)sql";

constexpr const char* kEventsWhy = "the book of a disaster is append-only";

}  // namespace

const Migration kEventsSchema{kEventsTables,
                              {{"disaster_event", kEventsWhy},
                               {"event_confirmation", kEventsWhy},
                               {"event_phase", kEventsWhy},
                               {"event_end", kEventsWhy},
                               {"evac_order", kEventsWhy},
                               {"evac_order_end", kEventsWhy},
                               {"safety_report", "a report is never changed"},
                               {"safety_quarantine", "a report is never changed"},
                               {"shelter_entry", kEventsWhy}}};

}  // namespace registry
