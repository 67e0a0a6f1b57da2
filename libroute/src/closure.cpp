// SPDX-License-Identifier: Apache-2.0
#include "route/closure.hpp"

#include <algorithm>
#include <map>

#include "edge_index.hpp"
#include "geojson_text.hpp"
#include "polygon.hpp"
#include "route/error.hpp"

// The index gives the edges whose boxes meet the box of what is drawn; the exact test decides. An
// edge that meets no ring lies on one side of each of them as a whole, so one of its points tells
// which: that is how edges wholly inside an area are found.

namespace route {
namespace {

/// A ring and all it goes round.
class Ring {
 public:
  explicit Ring(const Polyline& points) : points_(points), segments_({&points, 1}) {}

  [[nodiscard]] bool touches(std::span<const LatLon> line) const {
    return segments_.rings_touch(line);
  }
  [[nodiscard]] bool surrounds(LatLon place) const { return goes_round(points_, place); }
  /// The even-odd rule, so that a hole that overlaps itself opens less rather than more.
  [[nodiscard]] bool cuts_out(LatLon place) const { return inside({&points_, 1}, place); }
  [[nodiscard]] const Box& box() const { return segments_.box(); }

 private:
  const Polyline& points_;
  BandedPolygon segments_;
};

bool touches_area(const Ring& outline, std::span<const Ring> holes, std::span<const LatLon> shape) {
  if (outline.touches(shape)) {
    return true;
  }
  return outline.surrounds(shape.front()) &&
         std::none_of(holes.begin(), holes.end(), [shape](const Ring& hole) {
           return !hole.touches(shape) && hole.cuts_out(shape.front());
         });
}

void add_area(const RoadGraph& graph, const EdgeIndex& index, const ClosedArea& area,
              std::vector<EdgeId>& edges) {
  if (area.rings.empty()) {
    return;
  }
  const Ring outline(area.rings.front());
  std::vector<Ring> holes;
  for (std::size_t i = 1; i < area.rings.size(); ++i) {
    holes.emplace_back(area.rings[i]);
  }
  for (const EdgeId edge : index.near(outline.box())) {
    if (touches_area(outline, holes, graph.shape(edge))) {
      edges.push_back(edge);
    }
  }
}

void add_line(const RoadGraph& graph, const EdgeIndex& index, const Polyline& line,
              std::vector<EdgeId>& edges) {
  const BandedPolygon segments({&line, 1});
  for (const EdgeId edge : index.near(segments.box())) {
    if (segments.rings_touch(graph.shape(edge))) {
      edges.push_back(edge);
    }
  }
}

/// Edges by the ways that somebody asks for. 0 is no way: roads without id have it.
std::map<std::int64_t, std::vector<EdgeId>> edges_of_ways(const RoadGraph& graph,
                                                          std::span<const Closure> closures) {
  std::map<std::int64_t, std::vector<EdgeId>> asked;
  for (const Closure& closure : closures) {
    for (const std::int64_t way : closure.ways) {
      asked[way];
    }
  }
  if (!asked.empty()) {
    for (const EdgeId edge : graph.edges()) {
      const auto found = asked.find(graph.road(edge).way_id);
      if (graph.road(edge).way_id != 0 && found != asked.end()) {
        found->second.push_back(edge);
      }
    }
  }
  return asked;
}

void put_in_order(std::vector<EdgeId>& edges) {
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
}

/// Members common to all features of a closure.
void append_properties(std::string& text, const Closure& closure) {
  if (closure.from_s.has_value()) {
    text += R"(,"from_min":)";
    append_minutes(text, *closure.from_s);
  }
  if (closure.until_s.has_value()) {
    text += R"(,"until_min":)";
    append_minutes(text, *closure.until_s);
  }
  if (!closure.profiles.empty()) {
    std::string names;
    for (const std::string& name : closure.profiles) {
      names += (names.empty() ? "" : ";") + name;
    }
    text += R"(,"profiles":)";
    append_quoted(text, names);
  }
  text += R"(,"reason":)";
  append_quoted(text, closure.reason);
}

void begin_feature(std::string& text, const char* kind) {
  text += text.back() == '[' ? "\n" : ",\n";
  text += R"({"type":"Feature","properties":{"kind":")";
  text += kind;
  text += '"';
}

void append_areas(std::string& text, const Closure& closure) {
  begin_feature(text, "area");
  append_properties(text, closure);
  text += R"(},"geometry":{"type":"MultiPolygon","coordinates":[)";
  for (std::size_t area = 0; area < closure.areas.size(); ++area) {
    text += area == 0 ? "[" : ",[";
    const auto& rings = closure.areas[area].rings;
    for (std::size_t ring = 0; ring < rings.size(); ++ring) {
      text += ring == 0 ? "" : ",";
      append_line(text, rings[ring]);
    }
    text += ']';
  }
  text += "]}}";
}

void append_lines(std::string& text, const Closure& closure) {
  begin_feature(text, "line");
  append_properties(text, closure);
  text += R"(},"geometry":{"type":"MultiLineString","coordinates":[)";
  for (std::size_t line = 0; line < closure.lines.size(); ++line) {
    text += line == 0 ? "" : ",";
    append_line(text, closure.lines[line]);
  }
  text += "]}}";
}

void append_ways(std::string& text, const Closure& closure) {
  begin_feature(text, "way");
  text += R"(,"way":")";
  for (std::size_t way = 0; way < closure.ways.size(); ++way) {
    text += (way == 0 ? "" : ";") + std::to_string(closure.ways[way]);
  }
  text += '"';
  append_properties(text, closure);
  text += R"(},"geometry":null})";
}

}  // namespace

