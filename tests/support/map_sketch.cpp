// SPDX-License-Identifier: Apache-2.0
#include "support/map_sketch.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "route/graph_builder.hpp"

namespace support {
namespace {

using route::LatLon;
using route::NodeId;
using route::Road;

struct Cell {
  int row = 0;
  int column = 0;

  friend bool operator==(const Cell&, const Cell&) = default;
  friend bool operator<(const Cell& a, const Cell& b) {
    return std::tie(a.row, a.column) < std::tie(b.row, b.column);
  }
  friend Cell operator+(Cell a, Cell b) { return {a.row + b.row, a.column + b.column}; }
};

constexpr Cell kRight{0, 1};
constexpr Cell kDown{1, 0};
constexpr std::array<Cell, 4> kDirections{kRight, kDown, Cell{0, -1}, Cell{-1, 0}};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

[[noreturn]] void fail(const std::string& what, Cell at) {
  throw std::invalid_argument("map sketch, row " + std::to_string(at.row) + ", column " +
                              std::to_string(at.column) + ": " + what);
}

// The characters by row and column; outside there is only space.
class Drawing {
 public:
  explicit Drawing(std::string_view text) : rows_(1) {
    for (const char c : text) {
      if (c == '\n') {
        rows_.emplace_back();
      } else {
        rows_.back().push_back(c);
      }
    }
  }

  [[nodiscard]] char at(Cell cell) const {
    const auto row = static_cast<std::size_t>(cell.row);
    const auto column = static_cast<std::size_t>(cell.column);
    const bool inside =
        cell.row >= 0 && cell.column >= 0 && row < rows_.size() && column < rows_[row].size();
    return inside ? rows_[row][column] : ' ';
  }

  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (std::size_t column = 0; column < rows_[row].size(); ++column) {
        visit(Cell{static_cast<int>(row), static_cast<int>(column)}, rows_[row][column]);
      }
    }
  }

 private:
  std::vector<std::string> rows_;
};

// 'r' road, 's' stairs, nothing if no line of this direction is drawn here.
std::optional<char> line_kind(char c, Cell direction) {
  const bool level = direction.row == 0;
  if (c == (level ? '-' : '|')) {
    return 'r';
  }
  return c == (level ? '=' : '"') ? std::optional('s') : std::nullopt;
}

std::vector<Cell> arms(const Drawing& drawing, Cell cell) {
  std::vector<Cell> found;
  for (const Cell direction : kDirections) {
    if (line_kind(drawing.at(cell + direction), direction)) {
      found.push_back(direction);
    }
  }
  return found;
}

bool is_bend(const Drawing& drawing, Cell cell) {
  if (drawing.at(cell) != '+') {
    return false;
  }
  const std::vector<Cell> lines = arms(drawing, cell);
  return lines.size() == 2 && line_kind(drawing.at(cell + lines[0]), lines[0]) ==
                                  line_kind(drawing.at(cell + lines[1]), lines[1]);
}

struct Line {
  std::vector<Cell> corners;
  char kind = 'r';
  int cells = 0;
  Cell last_direction;
};

// Walks from a node along a line, round its bends, to the next node.
Line follow(const Drawing& drawing, Cell from, Cell direction) {
  Line line;
  line.corners.push_back(from);
  line.kind = *line_kind(drawing.at(from + direction), direction);
  Cell cell = from;
  while (true) {
    cell = cell + direction;
    ++line.cells;
    const char c = drawing.at(cell);
    if (line_kind(c, direction) == line.kind) {
      continue;
    }
    if (!is_letter(c) && c != '+') {
      fail("the line ends nowhere", cell);
    }
    line.corners.push_back(cell);
    if (!is_bend(drawing, cell)) {
      line.last_direction = direction;
      return line;
    }
    const Cell back{-direction.row, -direction.column};
    const std::vector<Cell> lines = arms(drawing, cell);
    direction = lines[0] == back ? lines[1] : lines[0];
  }
}

// Square cells near Kumamoto; one degree there, measured once so that cells are square.
LatLon place_of(Cell cell, double metres_per_cell) {
  const LatLon origin = route::from_degrees(32.8, 130.7);
  const double degree_north_m =
      route::distance_m(route::from_degrees(32.795, 130.7), route::from_degrees(32.805, 130.7)) *
      100;
  const double degree_east_m = route::distance_m(origin, route::from_degrees(32.8, 130.71)) * 100;
  return route::from_degrees(origin.lat() - cell.row * metres_per_cell / degree_north_m,
                             origin.lon() + cell.column * metres_per_cell / degree_east_m);
}

