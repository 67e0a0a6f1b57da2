// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

// A plan has a course for each family of hazards; what a revision said of its one hazard becomes
// its first course. Shelters tell what they are equipped with.
constexpr const char* kCoursesTables = R"sql(
CREATE TABLE plan_course (
  plan            TEXT NOT NULL,
  rev             INTEGER NOT NULL,
  course          INTEGER NOT NULL,
  hazard          TEXT NOT NULL,
  gap             TEXT NOT NULL,
  home_hazard     TEXT NOT NULL,
  second_route    TEXT NOT NULL DEFAULT '',
  second_extra_s  INTEGER NOT NULL DEFAULT 0,
  second_shared_m REAL NOT NULL DEFAULT 0,
  stay            TEXT NOT NULL DEFAULT 'none',
  stay_reason     TEXT NOT NULL DEFAULT '',
  notify_s        INTEGER NOT NULL DEFAULT 0,
  supporter_s     INTEGER NOT NULL DEFAULT 0,
  preparation_s   INTEGER NOT NULL DEFAULT 0,
  travel_s        INTEGER NOT NULL DEFAULT 0,
  total_p90_s     INTEGER NOT NULL DEFAULT 0,
  limit_s         INTEGER,
  limit_cause     TEXT NOT NULL DEFAULT '',
  latest_start_s  INTEGER,
  verdict         TEXT NOT NULL DEFAULT 'not_judged',
  cause           TEXT NOT NULL DEFAULT '',
  risks           TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (plan, rev, course),
  FOREIGN KEY (plan, rev) REFERENCES plan_rev(plan, rev)
) STRICT, WITHOUT ROWID;

INSERT INTO plan_course (plan, rev, course, hazard, gap, home_hazard)
SELECT plan, rev, 0, hazard, gap, home_hazard FROM plan_rev;

ALTER TABLE plan_rev DROP COLUMN hazard;
ALTER TABLE plan_rev DROP COLUMN gap;
ALTER TABLE plan_rev DROP COLUMN home_hazard;

ALTER TABLE plan_leg ADD COLUMN course INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plan_leg ADD COLUMN kind TEXT NOT NULL DEFAULT 'evacuate';

-- The supporter may be gone one day: a revision outlives him or her, hence no reference.
CREATE TABLE plan_helper (
  plan      TEXT NOT NULL,
  rev       INTEGER NOT NULL,
  ordinal   INTEGER NOT NULL,
  course    INTEGER NOT NULL,
  supporter TEXT NOT NULL,
  backup    INTEGER NOT NULL,
  trip      INTEGER NOT NULL,
  arrives_s INTEGER NOT NULL,
  PRIMARY KEY (plan, rev, ordinal),
  FOREIGN KEY (plan, rev) REFERENCES plan_rev(plan, rev)
) STRICT, WITHOUT ROWID;

ALTER TABLE shelter ADD COLUMN gathering_point INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shelter ADD COLUMN has_power INTEGER;
ALTER TABLE shelter ADD COLUMN has_beds INTEGER;
ALTER TABLE shelter ADD COLUMN has_ostomate INTEGER;
ALTER TABLE shelter ADD COLUMN step_free INTEGER;
ALTER TABLE shelter ADD COLUMN power_limit INTEGER;
ALTER TABLE shelter ADD COLUMN stretcher_limit INTEGER;
ALTER TABLE shelter ADD COLUMN wheelchair_limit INTEGER;
ALTER TABLE shelter ADD COLUMN companion_limit INTEGER;
ALTER TABLE shelter ADD COLUMN opens_after_min INTEGER;
)sql";

}  // namespace

const Migration kCoursesSchema{kCoursesTables,
                               {{"plan_course", "a revision is never changed"},
                                {"plan_helper", "a revision is never changed"}}};

}  // namespace registry
