// SPDX-License-Identifier: Apache-2.0
// The commands that answer from the roads: route, reach, departure.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "support/city.hpp"

namespace {

using Json = nlohmann::json;
using support::City;
using support::sample_file;
using support::tomoni;

/// The sample town's roads, hazards and shelters, and two of its shelters against floods.
class Ways : public testing::Test {
 protected:
  Ways() : city_("ways-" + std::string(test_name())) {
    city_.must_import("roads", sample_file("roads.osm.pbf"));
    city_.must_import("hazards", sample_file("hazards.geojson"));
    city_.must_import("shelters", sample_file("shelters.csv"));
    auto registry = city_.open();
    auto shelters = registry.session({"test", "test"}).shelters();
    std::erase_if(shelters, [](const registry::Shelter& shelter) {
      return !shelter.suited[static_cast<std::size_t>(registry::HazardKind::Flood)];
    });
    std::ranges::sort(shelters, {}, &registry::Shelter::name);  // ids differ from run to run
    home_ = text_of(shelters.at(0).position);
    school_ = text_of(shelters.at(1).position);
  }

  [[nodiscard]] support::Run run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin() + 1, {"--dir", city_.dir().string()});
    return tomoni(arguments);
  }
  [[nodiscard]] Json answer(std::vector<std::string> arguments) const {
    arguments.emplace_back("--json");
    const auto result = run(std::move(arguments));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.exit_code == 0 ? Json::parse(result.out) : Json();
  }

  City city_;
  std::string home_;
  std::string school_;

 private:
  static const char* test_name() {
    return testing::UnitTest::GetInstance()->current_test_info()->name();
  }
  static std::string text_of(const registry::Position& position) {
    return Json(position.lat).dump() + "," + Json(position.lon).dump();  // every digit
  }
};

TEST_F(Ways, ASecondRouteIsShownWithWhatItCosts) {
  const Json plain = answer({"route", "--from", home_, "--to", school_});
  EXPECT_FALSE(plain.contains("second"));
  EXPECT_EQ(plain["from"]["crosses_closed_road"], false);
  const Json both = answer({"route", "--from", home_, "--to", school_, "--second"});
  EXPECT_EQ(both["geometry"], plain["geometry"]);
  const Json& second = both.at("second");
  ASSERT_EQ(second["found"], true);
  EXPECT_NEAR(second["extra_s"].get<double>(),
              second["duration_s"].get<double>() - both["duration_s"].get<double>(), 1e-6);
  EXPECT_LT(second["shared_length_m"].get<double>(), second["length_m"].get<double>());
  EXPECT_NE(second["geometry"], both["geometry"]);
  const auto words = run({"route", "--from", home_, "--to", school_, "--alternatives"});
  EXPECT_NE(words.out.find("第 2 経路"), std::string::npos) << words.out;
}

TEST_F(Ways, FromAPlaceToItselfThereIsNoSecondRoute) {
  const Json both = answer({"route", "--from", home_, "--to", home_, "--second"});
  EXPECT_EQ(both["found"], true);
  EXPECT_EQ(both["second"]["found"], false);
  EXPECT_FALSE(both["second"]["reason"].get<std::string>().empty());
}

TEST_F(Ways, ReachedAreasGrowWithTimeAndGoToAFile) {
  const auto file = city_.dir().parent_path() / "reach.geojson";
  const Json result =
      answer({"reach", "--from", home_, "--minutes", "5,15,10", "--out", file.string()});
  EXPECT_EQ(result["found"], true);
  EXPECT_GT(result["accuracy_m"].get<double>(), 25);
  const Json& features = result["areas"]["features"];
  ASSERT_EQ(features.size(), 3U);
  double length = 1e9;
  const std::vector<int> minutes{15, 10, 5};  // the largest first
  for (std::size_t i = 0; i < features.size(); ++i) {
    EXPECT_EQ(features[i]["properties"]["minutes"], minutes[i]);
    EXPECT_LT(features[i]["properties"]["road_length_m"].get<double>(), length);
    length = features[i]["properties"]["road_length_m"];
    EXPECT_EQ(features[i]["geometry"]["type"], "MultiPolygon");
    const Json& ring = features[i]["geometry"]["coordinates"][0][0];
    EXPECT_EQ(ring.front(), ring.back());
    EXPECT_GT(ring[0][0].get<double>(), 100);  // longitude first
  }
  EXPECT_EQ(Json::parse(support::read_all(file)), result["areas"]);
}

