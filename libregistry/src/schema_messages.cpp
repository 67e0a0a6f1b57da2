// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

constexpr const char* kMessagesTables = R"sql(
-- Every file of the watched folder that was judged; reason is empty for one that was taken.
CREATE TABLE alert_file (
  number   INTEGER PRIMARY KEY,
  digest   TEXT NOT NULL,
  reason   TEXT NOT NULL,
  doubts   TEXT NOT NULL,
  taken_at INTEGER NOT NULL,
  taken_by TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX alert_file_taken ON alert_file(digest) WHERE reason = '';

CREATE TABLE alert_document (
  id       TEXT PRIMARY KEY,
  series   TEXT NOT NULL,
  issuer   TEXT NOT NULL,
  title    TEXT NOT NULL,
  issued   INTEGER NOT NULL,
  doubtful INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_document_by_time ON alert_document(issued);

-- areas: code and name by turns, as JSON.
CREATE TABLE alert_notice (
  id         TEXT PRIMARY KEY,
  document   TEXT NOT NULL REFERENCES alert_document(id),
  level      INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
  hazard     TEXT NOT NULL,
  whole_city INTEGER NOT NULL,
  areas      TEXT NOT NULL,
  status     TEXT NOT NULL,
  title      TEXT NOT NULL,
  ordered    INTEGER NOT NULL
) STRICT;
CREATE INDEX alert_notice_by_document ON alert_notice(document);

-- The outbox. One message per event, recipient, address, purpose and revision, whatever is asked
-- for how often. recipient is the id of a supporter or of a registrant.
CREATE TABLE message (
  id          TEXT PRIMARY KEY,
  event       TEXT NOT NULL,
  purpose     TEXT NOT NULL,
  audience    TEXT NOT NULL,
  recipient   TEXT NOT NULL,
  address     TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  subject     TEXT NOT NULL,
  body        TEXT NOT NULL,
  expires_at  INTEGER NOT NULL,
  composed_at INTEGER NOT NULL,
  composed_by TEXT NOT NULL,
  UNIQUE (event, purpose, revision, recipient, address)
) STRICT;

-- Whom a message speaks of.
CREATE TABLE message_person (
  message TEXT NOT NULL REFERENCES message(id),
  person  TEXT NOT NULL REFERENCES person(id),
  PRIMARY KEY (message, person)
) STRICT;
CREATE INDEX message_person_by_person ON message_person(person);

-- What became of it; the newest row counts. detail: SMTP codes, never words of a server.
CREATE TABLE message_state (
  number     INTEGER PRIMARY KEY,
  message    TEXT NOT NULL REFERENCES message(id),
  state      TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed', 'bounced')),
  detail     TEXT NOT NULL,
  attempts   INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  at         INTEGER NOT NULL
) STRICT;
CREATE INDEX message_state_by_message ON message_state(message, number);
)sql";

constexpr const char* kMessagesWhy = "what was received or sent stays as it was";

}  // namespace

const Migration kMessagesSchema{kMessagesTables,
                                {{"alert_file", kMessagesWhy},
                                 {"alert_document", kMessagesWhy},
                                 {"alert_notice", kMessagesWhy},
                                 {"message", kMessagesWhy},
                                 {"message_person", kMessagesWhy},
                                 {"message_state", kMessagesWhy}}};

}  // namespace registry
