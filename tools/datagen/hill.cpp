// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "datagen/streets.hpp"

namespace datagen {
namespace {

constexpr int kLegs = 5;              // of the road with hairpin bends
constexpr double kStairs = 225;       // degrees from east
constexpr double kStepHeight = 0.17;  // metres

Point on_hill(double degrees, double radius) {
  const double angle = degrees * std::numbers::pi / 180;
  return {kHill.x + radius * std::cos(angle), kHill.y + radius * std::sin(angle)};
}

/// An arc around the hill; the radius changes evenly from the beginning to the end.
void append_arc(Line& line, Point from, Point to) {  // x: degrees, y: radius
  const int pieces = std::max(2, static_cast<int>(std::abs(to.x - from.x) / 3));
  for (int i = line.empty() ? 0 : 1; i <= pieces; ++i) {
    const Point p = between(from, to, static_cast<double>(i) / pieces);
    line.push_back(on_hill(p.x, p.y));
  }
}

}  // namespace

std::vector<Stroke> draw_hill(const TownPlan& plan) {
  std::vector<Stroke> strokes;
  Line ring;
  append_arc(ring, {0, kHillFoot}, {360, kHillFoot});
  strokes.push_back(
      {ring,
       {{"highway", "unclassified"}, {"name", "山裾通り"}, {"width", "5"}, {"surface", "asphalt"}},
       0,
       {},
       false});
  Line switchback;
  for (int leg = 0; leg < kLegs; ++leg) {
    const double climb = (kHillFoot - kHillTop) / kLegs;
    const double from = leg % 2 == 0 ? 195 : 255;
    append_arc(switchback, {from, kHillFoot - climb * leg},
               {450 - from, kHillFoot - climb * (leg + 1)});
  }
  strokes.push_back({switchback,
                     {{"highway", "residential"},
                      {"name", "見晴らし坂"},
                      {"width", "4.5"},
                      {"surface", "asphalt"}},
                     0,
                     {},
                     false});
  Line back_way;
  append_arc(back_way, {95, kHillFoot}, {-20, kHillTop});
  strokes.push_back(
      {back_way,
       {{"highway", "residential"}, {"name", "裏坂"}, {"width", "2.7"}, {"surface", "concrete"}},
       0,
       {},
       false});
  Line top;
  append_arc(top, {0, kHillTop}, {360, kHillTop});
  strokes.push_back({top,
                     {{"highway", "residential"},
                      {"name", "見晴らし台通り"},
                      {"width", "4"},
                      {"surface", "asphalt"}},
                     0,
                     {},
                     false});
  strokes.push_back({{on_hill(45, kHillTop), on_hill(225, kHillTop)},
                     {{"highway", "residential"}, {"width", "4"}, {"surface", "asphalt"}},
                     0,
                     {},
                     false});
  // The old stairs, cut by the bends of the road: one way per flight, each with its steps.
  Line flights = {on_hill(kStairs, kHillFoot)};
  for (int leg = 0; leg < kLegs; ++leg) {
    flights.push_back(on_hill(kStairs, kHillFoot - (kHillFoot - kHillTop) * (leg + 0.5) / kLegs));
  }
  flights.push_back(on_hill(kStairs, kHillTop));
  for (std::size_t i = 1; i < flights.size(); ++i) {
    const double rise = plan.height(flights[i]) - plan.height(flights[i - 1]);
    const int steps = std::max(4, static_cast<int>(rise / kStepHeight));
    strokes.push_back({{flights[i - 1], flights[i]},
                       {{"highway", "steps"},
                        {"name", "百段坂"},
                        {"width", "1.8"},
                        {"surface", "concrete"},
                        {"step_count", std::to_string(steps)}},
                       0,
                       {},
                       false});
  }
  return strokes;
}

}  // namespace datagen