bool Closure::holds_for(std::string_view profile) const {
  return profiles.empty() || std::find(profiles.begin(), profiles.end(), profile) != profiles.end();
}

bool Closure::in_force(std::uint32_t at_s) const {
  return from_s.value_or(0) <= at_s && (!until_s.has_value() || at_s < *until_s);
}

ClosureEffect closure_effect(const RoadGraph& graph, std::span<const Closure> closures) {
  ClosureEffect effect;
  if (closures.empty()) {
    return effect;
  }
  const EdgeIndex index(graph);
  const auto ways = edges_of_ways(graph, closures);
  for (const Closure& closure : closures) {
    std::vector<EdgeId> edges;
    for (const ClosedArea& area : closure.areas) {
      add_area(graph, index, area, edges);
    }
    for (const Polyline& line : closure.lines) {
      add_line(graph, index, line, edges);
    }
    for (const std::int64_t way : closure.ways) {
      const auto& of_way = ways.at(way);
      edges.insert(edges.end(), of_way.begin(), of_way.end());
    }
    put_in_order(edges);
    effect.edges.push_back(std::move(edges));
  }
  for (const auto& [way, edges] : ways) {
    if (edges.empty()) {
      effect.unknown_ways.push_back(way);
    }
  }
  return effect;
}

std::vector<EdgeId> closed_edges(std::span<const Closure> closures, const ClosureEffect& effect,
                                 std::string_view profile, std::uint32_t at_s) {
  TOMONI_EXPECT(effect.edges.size() == closures.size());
  std::vector<EdgeId> closed;
  for (std::size_t i = 0; i < closures.size(); ++i) {
    if (closures[i].holds_for(profile) && closures[i].in_force(at_s)) {
      closed.insert(closed.end(), effect.edges[i].begin(), effect.edges[i].end());
    }
  }
  put_in_order(closed);
  return closed;
}

std::vector<std::pair<EdgeId, std::uint32_t>> first_closings(std::span<const Closure> closures,
                                                             const ClosureEffect& effect,
                                                             std::string_view profile) {
  TOMONI_EXPECT(effect.edges.size() == closures.size());
  std::map<EdgeId, std::uint32_t> first;
  for (std::size_t i = 0; i < closures.size(); ++i) {
    if (!closures[i].holds_for(profile)) {
      continue;
    }
    const std::uint32_t from_s = closures[i].from_s.value_or(0);
    for (const EdgeId edge : effect.edges[i]) {
      const auto [place, added] = first.emplace(edge, from_s);
      place->second = std::min(place->second, from_s);
    }
  }
  return {first.begin(), first.end()};
}

std::string closures_geojson(std::span<const Closure> closures) {
  std::string text = R"({"type":"FeatureCollection","features":[)";
  for (const Closure& closure : closures) {
    if (!closure.areas.empty()) {
      append_areas(text, closure);
    }
    if (!closure.lines.empty()) {
      append_lines(text, closure);
    }
    if (!closure.ways.empty()) {
      append_ways(text, closure);
    }
  }
  return text + "\n]}\n";
}

}  // namespace route
