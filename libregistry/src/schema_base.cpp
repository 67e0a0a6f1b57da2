// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

// Conventions: ids are ULIDs; dates ISO 8601; moments milliseconds since 1970; lists JSON; an
// empty text means "not stated"; codes are those of stored_codes.hpp. Columns ending in _key are
// for searching only.
constexpr const char* kBaseTables = R"sql(
CREATE TABLE person (
  id                  TEXT PRIMARY KEY,
  resident_no         TEXT NOT NULL UNIQUE,
  household_no        TEXT NOT NULL,
  name                TEXT NOT NULL,
  name_kana           TEXT NOT NULL,
  name_alias          TEXT NOT NULL,
  birth_date          TEXT,
  birth_text          TEXT NOT NULL,
  sex                 TEXT NOT NULL,
  relation_to_head    TEXT NOT NULL,
  postcode            TEXT NOT NULL,
  town_code           TEXT NOT NULL,
  address             TEXT NOT NULL,
  address_number      TEXT NOT NULL,
  building            TEXT NOT NULL,
  actual_residence    TEXT NOT NULL,
  phone               TEXT NOT NULL,
  emergency_contacts  TEXT NOT NULL,
  residency           TEXT NOT NULL,
  living_place        TEXT NOT NULL,
  stated_living_place TEXT NOT NULL,  -- what the resident file said last
  expect_return       INTEGER NOT NULL,
  protective_measure  TEXT NOT NULL,
  protective_until    TEXT,
  mobility            TEXT NOT NULL,
  lat                 REAL,
  lon                 REAL,
  household_size      INTEGER NOT NULL,
  name_key            TEXT NOT NULL,
  kana_key            TEXT NOT NULL,
  address_key         TEXT NOT NULL,
  content_hash        TEXT NOT NULL,  -- of the row of the resident file
  CHECK ((lat IS NULL) = (lon IS NULL))
) STRICT;
CREATE INDEX person_by_name ON person(name_key);
CREATE INDEX person_by_kana ON person(kana_key);
CREATE INDEX person_by_address ON person(address_key);
CREATE INDEX person_by_household ON person(household_no);

CREATE TABLE certificate (
  person    TEXT NOT NULL REFERENCES person(id),
  source    TEXT NOT NULL CHECK (source IN ('care', 'disability')),  -- kind of file
  ordinal   INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  scheme    TEXT NOT NULL,
  grade     TEXT NOT NULL,
  parts     TEXT NOT NULL,
  issued_on TEXT,
  valid_to  TEXT,
  PRIMARY KEY (person, source, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE register_entry (
  number    INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL CHECK (kind IN ('statutory', 'voluntary')),
  person    TEXT NOT NULL REFERENCES person(id),
  joined_on TEXT NOT NULL,
  left_on   TEXT,
  rule_set  TEXT NOT NULL,
  clauses   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX register_entry_current ON register_entry(person, kind) WHERE left_on IS NULL;

CREATE TABLE supporter (
  id            TEXT PRIMARY KEY,
  supporter_no  TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  name_kana     TEXT NOT NULL,
  organisation  TEXT NOT NULL,
  address       TEXT NOT NULL,
  phone         TEXT NOT NULL,
  mail          TEXT NOT NULL,
  weekday_day   INTEGER NOT NULL,
  weekday_night INTEGER NOT NULL,
  holiday       INTEGER NOT NULL,
  max_persons   INTEGER NOT NULL,
  has_vehicle   INTEGER NOT NULL,
  lat           REAL,
  lon           REAL,
  name_key      TEXT NOT NULL,
  content_hash  TEXT NOT NULL,
  CHECK ((lat IS NULL) = (lon IS NULL))
) STRICT;

CREATE TABLE supporter_link (
  number    INTEGER PRIMARY KEY,  -- in the order of the files
  supporter TEXT NOT NULL REFERENCES supporter(id),
  person    TEXT NOT NULL REFERENCES person(id),
  relation  TEXT NOT NULL,
  role      TEXT NOT NULL,
  UNIQUE (person, supporter)
) STRICT;

CREATE TABLE shelter (
  id                 TEXT PRIMARY KEY,
  common_id          TEXT NOT NULL,
  name               TEXT NOT NULL,
  name_kana          TEXT NOT NULL,
  address            TEXT NOT NULL,
  phone              TEXT NOT NULL,
  lat                REAL NOT NULL,
  lon                REAL NOT NULL,
  emergency_site     INTEGER NOT NULL,
  shelter            INTEGER NOT NULL,
  designated_welfare INTEGER NOT NULL,
  agreement_welfare  INTEGER NOT NULL,
  suited             TEXT NOT NULL,  -- one 0 or 1 per kind of hazard, in the order of the law
  rated              INTEGER NOT NULL,
  arrival            TEXT NOT NULL,
  acceptance         TEXT NOT NULL,
  capacity           INTEGER
) STRICT;

CREATE TABLE area (
  level      TEXT NOT NULL,
  code       TEXT NOT NULL,
  name       TEXT NOT NULL,
  parent     TEXT NOT NULL,
  rings      TEXT NOT NULL,
  population INTEGER,
  PRIMARY KEY (level, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan (
  id      TEXT PRIMARY KEY,
  subject TEXT NOT NULL REFERENCES person(id),
  kind    TEXT NOT NULL,
  UNIQUE (subject, kind)
) STRICT;

CREATE TABLE plan_rev (
  plan         TEXT NOT NULL REFERENCES plan(id),
  rev          INTEGER NOT NULL CHECK (rev >= 1),
  status       TEXT NOT NULL,
  hazard       TEXT NOT NULL,
  gap          TEXT NOT NULL,
  home_hazard  TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  next_review  TEXT,
  content_hash TEXT NOT NULL,
  UNIQUE (plan, rev)
) STRICT;

-- The shelter is named as it stood: a revision outlives the shelter, hence no reference.
CREATE TABLE plan_leg (
  plan                   TEXT NOT NULL,
  rev                    INTEGER NOT NULL,
  ordinal                INTEGER NOT NULL,
  shelter                TEXT NOT NULL,
  shelter_name           TEXT NOT NULL,
  shelter_address        TEXT NOT NULL,
  arrival                TEXT NOT NULL,
  profile                TEXT NOT NULL,
  duration_s             INTEGER NOT NULL,
  length_m               REAL NOT NULL,
  steps_met              INTEGER NOT NULL,
  unverified_m           REAL NOT NULL,
  steepest_up_permille   INTEGER NOT NULL,
  steepest_down_permille INTEGER NOT NULL,
  hazards_met            TEXT NOT NULL,
  route                  TEXT NOT NULL,
  home_to_road_m         REAL NOT NULL,
  road_to_shelter_m      REAL NOT NULL,
  PRIMARY KEY (plan, rev, ordinal),
  FOREIGN KEY (plan, rev) REFERENCES plan_rev(plan, rev)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_log (
  number  INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  purpose TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  hash    TEXT NOT NULL
) STRICT;
)sql";

}  // namespace

const Migration kBaseSchema{kBaseTables,
                            {{"plan_rev", "a revision is never changed"},
                             {"plan_leg", "a revision is never changed"},
                             {"audit_log", "the audit log is append-only"}}};

}  // namespace registry
