// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "route/distance_table.hpp"

namespace route {

/// Beside its seats a shelter may have few places for a special need (wheelchair, stretcher,
/// power): at most so many people of that need class.
struct NeedLimit {
  std::uint32_t shelter = 0;
  std::uint8_t need = 0;  ///< 1 and up
  std::uint32_t places = 0;
};

enum class AssignmentAim : std::uint8_t {
  LeastTotal,  ///< as many seats as possible, then the least sum of cost x seats
  WorstFirst   ///< as many seats as possible, then the shortest longest way, then the least sum
};

/// Who may go where at what cost. An entry of `kInfinity` in `costs` means not permitted or no way.
/// The lists by person may be left empty: one seat each, one precedence class, no special need.
struct AssignmentProblem {
  const DistanceTable& costs;               ///< people x shelters
  std::span<const std::uint32_t> capacity;  ///< seats per shelter
  /// Seats by person, 1 and up: with those who come along. They go to one shelter as a whole.
  std::span<const std::uint32_t> seats = {};
  /// By person; no seat of a higher class is given up for any number of lower ones.
  std::span<const std::uint8_t> precedence = {};
  /// By person; 0 = none. The person takes one place of the need class, companions take none.
  std::span<const std::uint8_t> need = {};
  std::span<const NeedLimit> need_limits = {};  ///< no entry = as many as there are seats
  AssignmentAim aim = AssignmentAim::LeastTotal;
};

enum class Unassigned : std::uint8_t {
  NoPermittedShelter,  ///< every entry of the person's row is infinite
  SheltersFull,        ///< permitted shelters exist, but every seat went where it helps more
  NeedPlacesFull,      ///< a permitted shelter has the seats, but no place left for the need
  HouseholdTooLarge,   ///< even empty no permitted shelter has so many seats
  Removed              ///< taken out by `ShelterAssigner::remove_person`; not counted
};

/// How far the places of one `NeedLimit` are used, and what one more would save (a dual, with the
/// seats at their prices): a used-up limit with a price is the one that binds.
struct NeedUse {
  NeedLimit limit;
  std::uint32_t used = 0;
  std::uint64_t price = 0;
};

struct Assignment {
  static constexpr std::int32_t kNone = -1;
  std::vector<std::int32_t> shelter;  ///< by person, or kNone
  std::vector<Unassigned> reason;     ///< by person; meaningful where shelter is kNone
  std::vector<std::uint32_t> used;    ///< seats taken, by shelter
  /// Dual: what one more seat in this shelter would save, in weight, with as many people seated
  /// as now (when seats are short it would also seat one more, which is not priced). A shelter
  /// without a price does not bind. With households: of the relaxation below.
  std::vector<std::uint64_t> seat_price;
  std::vector<NeedUse> need_use;  ///< by entry of `need_limits`
  std::uint64_t total_cost = 0;   ///< cost x seats of those assigned
  /// From costs and prices alone, with seats for themselves (households may be torn apart): with
  /// m_s = min_j(cost_sj + price_j) and K seats given, the sum of the K smallest m_s (in each
  /// precedence class its own K) minus sum_j(capacity_j * price_j), likewise for needs. No way to
  /// give K seats costs less; with one seat each it equals `total_cost`, which proves the optimum.
  std::uint64_t lower_bound = 0;
  std::size_t unassigned = 0;                ///< people
  std::uint64_t unassigned_seats = 0;        ///< seats they would have needed
  std::uint64_t least_unassigned_seats = 0;  ///< lower bound of the same, households torn apart
  Weight longest = 0;                        ///< the longest way of those assigned
  /// No assignment of as many seats has a shorter longest way; 0 unless `WorstFirst` was asked.
  Weight longest_bound = 0;

  /// (total_cost - lower_bound) / lower_bound; 0 is proven optimal.
  [[nodiscard]] double gap() const;
};

/// Seats as many as possible (higher precedence first), and among all ways to do so takes one of
/// least total cost. With one seat each exact: successive shortest paths on the graph of shelters
/// (a person moves from one shelter to another to make room), O(people x shelters^2). Households
/// make it NP-hard (generalised assignment): the same flow is the bound, then rounding and cycles
/// of moves; see `Assignment::gap`. Deterministic: people in index order, ties to the lower
/// shelter.
[[nodiscard]] Assignment assign_shelters(const AssignmentProblem& problem);

}  // namespace route
