// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace route {

/// Clock time or duration of a chain, in whole seconds; clock times count from the order to leave.
using ChainSeconds = std::int64_t;
/// "No way", "may not help", "no limit". Several of them still add up without wrapping.
inline constexpr ChainSeconds kNeverInChain = std::numeric_limits<std::int64_t>::max() / 16;

/// Somebody to be fetched and taken to a shelter that is already chosen.
struct ChainPerson {
  std::uint32_t shelter = 0;
  std::uint32_t hands = 1;                ///< needed from the start of the preparation; 1 to 4
  std::uint32_t vehicle_seats = 0;        ///< one supporter must bring this many; 0: no vehicle
  ChainSeconds prepare = 0;               ///< from everybody's arrival until leaving
  ChainSeconds trip = 0;                  ///< from the person to the shelter
  ChainSeconds deadline = kNeverInChain;  ///< latest arrival at the shelter
  std::uint32_t weight = 1;               ///< of leaving the person behind: precedence class
};

struct ChainSupporter {
  ChainSeconds ready = 0;                ///< notified and able to leave the starting place
  ChainSeconds retreat = kNeverInChain;  ///< in a shelter by then: nobody is on the way later
  std::uint32_t hands = 1;               ///< brought to a person; at least 1
  std::uint32_t vehicle_seats = 0;       ///< 0: no vehicle
  std::uint32_t most_people = std::numeric_limits<std::uint32_t>::max();
};

enum class ChainDeadlines : std::uint8_t {
  Hard,  ///< who cannot be in the shelter by the deadline is left unserved, and reported
  Soft   ///< late is better than not at all
};

/// Supporters go from their own place to a person, prepare, take the person to the shelter, go from
/// there to the next one. Who needs several hands waits until enough supporters are there; they all
/// go along, and nobody who is not needed. One person per trip. Knows no names: indices, seconds
/// and hands only.
struct ChainProblem {
  std::vector<ChainPerson> people;
  std::vector<ChainSupporter> supporters;
  std::size_t shelters = 0;
  /// supporters x people: from the supporter's start; `kNeverInChain`: may not help, or no way.
  std::vector<ChainSeconds> to_person;
  /// shelters x people: on to the next person; `kNeverInChain`: no way.
  std::vector<ChainSeconds> from_shelter;
  ChainDeadlines deadlines = ChainDeadlines::Hard;
};

enum class Unserved : std::uint8_t {
  NoSupporter,    ///< nobody may help this person, or nobody has a way
  TooFewHands,    ///< all who may help together bring too few
  NoVehicle,      ///< nobody who may help has a vehicle large enough
  NoneInTime,     ///< not even first of all could the person be in the shelter by the deadline
  RetreatTime,    ///< only with supporters on the way after their retreat time
  SupportersBusy  ///< could be served alone; the supporters' time went where it helps more
};

/// What is minimised, the first that differs deciding.
struct ChainValue {
  std::uint64_t unserved = 0;  ///< sum of the weights of people left behind
  std::uint64_t late = 0;      ///< people after their deadline (soft deadlines only)
  ChainSeconds last = 0;       ///< last arrival at a shelter
  ChainSeconds sum = 0;        ///< of all arrivals at shelters
  friend auto operator<=>(const ChainValue&, const ChainValue&) = default;
};

struct ChainVisit {
  std::uint32_t person = 0;
  ChainSeconds arrival = 0;    ///< this supporter at the person
  ChainSeconds start = 0;      ///< preparation, when all hands are there
  ChainSeconds delivered = 0;  ///< at the shelter
  friend bool operator==(const ChainVisit&, const ChainVisit&) = default;
};

struct UnservedPerson {
  std::uint32_t person = 0;
  Unserved reason = Unserved::SupportersBusy;
  friend bool operator==(const UnservedPerson&, const UnservedPerson&) = default;
};

struct ChainPlan {
  std::vector<std::vector<ChainVisit>> visits;            ///< by supporter, in order
  std::vector<std::vector<std::uint32_t>> supporters_of;  ///< by person; empty: unserved
  std::vector<UnservedPerson> unserved;                   ///< by person index
  ChainValue value;
  /// No plan is below: each part holds for plans that leave as little behind as this one.
  ChainValue lower_bound;

  /// (last arrival - its bound) / bound; 0 proves that nobody could have been done sooner.
  [[nodiscard]] double gap() const;
};

struct ChainOptions {
  std::uint64_t iterations = 200'000;  ///< of the search; 0: list scheduling only
  std::uint64_t seed = 1;
};

/// List scheduling, then ruin and recreate (Schrimpf et al., J. Comput. Phys. 159, 2000; adjacent
/// strings and blinks after Christiaens and Vanden Berghe, Transp. Sci. 54(2), 2020). Stops after a
/// number of iterations, never by the clock; the same arguments give the same plan.
/// Bounds: each person alone; total work against the supporters' time, with the ways priced by a
/// minimum-cost flow.
[[nodiscard]] ChainPlan chain_supporters(const ChainProblem& problem, const ChainOptions& options);

}  // namespace route
