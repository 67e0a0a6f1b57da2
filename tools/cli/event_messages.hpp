// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/commands.hpp"

namespace cli {

// Parts of `tomoni event`.
void add_event_alerts(CLI::App& event, Context& context);    ///< alerts
void add_event_messages(CLI::App& event, Context& context);  ///< notify, radio, outbox, bounces

}  // namespace cli
