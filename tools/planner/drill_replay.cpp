// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_replay.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "planner/drill_tables.hpp"

namespace planner {
namespace {

struct TimedPoint {
  route::LatLon place;
  double time_s = 0;
};

/// A JSON string.
std::string json_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    result += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return result + '"';
}

/// Degrees with five decimals.
std::string degrees(double value) {
  constexpr int kDecimals = 5;
  std::array<char, 24> text{};
  const auto done = std::to_chars(text.data(), text.data() + text.size(), value,
                                  std::chars_format::fixed, kDecimals);
  return {text.data(), done.ptr};
}

std::string coordinates(route::LatLon place) {
  return "[" + degrees(place.lon()) + "," + degrees(place.lat()) + "]";
}

/// The points of an arc between two fractions of its edge, in the direction of travel, with how far
/// along the edge they are.
std::vector<std::pair<route::LatLon, double>> piece(const route::RoadGraph& graph, route::ArcId arc,
                                                    double from, double to) {
  const auto shape = graph.shape(graph.edge(arc));
  double length = 0;
  for (std::size_t i = 1; i < shape.size(); ++i) {
    length += route::distance_m(shape[i - 1], shape[i]);
  }
  const double low = std::min(from, to);
  const double high = std::max(from, to);
  std::vector<std::pair<route::LatLon, double>> points;
  double done = 0;
  for (std::size_t i = 1; i < shape.size(); ++i) {
    const double step = route::distance_m(shape[i - 1], shape[i]);
    const double begin = length > 0 ? done / length : 0;
    const double end = length > 0 ? (done + step) / length : 1;
    done += step;
    if (end < low || begin > high || step == 0) {
      continue;
    }
    for (const double at : {std::max(begin, low), std::min(end, high)}) {
      if (points.empty() || points.back().second < at) {
        points.emplace_back(
            route::interpolate(shape[i - 1], shape[i], (at - begin) / (end - begin)), at);
      }
    }
  }
  if (from > to) {
    std::ranges::reverse(points);
  }
  return points;
}

std::vector<TimedPoint> points_of(const DrillWorld& world, const route::DrillMove& move) {
  const route::RoadGraph& graph = *world.scene.graph;
  const route::Metric& metric = *world.scene.modes[move.mode].metric;
  std::vector<TimedPoint> points;
  double clock = 0;  // in weights of the way so far, scaled to the move's time at the end
  for (std::size_t i = 0; i < move.arcs.size(); ++i) {
    const route::ArcId arc = move.arcs[i];
    const bool forward = graph.is_forward(arc);
    const double from = i == 0 ? move.first : (forward ? 0.0 : 1.0);
    const double to = i + 1 == move.arcs.size() ? move.last : (forward ? 1.0 : 0.0);
    const double weight = metric.weights[arc] < route::kInfinity ? metric.weights[arc] : 1;
    for (const auto& [place, at] : piece(graph, arc, from, to)) {
      if (points.empty() || !(points.back().place == place)) {
        points.push_back({place, clock + std::abs(at - from) * weight});
      }
    }
    clock += std::abs(to - from) * weight;
  }
  const double all = clock > 0 ? clock : 1;
  for (TimedPoint& point : points) {
    point.time_s = (move.begin + point.time_s / all * (move.end - move.begin)) / 1000;
  }
  return points;
}

std::string key_of(const DrillWorld& world, const route::DrillMove& move) {
  switch (move.kind) {
    case route::DrillMover::Person:
      return world.people[move.who].key;
    case route::DrillMover::Supporter:
      return world.supporters[move.who];
    case route::DrillMover::Vehicle:
      return "V" + std::to_string(move.who + 1);
  }
  return {};
}

std::string_view word(route::DrillMover kind) {
  switch (kind) {
    case route::DrillMover::Person:
      return "person";
    case route::DrillMover::Supporter:
      return "supporter";
    case route::DrillMover::Vehicle:
      return "vehicle";
  }
  return {};
}

std::string feature(const DrillWorld& world, const route::DrillMove& move) {
  const auto points = points_of(world, move);
  if (points.size() < 2) {
    return {};
  }
  std::string line;
  std::string times;
  for (const TimedPoint& point : points) {
    line += (line.empty() ? "" : ",") + coordinates(point.place);
    times += (times.empty() ? "" : ",") + std::to_string(static_cast<long long>(point.time_s));
  }
  std::string text = R"({"type":"Feature","properties":{"kind":)";
  text.append(json_string(word(move.kind))).append(R"(,"id":)");
  text.append(json_string(key_of(world, move)));
  if (move.kind == route::DrillMover::Person) {
    text.append(R"(,"profile":)").append(json_string(world.people[move.who].profile));
  }
  text.append(R"(,"times":[)").append(times);
  text.append(R"(]},"geometry":{"type":"LineString","coordinates":[)").append(line);
  return text.append("]}}");
}

std::string feature(const DrillShelterFacts& shelter) {
  std::string text = R"({"type":"Feature","properties":{"kind":"shelter","name":)";
  text.append(json_string(shelter.name)).append(R"(,"seats":)");
  text.append(std::to_string(shelter.seats));
  text.append(R"(},"geometry":{"type":"Point","coordinates":)");
  text.append(coordinates(route::from_degrees(shelter.position.lat, shelter.position.lon)));
  return text.append("}}");
}

}  // namespace

std::string drill_replay(const DrillWorld& world, const route::DrillRun& run) {
  std::string text = R"({"type":"FeatureCollection","run":)";
  text.append(std::to_string(run.run)).append(R"(,"horizon_s":)");
  text.append(std::to_string(world.scene.horizon / 1000)).append(R"(,"away":)");
  text.append(std::to_string(
      std::ranges::count(run.people, route::DrillOutcome::Away, &route::PersonRun::outcome)));
  text.append(R"(,"features":[)");
  bool first = true;
  const auto add = [&](const std::string& one) {
    if (!one.empty()) {
      text.append(first ? "\n" : ",\n").append(one);
      first = false;
    }
  };
  for (const DrillShelterFacts& shelter : world.shelters) {
    add(feature(shelter));
  }
  for (const route::DrillMove& move : run.moves) {
    add(feature(world, move));
  }
  return text.append("\n]}\n");
}

}  // namespace planner
