// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "registry/local_plan.hpp"
#include "registry/shelter.hpp"

namespace registry {

/// Column names of the eight kinds in the order of `HazardKind`, as the national lists write them.
inline constexpr std::array<std::string_view, kHazardKinds> kHazardColumns{
    "洪水",    "崖崩れ、土石流及び地滑り", "高潮", "地震", "津波", "大規模な火事", "内水氾濫",
    "火山現象"};

/// Whether people may go there directly when the file does not say so: a general shelter or an
/// emergency site always, a place that is only a welfare shelter as the city's plan says.
[[nodiscard]] ArrivalPolicy default_arrival(const ShelterKinds& kinds, const LocalPlan& plan);

/// Whether a 受入対象者 text speaks of people who need special care (要配慮者: 法8条2項15号 names
/// the elderly, disabled and infants), which makes the place a 指定福祉避難所. A place reserved for
/// others, such as the pupils of a school, is none.
[[nodiscard]] bool is_welfare_group(std::string_view acceptance);

}  // namespace registry
