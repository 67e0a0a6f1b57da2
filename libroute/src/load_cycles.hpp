// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "load_moves.hpp"

namespace route {

/// A household that changes its place.
struct HouseholdMove {
  std::uint32_t person = 0;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

struct LoadCycle {
  Cost extra = 0;
  std::vector<HouseholdMove> moves = {};
};

/// Chains and cycles of loads: some seats go from one place to the next, where at least as many go
/// on as there is no room for, until the last fits in or goes where the first has left.
/// Every cycle that gains has a beginning from which all its partial sums gain (Lin and Kernighan,
/// 1973), so only such beginnings are followed.
class LoadCycles {
 public:
  /// `seating` must outlive this and be changed only through it.
  explicit LoadCycles(HouseholdSeating& seating);

  /// Carries out the best gaining cycle through the place, of so many moves at most; false when
  /// there is none.
  bool improve(std::size_t start, std::size_t most_moves);

  void carry_out(const std::vector<HouseholdMove>& moves);

  /// Elementary steps so far: a measure of effort that is the same on every machine.
  [[nodiscard]] std::uint64_t steps() const { return steps_; }

  /// The cheapest chain or cycle found that begins with this person moving there, gaining or not.
  [[nodiscard]] std::optional<LoadCycle> cheapest_with(std::uint32_t person, std::size_t to,
                                                       std::size_t most_moves);

 private:
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  struct Label {
    Cost cost = kNever;
    std::uint32_t before = kNone;  // state one move earlier
  };
  struct End {
    Cost cost = 0;
    std::size_t moves = 0;         // labels on the path
    std::uint32_t state = kNone;   // the last of them
    std::size_t closing_load = 0;  // carried back to the start; loads().size(): nothing
  };
  struct Start {
    std::size_t place;
    std::uint32_t seats;  // leaving it with the first move
    Cost below;           // labels from here on are not followed
  };

  [[nodiscard]] std::uint32_t state(std::size_t place, std::size_t load) const {
    return static_cast<std::uint32_t>(place * loads_.size() + load);
  }
  [[nodiscard]] std::size_t place_of(std::uint32_t at) const { return at / loads_.size(); }
  [[nodiscard]] bool on_path(std::size_t place, std::size_t depth, std::uint32_t at) const;
  void clear(std::size_t most_moves);
  void reach(std::size_t depth, std::uint32_t at, const Label& label);
  void extend(const Start& start, End& best);
  void extend_from(const Start& start, std::size_t depth, std::uint32_t at, End& best);
  void close(const Start& start, std::size_t depth, std::uint32_t at, End& best) const;
  [[nodiscard]] std::vector<std::uint32_t> path_to(const End& end) const;
  void add_bundle(std::size_t from, std::size_t load, std::size_t to,
                  std::vector<HouseholdMove>& moves) const;
  [[nodiscard]] std::vector<HouseholdMove> moves_of(std::size_t start, const End& end,
                                                    std::vector<HouseholdMove> moves) const;

  HouseholdSeating& seating_;
  LoadMoves table_;
  std::vector<std::uint32_t> loads_;
  std::uint64_t steps_ = 0;
  std::vector<std::vector<Label>> labels_;            // by number of moves - 1
  std::vector<std::vector<std::uint32_t>> frontier_;  // the states reached with so many
};

}  // namespace route
