// SPDX-License-Identifier: Apache-2.0
#include "cli/share_command.hpp"

namespace cli {

void add_share(CLI::App& app, Context& context) {
  CLI::App* share = app.add_subcommand(
      "share", "名簿情報・計画情報の提供と提供台帳 (hand-overs and their ledger)");
  share->require_subcommand(1);
  share->fallthrough();
  add_share_decide(*share, context);
  add_share_recipient(*share, context);
  add_share_issue(*share, context);
  add_share_copies(*share, context);
  add_share_emergency(*share, context);
}

}  // namespace cli
