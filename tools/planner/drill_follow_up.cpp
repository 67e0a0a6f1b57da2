// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_follow_up.hpp"

#include "planner/section_text.hpp"

namespace planner {

DrillSection findings_section(std::span<const registry::DrillFinding> findings,
                              registry::Date today) {
  constexpr std::size_t kBlankRows = 3;
  DrillSection section = section_of(
      "是正",
      "これまでの訓練の指摘のうち終わっていないもの（期限切れが先）。空の行には今回の指摘を"
      "書き、tomoni drill findings add で台帳に加えます。人の名前は書かず、担当は課や役割で"
      "書きます。",
      {"番号", "状態", "期限", "指摘", "改善の内容", "担当", "訓練"});
  for (const registry::DrillFinding& finding : findings) {
    if (finding.is_open()) {
      section.table.rows.push_back(
          {std::to_string(finding.number),
           finding.is_overdue(today) ? "期限切れ" : std::string(to_text(finding.now().state)),
           registry::to_iso(finding.now().due), finding.said.finding, finding.said.action,
           finding.now().owner,
           finding.said.drill_name + "（" + registry::to_iso(finding.said.drill_day) + "）"});
    }
  }
  for (std::size_t i = 0; i < kBlankRows; ++i) {
    section.table.rows.emplace_back(section.table.header.size());
  }
  return section;
}

}  // namespace planner
