// SPDX-License-Identifier: Apache-2.0
#include "cli/drill_loop.hpp"
#include "registry/error.hpp"

namespace cli {

void add_drill_name(CLI::App& command, DrillName& drill, bool required) {
  auto* name = command.add_option("--name", drill.name, "訓練の名前 (name of the drill)");
  if (required) {
    name->required();
  }
  command.add_option("--held", drill.held_on,
                     "訓練の日、2026-11-21。同じ名前が2つ以上あるとき (day of the drill)");
}

registry::HeldDrill held_drill(registry::Session& session, const DrillName& drill) {
  if (!drill.held_on.empty() && !registry::parse_iso_date(drill.held_on)) {
    throw CLI::ValidationError("--held", "日付は 2026-11-21 のように書いてください。");
  }
  const auto all = registry::DrillDesk(session).drills();
  std::string known;
  const registry::HeldDrill* found = nullptr;
  for (const registry::HeldDrill& each : all) {
    known += (known.empty() ? "" : "、") + each.name + "（" + registry::to_iso(each.held_on) + "）";
    if ((drill.name.empty() || each.name == drill.name) &&
        (drill.held_on.empty() || registry::to_iso(each.held_on) == drill.held_on)) {
      found = &each;
    }
  }
  if (found == nullptr) {
    throw registry::InputError(
        all.empty() ? "実際に行った訓練の記録がまだありません。先に tomoni drill import で結果を"
                      "取り込んでください。"
                    : "その訓練の記録はありません。あるもの: " + known);
  }
  return *found;
}

}  // namespace cli
