// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

constexpr const char* kPeopleTables = R"sql(
-- Which areas a person's home lies in, derived from the polygons of `area`.
CREATE TABLE person_area (
  person TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
  level  TEXT NOT NULL,
  code   TEXT NOT NULL,
  PRIMARY KEY (person, level)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_area_by_area ON person_area(level, code, person);

-- Derived from `person` for searching: whole keys to check a hit by, and a code for every place
-- where a search may begin (search_keys.hpp). `codes` is the list of them, to take them out again.
CREATE TABLE person_key (
  person   TEXT PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
  name     TEXT NOT NULL,
  kana     TEXT NOT NULL,
  alias    TEXT NOT NULL,
  address  TEXT NOT NULL,
  building TEXT NOT NULL,
  phones   TEXT NOT NULL,
  codes    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE person_code (
  code   INTEGER NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (code, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_birth ON person(birth_date);

-- What is known of a person beyond the city's own files (registry/capability.hpp), as JSON text.
CREATE TABLE person_needs (
  person     TEXT PRIMARY KEY REFERENCES person(id),
  rev        INTEGER NOT NULL CHECK (rev >= 1),
  document   TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Why and on whose word a person joined or left the register on application.
CREATE TABLE voluntary_note (
  entry        INTEGER NOT NULL REFERENCES register_entry(number),
  step         TEXT NOT NULL CHECK (step IN ('joined', 'left')),
  reason       TEXT NOT NULL,
  told_no_duty INTEGER NOT NULL,  -- explained that registration guarantees no help
  recorded_at  INTEGER NOT NULL,
  recorded_by  TEXT NOT NULL,
  PRIMARY KEY (entry, step)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

const Migration kPeopleSchema{kPeopleTables,
                              {{"voluntary_note", "a statement of the person is never changed"}}};

}  // namespace registry