TEST_F(Ways, ReachTowardsSaysSoAndADryRunWritesNothing) {
  const auto file = city_.dir().parent_path() / "reach.geojson";
  const Json result = answer({"reach", "--from", home_, "--towards", "--profile", "wheelchair",
                              "--minutes", "10", "--out", file.string(), "--dry-run"});
  const Json& properties = result["areas"]["features"][0]["properties"];
  EXPECT_EQ(properties["direction"], "towards");
  EXPECT_EQ(properties["profile"], "wheelchair");
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST_F(Ways, MinutesOutOfRangeAreWrongUse) {
  EXPECT_EQ(run({"reach", "--from", home_, "--minutes", "0"}).exit_code, 2);
  EXPECT_EQ(run({"reach", "--from", home_, "--minutes", "10,9999"}).exit_code, 2);
  EXPECT_EQ(run({"reach", "--from", home_, "--minutes", "ten"}).exit_code, 2);
}

TEST_F(Ways, PlacesOutsideTheRoadsAreRefused) {
  EXPECT_EQ(run({"reach", "--from", "43.06,141.35"}).exit_code, 3);
  EXPECT_EQ(run({"departure", "--from", "43.06,141.35"}).exit_code, 3);
}

TEST_F(Ways, AtAShelterNoDeadlineHolds) {
  const Json result = answer({"departure", "--from", home_});
  EXPECT_EQ(result["found"], true);
  EXPECT_EQ(result["departure"], "any_time");
  EXPECT_FALSE(result.contains("latest_s"));
}

TEST_F(Ways, InTheFloodedQuarterOneMustLeaveBeforeTheWaterAndSlowerPeopleEarlier) {
  const Json zones = Json::parse(support::read_all(sample_file("hazards.geojson")));
  std::size_t deadlines = 0;
  for (const Json& zone : zones["features"]) {
    const Json& properties = zone["properties"];
    if (properties["kind"] != "flood" || properties["rank"] != 4) {
      continue;
    }
    const Json& corner = zone["geometry"]["coordinates"][0][0];
    const Json& place = corner[0].is_array() ? corner[0] : corner;
    const std::string from =
        std::to_string(place[1].get<double>()) + "," + std::to_string(place[0].get<double>());
    if (run({"departure", "--from", from}).exit_code != 0) {
      continue;  // the river leaves the town
    }
    const auto latest = [&](const std::string& profile) {
      const Json found = answer({"departure", "--from", from, "--profile", profile});
      if (!found["found"].get<bool>()) {
        return -1e9;
      }
      return found.contains("latest_s") ? found["latest_s"].get<double>() : 1e9;
    };
    const double walking = latest("walk");
    EXPECT_LE(latest("assisted"), walking);
    if (std::abs(walking) < 1e9) {
      ++deadlines;
      EXPECT_LT(walking, 180 * 60);  // the last zone floods before that
      const auto words = run({"departure", "--from", from});
      EXPECT_NE(words.out.find("出発"), std::string::npos) << words.out;
    }
  }
  EXPECT_GT(deadlines, 0U);
}

TEST_F(Ways, AnUnknownHazardIsWrongUseAndAnUnknownProfileIsRefused) {
  EXPECT_EQ(run({"departure", "--from", home_, "--hazard", "地球温暖化"}).exit_code, 2);
  EXPECT_EQ(answer({"departure", "--from", home_, "--hazard", "地震"})["hazard"], "地震");
  EXPECT_EQ(run({"departure", "--from", home_, "--profile", "hovercraft"}).exit_code, 3);
}

}  // namespace
