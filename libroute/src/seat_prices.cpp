// SPDX-License-Identifier: Apache-2.0
#include "seat_prices.hpp"

#include <algorithm>

#include "route/error.hpp"

// Being outside costs nothing here, and each precedence class has an outside of its own, entered
// only as often as it is left: that keeps the number seated. No cycle saves anything, so the
// relaxation ends after at most as many rounds as there are nodes.

namespace route {
namespace {

class PriceFinder {
 public:
  explicit PriceFinder(const ShelterGraph& graph)
      : graph_(graph),
        shelters_(graph.problem().shelters()),
        nodes_(graph.layers() * shelters_),
        class_of_(kPrecedenceClasses, 0) {
    number_classes();
    leave_.assign(nodes_ * classes_, kNever);
    enter_.assign(nodes_ * classes_, kNever);
    for (const ShelterGraph::Unit& unit : graph.units()) {
      add_moves_outside(unit);
    }
    saved_.assign(nodes_ + classes_, -kNever);  // outside: nobody has been put there yet
    std::fill_n(saved_.begin(), shelters_, 0);
  }

  [[nodiscard]] SeatPrices find() {
    bool changed = true;
    for (std::size_t round = 0; changed; ++round) {
      TOMONI_EXPECT(round <= nodes_ + classes_);
      changed = false;
      for (std::size_t from = 0; from < nodes_; ++from) {
        changed = raise_all(from) || changed;
      }
      changed = raise_through_outside() || changed;
    }
    SeatPrices prices{{saved_.begin(), saved_.begin() + static_cast<std::ptrdiff_t>(shelters_)},
                      std::vector<Cost>(nodes_, 0)};
    for (std::size_t at = shelters_; at < nodes_; ++at) {
      prices.place[at] = std::max<Cost>(0, saved_[at] - prices.seat[at % shelters_]);
    }
    return prices;
  }

 private:
  void number_classes() {
    std::vector<bool> seen(kPrecedenceClasses, false);
    for (const Party& party : graph_.problem().parties) {
      seen[party.precedence] = true;
    }
    for (std::size_t precedence = 0; precedence < kPrecedenceClasses; ++precedence) {
      class_of_[precedence] = classes_;
      classes_ += seen[precedence] ? 1U : 0U;
    }
  }

  void add_moves_outside(const ShelterGraph::Unit& unit) {
    const SeatingProblem& problem = graph_.problem();
    const Party& party = problem.parties[unit.person];
    const std::size_t precedence = class_of_[party.precedence];
    const std::size_t first = unit.layer * shelters_;
    if (party.seats == 0) {
      return;  // removed
    }
    if (unit.place != graph_.outside()) {
      Cost& least = leave_[(first + unit.place) * classes_ + precedence];
      least = std::min(least, -Cost{problem.cost(unit.person, unit.place)});
      return;
    }
    for (std::size_t to = 0; to < shelters_; ++to) {
      const Weight weight = problem.cost(unit.person, to);
      Cost& least = enter_[(first + to) * classes_ + precedence];
      least = weight < kInfinity ? std::min(least, Cost{weight}) : least;
    }
  }

  bool raise(std::size_t from, std::size_t to, Cost extra) {
    if (extra == kNever || saved_[from] == -kNever || saved_[from] - extra <= saved_[to]) {
      return false;
    }
    saved_[to] = saved_[from] - extra;
    return true;
  }

  bool raise_all(std::size_t from) {
    const std::size_t layer = from / shelters_;
    const std::size_t shelter = from % shelters_;
    bool changed = false;
    for (std::size_t to = 0; to < shelters_; ++to) {
      changed = raise(from, layer * shelters_ + to, graph_.extra(layer, shelter, to)) || changed;
    }
    if (layer > 0 && graph_.members(layer, shelter) < graph_.places(layer, shelter)) {
      changed = raise(from, shelter, 0) || changed;
    }
    for (std::size_t need = 1; layer == 0 && need < graph_.layers(); ++need) {
      if (graph_.members(need, shelter) > 0) {
        changed = raise(from, need * shelters_ + shelter, 0) || changed;
      }
    }
    return changed;
  }

  bool raise_through_outside() {
    bool changed = false;
    for (std::size_t at = 0; at < nodes_; ++at) {
      for (std::size_t out = 0; out < classes_; ++out) {
        changed = raise(at, nodes_ + out, leave_[at * classes_ + out]) || changed;
        changed = raise(nodes_ + out, at, enter_[at * classes_ + out]) || changed;
      }
    }
    return changed;
  }

  const ShelterGraph& graph_;
  std::size_t shelters_;
  std::size_t nodes_;
  std::size_t classes_ = 0;
  std::vector<std::size_t> class_of_;
  std::vector<Cost> leave_;  // nodes x classes
  std::vector<Cost> enter_;
  std::vector<Cost> saved_;  // by node, then by class
};

/// m of the header for a person's need (its seat with the place) and for one companion.
struct Cheapest {
  Cost person = kNever;
  Cost companion = kNever;
};

Cheapest cheapest_of(const SeatingProblem& problem, const SeatPrices& prices, std::size_t person) {
  const std::size_t shelters = problem.shelters();
  const std::size_t need = problem.parties[person].need;
  const std::size_t layer = (need + 1) * shelters <= prices.place.size() ? need : 0;
  const Cost* const place = prices.place.data() + layer * shelters;
  const auto costs = problem.row(person);
  Cheapest best;
  for (std::size_t shelter = 0; shelter < shelters; ++shelter) {
    if (costs[shelter] < kInfinity) {
      const Cost seat = Cost{costs[shelter]} + prices.seat[shelter];
      best.companion = std::min(best.companion, seat);
      best.person = std::min(best.person, seat + place[shelter]);
    }
  }
  return best;
}

Cost sum_of_smallest(std::vector<Cost>& values, std::uint64_t count) {
  TOMONI_EXPECT(count <= values.size());
  const auto end = values.begin() + static_cast<std::ptrdiff_t>(count);
  if (end != values.end()) {
    std::nth_element(values.begin(), end, values.end());
  }
  Cost sum = 0;
  std::for_each(values.begin(), end, [&sum](Cost value) { sum += value; });
  return sum;
}

}  // namespace

SeatPrices find_seat_prices(const ShelterGraph& graph) {
  return PriceFinder(graph).find();
}

std::uint64_t bound_from_prices(const SeatingProblem& problem, const SeatPrices& prices,
                                const SeatsByClass& given) {
  std::vector<std::vector<Cost>> cheapest(kPrecedenceClasses);
  for (std::size_t person = 0; person < problem.people(); ++person) {
    const Party& party = problem.parties[person];
    if (party.seats > 0) {
      const Cheapest best = cheapest_of(problem, prices, person);
      auto& of_class = cheapest[party.precedence];
      of_class.push_back(best.person);
      of_class.insert(of_class.end(), party.seats - 1, best.companion);
    }
  }
  Cost bound = 0;
  for (std::size_t precedence = 0; precedence < kPrecedenceClasses; ++precedence) {
    bound += sum_of_smallest(cheapest[precedence], given[precedence]);
  }
  for (std::size_t shelter = 0; shelter < problem.shelters(); ++shelter) {
    bound -= Cost{problem.capacity[shelter]} * prices.seat[shelter];
  }
  for (const NeedLimit& limit : problem.limits) {
    bound -= Cost{limit.places} * prices.place[limit.need * problem.shelters() + limit.shelter];
  }
  return static_cast<std::uint64_t>(std::max<Cost>(0, bound));
}

}  // namespace route
