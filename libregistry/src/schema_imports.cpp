// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

// An image is what stands in the store for one person and one kind of file, as JSON text; empty =
// nothing stands there. Hashes are over images.
constexpr const char* kImportsTables = R"sql(
CREATE TABLE import_batch (
  id           TEXT PRIMARY KEY,
  kind         TEXT NOT NULL,
  state        TEXT NOT NULL,
  mapping      TEXT NOT NULL,     -- name of the mapping file or empty
  encoding     TEXT NOT NULL,
  full_file    INTEGER NOT NULL,  -- whoever is not in it is missing
  as_of        TEXT NOT NULL,
  rows_read    INTEGER NOT NULL,
  added        INTEGER NOT NULL,
  changed      INTEGER NOT NULL,
  unchanged    INTEGER NOT NULL,
  rejected     TEXT NOT NULL,     -- line, column, code and reason of each row
  notes        TEXT NOT NULL,
  previewed_at INTEGER NOT NULL,
  previewed_by TEXT NOT NULL,
  approved_at  INTEGER,
  approved_by  TEXT NOT NULL,
  applied_at   INTEGER,
  applied_by   TEXT NOT NULL,
  reverted_at  INTEGER,
  reverted_by  TEXT NOT NULL
) STRICT;

CREATE TABLE import_change (
  batch        TEXT NOT NULL REFERENCES import_batch(id),
  ordinal      INTEGER NOT NULL,
  person       TEXT NOT NULL,     -- no reference: a new person is not there yet
  line         INTEGER NOT NULL,
  kinds        TEXT NOT NULL,
  fields       TEXT NOT NULL,
  before_image TEXT NOT NULL,
  after_image  TEXT NOT NULL,     -- empty once applied: it stands in the store then
  after_hash   TEXT NOT NULL,
  excluded_by  TEXT NOT NULL,     -- who left the person out; empty = nobody
  PRIMARY KEY (batch, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_change_by_person ON import_change(person, batch);

-- What applying a batch made false.
CREATE TABLE import_ripple (
  batch   TEXT NOT NULL REFERENCES import_batch(id),
  ordinal INTEGER NOT NULL,
  what    TEXT NOT NULL CHECK (what IN ('plan', 'list', 'copy')),
  object  TEXT NOT NULL,          -- plan, kind of register, or hand-over
  serial  TEXT NOT NULL,          -- of the copy
  person  TEXT NOT NULL,
  reason  TEXT NOT NULL,          -- a StaleReason for a plan, else a ChangeKind
  PRIMARY KEY (batch, ordinal)
) STRICT, WITHOUT ROWID;

-- Rows whose person is not certain, and what people decided; kept for later files. The key is a
-- digest over what the row says of the person.
CREATE TABLE review_queue (
  number     INTEGER PRIMARY KEY,
  batch      TEXT NOT NULL REFERENCES import_batch(id),
  kind       TEXT NOT NULL,
  line       INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  match_key  TEXT NOT NULL UNIQUE,
  proposed   TEXT NOT NULL,
  candidates TEXT NOT NULL,
  decision   TEXT NOT NULL,
  person     TEXT NOT NULL,
  decided_at INTEGER,
  decided_by TEXT NOT NULL
) STRICT;

-- One more kind of file gives certificates, and a physical card has a class.
CREATE TABLE certificate_by_source (
  person    TEXT NOT NULL REFERENCES person(id),
  source    TEXT NOT NULL CHECK (source IN ('care', 'disability', 'intractable')),
  ordinal   INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  scheme    TEXT NOT NULL,
  grade     TEXT NOT NULL,
  parts     TEXT NOT NULL,
  issued_on TEXT,
  valid_to  TEXT,
  class     TEXT NOT NULL DEFAULT '',  -- 第1種, 第2種
  PRIMARY KEY (person, source, ordinal)
) STRICT, WITHOUT ROWID;
INSERT INTO certificate_by_source
  (person, source, ordinal, kind, scheme, grade, parts, issued_on, valid_to)
  SELECT person, source, ordinal, kind, scheme, grade, parts, issued_on, valid_to FROM certificate;
DROP TABLE certificate;
ALTER TABLE certificate_by_source RENAME TO certificate;

-- How many residents a household has is counted when it is asked for: a file may name one of them.
ALTER TABLE person DROP COLUMN household_size;
)sql";

}  // namespace

const Migration kImportsSchema{kImportsTables, {}};

}  // namespace registry
