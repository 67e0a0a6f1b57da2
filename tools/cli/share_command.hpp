// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace cli {

// The parts of `tomoni share`, one file each.
void add_share_decide(CLI::App& share, Context& context);
void add_share_recipient(CLI::App& share, Context& context);
void add_share_issue(CLI::App& share, Context& context);
void add_share_copies(CLI::App& share, Context& context);
void add_share_emergency(CLI::App& share, Context& context);

// The rounds of `tomoni consent`.
void add_consent_round(CLI::App& consent, Context& context);

}  // namespace cli
