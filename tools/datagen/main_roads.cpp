// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <string>

#include "datagen/streets.hpp"

namespace datagen {
namespace {

enum class OverRiver { Ends, RoadBridge, FootBridge };
enum class OverRailway { Ends, LevelCrossing, Underpass };

/// A main road from south to north along an edge of columns.
struct NorthSouth {
  const char* highway;
  const char* name;
  const char* width;
  OverRiver river;
  OverRailway railway;
};

constexpr std::array<NorthSouth, kColumns + 1> kNorthSouth = {{
    {"tertiary", "西はずれ通り", "6.5", OverRiver::Ends, OverRailway::Ends},
    {"tertiary", "けやき通り", "6.5", OverRiver::Ends, OverRailway::Ends},
    {"secondary", "川上橋通り", "9", OverRiver::RoadBridge, OverRailway::LevelCrossing},
    {"tertiary", "学校通り", "6", OverRiver::FootBridge, OverRailway::LevelCrossing},
    {"primary", "駅前大通り", "14", OverRiver::RoadBridge, OverRailway::Underpass},
    {"tertiary", "市役所通り", "8", OverRiver::Ends, OverRailway::Ends},
    {"secondary", "東橋通り", "9", OverRiver::RoadBridge, OverRailway::LevelCrossing},
    {"tertiary", "いちょう通り", "6", OverRiver::Ends, OverRailway::LevelCrossing},
    {"tertiary", "東はずれ通り", "6.5", OverRiver::Ends, OverRailway::LevelCrossing},
}};

struct EastWest {
  double y;
  const char* highway;
  const char* name;
  const char* width;
};
constexpr std::array<EastWest, 5> kEastWest = {{
    {kSouthEdge, "tertiary", "南はずれ通り", "6"},
    {kSouthStreet, "secondary", "南中央通り", "9"},
    {kTrunkRoad, "trunk", "ひかり街道", "18"},
    {kNorthStreet, "secondary", "北中央通り", "9"},
    {kNorthEdge, "tertiary", "山の手通り", "6"},
}};

Tags road_tags(const std::string& highway, const std::string& name, const std::string& width) {
  Tags tags = {{"highway", highway}, {"name", name}, {"surface", "asphalt"}, {"width", width}};
  if (highway == "trunk" || highway == "primary" || highway == "secondary") {
    tags.emplace_back("sidewalk", "both");
    tags.emplace_back("lit", "yes");
  } else {
    tags.emplace_back("sidewalk", "left");
  }
  if (highway == "trunk" || highway == "primary") {
    tags.emplace_back("lanes", "4");
    tags.emplace_back("maxspeed", "50");
  }
  return tags;
}

Tags with(Tags tags, std::initializer_list<std::pair<std::string, std::string>> more) {
  tags.insert(tags.end(), more.begin(), more.end());
  return tags;
}

/// One main road, piece by piece from south to north.
class NorthSouthDrawing {
 public:
  NorthSouthDrawing(const TownPlan& plan, std::vector<Stroke>& strokes, std::size_t column)
      : strokes_(strokes),
        road_(kNorthSouth.at(column)),
        tags_(road_tags(road_.highway, road_.name, road_.width)),
        x_(kColumnEdges.at(column)),
        river_(plan.river(x_)),
        railway_(TownPlan::railway(x_)) {}

  void draw() {
    cross_river();
    cross_railway();
    const double to_hill = kHillFoot * kHillFoot - (x_ - kHill.x) * (x_ - kHill.x);
    if (to_hill > 0) {
      road_to(kHill.y - std::sqrt(to_hill));
      y_ = kHill.y + std::sqrt(to_hill);
    }
    road_to(kNorthEdge);
  }

 private:
  void piece_to(double y, Tags tags, int layer) {
    strokes_.push_back({{{x_, y_}, {x_, y}}, std::move(tags), layer, {}, false});
    y_ = y;
  }
  void road_to(double y) { piece_to(y, tags_, 0); }

  void cross_river() {
    road_to(river_ - kLevee);
    if (road_.river == OverRiver::RoadBridge) {
      piece_to(river_ + kLevee, with(tags_, {{"bridge", "yes"}, {"layer", "1"}}), 1);
    } else if (road_.river == OverRiver::FootBridge) {
      piece_to(river_ + kLevee,
               {{"highway", "footway"},
                {"name", "ひかり人道橋"},
                {"bridge", "yes"},
                {"layer", "1"},
                {"width", "2.5"},
                {"surface", "concrete"}},
               1);
    }
    y_ = river_ + kLevee;
  }

  void cross_railway() {
    constexpr double kRamp = 70;
    if (road_.railway == OverRailway::Underpass) {
      road_to(railway_ - kRamp);
      piece_to(railway_ + kRamp, with(tags_, {{"tunnel", "yes"}, {"layer", "-1"}}), -1);
    } else if (road_.railway == OverRailway::Ends) {
      road_to(railway_ - kRailGap);
      y_ = railway_ + kRailSide;
    }
  }

