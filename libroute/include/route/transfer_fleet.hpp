// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "route/supporter_chain.hpp"

namespace route {

/// Seats and places for wheelchairs, or people who need one or the other.
struct TransferLoad {
  std::uint32_t seated = 0;
  std::uint32_t wheelchairs = 0;
  [[nodiscard]] std::uint32_t people() const { return seated + wheelchairs; }
  friend bool operator==(const TransferLoad&, const TransferLoad&) = default;
};

struct TransferVehicle {
  TransferLoad room;
  ChainSeconds ready = 0;  ///< able to leave its yard
};

/// 指定避難所 where people wait for the second stage.
struct TransferPlace {
  TransferLoad waiting;
  ChainSeconds boarding = 0;  ///< of one vehicle, getting out included
};

/// 福祉避難所.
struct TransferShelter {
  std::uint32_t free = 0;  ///< people it can still take
  ChainSeconds opens = 0;  ///< vehicles wait until then
};

/// The second stage: vehicles take people from where they wait to welfare shelters, one place and
/// one shelter per trip (the bus evacuation problem: Goerigk, Grün, Hessler, Comput. Oper. Res. 40,
/// 2013). `kNeverInChain` in a table: no way.
struct TransferProblem {
  std::vector<TransferVehicle> vehicles;
  std::vector<TransferPlace> places;
  std::vector<TransferShelter> shelters;
  std::vector<ChainSeconds> to_place;    ///< vehicles x places: from the yard
  std::vector<ChainSeconds> to_shelter;  ///< places x shelters
  std::vector<ChainSeconds> back;        ///< shelters x places
};

struct TransferTrip {
  std::uint32_t place = 0;
  std::uint32_t shelter = 0;
  TransferLoad load;
  ChainSeconds arrival = 0;    ///< at the place
  ChainSeconds delivered = 0;  ///< at the shelter
  friend bool operator==(const TransferTrip&, const TransferTrip&) = default;
};

/// What is minimised, the first that differs deciding.
struct TransferValue {
  std::uint64_t left = 0;  ///< people who stay where they are: no room, or no way
  ChainSeconds last = 0;   ///< last arrival at a shelter
  ChainSeconds sum = 0;    ///< of everybody's arrivals
  friend auto operator<=>(const TransferValue&, const TransferValue&) = default;
};

struct TransferPlan {
  std::vector<std::vector<TransferTrip>> trips;  ///< by vehicle, in order
  std::vector<TransferLoad> left;                ///< by place
  TransferValue value;
  ChainSeconds lower_bound = 0;  ///< of the last arrival when as many are taken as here

  /// (last arrival - bound) / bound; 0 proves that it could not have been sooner.
  [[nodiscard]] double gap() const;
};

/// Greedy, then ruin and recreate; stops by iterations, deterministic for a seed.
[[nodiscard]] TransferPlan plan_transfers(const TransferProblem& problem,
                                          const ChainOptions& options);

}  // namespace route
