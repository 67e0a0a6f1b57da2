// SPDX-License-Identifier: Apache-2.0
// `tomoni event`: a disaster, or a drill that plays one, from its declaration to its close.
#include "cli/commands.hpp"
#include "cli/event_messages.hpp"

namespace cli {

void add_event(CLI::App& app, Context& context) {
  CLI::App* event =
      app.add_subcommand("event", "災害(訓練)の対応: 宣言から終了まで (a disaster or a drill)");
  event->require_subcommand(1);
  event->fallthrough();
  add_event_alerts(*event, context);
  add_event_messages(*event, context);
}

}  // namespace cli
