// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

constexpr const char* kPlansTables = R"sql(
CREATE TABLE eligibility_answer (
  number      INTEGER PRIMARY KEY,
  person      TEXT NOT NULL REFERENCES person(id),
  rule_set    TEXT NOT NULL,
  clause      TEXT NOT NULL,
  counts      INTEGER NOT NULL,
  reason      TEXT NOT NULL,
  answered_by TEXT NOT NULL,
  at          INTEGER NOT NULL
) STRICT;
CREATE INDEX eligibility_answer_by_rules ON eligibility_answer(rule_set, person);

-- Why a plan came up for review; the row stays when the plan is in force again.
CREATE TABLE plan_stale (
  plan   TEXT NOT NULL REFERENCES plan(id),
  rev    INTEGER NOT NULL,  -- the revision that was no longer true
  reason TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (plan, rev, reason)
) STRICT, WITHOUT ROWID;

-- Each step of a plan's way through the offices (案, 調整会議済, 確定, ...).
CREATE TABLE plan_step (
  plan     TEXT NOT NULL REFERENCES plan(id),
  rev      INTEGER NOT NULL,
  status   TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  note     TEXT NOT NULL,
  at       INTEGER NOT NULL,
  PRIMARY KEY (plan, rev)
) STRICT, WITHOUT ROWID;

-- The subject (items 1 to 6 of the register) and the supporters as they stood, as JSON.
CREATE TABLE plan_subject (
  plan    TEXT NOT NULL,
  rev     INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (plan, rev),
  FOREIGN KEY (plan, rev) REFERENCES plan_rev(plan, rev)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

const Migration kPlansSchema{kPlansTables,
                             {{"eligibility_answer", "an answer is never changed"},
                              {"plan_stale", "a reason is never changed"},
                              {"plan_step", "a step is never changed"},
                              {"plan_subject", "a revision is never changed"}}};

}  // namespace registry
