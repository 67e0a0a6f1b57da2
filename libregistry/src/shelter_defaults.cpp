// SPDX-License-Identifier: Apache-2.0
#include "shelter_defaults.hpp"

#include <algorithm>

namespace registry {

ArrivalPolicy default_arrival(const ShelterKinds& kinds, const LocalPlan& plan) {
  if (kinds.emergency_site || kinds.shelter) {
    return ArrivalPolicy::Direct;
  }
  if (kinds.designated_welfare) {
    return plan.designated_welfare_arrival;
  }
  return kinds.agreement_welfare ? plan.agreement_welfare_arrival : ArrivalPolicy::Direct;
}

bool is_welfare_group(std::string_view acceptance) {
  // Pupils of a school for the disabled are a closed group, whatever the school is called.
  constexpr std::array<std::string_view, 5> kClosed{"在校生", "生徒", "在園", "職員", "従業員"};
  constexpr std::array<std::string_view, 12> kWelfare{"要配慮者", "要支援者", "高齢者", "障害者",
                                                      "障がい者", "障碍者",   "要介護", "福祉",
                                                      "妊婦",     "妊産婦",   "乳幼児", "車いす"};
  const auto mentioned = [&](std::string_view word) {
    return acceptance.find(word) != std::string_view::npos;
  };
  return std::ranges::none_of(kClosed, mentioned) && std::ranges::any_of(kWelfare, mentioned);
}

}  // namespace registry
