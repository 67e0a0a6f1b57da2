// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "datagen/random.hpp"
#include "datagen/streets.hpp"

namespace datagen {
namespace {

constexpr std::array<const char*, 16> kLaneNames = {
    "さくら通り", "もみじ通り", "ふれあい通り", "富士見通り",  "お寺通り",     "八幡通り",
    "新道",       "銀座通り",   "すみれ通り",   "若葉通り",    "なかよし通り", "水車通り",
    "大師通り",   "朝日通り",   "夕日通り",     "くすのき通り"};

/// The span of lanes cut across a rectangle.
class LaneDrawing {
 public:
  LaneDrawing(const TownPlan& plan, int quarter, std::uint64_t seed, std::vector<Stroke>& strokes)
      : plan_(plan),
        quarter_(quarter),
        random_(seed, "lanes " + std::to_string(quarter)),
        strokes_(strokes) {}

  void divide(Point low, Point high) {
    const double width = high.x - low.x;
    const double depth = high.y - low.y;
    const double longer = std::max(width, depth);
    if (longer < random_.real(70, 120)) {
      blocks_.push_back({quarter_, static_cast<int>(blocks_.size()) + 1, low, high});
      return;
    }
    const double share = random_.real(0.38, 0.62);
    if (width > depth) {
      const double x = low.x + width * share;
      cut({x, low.y}, {x, high.y}, longer);
      divide(low, {x, high.y});
      divide({x, low.y}, high);
    } else {
      const double y = low.y + depth * share;
      cut({low.x, y}, {high.x, y}, longer);
      divide(low, {high.x, y});
      divide({low.x, y}, high);
    }
  }

  std::vector<Block> take_blocks() { return std::move(blocks_); }

 private:
  void cut(Point from, Point to, double cut_side) {
    const bool last = cut_side < 140;  // nothing hangs on it any more
    if (last && random_.chance(0.16)) {
      const double reach = random_.real(0.4, 0.75);  // 袋小路
      (random_.chance(0.5) ? to : from) = between(from, to, reach);
    }
    const Tags tags = lane_tags(cut_side);
    for (Line& part : buildable_parts(plan_, from, to, quarter_)) {
      strokes_.push_back({std::move(part), tags, 0, {}, false});
    }
  }

  Tags lane_tags(double cut_side) {
    if (cut_side > 330) {
      Tags tags = {{"highway", "unclassified"},
                   {"surface", "asphalt"},
                   {"width", "6"},
                   {"name", kLaneNames.at(random_.index(kLaneNames.size()))}};
      if (random_.chance(0.4)) {
        tags.emplace_back("sidewalk", "right");
      }
      return tags;
    }
    const double kind = random_.unit();
    if (cut_side < 140 && kind < 0.07) {
      return {{"highway", "footway"}, {"width", "1.5"}, {"surface", "asphalt"}};
    }
    Tags tags = {{"highway", "residential"}};
    if (cut_side < 200 && kind < 0.30) {
      static constexpr std::array<const char*, 4> kNarrow = {"1.8", "2.2", "2.5", "2.8"};
      tags.emplace_back("width", kNarrow.at(random_.index(kNarrow.size())));
    } else if (kind < 0.75) {
      tags.emplace_back("width", cut_side > 200 ? "5" : "4");
      if (random_.chance(0.15)) {
        tags.emplace_back("oneway", "yes");
      }
    }
    if (random_.chance(0.7)) {
      tags.emplace_back("surface", "asphalt");
    }
    if (cut_side > 200 && random_.chance(0.3)) {
      tags.emplace_back("name", kLaneNames.at(random_.index(kLaneNames.size())));
    }
    return tags;
  }

  const TownPlan& plan_;
  int quarter_;
  Random random_;
  std::vector<Stroke>& strokes_;
  std::vector<Block> blocks_;
};

}  // namespace

std::vector<Line> buildable_parts(const TownPlan& plan, Point from, Point to, int quarter) {
  const double length = distance(from, to);
  const auto free_at = [&](double metres) {
    const Point p = between(from, to, metres / length);
    // The ends lie on the edges of the quarter: look a little inside.
    const Point inside = between(p, between(from, to, 0.5), 1e-3);
    return plan.quarter_at(inside) == quarter && plan.buildable(inside);
  };
  const auto edge = [&](double free, double taken) {
    while (std::abs(free - taken) > 0.01) {
      const double middle = (free + taken) / 2;
      (free_at(middle) ? free : taken) = middle;
    }
    return free;
  };
  constexpr double kStep = 2;
  constexpr double kShortest = 25;
  std::vector<Line> parts;
  double begin = free_at(0) ? 0 : -1;
  const auto close = [&](double end) {
    if (begin >= 0 && end - begin >= kShortest) {
      parts.push_back({between(from, to, begin / length), between(from, to, end / length)});
    }
    begin = -1;
  };
  const int steps = static_cast<int>(std::ceil(length / kStep)) - 1;
  for (int step = 1; step <= steps; ++step) {
    const double at = step * kStep;
    const bool free = free_at(at);
    if (free && begin < 0) {
      begin = edge(at, at - kStep);
    } else if (!free && begin >= 0) {
      close(edge(at - kStep, at));
    }
  }
  close(length);
  return parts;
}

std::vector<Block> draw_lanes(const TownPlan& plan, int quarter, std::uint64_t seed,
                              std::vector<Stroke>& strokes) {
  const auto column = static_cast<std::size_t>(quarter % kColumns);
  const int row = quarter / kColumns;
  Point low = {kColumnEdges.at(column), plan.row_edge(row, kColumnEdges.at(column))};
  Point high = {kColumnEdges.at(column + 1), plan.row_edge(row + 1, kColumnEdges.at(column))};
  constexpr int kSamples = 50;
  for (int i = 0; i <= kSamples; ++i) {
    const double x = low.x + (high.x - low.x) * i / kSamples;
    low.y = std::min(low.y, plan.row_edge(row, x));
    high.y = std::max(high.y, plan.row_edge(row + 1, x));
  }
  LaneDrawing drawing(plan, quarter, seed, strokes);
  drawing.divide(low, high);
  return drawing.take_blocks();
}

}  // namespace datagen
