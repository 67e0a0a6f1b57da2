// SPDX-License-Identifier: Apache-2.0
// Roads that somebody has closed: imported, honoured by every route and plan, lifted again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <set>

#include "support/city.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using support::City;
using support::sample_file;
using support::tomoni;
using support::write_all;
using testing::HasSubstr;

/// A city with roads and one way through it.
class Closures : public testing::Test {
 protected:
  Closures() : city_(testing::UnitTest::GetInstance()->current_test_info()->name()) {
    city_.must_import("roads", sample_file("roads.osm.pbf"));
    city_.must_import("hazards", sample_file("hazards.geojson"));
  }

  [[nodiscard]] Json route(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments{
        "route", "--dir", city_.dir().string(), "--json", "--from", from_, "--to", to_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto run = tomoni(arguments);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return run.exit_code == 0 ? Json::parse(run.out) : Json();
  }

  /// Imports features, each `{properties}` and geometry.
  [[nodiscard]] support::Run close(const std::vector<std::pair<Json, Json>>& features) const {
    Json collection{{"type", "FeatureCollection"}, {"features", Json::array()}};
    for (const auto& [properties, geometry] : features) {
      collection["features"].push_back(
          {{"type", "Feature"}, {"properties", properties}, {"geometry", geometry}});
    }
    const fs::path file = city_.dir().parent_path() / "closures.geojson";
    write_all(file, collection.dump());
    return city_.import("closures", file);
  }

  /// A rectangle round the middle of the way that `route` finds.
  [[nodiscard]] Json block(double half_degrees) const {
    const Json coordinates = route().at("geometry").at("coordinates");
    const double lon = coordinates.at(coordinates.size() / 2).at(0);
    const double lat = coordinates.at(coordinates.size() / 2).at(1);
    const double low_lon = lon - half_degrees;
    const double high_lon = lon + half_degrees;
    const double low_lat = lat - half_degrees;
    const double high_lat = lat + half_degrees;
    return {{"type", "Polygon"},
            {"coordinates", Json::array({Json::array({{low_lon, low_lat},
                                                      {high_lon, low_lat},
                                                      {high_lon, high_lat},
                                                      {low_lon, high_lat},
                                                      {low_lon, low_lat}})})}};
  }

  City city_;
  std::string from_ = "35.7342,139.4180";
  std::string to_ = "35.7355,139.4386";
};

const Json kWholeTown = {
    {"type", "Polygon"},
    {"coordinates",
     Json::array({Json::array(
         {{139.0, 35.0}, {140.0, 35.0}, {140.0, 36.0}, {139.0, 36.0}, {139.0, 35.0}})})}};

TEST_F(Closures, ARouteGoesRoundAndComesBackWhenTheClosureIsLifted) {
  const Json open = route();
  ASSERT_TRUE(open.at("found").get<bool>()) << open;
  EXPECT_EQ(open.at("closed_edges"), 0);
  ASSERT_EQ(close({{{{"reason", "橋の点検"}}, block(0.0003)}}).exit_code, 0);
  const Json round = route();
  ASSERT_TRUE(round.at("found").get<bool>()) << round;
  EXPECT_GT(round.at("closed_edges").get<int>(), 0);
  EXPECT_GT(round.at("duration_s"), open.at("duration_s"));
  ASSERT_EQ(close({}).exit_code, 0);
  EXPECT_EQ(route(), open);
}

TEST_F(Closures, TheyHoldForTheirTimeAndProfilesOnly) {
  const Json open = route();
  ASSERT_EQ(close({{{{"from_min", 10}, {"until_min", 20}, {"profiles", "walk"}}, block(0.0003)}})
                .exit_code,
            0);
  EXPECT_EQ(route(), open);
  EXPECT_EQ(route({"--at-min", "9"}).at("closed_edges"), 0);
  EXPECT_GT(route({"--at-min", "10"}).at("closed_edges").get<int>(), 0);
  EXPECT_EQ(route({"--at-min", "20"}).at("closed_edges"), 0);
  EXPECT_EQ(route({"--at-min", "10", "--profile", "wheelchair"}).at("closed_edges"), 0);
}

TEST_F(Closures, WhereNoWayIsLeftTheReasonIsTheClosures) {
  ASSERT_EQ(close({{{{"reason", "堤防の決壊"}}, kWholeTown}}).exit_code, 0);
  const Json none = route();
  EXPECT_FALSE(none.at("found").get<bool>());
  EXPECT_THAT(none.at("reason").get<std::string>(), HasSubstr("通行止め"));
  EXPECT_THAT(none.at("reason").get<std::string>(), HasSubstr("堤防の決壊"));
}

TEST_F(Closures, UnknownWaysAndClosuresBesideTheTownAreTold) {
  const auto run = close(
      {{{{"way", "987654321"}}, nullptr},
       {Json::object(), {{"type", "LineString"}, {"coordinates", {{10.0, 50.0}, {10.1, 50.0}}}}}});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const Json report = Json::parse(run.out);
  EXPECT_EQ(report.at("unknown_ways"), Json::array({987654321}));
  EXPECT_EQ(report.at("edges_closed"), 0);
  EXPECT_THAT(report.at("notes").dump(), HasSubstr("987654321"));
  EXPECT_THAT(report.at("notes").dump(), HasSubstr("2番目の通行止め: どの道にもかからない"));
}

TEST_F(Closures, AFeatureThatIsLeftOutMakesTheImportReportIt) {
  const auto run = close({{{{"reason", "a"}}, kWholeTown}, {{{"kind", "frogs"}}, kWholeTown}});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(Json::parse(run.out).at("dropped").size(), 1U);
  EXPECT_FALSE(route().at("found").get<bool>());  // the good one holds
}

TEST_F(Closures, AProfileNobodyHasIsRefusedAndTheOldClosuresStay) {
  ASSERT_EQ(close({{{{"reason", "old"}}, block(0.0003)}}).exit_code, 0);
  const Json before = route();
  const auto run = close({{{{"profiles", "wheelchiar"}}, kWholeTown}});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("wheelchiar"));
  EXPECT_EQ(route(), before);
}

