// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

constexpr const char* kAccessTables = R"sql(
CREATE TABLE account (
  name         TEXT PRIMARY KEY,
  role         TEXT NOT NULL,
  supporter_no TEXT NOT NULL,
  agency       TEXT NOT NULL,
  disabled     INTEGER NOT NULL,
  created_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE account_scope (
  account TEXT NOT NULL REFERENCES account(name),
  level   TEXT NOT NULL,
  code    TEXT NOT NULL,
  PRIMARY KEY (account, level, code)
) STRICT, WITHOUT ROWID;

-- 支援措置: who asked to see whom, and the second person's answer. Neither is ever changed.
CREATE TABLE opening (
  id       TEXT PRIMARY KEY,
  person   TEXT NOT NULL REFERENCES person(id),
  account  TEXT NOT NULL REFERENCES account(name),
  reason   TEXT NOT NULL,
  asked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX opening_by_account ON opening(account, person);

CREATE TABLE opening_approval (
  opening     TEXT PRIMARY KEY REFERENCES opening(id),
  account     TEXT NOT NULL REFERENCES account(name),
  approved_at INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL
) STRICT;

-- Whom a row of the audit log with the subject `set:...` is about: the set is named by the hash of
-- its members, so that the row's own hash covers them and the same list is stored once.
CREATE TABLE audit_set (
  name   TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (name, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_set_by_person ON audit_set(person, name);
CREATE INDEX audit_log_by_subject ON audit_log(subject, number);

CREATE TABLE audit_key (
  public_key TEXT PRIMARY KEY,
  since      INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_head (
  number     INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  hash       TEXT NOT NULL,
  public_key TEXT NOT NULL,
  signature  TEXT NOT NULL
) STRICT;

-- One row: what makes pseudonyms of this registry's people unlike those of any other.
CREATE TABLE pseudonym_salt (
  name TEXT PRIMARY KEY,
  salt TEXT NOT NULL
) STRICT;
)sql";

}  // namespace

const Migration kAccessSchema{kAccessTables,
                              {{"opening", "a request to see a protected person is never changed"},
                               {"opening_approval", "an approval is never changed"},
                               {"audit_set", "the audit log is append-only"},
                               {"audit_key", "the audit log is append-only"},
                               {"audit_head", "the audit log is append-only"}}};

}  // namespace registry
