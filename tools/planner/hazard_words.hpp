// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "route/hazard.hpp"

namespace planner {

/// `洪水 浸水0.5〜3m（約60分後）`: a zone in the words of a hazard map's legend. Depth classes are
/// those of 国土数値情報 A31a.
[[nodiscard]] std::string hazard_words(route::HazardKind kind, std::uint8_t rank,
                                       std::optional<std::uint32_t> arrival_s);

/// The worst zone of every kind at a place, in words, joined by 、; empty when there is none.
[[nodiscard]] std::string hazards_at(const route::HazardMap& hazards, route::LatLon place);

}  // namespace planner
