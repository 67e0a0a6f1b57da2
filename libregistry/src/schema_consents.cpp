// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

constexpr const char* kConsentsTables = R"sql(
-- One row per statement. A supporter who speaks of every plan has no person; a registrant has no
-- supporter. Lists of recipients are empty when the statement speaks to all listed ones.
CREATE TABLE consent (
  number          INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  person          TEXT REFERENCES person(id),
  supporter       TEXT REFERENCES supporter(id),
  register_kind   TEXT NOT NULL,
  scope           TEXT NOT NULL,
  to_all          INTEGER NOT NULL,
  to_kinds        TEXT NOT NULL,
  to_orgs         TEXT NOT NULL,
  answer          TEXT NOT NULL,
  method          TEXT NOT NULL,
  agent_name      TEXT NOT NULL,
  agent_relation  TEXT NOT NULL,
  agent_basis     TEXT NOT NULL,
  asked_at        INTEGER,
  notice_sent_at  INTEGER,
  explained_at    INTEGER,
  explained_by    TEXT NOT NULL,
  answered_at     INTEGER,
  leaflet_version TEXT NOT NULL,
  evidence_file   TEXT NOT NULL,
  valid_until     TEXT,
  letter          TEXT NOT NULL,
  recorded_at     INTEGER NOT NULL,
  recorded_by     TEXT NOT NULL,
  CHECK (person IS NOT NULL OR supporter IS NOT NULL)
) STRICT;
CREATE INDEX consent_by_person ON consent(person);
CREATE INDEX consent_by_supporter ON consent(supporter);

CREATE TABLE consent_round (
  id              TEXT PRIMARY KEY,
  name            TEXT NOT NULL,
  register_kind   TEXT NOT NULL,
  scopes          TEXT NOT NULL,
  to_all          INTEGER NOT NULL,
  to_kinds        TEXT NOT NULL,
  to_orgs         TEXT NOT NULL,
  leaflet_version TEXT NOT NULL,
  explained_by    TEXT NOT NULL,
  silence_notice  INTEGER NOT NULL,  -- the letter says that silence is taken as consent
  answer_by       TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  created_by      TEXT NOT NULL
) STRICT;

CREATE TABLE consent_letter (
  code   TEXT PRIMARY KEY,
  round  TEXT NOT NULL REFERENCES consent_round(id),
  person TEXT NOT NULL REFERENCES person(id),
  UNIQUE (round, person)
) STRICT;

-- When a letter, and later each reminder, went to the post.
CREATE TABLE consent_posting (
  number   INTEGER PRIMARY KEY,
  code     TEXT NOT NULL REFERENCES consent_letter(code),
  reminder INTEGER NOT NULL,
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_posting_by_code ON consent_posting(code);
)sql";

constexpr const char* kConsentsWhy = "a statement stands as it was made; record a new one";

}  // namespace

const Migration kConsentsSchema{kConsentsTables,
                                {{"consent", kConsentsWhy},
                                 {"consent_round", "a round stands as it was sent out"},
                                 {"consent_letter", "a code belongs to one letter for ever"},
                                 {"consent_posting", "what was posted stays posted"}}};

}  // namespace registry
