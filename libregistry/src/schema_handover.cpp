// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

constexpr const char* kHandoverTables = R"sql(
-- Every change of a recipient is a new revision; lists are JSON, areas as level/code.
CREATE TABLE recipient_org (
  id                   TEXT NOT NULL,
  rev                  INTEGER NOT NULL,
  kind                 TEXT NOT NULL,
  name                 TEXT NOT NULL,
  listed               INTEGER NOT NULL,
  plan_clause          TEXT NOT NULL,
  areas                TEXT NOT NULL,
  agreement_no         TEXT NOT NULL,
  agreement_signed_on  TEXT,
  agreement_expires_on TEXT,
  manager              TEXT NOT NULL,
  storage_place        TEXT NOT NULL,
  viewers              TEXT NOT NULL,
  training_done_on     TEXT,
  inspection_due_on    TEXT,
  supporter            TEXT NOT NULL,
  shelter              TEXT NOT NULL,
  ended_on             TEXT,
  recorded_at          INTEGER NOT NULL,
  recorded_by          TEXT NOT NULL,
  PRIMARY KEY (id, rev)
) STRICT;

CREATE TABLE emergency_decision (
  id         TEXT PRIMARY KEY,
  event      TEXT NOT NULL,
  phase      TEXT NOT NULL CHECK (phase IN ('threat', 'occurred')),
  decided_by TEXT NOT NULL,
  role       TEXT NOT NULL,
  necessity  TEXT NOT NULL,
  whole_city INTEGER NOT NULL,
  areas      TEXT NOT NULL,
  to_kinds   TEXT NOT NULL,
  to_orgs    TEXT NOT NULL,
  data       TEXT NOT NULL,
  at         INTEGER NOT NULL,
  ends_at    INTEGER NOT NULL
) STRICT;
CREATE TABLE emergency_confirmation (
  decision     TEXT PRIMARY KEY REFERENCES emergency_decision(id),
  confirmed_by TEXT NOT NULL,
  at           INTEGER NOT NULL
) STRICT;
CREATE TABLE emergency_end (
  decision TEXT PRIMARY KEY REFERENCES emergency_decision(id),
  ended_by TEXT NOT NULL,
  at       INTEGER NOT NULL
) STRICT;

-- A second person opens one protected person for one recipient, once.
CREATE TABLE handover_approval (
  id          TEXT PRIMARY KEY,
  person      TEXT NOT NULL REFERENCES person(id),
  recipient   TEXT NOT NULL,
  data        TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  reason      TEXT NOT NULL,
  at          INTEGER NOT NULL
) STRICT;

-- One row per copy; closed_at is empty while the copy is out.
CREATE TABLE handover (
  number        INTEGER PRIMARY KEY,
  id            TEXT NOT NULL UNIQUE,
  serial        TEXT NOT NULL UNIQUE,
  recipient     TEXT NOT NULL,
  recipient_rev INTEGER NOT NULL,
  register_kind TEXT NOT NULL,
  data          TEXT NOT NULL,
  phase         TEXT NOT NULL,
  decision      TEXT REFERENCES emergency_decision(id),
  legal_basis   TEXT NOT NULL,
  ordinance     TEXT NOT NULL,
  profile       TEXT NOT NULL,
  medium        TEXT NOT NULL,
  content_hash  TEXT NOT NULL,
  persons       INTEGER NOT NULL,
  return_due    TEXT NOT NULL,
  issued_at     INTEGER NOT NULL,
  issued_by     TEXT NOT NULL,
  closed_at     INTEGER,
  FOREIGN KEY (recipient, recipient_rev) REFERENCES recipient_org(id, rev),
  CHECK (phase NOT IN ('threat', 'occurred') OR decision IS NOT NULL)
) STRICT;
CREATE INDEX handover_out ON handover(recipient, data) WHERE closed_at IS NULL;

-- What each person's line rests on: a statement, the ordinance, the application to the voluntary
-- register, an emergency decision, or internal use.
CREATE TABLE handover_item (
  handover       TEXT NOT NULL REFERENCES handover(id),
  person         TEXT NOT NULL REFERENCES person(id),
  ground         TEXT NOT NULL
    CHECK (ground IN ('consent', 'ordinance', 'application', 'decision', 'internal')),
  basis          TEXT NOT NULL,
  reason         TEXT NOT NULL,
  consent        TEXT REFERENCES consent(id),
  decision       TEXT REFERENCES emergency_decision(id),
  approval       TEXT REFERENCES handover_approval(id),
  evidence       TEXT NOT NULL,
  address_secret INTEGER NOT NULL,
  PRIMARY KEY (handover, person),
  CHECK (ground <> 'consent' OR consent IS NOT NULL),
  CHECK ((ground = 'decision') = (decision IS NOT NULL))
) STRICT;
CREATE INDEX handover_item_by_person ON handover_item(person);

CREATE TABLE handover_exclusion (
  handover TEXT NOT NULL REFERENCES handover(id),
  person   TEXT NOT NULL REFERENCES person(id),
  reason   TEXT NOT NULL,
  note     TEXT NOT NULL,
  PRIMARY KEY (handover, person)
) STRICT;

CREATE TABLE handover_event (
  number      INTEGER PRIMARY KEY,
  handover    TEXT NOT NULL REFERENCES handover(id),
  kind        TEXT NOT NULL,
  day         TEXT NOT NULL,
  text        TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX handover_event_by_copy ON handover_event(handover);

CREATE TABLE emergency_review (
  handover    TEXT PRIMARY KEY REFERENCES handover(id),
  reviewed_by TEXT NOT NULL,
  finding     TEXT NOT NULL,
  at          INTEGER NOT NULL
) STRICT;

CREATE TABLE recall_task (
  number     INTEGER PRIMARY KEY,
  handover   TEXT NOT NULL REFERENCES handover(id),
  why        TEXT NOT NULL,
  due        TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  done_at    INTEGER
) STRICT;
CREATE INDEX recall_task_open ON recall_task(handover) WHERE done_at IS NULL;
)sql";

constexpr const char* kHandoverWhy = "the ledger is append-only";

}  // namespace

const Migration kHandoverSchema{kHandoverTables,
                                {{"recipient_org", "a revision is never changed"},
                                 {"emergency_decision", kHandoverWhy},
                                 {"emergency_confirmation", kHandoverWhy},
                                 {"emergency_end", kHandoverWhy},
                                 {"handover_approval", kHandoverWhy},
                                 {"handover_item", kHandoverWhy},
                                 {"handover_exclusion", kHandoverWhy},
                                 {"handover_event", kHandoverWhy},
                                 {"emergency_review", kHandoverWhy}}};

}  // namespace registry
