// SPDX-License-Identifier: Apache-2.0
#include "route/shelter_assignment.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

#include "route/error.hpp"

// Problem: seat as many people as possible, then at least total cost.
//
// One more "shelter", `outside`, takes everybody at a cost larger than any total; minimising the
// sum then minimises the number left out first. People are added one by one. A new person i enters
// some shelter j; if it is full somebody moves on to another, and so on until a free seat:
//   move(j, k) = min over p seated in j of cost(p, k) - cost(p, j).
// A shortest such chain keeps the assignment of all people so far optimal (no negative cycle).
// Prices v >= 0, 0 while a shelter has room, keep move(j, k) - v_j + v_k >= 0, so Dijkstra on the
// dense shelter graph finds the chain: O(shelters^2) per person, plus the heaps behind move().
//
// Trap: heap entries of people who have moved away stay behind and are dropped when they surface.

namespace route {
namespace {

using Cost = std::int64_t;
constexpr Cost kNever = std::numeric_limits<Cost>::max() / 4;
constexpr std::size_t kNowhere = std::numeric_limits<std::size_t>::max();

class ShelterGraph {
 public:
  explicit ShelterGraph(const AssignmentProblem& problem)
      : problem_(problem),
        outside_(problem.capacity.size()),
        places_(outside_ + 1),
        seat_of_(problem.costs.sources(), kNowhere),
        used_(places_, 0),
        price_(places_, 0),
        moves_(places_ * places_) {
    Weight dearest = 0;
    for (std::size_t person = 0; person < seat_of_.size(); ++person) {
      for (std::size_t shelter = 0; shelter < outside_; ++shelter) {
        const Weight weight = problem.costs.at(person, shelter);
        dearest = weight < kInfinity ? std::max(dearest, weight) : dearest;
      }
    }
    outside_cost_ = (Cost{dearest} + 1) * (static_cast<Cost>(seat_of_.size()) + 1);
  }

  void add(std::size_t person) {
    shortest_chain(person);
    std::size_t place = chain_end_;
    while (from_[place] != kNowhere) {
      const std::size_t before = from_[place];
      seat(top(before, place).second, place);
      place = before;
    }
    seat(person, place);
    ++used_[chain_end_];
    for (std::size_t other = 0; other < places_; ++other) {
      price_[other] += std::max<Cost>(0, label_[chain_end_] - label_[other]);
    }
  }

  [[nodiscard]] std::size_t outside() const { return outside_; }
  [[nodiscard]] std::size_t seat_of(std::size_t person) const { return seat_of_[person]; }

 private:
  using Move = std::pair<Cost, std::size_t>;  // extra cost, person
  using MoveHeap = std::priority_queue<Move, std::vector<Move>, std::greater<>>;

  [[nodiscard]] Cost cost(std::size_t person, std::size_t place) const {
    if (place == outside_) {
      return outside_cost_;
    }
    const Weight weight = problem_.costs.at(person, place);
    return weight < kInfinity ? Cost{weight} : kNever;
  }

  [[nodiscard]] bool has_room(std::size_t place) const {
    return place == outside_ || used_[place] < problem_.capacity[place];
  }

  /// Cheapest person to move from one place to another; `kNever` when nobody can.
  [[nodiscard]] Move top(std::size_t from, std::size_t to) {
    MoveHeap& heap = moves_[from * places_ + to];
    while (!heap.empty() && seat_of_[heap.top().second] != from) {
      heap.pop();
    }
    return heap.empty() ? Move{kNever, 0} : heap.top();
  }

  void seat(std::size_t person, std::size_t place) {
    seat_of_[person] = place;
    if (place == outside_) {
      return;  // nobody comes back: the seats only get fewer
    }
    for (std::size_t other = 0; other < places_; ++other) {
      const Cost there = cost(person, other);
      if (other != place && there < kNever) {
        moves_[place * places_ + other].emplace(there - cost(person, place), person);
      }
    }
  }

  /// Dijkstra from the person over the places; stops at the first settled one with room. Labels of
  /// unsettled places are not below that one's, so they do not touch the prices.
  void shortest_chain(std::size_t person) {
    label_.assign(places_, kNever);
    from_.assign(places_, kNowhere);
    std::vector<bool> settled(places_, false);
    for (std::size_t place = 0; place < places_; ++place) {
      const Cost enter = cost(person, place);
      label_[place] = enter < kNever ? enter + price_[place] : kNever;
    }
    while (true) {
      std::size_t next = kNowhere;
      for (std::size_t place = 0; place < places_; ++place) {
        if (!settled[place] && (next == kNowhere || label_[place] < label_[next])) {
          next = place;
        }
      }
      if (has_room(next)) {  // always found: `outside` has room and can be entered directly
        chain_end_ = next;
        return;
      }
      settled[next] = true;
      for (std::size_t place = 0; place < places_; ++place) {
        relax(next, place, settled[place]);
      }
    }
  }

  void relax(std::size_t from, std::size_t to, bool settled) {
    const Cost extra = settled ? kNever : top(from, to).first;
    if (extra == kNever) {
      return;
    }
    const Cost through = label_[from] + extra - price_[from] + price_[to];
    if (through < label_[to]) {
      label_[to] = through;
      from_[to] = from;
    }
  }

