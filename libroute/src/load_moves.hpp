// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "household_seating.hpp"

namespace route {

/// One or two households moving together.
struct Bundle {
  static constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t first = kNobody;
  std::uint32_t second = kNobody;
};

/// The most seats that move at once: what the largest household has, or two pairs.
[[nodiscard]] std::uint32_t largest_load(const SeatingProblem& problem);

/// For every pair of places and every load of seats the cheapest household or two of that size to
/// move from the one to the other.
class LoadMoves {
 public:
  explicit LoadMoves(const HouseholdSeating& seating);

  /// In seats, ascending.
  [[nodiscard]] const std::vector<std::uint32_t>& loads() const { return loads_; }
  /// Extra cost by destination; `kNever` where nobody can move.
  [[nodiscard]] const Cost* extra(std::size_t from, std::size_t load) const {
    return &extra_[entry(from, load, 0)];
  }
  [[nodiscard]] const Bundle& bundle(std::size_t from, std::size_t load, std::size_t to) const {
    return bundle_[entry(from, load, to)];
  }
  /// After somebody has come to the place or left it.
  void refresh(const HouseholdSeating& seating, std::size_t from);

 private:
  struct Best {
    Cost extra = kNever;
    std::uint32_t person = Bundle::kNobody;
  };
  struct Few {
    Best alone;                 // anybody
    std::array<Best, 2> plain;  // without a limited need: they may move together
  };
  [[nodiscard]] std::size_t entry(std::size_t from, std::size_t load, std::size_t to) const {
    return (from * loads_.size() + load) * places_ + to;
  }
  void find_few(const HouseholdSeating& seating, std::size_t from);
  void offer(std::size_t at, Cost extra, const Bundle& bundle);

  std::size_t places_;
  std::vector<std::uint32_t> loads_;
  std::vector<std::size_t> load_of_;  // by seats
  std::vector<Cost> extra_;
  std::vector<Bundle> bundle_;
  std::vector<Few> few_;  // loads x places, of one row
};

}  // namespace route
