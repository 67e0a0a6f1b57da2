// SPDX-License-Identifier: Apache-2.0
#include "transfer_bounds.hpp"

#include <algorithm>
#include <numeric>

// One place alone: the first vehicle with room for anybody there, over any way. All together: place
// p needs at least n_p trips in the largest vehicle, each of at least the shortest way in, boarding
// and the shortest way out, w_p; by time T vehicle v has made at most floor((T - ready_v) / min w)
// trips, and all of them together have T - ready_v seconds each.

namespace route {
namespace {

struct Trips {
  std::uint64_t count;
  ChainSeconds work;
};

class Bound {
 public:
  explicit Bound(const TransferProblem& problem) : problem_(problem) {}

  [[nodiscard]] ChainSeconds of_everybody() const {
    ChainSeconds bound = 0;
    std::vector<ChainSeconds> soonest(problem_.places.size(), kNeverInChain);
    for (std::size_t vehicle = 0; vehicle < problem_.vehicles.size(); ++vehicle) {
      const auto arrivals = earliest_arrivals(vehicle);
      for (std::size_t place = 0; place < arrivals.size(); ++place) {
        if (can_take(vehicle, place)) {
          soonest[place] = std::min(soonest[place], delivered(place, arrivals[place]));
        }
      }
    }
    for (std::size_t place = 0; place < soonest.size(); ++place) {
      if (problem_.places[place].waiting.people() > 0 && soonest[place] < kNeverInChain) {
        bound = std::max(bound, soonest[place]);
      }
    }
    return std::max(bound, by_work());
  }

 private:
  [[nodiscard]] bool can_take(std::size_t vehicle, std::size_t place) const {
    const TransferLoad& room = problem_.vehicles[vehicle].room;
    const TransferLoad& waiting = problem_.places[place].waiting;
    return (room.seated > 0 && waiting.seated > 0) ||
           (room.wheelchairs > 0 && waiting.wheelchairs > 0);
  }

  [[nodiscard]] ChainSeconds out(std::size_t place, std::size_t shelter) const {
    return problem_.to_shelter[place * problem_.shelters.size() + shelter];
  }
  [[nodiscard]] ChainSeconds back(std::size_t shelter, std::size_t place) const {
    return problem_.back[shelter * problem_.places.size() + place];
  }

  [[nodiscard]] ChainSeconds delivered(std::size_t place, ChainSeconds arrival) const {
    ChainSeconds soonest = kNeverInChain;
    for (std::size_t shelter = 0; shelter < problem_.shelters.size(); ++shelter) {
      if (problem_.shelters[shelter].free > 0) {
        const ChainSeconds there = arrival + problem_.places[place].boarding + out(place, shelter);
        soonest = std::min(soonest, std::max(there, problem_.shelters[shelter].opens));
      }
    }
    return soonest;
  }

  /// From the yard, or from a shelter after other trips.
  [[nodiscard]] std::vector<ChainSeconds> earliest_arrivals(std::size_t vehicle) const {
    const std::size_t places = problem_.places.size();
    std::vector<ChainSeconds> at(places);
    for (std::size_t place = 0; place < places; ++place) {
      at[place] = problem_.vehicles[vehicle].ready + problem_.to_place[vehicle * places + place];
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t from = 0; from < places; ++from) {
        for (std::size_t shelter = 0; shelter < problem_.shelters.size(); ++shelter) {
          const ChainSeconds there =
              std::max(at[from] + problem_.places[from].boarding + out(from, shelter),
                       problem_.shelters[shelter].opens);
          for (std::size_t to = 0; to < places; ++to) {
            if (there + back(shelter, to) < at[to]) {
              at[to] = there + back(shelter, to);
              changed = true;
            }
          }
        }
      }
    }
    return at;
  }

  [[nodiscard]] Trips trips_of(std::size_t place) const {
    TransferLoad most;
    ChainSeconds in = kNeverInChain;
    ChainSeconds leave = kNeverInChain;
    for (std::size_t vehicle = 0; vehicle < problem_.vehicles.size(); ++vehicle) {
      most.seated = std::max(most.seated, problem_.vehicles[vehicle].room.seated);
      most.wheelchairs = std::max(most.wheelchairs, problem_.vehicles[vehicle].room.wheelchairs);
      in = std::min(in, problem_.to_place[vehicle * problem_.places.size() + place]);
    }
    for (std::size_t shelter = 0; shelter < problem_.shelters.size(); ++shelter) {
      in = std::min(in, back(shelter, place));
      leave = std::min(leave, out(place, shelter));
    }
    const auto rounds = [](std::uint64_t waiting, std::uint64_t room) {
      return room == 0 ? 0 : (waiting + room - 1) / room;
    };
    const TransferLoad& waiting = problem_.places[place].waiting;
    const std::uint64_t count = std::max(rounds(waiting.seated, most.seated),
                                         rounds(waiting.wheelchairs, most.wheelchairs));
    return {count, in + problem_.places[place].boarding + leave};
  }

  [[nodiscard]] ChainSeconds by_work() const {
    std::uint64_t count = 0;
    ChainSeconds work = 0;
    ChainSeconds shortest = kNeverInChain;
    for (std::size_t place = 0; place < problem_.places.size(); ++place) {
      const Trips trips = trips_of(place);
      if (trips.count > 0 && trips.work < kNeverInChain) {
        count += trips.count;
        work += trips.work * static_cast<ChainSeconds>(trips.count);
        shortest = std::min(shortest, trips.work);
      }
    }
    ChainSeconds low = 0;
    ChainSeconds high = count == 0 ? 0 : latest_ready() + work;
    while (low < high) {
      const ChainSeconds middle = low + (high - low) / 2;
      if (enough(middle, count, work, std::max<ChainSeconds>(1, shortest))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  [[nodiscard]] ChainSeconds latest_ready() const {
    ChainSeconds latest = 0;
    for (const TransferVehicle& vehicle : problem_.vehicles) {
      latest = std::max(latest, vehicle.ready);
    }
    return latest;
  }

  [[nodiscard]] bool enough(ChainSeconds limit, std::uint64_t count, ChainSeconds work,
                            ChainSeconds shortest) const {
    std::uint64_t trips = 0;
    ChainSeconds time = 0;
    for (const TransferVehicle& vehicle : problem_.vehicles) {
      const ChainSeconds span = std::max<ChainSeconds>(0, limit - vehicle.ready);
      trips += static_cast<std::uint64_t>(span / shortest);
      time += span;
    }
    return time >= work && (trips >= count || work == 0);
  }

  const TransferProblem& problem_;
};

}  // namespace

ChainSeconds transfer_bound(const TransferProblem& problem, std::uint64_t left) {
  // Who is left behind could be anybody, so only plans that take all have a bound.
  return left > 0 || problem.vehicles.empty() || problem.shelters.empty()
             ? 0
             : Bound(problem).of_everybody();
}

}  // namespace route
