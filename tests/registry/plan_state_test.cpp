// SPDX-License-Identifier: Apache-2.0
#include "registry/plan_state.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace registry {
namespace {

constexpr int kStatuses = static_cast<int>(PlanStatus::Withdrawn) + 1;

/// The arrows of domain §4.4, written down once more: from → to.
const std::set<std::pair<std::string, std::string>> kArrows{
    {"候補", "打診中"},   {"打診中", "作成同意済"}, {"作成同意済", "聞取中"},
    {"聞取中", "案"},     {"案", "調整会議済"},     {"調整会議済", "確定"},
    {"確定", "要見直し"}, {"要見直し", "確定"},     {"案", "打診中"},
    {"案", "聞取中"},     {"調整会議済", "案"},     {"要見直し", "聞取中"},
    {"要見直し", "案"},   {"同意なし", "候補"},     {"対象外", "候補"},
    {"撤回", "候補"}};
const std::set<std::string> kEnds{"同意なし", "対象外", "撤回"};

TEST(PlanState, ExactlyTheArrowsOfTheLawfulWayAreAllowed) {
  for (int i = 0; i < kStatuses; ++i) {
    for (int j = 0; j < kStatuses; ++j) {
      const std::string from(to_text(static_cast<PlanStatus>(i)));
      const std::string to(to_text(static_cast<PlanStatus>(j)));
      const bool may_end = kEnds.contains(to) && !kEnds.contains(from);
      EXPECT_EQ(may_follow(static_cast<PlanStatus>(i), static_cast<PlanStatus>(j)),
                kArrows.contains({from, to}) || may_end)
          << from << " -> " << to;
    }
  }
}

TEST(PlanState, OnlyWhatPeopleHaveSettledIsKeptFromComputation) {
  const std::set<std::string> settled{"調整会議済", "確定",   "要見直し",
                                      "同意なし",   "対象外", "撤回"};
  for (int i = 0; i < kStatuses; ++i) {
    const auto status = static_cast<PlanStatus>(i);
    EXPECT_EQ(is_settled(status), settled.contains(std::string(to_text(status))))
        << to_text(status);
  }
}

TEST(PlanState, EveryReasonHasItsOwnWords) {
  std::set<std::string_view> words;
  for (int i = 0; i <= static_cast<int>(StaleReason::DeviceChanged); ++i) {
    EXPECT_TRUE(words.insert(to_text(static_cast<StaleReason>(i))).second) << i;
  }
}

}  // namespace
}  // namespace registry
