// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace cli {

void add_drill_improve(CLI::App& drill, Context& context);  ///< below `drill`

}  // namespace cli
