// SPDX-License-Identifier: Apache-2.0
#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "sample_town.hpp"

namespace {

using registry::Position;

/// Heights of the written file, read through GDAL.
class Terrain {
 public:
  explicit Terrain(const std::filesystem::path& file) {
    GDALAllRegister();
    image_.reset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
    image_->GetGeoTransform(transform_.data());
  }
  /// NaN outside.
  [[nodiscard]] double at(Position p) const {
    const int x = static_cast<int>(std::floor((p.lon - transform_[0]) / transform_[1]));
    const int y = static_cast<int>(std::floor((p.lat - transform_[3]) / transform_[5]));
    float metres = std::nanf("");
    if (x < 0 || y < 0 || x >= image_->GetRasterXSize() || y >= image_->GetRasterYSize() ||
        image_->GetRasterBand(1)->RasterIO(GF_Read, x, y, 1, 1, &metres, 1, 1, GDT_Float32, 0, 0,
                                           nullptr) != CE_None) {
      return std::nan("");
    }
    return metres;
  }
  [[nodiscard]] GDALDataset& image() const { return *image_; }

 private:
  struct Close {
    void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
  };
  std::unique_ptr<GDALDataset, Close> image_;
  std::array<double, 6> transform_{};
};

class Land : public testing::Test {
 protected:
  Land()
      : dir_(datagen_test::make_town(200, 1)),
        roads_(datagen_test::roads_of(dir_)),
        terrain_(dir_ / "dem.tif") {}

  std::vector<registry::Area> zones(const std::string& kind, int rank) const {
    std::vector<registry::Area> zones;
    const auto json = nlohmann::json::parse(datagen_test::read_all(dir_ / "hazards.geojson"));
    for (const auto& feature : json.at("features")) {
      const auto& properties = feature.at("properties");
      if (properties.at("kind") != kind || properties.at("rank") != rank) {
        continue;
      }
      registry::Area zone;
      zone.rings.emplace_back();
      for (const auto& point : feature.at("geometry").at("coordinates").at(0)) {
        zone.rings[0].push_back({point.at(1).get<double>(), point.at(0).get<double>()});
      }
      zones.push_back(std::move(zone));
    }
    return zones;
  }
  static bool in_any(const std::vector<registry::Area>& zones, Position p) {
    return std::ranges::any_of(zones,
                               [&](const registry::Area& zone) { return contains(zone, p); });
  }

  std::filesystem::path dir_;
  datagen_test::RoadFile roads_;
  Terrain terrain_;
};

TEST_F(Land, EveryRoadHasAHeight) {
  for (const auto& [node, place] : roads_.places) {
    ASSERT_GT(terrain_.at(place), 20) << node;
    ASSERT_LT(terrain_.at(place), 140) << node;
  }
}

TEST_F(Land, TheRiverRunsDownhillInTheLowestGround) {
  const auto& river = roads_.way_with("waterway", "river");
  const Position source = roads_.places.at(river.nodes.front());
  const Position mouth = roads_.places.at(river.nodes.back());
  EXPECT_GT(terrain_.at(source), terrain_.at(mouth) + 3);
  for (const std::int64_t node : river.nodes) {
    const Position here = roads_.places.at(node);
    constexpr double k700Metres = 0.0063;
    EXPECT_LT(terrain_.at(here) + 8, terrain_.at({here.lat - k700Metres, here.lon}));
  }
}

TEST_F(Land, TheStairsClimbTheHillStepByStep) {
  double rise = 0;
  double steps = 0;
  for (const auto& way : roads_.ways) {
    if (way.tags.contains("name") && way.tags.at("name") == "百段坂") {
      rise += terrain_.at(roads_.places.at(way.nodes.back())) -
              terrain_.at(roads_.places.at(way.nodes.front()));
      steps += std::stod(way.tags.at("step_count"));
    }
  }
  EXPECT_NEAR(rise, 60, 5);
  EXPECT_NEAR(rise / steps, 0.17, 0.02);
}

TEST_F(Land, TheRoadWithHairpinBendsIsNowhereSteeperThanTwelvePercent) {
  const auto& road = roads_.way_with("name", "見晴らし坂");
  for (std::size_t i = 4; i < road.nodes.size(); ++i) {
    double length = 0;
    for (std::size_t k = i - 3; k <= i; ++k) {
      length += datagen_test::metres(roads_.places.at(road.nodes[k - 1]),
                                     roads_.places.at(road.nodes[k]));
    }
    const double rise = terrain_.at(roads_.places.at(road.nodes[i])) -
                        terrain_.at(roads_.places.at(road.nodes[i - 4]));
    EXPECT_LT(std::abs(rise) / length, 0.12);
  }
}

TEST_F(Land, DeeperWaterLiesLowerAndNearerToTheRiver) {
  double last = 1e9;
  for (int rank = 1; rank <= 4; ++rank) {
    const auto zones = this->zones("flood", rank);
    ASSERT_FALSE(zones.empty()) << rank;
    double sum = 0;
    int count = 0;
    for (const auto& [node, place] : roads_.places) {
      if (in_any(zones, place)) {
        sum += terrain_.at(place);
        ++count;
      }
    }
    ASSERT_GT(count, 50) << rank;
    EXPECT_LT(sum / count, last) << rank;
    last = sum / count;
  }
  const auto deepest = zones("flood", 4);
  const auto& river = roads_.way_with("waterway", "river");
  for (const std::int64_t node : river.nodes) {
    EXPECT_TRUE(in_any(deepest, roads_.places.at(node)));
  }
}

TEST_F(Land, TheUnderpassIsFloodedBeforeAnythingElse) {
  const auto json = nlohmann::json::parse(datagen_test::read_all(dir_ / "hazards.geojson"));
  int earliest = 1000;
  for (const auto& feature : json.at("features")) {
    if (feature.at("properties").at("kind") == "landslide") {
      EXPECT_FALSE(feature.at("properties").contains("arrival_min"));
      continue;
    }
    const int arrival = feature.at("properties").at("arrival_min").get<int>();
    EXPECT_LE(arrival, 180);
    earliest = std::min(earliest, arrival);
  }
  const auto& tunnel = roads_.way_with("tunnel", "yes");
  const Position middle = roads_.places.at(tunnel.nodes.at(tunnel.nodes.size() / 2));
  EXPECT_EQ(earliest, 15);
  EXPECT_TRUE(in_any(zones("flood", 2), middle));
  EXPECT_TRUE(in_any(zones("inland_flood", 2), middle));
}

TEST_F(Land, TheGeoTiffSaysWhereItIsAndNotWhenItWasMade) {
  EXPECT_EQ(terrain_.image().GetSpatialRef()->GetAuthorityCode(nullptr), std::string("6668"));
  EXPECT_EQ(terrain_.image().GetMetadataItem("TIFFTAG_DATETIME"), nullptr);
}

TEST_F(Land, SlidesThreatenRoadsAtTheFootOfTheHill) {
  for (const int rank : {1, 2}) {
    const auto zones = this->zones("landslide", rank);
    EXPECT_GE(zones.size(), 3U);
    EXPECT_TRUE(std::ranges::any_of(roads_.places,
                                    [&](const auto& node) { return in_any(zones, node.second); }));
  }
}

}  // namespace
