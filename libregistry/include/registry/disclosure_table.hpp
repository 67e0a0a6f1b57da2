// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "registry/city_import.hpp"
#include "registry/table_io.hpp"

namespace registry {

/// A table of cases with their decisions, for whoever sets the city's policy.
struct DecidedTable {
  Table table;  ///< the columns that came in, then verdict, basis, reason, profile
  std::vector<Rejected> rejected;
};

/// Decides every row by `decide_disclosure`. Columns: phase (NORMAL, DRILL, OCCURRED_NO_DECISION,
/// OCCURRED_DECIDED), data (ROSTER, PLAN), recipient (INTERNAL, FIRE, POLICE, MINSEI, SHAKYO,
/// JISHUBO, OTHER_LISTED, PLAN_SUPPORTER, WELFARE_SHELTER, UNLISTED), subject_consent (NOT_ASKED,
/// NO_REPLY, GRANTED, REFUSED, WITHDRAWN), supporter_consent (ALL, SOME, NONE, NO_SUPPORTERS, -),
/// ordinance (STATUTE, OPT_OUT, PRESUMED_AFTER_INQUIRY, NO_CONSENT), protected (0, 1); others pass
/// through. A row with an unknown word is rejected, the others stay. Throws `InputError` when a
/// column is missing, naming all that are, or when a column for an answer is there already.
///
/// Taken for granted in every row: the person was asked in writing, agreement and training are
/// valid, the person belongs to the recipient, the decision covers area and recipient, and all
/// kinds but WELFARE_SHELTER and UNLISTED stand in the 地域防災計画. Of supporters SOME and NONE
/// say that somebody has not consented: that counts as a refusal. `-` is for the roster; for a plan
/// it counts like NONE.
[[nodiscard]] DecidedTable decide_table(const Table& cases);

}  // namespace registry
