// SPDX-License-Identifier: Apache-2.0
#include "planner/hazard_words.hpp"

#include <gtest/gtest.h>

namespace {

using planner::hazard_words;
using route::HazardKind;

TEST(HazardWords, WaterIsToldByDepthAndArrival) {
  EXPECT_EQ(hazard_words(HazardKind::Flood, 2, 3600), "洪水 浸水0.5〜3m（約60分後）");
  EXPECT_EQ(hazard_words(HazardKind::InlandFlood, 6, std::nullopt), "内水氾濫 浸水20m以上");
}

TEST(HazardWords, SlopesAreToldByTheirZone) {
  EXPECT_EQ(hazard_words(HazardKind::Landslide, 1, std::nullopt), "土砂災害 警戒区域");
  EXPECT_EQ(hazard_words(HazardKind::Landslide, 2, std::nullopt), "土砂災害 特別警戒区域");
}

TEST(HazardWords, RubbleIsToldByTheDangerOfCollapse) {
  EXPECT_EQ(hazard_words(HazardKind::Blockage, 5, std::nullopt), "建物倒壊による道路閉塞 危険度5");
  EXPECT_EQ(hazard_words(HazardKind::Fire, 1, 600), "大規模火災（約10分後）");
}

TEST(HazardWords, AnUnknownDepthRankIsLeftOutRatherThanInvented) {
  EXPECT_EQ(hazard_words(HazardKind::Tsunami, 0, std::nullopt), "津波");
  EXPECT_EQ(hazard_words(HazardKind::Tsunami, 9, std::nullopt), "津波");
}

TEST(HazardWords, APlaceOutsideEveryZoneHasNone) {
  EXPECT_EQ(planner::hazards_at(route::HazardMap{}, route::LatLon{}), "");
}

}  // namespace
