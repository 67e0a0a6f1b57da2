// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

// What the day of an event adds to its book.
constexpr const char* kEventDayTables = R"sql(
-- Supporters who were sent, came back, or cannot go. person is empty where it is about nobody.
CREATE TABLE supporter_sending (
  number       INTEGER PRIMARY KEY,
  uuid         TEXT NOT NULL UNIQUE,
  event        TEXT NOT NULL REFERENCES disaster_event(id),
  step         TEXT NOT NULL CHECK (step IN ('sent', 'back', 'cannot', 'can')),
  supporter    TEXT NOT NULL REFERENCES supporter(id),
  person       TEXT REFERENCES person(id),
  at           INTEGER NOT NULL,
  note         TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  recorded_at  INTEGER NOT NULL,
  recorded_by  TEXT NOT NULL
) STRICT;
CREATE INDEX supporter_sending_by_event ON supporter_sending(event);

-- Where a person goes today, by the run of the computation that changed it; the newest row of a
-- person and hazard counts. shelter is empty for somebody who stays.
CREATE TABLE event_way (
  number       INTEGER PRIMARY KEY,
  event        TEXT NOT NULL REFERENCES disaster_event(id),
  run          INTEGER NOT NULL,
  person       TEXT NOT NULL REFERENCES person(id),
  hazard       TEXT NOT NULL,
  shelter      TEXT REFERENCES shelter(id),
  shelter_name TEXT NOT NULL,
  stay         TEXT NOT NULL,
  travel_s     INTEGER NOT NULL,
  as_planned   INTEGER NOT NULL,
  recorded_at  INTEGER NOT NULL,
  recorded_by  TEXT NOT NULL
) STRICT;
CREATE INDEX event_way_by_event ON event_way(event);

-- Somebody has looked at a report that was put aside.
CREATE TABLE safety_quarantine_review (
  event        TEXT NOT NULL REFERENCES disaster_event(id),
  content_hash TEXT NOT NULL,
  note         TEXT NOT NULL,
  reviewed_by  TEXT NOT NULL,
  at           INTEGER NOT NULL,
  PRIMARY KEY (event, content_hash)
) STRICT;

-- An event that ended while people had not been reached, and why.
CREATE TABLE event_end_unreached (
  event  TEXT PRIMARY KEY REFERENCES disaster_event(id),
  people INTEGER NOT NULL,
  reason TEXT NOT NULL,
  said_by TEXT NOT NULL,
  at     INTEGER NOT NULL
) STRICT;
)sql";

constexpr const char* kEventDayWhy = "the book of a disaster is append-only";

}  // namespace

const Migration kEventDaySchema{kEventDayTables,
                                {{"supporter_sending", kEventDayWhy},
                                 {"event_way", kEventDayWhy},
                                 {"safety_quarantine_review", kEventDayWhy},
                                 {"event_end_unreached", kEventDayWhy}}};

}  // namespace registry
