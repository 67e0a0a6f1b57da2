// SPDX-License-Identifier: Apache-2.0
#include "registry/disclosure_list.hpp"

namespace registry {

std::string_view duty_text() {
  return "この情報は避難支援等のためだけに使い、正当な理由なく漏らしてはなりません(災害対策基本法第"
         "49条の12、第49条の13、第49条の16、第49条の17)。複写せず、施錠して保管し、期限までに返却"
         "または廃棄してください。";
}

GrantOrDenial grant_disclosure(const PersonId& person, const DisclosureRequest& request,
                               const DisclosurePolicy& policy, const ConsentView& consent,
                               const EmergencyDecision* decision) {
  GrantOrDenial result{.grant = {},
                       .decision = decide_disclosure(request, policy, consent, decision)};
  if (result.decision.verdict == Verdict::Allow) {
    result.grant = Grant(person, result.decision);
  }
  return result;
}

DisclosureList::DisclosureList(LedgerRow row, const std::vector<Grant>& grants, Table rows,
                               std::vector<std::string> areas)
    : row_(std::move(row)),
      table_(std::move(rows)),
      profile_columns_(table_.header.size()),
      areas_(std::move(areas)) {
  TOMONI_EXPECT(grants.size() == table_.rows.size());
  TOMONI_EXPECT(grants.size() == areas_.size());
  TOMONI_EXPECT(grants.size() == handover().persons);
  for (const char* name : {"取扱注意", "管理番号", "提供先", "根拠", "返却期限", "守秘義務"}) {
    table_.header.emplace_back(name);
  }
  people_.reserve(grants.size());
  for (std::size_t i = 0; i < grants.size(); ++i) {
    people_.push_back(grants[i].person());
    const DisclosureDecision& decision = grants[i].decision();
    auto& cells = table_.rows[i];
    cells.emplace_back(decision.address_secret ? "住所秘匿(支援措置)" : "");
    cells.push_back(handover().serial);
    cells.push_back(handover().recipient_name);
    cells.emplace_back(decision.basis);
    cells.push_back(to_iso(handover().return_due));
    cells.emplace_back(duty_text());
  }
}

}  // namespace registry