  std::vector<Stroke>& strokes_;
  const NorthSouth& road_;
  Tags tags_;
  double x_, river_, railway_;
  double y_ = kSouthEdge;
};

/// A line from the western to the eastern edge of the town along a curve y(x).
template <class Curve>
Line across(double from, double to, const Curve& y) {
  Line line;
  const int pieces = static_cast<int>((to - from) / 25);
  for (int i = 0; i <= pieces; ++i) {
    const double x = from + (to - from) * i / pieces;
    line.push_back({x, y(x)});
  }
  return line;
}

void draw_riverside(const TownPlan& plan, std::vector<Stroke>& strokes) {
  const auto beside = [&plan](double offset) {
    return [&plan, offset](double x) { return plan.river(x) + offset; };
  };
  const double west = kColumnEdges.front();
  const double east = kColumnEdges.back();
  strokes.push_back({across(west, east, beside(kLevee)),
                     {{"highway", "unclassified"},
                      {"name", "北土手通り"},
                      {"width", "4.5"},
                      {"surface", "asphalt"}},
                     0,
                     {},
                     false});
  strokes.push_back({across(west, east, beside(-kLevee)),
                     {{"highway", "residential"},
                      {"name", "南土手通り"},
                      {"width", "3.5"},
                      {"oneway", "yes"},
                      {"surface", "asphalt"}},
                     0,
                     {},
                     false});
  constexpr double kPath = 28;
  const Tags path = {{"highway", "path"},
                     {"name", "ひかり川緑道"},
                     {"width", "2"},
                     {"surface", "compacted"},
                     {"bicycle", "yes"}};
  strokes.push_back({across(west + 150, east - 150, beside(-kPath)), path, 0, {}, false});
  constexpr int kRamps = 6;
  for (int ramp = 0; ramp < kRamps; ++ramp) {
    const double x = west + 150 + (east - west - 300) * ramp / kRamps;
    // The ramp leaves the levee road aslant; its bollards keep cars off the path.
    strokes.push_back({{{x, plan.river(x) - kLevee}, {x + 20, plan.river(x + 20) - kPath}},
                       {{"highway", "footway"}, {"width", "2"}, {"surface", "asphalt"}},
                       0,
                       ramp == 2 || ramp == 3 ? "cycle_barrier" : "bollard",
                       false});
  }
  strokes.push_back(
      {across(0, 4000, beside(0)), {{"waterway", "river"}, {"name", "ひかり川"}}, -5, {}, false});
}

void draw_railway(std::vector<Stroke>& strokes) {
  strokes.push_back({{{0, TownPlan::railway(0)}, {4000, TownPlan::railway(4000)}},
                     {{"railway", "rail"}, {"name", "ひかり鉄道"}, {"gauge", "1067"}},
                     0,
                     {},
                     false});
  strokes.push_back({across(kColumnEdges.front(), kColumnEdges.back(),
                            [](double x) { return TownPlan::railway(x) + kRailSide; }),
                     {{"highway", "residential"},
                      {"name", "線路沿い通り"},
                      {"width", "4"},
                      {"surface", "asphalt"}},
                     0,
                     {},
                     false});
  // Footbridge by the station, from the street south of it to the lane north of it.
  constexpr double kX = 1700;
  constexpr double kGround = 45;
  constexpr double kDeck = 15;
  const double rail = TownPlan::railway(kX);
  const Tags steps = {{"highway", "steps"},
                      {"step_count", "36"},
                      {"width", "2"},
                      {"surface", "concrete"},
                      {"handrail", "yes"}};
  strokes.push_back({{{kX - 200, rail - kGround}, {kX + 150, rail - kGround}},
                     {{"highway", "pedestrian"},
                      {"name", "駅南広場"},
                      {"width", "8"},
                      {"surface", "paving_stones"}},
                     0,
                     {},
                     false});
  // From the square to the street beside it, so that the square hangs on the net.
  strokes.push_back({{{kX - 200, rail - kGround}, {kColumnEdges[3], rail - kGround}},
                     {{"highway", "service"}, {"width", "5"}, {"surface", "asphalt"}},
                     0,
                     {},
                     false});
  strokes.push_back({{{kX, rail - kGround}, {kX, rail - kDeck}}, steps, 0, {}, false});
  strokes.push_back({{{kX, rail - kDeck}, {kX, rail + kDeck}},
                     {{"highway", "footway"},
                      {"name", "ひかり駅跨線橋"},
                      {"bridge", "yes"},
                      {"layer", "1"},
                      {"width", "2"}},
                     1,
                     {},
                     false});
  strokes.push_back({{{kX, rail + kDeck}, {kX, rail + kRailSide}}, steps, 0, {}, false});
}

}  // namespace

std::vector<Stroke> draw_main_roads(const TownPlan& plan) {
  std::vector<Stroke> strokes;
  for (std::size_t column = 0; column < kNorthSouth.size(); ++column) {
    NorthSouthDrawing(plan, strokes, column).draw();
  }
  for (const EastWest& road : kEastWest) {
    double east = kColumnEdges.back();
    const double to_hill = kHillFoot * kHillFoot - (road.y - kHill.y) * (road.y - kHill.y);
    if (to_hill > 0) {
      east = kHill.x - std::sqrt(to_hill);
    }
    strokes.push_back({{{kColumnEdges.front(), road.y}, {east, road.y}},
                       road_tags(road.highway, road.name, road.width),
                       0,
                       {},
                       false});
  }
  draw_riverside(plan, strokes);
  draw_railway(strokes);
  return strokes;
}

}  // namespace datagen
