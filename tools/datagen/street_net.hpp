// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "datagen/town_plan.hpp"

namespace datagen {

using Tags = std::vector<std::pair<std::string, std::string>>;

/// A street as drawn. Strokes of one layer meet wherever they cross; those of different layers
/// only at common ends.
struct Stroke {
  Line line;  ///< plan coordinates
  Tags tags;
  int layer = 0;
  std::string barrier;  ///< tag of an obstacle a little after the beginning; empty = none
  bool apart = false;   ///< kept although nothing leads there
};

struct StreetNode {
  Point plan;
  Tags tags;
};

struct StreetWay {
  std::vector<std::size_t> nodes;
  Tags tags;
  [[nodiscard]] const std::string* tag(const std::string& key) const;
};

/// Streets cut at their crossings: ways share the nodes where they meet.
struct StreetNet {
  std::vector<StreetNode> nodes;
  std::vector<StreetWay> ways;
};

/// Makes the net of the strokes. Pieces that no street leads to are left out, but for strokes that
/// stand apart on purpose and for what is not a road.
[[nodiscard]] StreetNet join_strokes(const std::vector<Stroke>& strokes);

/// Finds the nearest road stretch of a net.
class StretchIndex {
 public:
  struct Stretch {
    Point from, to;
    std::size_t way = 0;
  };
  explicit StretchIndex(const StreetNet& net);
  /// Metres on the plan to the nearest stretch of a road; capped at 60.
  [[nodiscard]] double nearest(Point plan) const;
  [[nodiscard]] const std::vector<Stretch>& stretches() const { return stretches_; }

 private:
  std::vector<Stretch> stretches_;
  std::vector<std::vector<std::size_t>> cells_;
};

}  // namespace datagen
