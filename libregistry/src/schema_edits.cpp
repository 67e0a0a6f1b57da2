// SPDX-License-Identifier: Apache-2.0
#include "schema.hpp"

namespace registry {
namespace {

// What people edit carries a revision (registry/edit.hpp): 1 when the row came, one more with every
// change, with the account and the moment of the last one.
constexpr const char* kEditsTables = R"sql(
ALTER TABLE person ADD COLUMN rev INTEGER NOT NULL DEFAULT 1;
ALTER TABLE person ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE supporter ADD COLUMN rev INTEGER NOT NULL DEFAULT 1;
ALTER TABLE supporter ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE supporter ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shelter ADD COLUMN rev INTEGER NOT NULL DEFAULT 1;
ALTER TABLE shelter ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE shelter ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
-- A revision of a plan is a row of its own; beside it stands who wrote it.
ALTER TABLE plan_rev ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE plan_rev ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
)sql";

}  // namespace

const Migration kEditsSchema{kEditsTables, {}, {"person", "supporter", "shelter"}};

}  // namespace registry
