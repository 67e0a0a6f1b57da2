// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "seating_problem.hpp"

// Problem: seat as many as possible (higher precedence first), then at least total cost; every seat
// of a household for itself, and only the first of them needs a place for the special need.
//
// Residual graph. Nodes: per shelter its seats, per shelter and need class the places for it, and
// `ground`, which is both the free seats and the outside where people without a seat are. Arcs:
//   move(j, k) = min over s seated in j of cost(s, k) - cost(s, j), for each need class;
//   places -> seats of the same shelter while the need class has room, back while it is used;
//   seats -> ground while there are free ones, ground -> seats always (gives a seat back).
// Being outside costs (1 + precedence) * M. A cycle without repetition passes the ground once, so
// it brings one in and puts one out at most: M above any sum along a cycle and steps of M between
// the classes are lexicographic already.
// Invariant: prices v with v_ground = 0 and arc + v_head - v_tail >= 0 on all residual arcs: no
// negative cycle, so the seating is optimal. Every edit makes one arc wrong at a time; a shortest
// path (Dijkstra, dense) closes the cheapest cycle through it. One path: O(nodes x shelters).
// After Ahuja, Magnanti, Orlin: Network Flows, 1993, §9.7; the people are folded into the arcs.

namespace route {

class ShelterGraph {
 public:
  /// One seat wanted by a person.
  struct Unit {
    std::uint32_t person = 0;
    std::uint32_t layer = 0;  ///< need class, 0 when it is not limited
    std::uint32_t place = 0;  ///< shelter, or `outside()`; meaningless once removed
    std::uint32_t slot = 0;   ///< position among the members of its place
    Cost outside = 0;         ///< of having no seat
  };

  /// Seats everybody, in index order.
  explicit ShelterGraph(SeatingProblem problem);

  [[nodiscard]] const SeatingProblem& problem() const { return problem_; }
  [[nodiscard]] std::uint32_t outside() const {
    return static_cast<std::uint32_t>(problem_.shelters());
  }
  [[nodiscard]] std::span<const Unit> units() const { return units_; }
  [[nodiscard]] std::span<const Unit> units_of(std::size_t person) const {
    return std::span(units_).subspan(first_unit_[person], problem_.parties[person].seats);
  }
  [[nodiscard]] std::uint32_t used(std::size_t shelter) const { return used_[shelter]; }
  [[nodiscard]] std::size_t layers() const { return layers_.size(); }
  [[nodiscard]] std::uint32_t places(std::size_t layer, std::size_t shelter) const {
    return layers_[layer].limit[shelter];
  }
  [[nodiscard]] std::size_t members(std::size_t layer, std::size_t place) const {
    return layers_[layer].members[place].size();
  }
  /// move(from, to) above; `kNever` when nobody can.
  [[nodiscard]] Cost extra(std::size_t layer, std::size_t from, std::size_t to) const {
    return layers_[layer].extra[from * (problem_.shelters() + 1) + to];
  }

  std::size_t add_person(std::span<const Weight> costs, const Party& party);
  void remove_person(std::size_t person);
  void set_costs(std::size_t person, std::span<const Weight> costs);
  void set_capacity(std::size_t shelter, std::uint32_t seats);
  void set_places(std::size_t shelter, std::uint8_t need, std::uint32_t places);
  /// Into this shelter whatever it costs the others. For one seat.
  void force(std::size_t person, std::size_t shelter);

 private:
  static constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t kStart = kNobody;
  static constexpr std::uint32_t kUnlimited = kNobody;
  static constexpr Cost kUnreached = kNever / 2;
  static constexpr Cost kForced = kNever / 8;

  struct Member {
    std::uint32_t unit;
    std::uint32_t person;
    Cost now;  // what it costs to be here
  };
  struct Layer {
    std::vector<std::uint32_t> limit;          // by shelter
    std::vector<std::vector<Member>> members;  // by place, the outside last
    std::vector<Cost> extra;                   // places x places
    std::vector<std::uint32_t> mover;          // who that is; ties to the lower unit
  };
  struct Step {
    std::uint32_t from;
    std::uint32_t unit;  // kNobody: nobody moves, only room is passed on
  };

  [[nodiscard]] std::size_t node(std::size_t layer, std::size_t shelter) const {
    return layer * problem_.shelters() + shelter;
  }
  [[nodiscard]] bool has_room(std::size_t shelter) const {
    return used_[shelter] < problem_.capacity[shelter];
  }
  [[nodiscard]] Cost cost(const Unit& unit, std::size_t place) const;
  void add_units(std::size_t person);
  void sit(std::uint32_t unit, std::size_t place);
  void leave(std::uint32_t unit);
  [[nodiscard]] std::uint32_t twin_of(const Unit& one, std::size_t place) const;
  void find_movers(Layer& layer, std::size_t place);
  void consider(Layer& layer, std::size_t place, const Member& member, std::size_t to);

  void insert(std::uint32_t unit);
  void remove(std::uint32_t unit);
  void push(std::size_t source, std::size_t target);
  bool fill(std::size_t source, std::size_t target);

  void clear_labels();
  void search(std::size_t target, Cost limit);
  void relax(std::size_t from);
  void relax_moves(std::size_t from, const Layer& layer, std::size_t place);
  void relax_arc(std::size_t from, std::size_t to);
  void update_prices(Cost distance);
  std::size_t shift_along(std::size_t end);

  SeatingProblem problem_;
  std::size_t ground_;
  std::vector<Unit> units_;
  std::vector<std::size_t> first_unit_;  // by person
  std::vector<Layer> layers_;
  std::vector<std::uint32_t> used_;
  std::vector<Cost> price_;  // by node
  std::vector<Cost> label_;
  std::vector<Step> via_;
  std::vector<std::uint8_t> settled_;
  std::vector<std::uint32_t> columns_;
};

}  // namespace route
