// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <vector>

#include "registry/disclosure.hpp"

namespace registry {

/// One point of everything `decide_disclosure` can be asked.
struct SpacePoint {
  Phase phase = Phase::Normal;
  bool decided = false;  ///< a decision in force that covers area, recipient and data
  DataKind data = DataKind::Roster;
  RecipientKind recipient = RecipientKind::Internal;
  bool listed = true;
  OrdinanceMode mode = OrdinanceMode::Statute;
  Answer subject = Answer::NotAsked;
  bool inquired = false;
  std::vector<Answer> supporters;
  bool protected_person = false;
  bool approved = false;
  bool belongs = true;
  bool agreement = true;
};

/// The sets of supporters' answers that are tried.
inline const std::vector<std::vector<Answer>>& supporter_sets() {
  static const std::vector<std::vector<Answer>> kSets = {{},
                                                         {Answer::Granted},
                                                         {Answer::Granted, Answer::Granted},
                                                         {Answer::NoReply},
                                                         {Answer::NotAsked},
                                                         {Answer::Granted, Answer::Refused},
                                                         {Answer::Granted, Answer::NoReply},
                                                         {Answer::Withdrawn}};
  return kSets;
}

inline EmergencyDecision decision_for_all() {
  EmergencyDecision decision;
  decision.decided_by = "first";
  decision.confirmed_by = "second";
  decision.at = Instant{1000};
  decision.confirmed_at = Instant{2000};
  decision.ends_at = Instant{1000 + kDecisionLastsMs};
  decision.whole_city = true;
  decision.data = {DataKind::Roster, DataKind::Plan};
  for (std::size_t i = 0; i < kRecipientKinds; ++i) {
    decision.kinds.push_back(static_cast<RecipientKind>(i));
  }
  return decision;
}

inline DisclosureDecision decide(const SpacePoint& point) {
  DisclosureRequest request;
  request.phase = point.phase;
  request.data = point.data;
  request.recipient = point.recipient;
  request.at = Instant{3000};
  request.org_listed = point.listed;
  request.belongs = point.belongs;
  request.agreement_valid = point.agreement;
  request.protected_person = point.protected_person;
  request.approved = point.approved;
  DisclosurePolicy policy;
  policy.roster_ordinance = point.mode;
  policy.plan_ordinance = point.mode;
  policy.listed.clear();
  for (std::size_t i = 0; i < kRecipientKinds; ++i) {
    if (point.listed) {
      policy.listed.push_back({static_cast<RecipientKind>(i), "clause"});
    }
  }
  ConsentView view;
  view.subject = {point.subject, point.inquired, {}};
  for (const Answer answer : point.supporters) {
    view.supporters.push_back({answer, point.inquired, {}});
  }
  const EmergencyDecision decision = decision_for_all();
  return decide_disclosure(request, policy, view, point.decided ? &decision : nullptr);
}

/// Calls `visit` for every point of the space: 1,228,800 of them.
template <class Visit>
void for_every_point(Visit visit) {
  const auto each_flag = [](auto&& use) {
    use(false);
    use(true);
  };
  for (const Phase phase : {Phase::Normal, Phase::Drill, Phase::Threat, Phase::Occurred}) {
    for (std::size_t bits = 0; bits < 128; ++bits) {
      for (std::size_t recipient = 0; recipient < kRecipientKinds; ++recipient) {
        for (std::size_t mode = 0; mode < 4; ++mode) {
          for (std::size_t answer = 0; answer < 5; ++answer) {
            for (const auto& supporters : supporter_sets()) {
              SpacePoint point;
              point.phase = phase;
              point.decided = (bits & 1U) != 0;
              point.data = (bits & 2U) != 0 ? DataKind::Plan : DataKind::Roster;
              point.listed = (bits & 4U) != 0;
              point.protected_person = (bits & 8U) != 0;
              point.belongs = (bits & 16U) != 0;
              point.agreement = (bits & 32U) != 0;
              point.inquired = (bits & 64U) != 0;
              point.recipient = static_cast<RecipientKind>(recipient);
              point.mode = static_cast<OrdinanceMode>(mode);
              point.subject = static_cast<Answer>(answer);
              point.supporters = supporters;
              each_flag([&](bool approved) {
                if (approved && !point.protected_person) {
                  return;
                }
                point.approved = approved;
                visit(point);
              });
            }
          }
        }
      }
    }
  }
}

}  // namespace registry
