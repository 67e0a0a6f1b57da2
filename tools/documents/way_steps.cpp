// SPDX-License-Identifier: Apache-2.0
#include "documents/way_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>

namespace documents {
namespace {

constexpr double kMetresPerDegree = 111'200;
constexpr double kStraight = 35;   // degrees; less is no turn
constexpr double kTurnBack = 150;  // more is a turn back
constexpr double kLeastStep = 15;  // metres
constexpr double kRightAngle = 90;
constexpr double kOctant = 45;

/// A straight piece of the way, eastward and northward in metres.
struct Piece {
  double east = 0;
  double north = 0;
  [[nodiscard]] double length() const { return std::hypot(east, north); }
  /// Degrees from north, clockwise, 0 to 360.
  [[nodiscard]] double bearing() const {
    const double degrees = std::atan2(east, north) * 180 / std::numbers::pi;
    return degrees < 0 ? degrees + 360 : degrees;
  }
};

/// How far `to` turns from `from`: -180 to 180, right positive.
double turn(const Piece& from, const Piece& to) {
  return std::remainder(to.bearing() - from.bearing(), 360);
}

std::vector<Piece> pieces_of(const std::vector<registry::Position>& route) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i + 1 < route.size(); ++i) {
    const double narrowing = std::cos(route[i].lat * std::numbers::pi / 180);
    const Piece piece{(route[i + 1].lon - route[i].lon) * kMetresPerDegree * narrowing,
                      (route[i + 1].lat - route[i].lat) * kMetresPerDegree};
    if (piece.length() > 0) {
      pieces.push_back(piece);
    }
  }
  return pieces;
}

/// Joins what is straight on, then what is shorter than `least`.
std::vector<Piece> joined(const std::vector<Piece>& pieces, double least) {
  std::vector<Piece> steps;
  for (const Piece& piece : pieces) {
    const bool goes_on = !steps.empty() && (std::abs(turn(steps.back(), piece)) < kStraight ||
                                            piece.length() < least);
    if (goes_on) {
      steps.back().east += piece.east;
      steps.back().north += piece.north;
    } else {
      steps.push_back(piece);
    }
  }
  return steps;
}

std::string_view compass(const Piece& step) {
  static constexpr std::array<std::string_view, 8> kNames = {"北", "北東", "東", "南東",
                                                             "南", "南西", "西", "北西"};
  const auto octant = static_cast<std::size_t>(std::lround(step.bearing() / kOctant)) % 8;
  return kNames.at(octant);
}

std::string_view turn_words(double degrees) {
  if (std::abs(degrees) < kStraight) {
    return "そのまま";
  }
  if (std::abs(degrees) > kTurnBack) {
    return "折り返して";
  }
  if (std::abs(degrees) < kRightAngle / 1.6) {
    return degrees > 0 ? "ななめ右に" : "ななめ左に";
  }
  return degrees > 0 ? "右に曲がって" : "左に曲がって";
}

}  // namespace

std::vector<std::string> way_steps(const std::vector<registry::Position>& route, std::size_t most) {
  const std::vector<Piece> pieces = pieces_of(route);
  std::vector<Piece> steps = joined(pieces, kLeastStep);
  for (double least = 2 * kLeastStep; steps.size() > std::max<std::size_t>(1, most); least *= 1.5) {
    steps = joined(steps, least);
  }
  std::vector<std::string> words;
  words.reserve(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const long metres = std::max(10L, std::lround(steps[i].length() / 10) * 10);
    words.push_back(fmt::format("{}{}へ約{}m",
                                i == 0 ? "" : turn_words(turn(steps[i - 1], steps[i])),
                                compass(steps[i]), metres));
  }
  return words;
}

}  // namespace documents
