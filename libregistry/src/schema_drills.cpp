// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

// Drills people have held, with the stopwatch results (domain §7.5). Minutes are whole seconds
// here; what nobody wrote down is NULL.
constexpr const char* kDrillsTables = R"sql(
CREATE TABLE drill (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  held_on     TEXT NOT NULL,
  hazard      TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL,
  UNIQUE (name, held_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE drill_result (
  drill       TEXT NOT NULL REFERENCES drill(id),
  person      TEXT NOT NULL REFERENCES person(id),
  plan        TEXT NOT NULL REFERENCES plan(id),
  rev         INTEGER NOT NULL,
  notified_by TEXT NOT NULL,
  notify_s    INTEGER,
  supporter_s INTEGER,
  prepare_s   INTEGER NOT NULL,
  legs        TEXT NOT NULL,
  helpers     INTEGER,
  moved_by    TEXT NOT NULL,
  cautions    TEXT NOT NULL,
  in_time     INTEGER NOT NULL,
  PRIMARY KEY (drill, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX drill_result_person ON drill_result (person);
)sql";

}  // namespace

const Migration kDrillsSchema{kDrillsTables,
                              {{"drill", "what was measured stays as it was"},
                               {"drill_result", "what was measured stays as it was"}}};

}  // namespace registry
