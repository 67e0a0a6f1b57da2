// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

constexpr const char* kTables = R"sql(
-- Which areas a person's home lies in, derived from the polygons of `area`.
CREATE TABLE person_area (
  person TEXT NOT NULL REFERENCES person(id),
  level  TEXT NOT NULL,
  code   TEXT NOT NULL,
  PRIMARY KEY (person, level)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_area_by_area ON person_area(level, code, person);
)sql";

}  // namespace

const Migration kPeopleSchema{kTables, {}};

}  // namespace registry
