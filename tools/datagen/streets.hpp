// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "datagen/street_net.hpp"
#include "datagen/town_plan.hpp"

namespace datagen {

/// A block of houses between lanes: the 番 of an address.
struct Block {
  int quarter = 0;
  int number = 1;   ///< from 1 in each quarter
  Point low, high;  ///< plan; may reach into river, railway or hill
  [[nodiscard]] Point middle() const { return {(low.x + high.x) / 2, (low.y + high.y) / 2}; }
  [[nodiscard]] bool contains(Point p) const {
    return p.x >= low.x && p.x < high.x && p.y >= low.y && p.y < high.y;
  }
};

struct Streets {
  StreetNet net;
  std::vector<Block> blocks;  ///< in order of quarter and number
};

[[nodiscard]] Streets draw_streets(const TownPlan& plan, std::uint64_t seed);

// Parts of the drawing, each in a file of its own.

/// Main roads, bridges, underpass, levee roads, railway and river.
[[nodiscard]] std::vector<Stroke> draw_main_roads(const TownPlan& plan);
/// The ring around the hill, the ways up, the steps and the loop on its top.
[[nodiscard]] std::vector<Stroke> draw_hill(const TownPlan& plan);
/// Cuts a quarter into blocks by lanes: again and again across the longer side, at uneven places.
[[nodiscard]] std::vector<Block> draw_lanes(const TownPlan& plan, int quarter, std::uint64_t seed,
                                            std::vector<Stroke>& strokes);
/// Service ways, private yards, passages and park paths inside blocks.
void draw_block_ways(const TownPlan& plan, const std::vector<Block>& blocks, std::uint64_t seed,
                     std::vector<Stroke>& strokes);
/// The parts of a straight line that lie in buildable ground of the quarter; ends are exact to a
/// centimetre. Parts shorter than 25 m are left out.
[[nodiscard]] std::vector<Line> buildable_parts(const TownPlan& plan, Point from, Point to,
                                                int quarter);

}  // namespace datagen
