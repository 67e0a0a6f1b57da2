// SPDX-License-Identifier: Apache-2.0
#include "documents/map_picture.hpp"

#include <cairo.h>
#include <gmock/gmock.h>

#include <cmath>
#include <memory>
#include <random>

#include "documents/map_projection.hpp"
#include "pdf_tools.hpp"
#include "route/graph_builder.hpp"
#include "sample_town.hpp"

namespace documents {
namespace {

using documents_test::PdfFile;
using documents_test::sample_hazards;
using documents_test::sample_roads;
using route::LatLon;
using testing::HasSubstr;

constexpr LatLon kSouthWest{357'300'000, 1'395'400'000};
constexpr LatLon kNorthEast{357'350'000, 1'395'480'000};

route::Box sample_box() {
  route::Box box;
  box.add(kSouthWest);
  box.add(kNorthEast);
  return box;
}

/// One street, and when asked another one far away.
route::RoadGraph street(bool with_another_town) {
  route::GraphBuilder builder;
  route::Road road;
  road.road_class = route::RoadClass::Residential;
  const auto a = builder.add_node({357'310'000, 1'395'410'000});
  const auto b = builder.add_node({357'340'000, 1'395'470'000});
  builder.add_edge(a, b, road, "ともに通り");
  if (with_another_town) {
    const auto c = builder.add_node({358'000'000, 1'396'000'000});
    const auto d = builder.add_node({358'010'000, 1'396'010'000});
    builder.add_edge(c, d, road, "よその通り");
  }
  return builder.build();
}

/// A map drawn as dots, to look at colours.
class Painting {
 public:
  explicit Painting(const MapContent& content)
      : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, kSize, kSize)) {
    cairo_t* cairo = cairo_create(surface_.get());
    draw_map(cairo, {0, 0, kSize, kSize}, content);
    cairo_destroy(cairo);
    cairo_surface_flush(surface_.get());
  }
  /// 0xRRGGBB at a share of the width and height.
  [[nodiscard]] unsigned colour(double x, double y) const {
    const unsigned char* row = cairo_image_surface_get_data(surface_.get()) +
                               std::ptrdiff_t{static_cast<int>(y * kSize)} *
                                   cairo_image_surface_get_stride(surface_.get());
    return reinterpret_cast<const std::uint32_t*>(row)[static_cast<int>(x * kSize)] & 0xFFFFFFU;
  }

 private:
  static constexpr int kSize = 400;
  struct Destroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  };
  std::unique_ptr<cairo_surface_t, Destroy> surface_;
};

TEST(MapPicture, TownMapIsOneLandscapePageWithTheSameBytesEachTime) {
  const auto graph = sample_roads();
  const auto hazards = sample_hazards();
  const MapContent content{
      .graph = graph,
      .hazards = &hazards,
      .marks = {{{357'320'000, 1'395'450'000}, MapMark::Kind::WelfareShelter, "ともに苑"}},
      .box = graph.bounds(),
      .attribution = "© OpenStreetMap contributors"};
  const std::string bytes = town_map_pdf(content, "ともに町の地図");
  EXPECT_EQ(bytes, town_map_pdf(content, "ともに町の地図"));
  const PdfFile file(bytes);
  EXPECT_THAT(file.info(), HasSubstr("841.89 x 595.276 pts (A4)"));
  const std::string text = file.text();
  for (const char* words : {"ともに町の地図", "ともに苑", "けやき通り", "福祉避難所", "階段", "橋",
                            "浸水0.5m未満", "浸水3〜5m", "土砂災害警戒区域", "土砂災害特別警戒区域",
                            "200m", "北", "©OpenStreetMapcontributors"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
}

TEST(MapPicture, RoadsOutsideTheBoxLeaveNoTrace) {
  const auto alone = street(false);
  const auto both = street(true);
  EXPECT_EQ(town_map_pdf({.graph = alone, .box = sample_box(), .attribution = ""}, "町"),
            town_map_pdf({.graph = both, .box = sample_box(), .attribution = ""}, "町"));
}

TEST(MapPicture, NorthIsUpAndDeepWaterHasItsColour) {
  const route::RoadGraph graph = street(false);
  route::HazardMap hazards;
  route::HazardZone zone;
  zone.rank = 3;
  const LatLon middle{357'325'000, 1'395'440'000};
  zone.rings = {{{357'200'000, 1'395'300'000},
                 {357'200'000, 1'395'600'000},
                 {middle.lat_e7, 1'395'600'000},
                 {middle.lat_e7, 1'395'300'000},
                 {357'200'000, 1'395'300'000}}};
  for (const LatLon p : zone.rings[0]) {
    zone.box.add(p);
  }
  hazards.zones.push_back(zone);
  const Painting painting(
      {.graph = graph, .hazards = &hazards, .box = sample_box(), .attribution = ""});
  EXPECT_EQ(painting.colour(0.7, 0.8), 0xFFB7B7U);  // south, 3 to 5 m
  EXPECT_NE(painting.colour(0.3, 0.2), 0xFFB7B7U);  // north, dry
}

TEST(MapPicture, TheWayIsDrawnOverTheRoadInAColourDarkInGreyToo) {
  const route::RoadGraph graph = street(false);
  const LatLon west{357'325'000, 1'395'400'000};
  const LatLon east{357'325'000, 1'395'480'000};
  const Painting painting(
      {.graph = graph, .routes = {{west, east}}, .box = sample_box(), .attribution = ""});
  int dark = 0;
  for (int i = 0; i < 400; ++i) {
    const unsigned colour = painting.colour(0.31, i / 400.0);
    dark += (colour >> 16U) < 0x20 && (colour & 0xFFU) > 0x60 ? 1 : 0;
  }
  EXPECT_GE(dark, 3);
  EXPECT_LE(dark, 6);
}

bool inside(const std::vector<PagePoint>& ring, double x, double y) {
  bool in = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PagePoint a = ring[i];
    const PagePoint b = ring[(i + 1) % ring.size()];
    if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) {
      in = !in;
    }
  }
  return in;
}

TEST(Projection, DistancesOnThePageAreThoseOnTheGround) {
  const Projection projection({10, 20, 300, 200}, sample_box());
  std::mt19937 random(20261121);
  std::uniform_int_distribution<int> lat(kSouthWest.lat_e7, kNorthEast.lat_e7);
  std::uniform_int_distribution<int> lon(kSouthWest.lon_e7, kNorthEast.lon_e7);
  for (int i = 0; i < 200; ++i) {
    const LatLon a{lat(random), lon(random)};
    const LatLon b{lat(random), lon(random)};
    const PagePoint p = projection.at(a);
    const PagePoint q = projection.at(b);
    const double metres = distance_m(a, b);
    EXPECT_NEAR(std::hypot(p.x - q.x, p.y - q.y), metres * projection.points_per_metre(), 0.05);
    EXPECT_TRUE(inside({{10, 20}, {310, 20}, {310, 220}, {10, 220}}, p.x, p.y));
  }
}

double area(const std::vector<PagePoint>& ring) {
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const PagePoint a = ring[i];
    const PagePoint b = ring[(i + 1) % ring.size()];
    twice += a.x * b.y - b.x * a.y;
  }
  return std::abs(twice) / 2;
}

TEST(CutTo, KeepsExactlyWhatIsInsideTheRectangle) {
  const Frame frame{0, 0, 100, 50};
  EXPECT_NEAR(area(cut_to(frame, {{-50, -50}, {200, -50}, {200, 200}, {-50, 200}})), 5000, 1e-9);
  EXPECT_NEAR(area(cut_to(frame, {{50, 25}, {150, 25}, {150, 100}, {50, 100}})), 1250, 1e-9);
  EXPECT_NEAR(area(cut_to(frame, {{10, 10}, {30, 10}, {10, 30}})), 200, 1e-9);
  EXPECT_TRUE(cut_to(frame, {{200, 0}, {300, 0}, {300, 50}}).empty());
  EXPECT_TRUE(cut_to(frame, {}).empty());
}

/// The part of a ring inside the square of 100 points, counted in cells of half a point.
double counted_area(const std::vector<PagePoint>& ring) {
  int cells = 0;
  for (int x = 0; x < 200; ++x) {
    for (int y = 0; y < 200; ++y) {
      cells += inside(ring, (x + 0.5) / 2, (y + 0.5) / 2) ? 1 : 0;
    }
  }
  return cells / 4.0;
}

TEST(CutTo, RandomTrianglesHaveTheAreaCountedOnAGrid) {
  constexpr int kSeed = 7;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  std::uniform_real_distribution<double> place(-40, 140);
  for (int round = 0; round < 30; ++round) {
    const std::vector<PagePoint> triangle{{place(random), place(random)},
                                          {place(random), place(random)},
                                          {place(random), place(random)}};
    EXPECT_NEAR(area(cut_to({0, 0, 100, 100}, triangle)), counted_area(triangle), 40);
  }
}

}  // namespace
}  // namespace documents
