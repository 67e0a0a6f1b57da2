// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "datagen/homes.hpp"
#include "datagen/resident.hpp"
#include "registry/table_io.hpp"

namespace datagen {

struct ShelterTables {
  registry::Table general;  ///< 自治体標準オープンデータセット no.03, 39 columns
  registry::Table welfare;  ///< the same and 施設種別, 受入対象者, 到着区分
};

/// Schools, halls, parks and welfare facilities. Seats grow with the people of the town; in all
/// there are enough, but three halls have half of what their surroundings need.
[[nodiscard]] ShelterTables build_shelters(const TownPlan& plan, const Streets& streets,
                                           const TownDivision& division, const TownHomes& homes,
                                           const People& people, std::uint64_t seed);

}  // namespace datagen
