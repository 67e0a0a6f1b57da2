// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "seating_problem.hpp"

namespace route {

/// Households in shelters, and the room that is left. Having no seat is one more place, `outside`,
/// without limit; its cost puts the number of seats before cost and precedence before number.
class HouseholdSeating {
 public:
  /// Everybody outside. The problem must outlive this.
  explicit HouseholdSeating(const SeatingProblem& problem);

  [[nodiscard]] const SeatingProblem& problem() const { return *problem_; }
  [[nodiscard]] std::uint32_t outside() const {
    return static_cast<std::uint32_t>(problem_->shelters());
  }
  [[nodiscard]] std::uint32_t seats(std::size_t person) const {
    return problem_->parties[person].seats;
  }
  [[nodiscard]] std::uint32_t place_of(std::size_t person) const { return place_of_[person]; }
  [[nodiscard]] const std::vector<std::uint32_t>& places() const { return place_of_; }
  [[nodiscard]] const std::vector<std::uint32_t>& members(std::size_t place) const {
    return members_[place];
  }
  /// Seats left.
  [[nodiscard]] std::uint32_t free(std::size_t place) const { return free_[place]; }
  /// A place for the person's need is left there, or none is needed.
  [[nodiscard]] bool has_place(std::size_t person, std::size_t place) const {
    return place == outside() || need_left_[need_entry(person, place)] > 0;
  }
  [[nodiscard]] bool fits(std::size_t person, std::size_t place) const {
    return seats(person) <= free_[place] && has_place(person, place);
  }
  /// Cost x seats; `kNever` where not permitted.
  [[nodiscard]] Cost cost(std::size_t person, std::size_t place) const {
    if (place == outside()) {
      return outside_cost_[problem_->parties[person].precedence] * seats(person);
    }
    const Weight weight = problem_->cost(person, place);
    return weight < kInfinity ? Cost{weight} * seats(person) : kNever;
  }
  /// Capacities may be overdrawn for a moment, while a cycle is carried out.
  void move(std::size_t person, std::size_t place);

 private:
  [[nodiscard]] std::size_t need_entry(std::size_t person, std::size_t place) const {
    const std::size_t need = problem_->parties[person].need;
    return (need < needs_ ? need : 0) * (problem_->shelters() + 1) + place;
  }
  void count(std::size_t person, std::size_t place, std::uint32_t sign);

  const SeatingProblem* problem_;
  std::size_t needs_;
  std::vector<Cost> outside_cost_;  // by precedence, for each seat
  std::vector<std::uint32_t> place_of_;
  std::vector<std::uint32_t> slot_;  // position among the members
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> need_left_;  // needs x places
};

}  // namespace route