TEST_F(Closures, TheHelpListsTheProfilesOfTheCity) {
  EXPECT_THAT(tomoni({"route", "--help"}).out, HasSubstr("wheelchair_power  電動車いす"));
  const fs::path file = city_.dir() / "rules" / "profiles.toml";
  std::string text = support::read_all(file);
  text.replace(text.find("電動車いす"), std::string("電動車いす").size(), "わが市の車いす");
  write_all(file, text);
  EXPECT_THAT(tomoni({"route", "--help", "--dir", city_.dir().string()}).out,
              HasSubstr("wheelchair_power  わが市の車いす"));
}

TEST(ClosuresInPlans, PlansGoRoundClosedRoadsAndSayWhenNoneIsLeft) {
  const City city("closures-plan", support::ReadyCity::SampleTown);
  const Json open = city.plan().at("plan");
  const Json& open_course = open.at("courses").at(0);
  ASSERT_GT(open_course.at("planned").get<int>(), 0);
  const fs::path file = city.dir().parent_path() / "closures.geojson";
  write_all(file, Json{{"type", "FeatureCollection"},
                       {"features", Json::array({{{"type", "Feature"},
                                                  {"properties", {{"reason", "全域"}}},
                                                  {"geometry", kWholeTown}}})}}
                      .dump());
  city.must_import("closures", file);
  const Json shut = city.plan().at("plan");
  const Json& shut_course = shut.at("courses").at(0);
  EXPECT_EQ(shut_course.at("planned"), 0);
  EXPECT_EQ(shut_course.at("unassigned").at("通行止めのため、避難先へ行ける道がない"),
            open_course.at("planned"));
  write_all(file, R"({"type":"FeatureCollection","features":[]})");
  city.must_import("closures", file);
  const Json again = city.plan().at("plan");
  EXPECT_EQ(again.at("plans"), open.at("plans"));
}

}  // namespace
