// SPDX-License-Identifier: Apache-2.0
#include "household_ruin.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <utility>

#include "load_cycles.hpp"

namespace route {
namespace {

constexpr std::size_t kMostMoves = 3;
constexpr std::size_t kRoundsPerHousehold = 20;
constexpr std::uint64_t kMostSteps = 200'000'000;  // well below a second
constexpr std::uint32_t kMostFromOnePlace = 4;

class Ruin {
 public:
  explicit Ruin(HouseholdSeating& seating)
      : seating_(seating), cycles_(seating), best_(seating.places()) {}

  void round() {
    const auto out = take_out();
    recreate(out);
    improve();
    keep_or_restore();
  }
  [[nodiscard]] std::uint64_t steps() const { return cycles_.steps(); }

 private:
  std::uint32_t draw(std::size_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }

  /// Some of two shelters and of those left out.
  std::vector<std::uint32_t> take_out() {
    std::set<std::uint32_t> out;
    for (const std::uint32_t place :
         {draw(seating_.outside()), draw(seating_.outside()), seating_.outside()}) {
      const auto& members = seating_.members(place);
      for (std::uint32_t i = 1 + draw(kMostFromOnePlace); i > 0 && !members.empty(); --i) {
        out.insert(members[draw(members.size())]);
      }
    }
    std::vector<HouseholdMove> moves;
    for (const std::uint32_t person : out) {
      if (seating_.place_of(person) != seating_.outside()) {
        moves.push_back({person, seating_.place_of(person), seating_.outside()});
      }
    }
    cycles_.carry_out(moves);
    return {out.begin(), out.end()};
  }

  /// In drawn order to the cheapest place with room, now and then to the next.
  void recreate(std::vector<std::uint32_t> people) {
    for (std::size_t left = people.size(); left > 0; --left) {
      const std::size_t next = draw(left);
      const std::uint32_t person = people[next];
      people[next] = people[left - 1];
      std::uint32_t first = seating_.outside();
      std::uint32_t second = seating_.outside();
      for (std::uint32_t place = 0; place < seating_.outside(); ++place) {
        if (!seating_.fits(person, place)) {
          continue;
        }
        if (seating_.cost(person, place) < seating_.cost(person, first)) {
          second = std::exchange(first, place);
        } else if (seating_.cost(person, place) < seating_.cost(person, second)) {
          second = place;
        }
      }
      const std::uint32_t chosen = draw(4) == 0 ? second : first;
      if (chosen != seating_.outside()) {
        cycles_.carry_out({{person, seating_.outside(), chosen}});
      }
    }
  }

  void improve() {
    std::set<std::uint32_t> touched{seating_.outside()};
    for (std::uint32_t person = 0; person < best_.size(); ++person) {
      if (seating_.place_of(person) != best_[person]) {
        touched.insert({seating_.place_of(person), best_[person]});
      }
    }
    for (const std::uint32_t place : touched) {
      while (cycles_.improve(place, kMostMoves)) {
      }
    }
  }

  void keep_or_restore() {
    Cost more = 0;
    std::vector<HouseholdMove> back;
    for (std::uint32_t person = 0; person < best_.size(); ++person) {
      const std::uint32_t place = seating_.place_of(person);
      if (place != best_[person]) {
        more += seating_.cost(person, place) - seating_.cost(person, best_[person]);
        back.push_back({person, place, best_[person]});
      }
    }
    if (more > 0) {
      cycles_.carry_out(back);
      return;
    }
    for (const HouseholdMove& move : back) {
      best_[move.person] = move.from;
    }
  }

  HouseholdSeating& seating_;
  LoadCycles cycles_;
  std::vector<std::uint32_t> best_;
  std::mt19937 engine_;  // default seed: the same everywhere
};

}  // namespace

void ruin_and_recreate(HouseholdSeating& seating) {
  if (seating.outside() == 0) {
    return;
  }
  Ruin ruin(seating);
  const std::size_t rounds = kRoundsPerHousehold * seating.places().size();
  for (std::size_t round = 0; round < rounds && ruin.steps() < kMostSteps; ++round) {
    ruin.round();
  }
}

}  // namespace route
