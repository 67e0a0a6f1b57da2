// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace cli {

// The parts of `tomoni share`, one file each.
void add_share_decide(CLI::App& share, Context& context);

}  // namespace cli
