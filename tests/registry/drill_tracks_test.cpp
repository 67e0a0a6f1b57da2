// SPDX-License-Identifier: Apache-2.0
// Times per road of drills that were held, in the store.
#include "registry/drill_tracks.hpp"

#include <gmock/gmock.h>

#include "drill_fixture.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

class DrillTracksTest : public DrillTest {
 protected:
  /// A drill with results of the first two people.
  DrillId held() {
    for (const std::size_t person : {0U, 1U}) {
      agree(person, ConsentScope::JoinDrill);
      plan(person);
    }
    const auto rows =
        parse_drill_rows(sheet({{id(0), "10", "10", "", "", ""}, {id(1), "10", "10", "", "", ""}}));
    return DrillDesk(session_).record(drill_, rows).drill;
  }
  [[nodiscard]] TrackRoads track(std::size_t person) const {
    return {
        .file = id(person) + ".gpx",
        .person = people_.at(person),
        .roads = {{.way = 7,
                   .name = "見本坂",
                   .length_m = 80.5,
                   .measured_ms = 150'000,
                   .planned_ms = 100'000},
                  {.way = 8, .name = "", .length_m = 20, .measured_ms = 9'000, .planned_ms = {}},
                  {.way = 9,
                   .name = "見本通り",
                   .length_m = 100,
                   .measured_ms = 90'000,
                   .planned_ms = 100'000}}};
  }
};

TEST_F(DrillTracksTest, TimesPerRoadComeBackAndStandBesideTheResult) {
  const DrillId drill = held();
  const TrackImport done = DrillTracks(session_).record(drill, {track(0)});
  EXPECT_EQ(done.tracks, 1U);
  EXPECT_EQ(done.roads, 3U);
  const auto roads = DrillTracks(session_).roads(drill);
  ASSERT_EQ(roads.size(), 3U);
  EXPECT_EQ(roads[0].person, people_[0]);
  EXPECT_EQ(roads[0].road.name, "見本坂");
  EXPECT_EQ(roads[0].road.measured_ms, 150'000);
  EXPECT_EQ(roads[1].road.planned_ms, std::nullopt);
  EXPECT_EQ(roads[2].road.length_m, 100);
  const auto results = DrillDesk(session_).results(drill);
  ASSERT_TRUE(results[0].track.has_value());
  EXPECT_EQ(results[0].track->measured_s, 240) << "without the road the plan cannot pass";
  EXPECT_EQ(results[0].track->planned_s, 200);
  EXPECT_FALSE(results[1].track.has_value());
}

TEST_F(DrillTracksTest, TracksOfOthersAndSecondOnesAreRefusedAndTheRestStays) {
  const DrillId drill = held();
  const TrackImport done =
      DrillTracks(session_).record(drill, {track(2), track(1), track(1), track(0)});
  EXPECT_EQ(done.tracks, 2U);
  ASSERT_EQ(done.refused.size(), 2U);
  EXPECT_EQ(done.refused[0].code, "NO_RESULT");
  EXPECT_EQ(done.refused[1].code, "SECOND_TRACK");
  EXPECT_EQ(DrillTracks(session_).record(drill, {track(1)}).refused.size(), 1U);
  EXPECT_THROW((void)DrillTracks(session_).record({"none"}, {track(0)}), InputError);
}

TEST_F(DrillTracksTest, TheLogKnowsWhoseTracksButNoRoads) {
  const DrillId drill = held();
  (void)DrillTracks(session_).record(drill, {track(0)});
  const AuditEntry entry = session_.audit_log().back();
  EXPECT_EQ(entry.action, "record_drill");
  EXPECT_EQ(entry.detail.find("見本坂"), std::string::npos);
  EXPECT_NE(entry.detail.find("tracks=1"), std::string::npos);
}

}  // namespace
}  // namespace registry
