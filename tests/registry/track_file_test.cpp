// SPDX-License-Identifier: Apache-2.0
// GPX files as telephones write them, and as they should not be.
#include "registry/track_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace registry {
namespace {

using testing::HasSubstr;

constexpr const char* kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n";

std::string point(const std::string& time,
                  const std::string& where = "lat=\"35.7\" lon=\"139.5\"") {
  return "<trkpt " + where + "><ele>60</ele>" + (time.empty() ? "" : "<time>" + time + "</time>") +
         "</trkpt>\n";
}

std::string gpx(const std::string& points) {
  return kHead + std::string("<wpt lat=\"1\" lon=\"2\"/><trk><trkseg>\n") + points +
         "</trkseg></trk></gpx>\n";
}

/// Line and text of what is said against the file.
std::pair<std::size_t, std::string> refused(const std::string& bytes) {
  try {
    (void)parse_gpx(bytes);
  } catch (const TrackError& error) {
    return {error.line(), error.what()};
  }
  return {0, "taken"};
}

TEST(TrackFile, ReadsThePointsOfAllSegmentsWithTheirLines) {
  const auto fixes = parse_gpx(gpx(point("2026-11-01T00:00:00Z") + "</trkseg><trkseg>" +
                                   point("2026-11-01T09:00:30+09:00", "lat='35.8' lon='139.6'")));
  ASSERT_EQ(fixes.size(), 2U);
  EXPECT_EQ(fixes[0].line, 4U);
  EXPECT_DOUBLE_EQ(fixes[1].lat, 35.8);
  EXPECT_DOUBLE_EQ(fixes[1].lon, 139.6);
  EXPECT_EQ(fixes[1].at.milliseconds - fixes[0].at.milliseconds, 30'000);
}

TEST(TrackFile, SecondsMayHaveOneToNineDigitsOfWhichMillisecondsAreKept) {
  const auto fixes =
      parse_gpx(gpx(point("2026-11-01T00:00:00.5Z") + point("2026-11-01T00:00:00.67Z") +
                    point("2026-11-01T09:00:00.678901+09:00") +
                    point("2026-11-01T00:00:00.999999999Z") + point("2026-11-01T00:00:01.000Z")));
  const std::int64_t first = fixes[0].at.milliseconds;
  std::vector<std::int64_t> after;
  for (const TrackFix& fix : fixes) {
    after.push_back(fix.at.milliseconds - first);
  }
  EXPECT_THAT(after, testing::ElementsAre(0, 170, 178, 499, 500));
  const std::string good = point("2026-11-01T00:00:00Z");
  for (const char* wrong : {"2026-11-01T00:00:01.Z", "2026-11-01T00:00:01.0123456789Z",
                            "2026-11-01T00:00:01.5.5Z", "2026-11-01T00:00.5Z"}) {
    EXPECT_EQ(refused(gpx(good + point(wrong))).first, 5U) << wrong;
  }
}

TEST(TrackFile, WhatIsNoTrackIsRefusedByItsLine) {
  const std::string good = point("2026-11-01T00:00:00Z");
  EXPECT_THAT(refused(gpx(good + point(""))).second, HasSubstr("時刻"));
  EXPECT_EQ(refused(gpx(good + point(""))).first, 5U);
  EXPECT_THAT(refused(gpx(good + point("2026-10-31T23:59:59Z"))).second, HasSubstr("戻って"));
  EXPECT_EQ(refused(gpx(good + good + point("2026-10-31T23:59:59Z"))).first, 6U);
  EXPECT_EQ(refused(gpx(good + point("きのう"))).first, 5U);
  EXPECT_THAT(refused(gpx(good + point("2026-11-01T00:00:00Z", "lat='91' lon='0'"))).second,
              HasSubstr("緯度"));
  EXPECT_THAT(refused(gpx(good + point("2026-11-01T00:00:00Z", "lat='nan' lon='0'"))).second,
              HasSubstr("緯度"));
  EXPECT_THAT(refused(gpx(good)).second, HasSubstr("2つ以上ありません"));
  EXPECT_THAT(
      refused(std::string(kHead) + "<trk><trkseg>" + good + good + "</trkseg></trk><trk/></gpx>")
          .second,
      HasSubstr("一人の一回分"));
  EXPECT_THAT(refused("<kml/>").second, HasSubstr("gpx ではない"));
  EXPECT_THAT(refused("対象者ID,準備\n").second, HasSubstr("GPX ではありません"));
  EXPECT_THAT(refused("").second, HasSubstr("GPX ではありません"));
  EXPECT_THAT(refused("<!DOCTYPE gpx [<!ENTITY a \"aaaa\">]><gpx>&a;</gpx>").second,
              HasSubstr("DOCTYPE"));
  EXPECT_THAT(refused(gpx(good + good).substr(0, 250)).second, HasSubstr("行目が壊れて"));
}

TEST(TrackFile, WhoseItIsStandsInItsNameOrInAList) {
  EXPECT_EQ(track_owner_of("01ARZ3NDEKTSV4RRFFQ69G5FAV.gpx").value, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
  EXPECT_TRUE(track_owner_of("秋の訓練.gpx").value.empty());
  Table table;
  table.header = {"対象者ID", "ファイル"};
  table.rows = {{"01ARZ3NDEKTSV4RRFFQ69G5FAV", "a.gpx"}, {"見本太郎", "b.gpx"}, {"", ""}};
  table.lines = {2, 3, 4};
  table.encoding = "UTF-8";
  const auto owners = parse_track_owners(table);
  ASSERT_EQ(owners.rows.size(), 1U);
  EXPECT_EQ(owners.rows[0].file, "a.gpx");
  ASSERT_FALSE(owners.report.rejected.empty());
  EXPECT_EQ(owners.report.rejected[0].message.find("見本太郎"), std::string::npos);
}

}  // namespace
}  // namespace registry
