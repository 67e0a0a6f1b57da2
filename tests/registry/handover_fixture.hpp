// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "registry/handover_desk.hpp"
#include "share_fixture.hpp"

namespace registry {

/// A registry with recipients to hand lists to.
class HandoverTest : public ShareTest {
 protected:
  OrgId org(RecipientKind kind, const std::string& name, bool listed = true) {
    RecipientOrg org;
    org.kind = kind;
    org.name = name;
    org.listed = listed;
    org.plan_clause = listed ? "第2編第4章" : "";
    if (kind == RecipientKind::Jishubo || kind == RecipientKind::Minsei) {
      org.areas = {{AreaLevel::Neighbourhood, "N1"}};
    }
    org.agreement_no = "協定1";
    org.agreement_signed_on = support::test_day();
    org.training_done_on = support::test_day();
    org.manager = "管理者";
    org.storage_place = "事務所の金庫";
    return RecipientBook(*session_).add(org);
  }

  static HandoverRequest request(const OrgId& recipient, DataKind data = DataKind::Roster) {
    HandoverRequest request;
    request.recipient = recipient;
    request.data = data;
    request.return_due = Date{std::chrono::year(2027), std::chrono::month(3), std::chrono::day(31)};
    return request;
  }

  HandoverDesk desk() { return {*session_, policy_}; }

  DisclosureList issued(const HandoverRequest& asked) {
    return desk().issue(asked, desk().preview(asked).code);
  }

  Reason excluded_for(const HandoverRequest& asked, const PersonId& person) {
    const auto preview = desk().preview(asked);
    const auto found = std::ranges::find(preview.excluded, person, &Excluded::person);
    EXPECT_NE(found, preview.excluded.end());
    return found == preview.excluded.end() ? Reason::Consent : found->reason;
  }

  EmergencyDecision decision() {
    EmergencyDecision decision;
    decision.event = "令和8年台風第9号";
    decision.role = "市長";
    decision.necessity = "避難指示の区域で安否が確認できないため";
    decision.whole_city = true;
    decision.kinds = {RecipientKind::Fire, RecipientKind::Police, RecipientKind::Unlisted,
                      RecipientKind::Jishubo};
    decision.data = {DataKind::Roster};
    return decision;
  }

  /// Declared by the tester, confirmed by somebody else.
  DecisionId decided(const EmergencyDecision& decision) {
    const DecisionId id = EmergencyDesk(*session_).declare(decision);
    Session second = as("second");
    EmergencyDesk(second).confirm(id);
    return id;
  }

  DisclosurePolicy policy_;
};

}  // namespace registry
