// SPDX-License-Identifier: Apache-2.0
#include "datagen/streets.hpp"

#include <algorithm>
#include <string>

#include "datagen/random.hpp"

namespace datagen {
namespace {

constexpr double kRoomy = 70;  // metres; smaller blocks have no ways inside

/// A block no river, railway or slope reaches into, with room for a way inside.
bool roomy(const TownPlan& plan, const Block& block) {
  const Point corners[] = {
      block.low, block.high, {block.low.x, block.high.y}, {block.high.x, block.low.y}};
  const bool free = std::all_of(std::begin(corners), std::end(corners), [&](Point corner) {
    const Point inside = between(corner, block.middle(), 0.02);
    return plan.buildable(inside) && plan.quarter_at(inside) == block.quarter;
  });
  return free && block.high.x - block.low.x > kRoomy && block.high.y - block.low.y > kRoomy;
}

/// A closed round of paths in a walled garden: on the map, but joined to nothing.
void draw_island(const Block& block, std::vector<Stroke>& strokes) {
  const Point m = block.middle();
  strokes.push_back({{{m.x - 9, m.y - 8}, {m.x + 9, m.y - 8}, {m.x, m.y + 9}, {m.x - 9, m.y - 8}},
                     {{"highway", "footway"}, {"name", "庭園の小道"}, {"surface", "gravel"}},
                     0,
                     {},
                     true});
}

void draw_private_yard(const Block& block, std::vector<Stroke>& strokes) {
  const Point m = block.middle();
  strokes.push_back(
      {{{m.x, block.low.y}, {m.x, m.y}},
       {{"highway", "service"}, {"access", "private"}, {"width", "4"}, {"surface", "concrete"}},
       0,
       "gate",
       false});
}

void draw_parking(const Block& block, std::vector<Stroke>& strokes) {
  const Point m = block.middle();
  strokes.push_back({{{block.low.x, m.y}, {m.x, m.y}, {m.x, m.y + 18}},
                     {{"highway", "service"},
                      {"service", "parking_aisle"},
                      {"width", "5"},
                      {"surface", "asphalt"}},
                     0,
                     {},
                     false});
}

void draw_passage(const Block& block, const char* barrier, std::vector<Stroke>& strokes) {
  const double x = block.middle().x + 7;
  strokes.push_back({{{x, block.low.y}, {x, block.high.y}},
                     {{"highway", "footway"}, {"width", "1.6"}, {"surface", "paving_stones"}},
                     0,
                     barrier,
                     false});
}

void draw_park(const Block& block, std::vector<Stroke>& strokes) {
  const Tags tags = {{"highway", "path"}, {"surface", "ground"}};
  const Point m = block.middle();
  strokes.push_back({{block.low, {m.x, m.y + 6}, block.high}, tags, 0, {}, false});
  strokes.push_back({{{block.low.x, block.high.y}, {m.x, m.y + 6}}, tags, 0, {}, false});
}

}  // namespace

void draw_block_ways(const TownPlan& plan, const std::vector<Block>& blocks, std::uint64_t seed,
                     std::vector<Stroke>& strokes) {
  Random random(seed, "block ways");
  int drawn = 0;
  for (const Block& block : blocks) {
    if (!roomy(plan, block)) {
      continue;
    }
    // The first ones see to it that every kind occurs in every town.
    const int kind = drawn < 5 ? drawn : random.whole(1, 22);
    ++drawn;
    switch (kind) {
      case 0:
        draw_island(block, strokes);
        break;
      case 1:
        draw_private_yard(block, strokes);
        break;
      case 2:
      case 5:
      case 6:
        draw_parking(block, strokes);
        break;
      case 3:
      case 7:
        draw_passage(block, random.chance(0.7) ? "bollard" : "cycle_barrier", strokes);
        break;
      case 4:
        draw_park(block, strokes);
        break;
      default:
        break;
    }
  }
}

Streets draw_streets(const TownPlan& plan, std::uint64_t seed) {
  std::vector<Stroke> strokes = draw_main_roads(plan);
  std::vector<Stroke> hill = draw_hill(plan);
  strokes.insert(strokes.end(), hill.begin(), hill.end());
  Streets streets;
  for (int quarter = 0; quarter < kRows * kColumns; ++quarter) {
    std::vector<Block> blocks = draw_lanes(plan, quarter, seed, strokes);
    streets.blocks.insert(streets.blocks.end(), blocks.begin(), blocks.end());
  }
  draw_block_ways(plan, streets.blocks, seed, strokes);
  streets.net = join_strokes(strokes);
  return streets;
}

}  // namespace datagen