Road road_of(const Line& line, double metres_per_cell) {
  Road road;
  road.road_class = line.kind == 's' ? route::RoadClass::Steps : route::RoadClass::Residential;
  road.surface = route::Surface::Paved;
  road.smoothness = route::Smoothness::Good;
  road.foot = route::Tri::Yes;
  road.wheelchair = line.kind == 's' ? route::Tri::No : route::Tri::Yes;
  road.vehicle = line.kind == 's' ? route::Tri::No : route::Tri::Yes;
  road.lit = route::Tri::Yes;
  road.width_cm = 300;
  road.incline_permille = 0;
  road.slope_permille = 0;
  road.length_mm = static_cast<std::uint32_t>(std::lround(line.cells * metres_per_cell * 1000));
  return road;
}

class Draughtsman {
 public:
  Draughtsman(std::string_view drawing, double metres_per_cell)
      : drawing_(drawing), metres_per_cell_(metres_per_cell) {}

  std::map<char, NodeId> place_nodes() {
    std::map<char, NodeId> named;
    drawing_.for_each([&](Cell cell, char c) {
      if (!is_letter(c) && c != '+') {
        if (std::string_view(" -|=\"").find(c) == std::string_view::npos) {
          fail(std::string("'") + c + "' has no meaning", cell);
        }
        return;
      }
      if (is_bend(drawing_, cell)) {
        return;
      }
      nodes_[cell] = builder_.add_node(place_of(cell, metres_per_cell_), c == '+' ? 0 : c);
      if (c != '+' && !named.emplace(c, nodes_[cell]).second) {
        fail(std::string("'") + c + "' is drawn twice", cell);
      }
    });
    return named;
  }

  // Every line is found from both ends; it is kept from the end that comes first on the sheet.
  route::RoadGraph draw_edges(const MapSketch::Change& change) {
    for (const auto& [cell, node] : nodes_) {
      for (const Cell direction : arms(drawing_, cell)) {
        const Line line = follow(drawing_, cell, direction);
        const Cell end = line.corners.back();
        const Cell end_direction{-line.last_direction.row, -line.last_direction.column};
        if (std::pair(cell, direction) < std::pair(end, end_direction)) {
          add(line, change);
        }
      }
    }
    return builder_.build();
  }

 private:
  void add(const Line& line, const MapSketch::Change& change) {
    Road road = road_of(line, metres_per_cell_);
    const Cell from = line.corners.front();
    const Cell to = line.corners.back();
    if (change) {
      change(drawing_.at(from), drawing_.at(to), road);
    }
    route::Polyline shape;
    for (const Cell corner : line.corners) {
      shape.push_back(place_of(corner, metres_per_cell_));
    }
    builder_.add_edge(nodes_.at(from), nodes_.at(to), road, shape);
  }

  Drawing drawing_;
  double metres_per_cell_;
  route::GraphBuilder builder_;
  std::map<Cell, NodeId> nodes_;
};

}  // namespace

MapSketch::MapSketch(std::string_view drawing, double metres_per_cell, const Change& change)
    : graph_(route::GraphBuilder().build()) {
  Draughtsman draughtsman(drawing, metres_per_cell);
  nodes_ = draughtsman.place_nodes();
  graph_ = draughtsman.draw_edges(change);
}

NodeId MapSketch::node(char name) const {
  const auto found = nodes_.find(name);
  if (found == nodes_.end()) {
    throw std::invalid_argument(std::string("map sketch: no node '") + name + "'");
  }
  return found->second;
}

route::EdgeId MapSketch::edge(char a, char b) const {
  route::EdgeId found;
  for (const route::ArcId arc : graph_.arcs_out(node(a))) {
    if (graph_.head(arc) == node(b) && graph_.edge(arc) != found) {
      if (found.valid()) {
        throw std::invalid_argument(std::string("map sketch: several edges ") + a + b);
      }
      found = graph_.edge(arc);
    }
  }
  if (!found.valid()) {
    throw std::invalid_argument(std::string("map sketch: no edge ") + a + b);
  }
  return found;
}

std::string MapSketch::names(std::span<const route::ArcId> arcs) const {
  const auto name_of = [this](NodeId node) {
    const auto letter = graph_.source_id(node);
    return letter == 0 ? '+' : static_cast<char>(letter);
  };
  std::string names;
  for (const route::ArcId arc : arcs) {
    if (names.empty()) {
      names.push_back(name_of(graph_.tail(arc)));
    }
    names.push_back(name_of(graph_.head(arc)));
  }
  return names;
}

}  // namespace support