  const AssignmentProblem& problem_;
  std::size_t outside_;
  std::size_t places_;
  Cost outside_cost_ = 0;
  std::vector<std::size_t> seat_of_;
  std::vector<std::uint32_t> used_;
  std::vector<Cost> price_;
  std::vector<MoveHeap> moves_;
  std::vector<Cost> label_;
  std::vector<std::size_t> from_;
  std::size_t chain_end_ = kNowhere;
};

bool has_permitted_shelter(const DistanceTable& costs, std::size_t person) {
  for (std::size_t shelter = 0; shelter < costs.targets(); ++shelter) {
    if (costs.at(person, shelter) < kInfinity) {
      return true;
    }
  }
  return false;
}

/// Smallest valid prices for the number of people seated now: the most a chain of moves into one
/// more seat saves. `outside` costs nothing here and may be entered only as often as it is left,
/// so it is one more place on the chain. No cycle saves anything, so the relaxation ends after at
/// most as many rounds as there are places.
class PriceFinder {
 public:
  PriceFinder(const AssignmentProblem& problem, const Assignment& assignment)
      : outside_(problem.capacity.size()),
        places_(outside_ + 1),
        move_(places_ * places_, kNever),
        price_(places_, 0) {
    price_[outside_] = -kNever;  // nobody has been put there yet
    for (std::size_t person = 0; person < assignment.shelter.size(); ++person) {
      add_moves(problem.costs, assignment, person);
    }
  }

  [[nodiscard]] std::vector<std::uint64_t> find() {
    bool changed = true;
    for (std::size_t round = 0; changed; ++round) {
      TOMONI_EXPECT(round <= places_);
      changed = false;
      for (std::size_t from = 0; from < places_; ++from) {
        for (std::size_t to = 0; to < places_; ++to) {
          changed = raise(from, to) || changed;
        }
      }
    }
    return {price_.begin(), price_.end() - 1};
  }

 private:
  void add_moves(const DistanceTable& costs, const Assignment& assignment, std::size_t person) {
    const bool seated = assignment.shelter[person] != Assignment::kNone;
    const std::size_t from =
        seated ? static_cast<std::size_t>(assignment.shelter[person]) : outside_;
    const Cost now = seated ? Cost{costs.at(person, from)} : 0;
    for (std::size_t to = 0; to < outside_; ++to) {
      const Weight weight = costs.at(person, to);
      if (weight < kInfinity) {
        Cost& extra = move_[from * places_ + to];
        extra = std::min(extra, Cost{weight} - now);
      }
    }
    Cost& leave = move_[from * places_ + outside_];
    leave = std::min(leave, -now);
  }

  bool raise(std::size_t from, std::size_t to) {
    const Cost extra = move_[from * places_ + to];
    if (from == to || extra == kNever || price_[from] == -kNever ||
        price_[from] - extra <= price_[to]) {
      return false;
    }
    price_[to] = price_[from] - extra;
    return true;
  }

  std::size_t outside_;
  std::size_t places_;
  std::vector<Cost> move_;
  std::vector<Cost> price_;
};

std::uint64_t bound_from_prices(const AssignmentProblem& problem, const Assignment& assignment) {
  std::vector<std::uint64_t> cheapest;  // m_i of the header
  for (std::size_t person = 0; person < assignment.shelter.size(); ++person) {
    std::uint64_t best = std::numeric_limits<std::uint64_t>::max();
    for (std::size_t shelter = 0; shelter < problem.capacity.size(); ++shelter) {
      const Weight weight = problem.costs.at(person, shelter);
      if (weight < kInfinity) {
        best = std::min(best, weight + assignment.seat_price[shelter]);
      }
    }
    cheapest.push_back(best);
  }
  std::sort(cheapest.begin(), cheapest.end());
  const std::size_t seated = assignment.shelter.size() - assignment.unassigned;
  std::uint64_t bound = 0;
  for (std::size_t rank = 0; rank < seated; ++rank) {
    bound += cheapest[rank];
  }
  for (std::size_t shelter = 0; shelter < problem.capacity.size(); ++shelter) {
    bound -= problem.capacity[shelter] * assignment.seat_price[shelter];
  }
  return bound;
}

}  // namespace

Assignment assign_shelters(const AssignmentProblem& problem) {
  TOMONI_EXPECT(problem.costs.targets() == problem.capacity.size());
  const std::size_t people = problem.costs.sources();
  Assignment result;
  result.shelter.assign(people, Assignment::kNone);
  result.reason.assign(people, Unassigned::NoPermittedShelter);
  result.used.assign(problem.capacity.size(), 0);

  ShelterGraph graph(problem);
  std::vector<std::size_t> candidates;
  for (std::size_t person = 0; person < people; ++person) {
    if (has_permitted_shelter(problem.costs, person)) {
      graph.add(person);
      candidates.push_back(person);
    }
  }
  for (const std::size_t person : candidates) {
    result.reason[person] = Unassigned::SheltersFull;
    const std::size_t shelter = graph.seat_of(person);
    if (shelter != graph.outside()) {
      result.shelter[person] = static_cast<std::int32_t>(shelter);
      ++result.used[shelter];
      result.total_cost += problem.costs.at(person, shelter);
    }
  }
  result.unassigned = static_cast<std::size_t>(
      std::count(result.shelter.begin(), result.shelter.end(), Assignment::kNone));
  result.seat_price = PriceFinder(problem, result).find();
  result.lower_bound = bound_from_prices(problem, result);
  return result;
}

}  // namespace route
