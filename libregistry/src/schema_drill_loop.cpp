// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

constexpr const char* kDrillLoopTables = R"sql(
-- What a track of a drill says of the roads that were walked, in their order. The track itself is
-- not kept. Without planned_ms the way of moving of the plan cannot pass the road.
CREATE TABLE drill_road (
  drill       TEXT NOT NULL,
  person      TEXT NOT NULL,
  ordinal     INTEGER NOT NULL,
  way         INTEGER NOT NULL,
  name        TEXT NOT NULL,
  length_m    REAL NOT NULL,
  measured_ms INTEGER NOT NULL,
  planned_ms  INTEGER,
  PRIMARY KEY (drill, person, ordinal),
  FOREIGN KEY (drill, person) REFERENCES drill_result (drill, person)
) STRICT, WITHOUT ROWID;

-- What a drill showed and what is to be done about it (AAR/IP). The drill is NULL where it was
-- played on the desk only.
CREATE TABLE drill_finding (
  number      INTEGER PRIMARY KEY,
  drill       TEXT REFERENCES drill(id),
  drill_name  TEXT NOT NULL,
  drill_day   TEXT NOT NULL,
  finding     TEXT NOT NULL,
  action      TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
-- The newest row of a finding is where it stands.
CREATE TABLE drill_finding_step (
  number      INTEGER PRIMARY KEY,
  finding     INTEGER NOT NULL REFERENCES drill_finding(number),
  state       TEXT NOT NULL,
  owner       TEXT NOT NULL,
  due         TEXT NOT NULL,
  note        TEXT NOT NULL,
  checked     TEXT REFERENCES drill(id),
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX drill_finding_step_by_finding ON drill_finding_step (finding);
)sql";

}  // namespace

const Migration kDrillLoopSchema{kDrillLoopTables,
                                 {{"drill_road", "what was measured stays as it was"},
                                  {"drill_finding", "the book of findings is append-only"},
                                  {"drill_finding_step", "the book of findings is append-only"}}};

}  // namespace registry
