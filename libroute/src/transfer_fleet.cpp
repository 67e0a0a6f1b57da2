// SPDX-License-Identifier: Apache-2.0
#include "route/transfer_fleet.hpp"

#include <algorithm>
#include <cmath>

#include "route/error.hpp"
#include "search_random.hpp"
#include "transfer_bounds.hpp"

// A plan is a list of trips per vehicle, each with its load. Ruin takes some trips out, recreate
// first fills spare seats of trips that stay, then adds trips until nobody waits who could be
// taken: each where the vehicle is done soonest, for as many people as possible. Accepted is what
// shortens the last arrival, with simulated annealing; the mean end of the vehicles breaks the
// plateaus.

namespace route {
namespace {

constexpr double kLeftCost = 1e9;
constexpr double kMeanShare = 0.05;  // of the mean end against the last arrival
constexpr double kSumShare = 0.01;   // of people's mean arrival against the last
constexpr double kRuinedShare = 0.3;
constexpr double kHot = 0.03;  // of the first last arrival
constexpr double kCold = 0.0003;
constexpr double kBlink = 0.05;

using Routes = std::vector<std::vector<TransferTrip>>;

struct State {
  Routes routes;
  std::vector<TransferLoad> waiting;  // by place
  std::vector<std::uint32_t> free;    // by shelter
};

class TransferSearch {
 public:
  TransferSearch(const TransferProblem& problem, std::uint64_t seed)
      : problem_(problem), random_(seed) {
    now_.routes.resize(problem.vehicles.size());
    for (const TransferPlace& place : problem.places) {
      now_.waiting.push_back(place.waiting);
      everybody_ += place.waiting.people();
    }
    for (const TransferShelter& shelter : problem.shelters) {
      now_.free.push_back(shelter.free);
    }
  }

  void improve(std::uint64_t iterations) {
    recreate();
    best_ = now_;
    best_value_ = value();
    const double first = std::max(1.0, static_cast<double>(best_value_.last));
    Cooling cooling(kHot * first, kCold * first, iterations);
    double cost_now = cost();
    const ChainSeconds bound = transfer_bound(problem_, best_value_.left);
    for (std::uint64_t i = 0; i < iterations; ++i) {
      if (i > iterations / 4 && best_value_.left == 0 && best_value_.last == bound) {
        return;  // proven; a quarter of the effort went into the sum
      }
      const State before = now_;
      ruin();
      recreate();
      const double next = cost();
      if (next >= cost_now + cooling.step(random_)) {
        now_ = before;
        continue;
      }
      cost_now = next;
      if (const TransferValue found = value(); found < best_value_) {
        best_value_ = found;
        best_ = now_;
      }
    }
  }

  [[nodiscard]] TransferPlan best() const {
    return {best_.routes, best_.waiting, best_value_, transfer_bound(problem_, best_value_.left)};
  }

 private:
  [[nodiscard]] ChainSeconds way_to(std::size_t vehicle, const TransferTrip* before,
                                    std::size_t place) const {
    const std::size_t places = problem_.places.size();
    return before == nullptr ? problem_.to_place[vehicle * places + place]
                             : problem_.back[before->shelter * places + place];
  }

  /// Sets the times of a trip that follows another or the yard.
  void set_times(std::size_t vehicle, const TransferTrip* before, TransferTrip& trip) const {
    const ChainSeconds free_from =
        before == nullptr ? problem_.vehicles[vehicle].ready : before->delivered;
    trip.arrival = free_from + way_to(vehicle, before, trip.place);
    trip.delivered =
        std::max(trip.arrival + problem_.places[trip.place].boarding +
                     problem_.to_shelter[trip.place * problem_.shelters.size() + trip.shelter],
                 problem_.shelters[trip.shelter].opens);
  }

  void set_times(std::size_t vehicle) {
    std::vector<TransferTrip>& route = now_.routes[vehicle];
    const TransferTrip* before = nullptr;
    for (TransferTrip& trip : route) {
      set_times(vehicle, before, trip);
      before = &trip;
    }
  }

  /// When the vehicle would be done with one more trip before the given position.
  [[nodiscard]] ChainSeconds end_with(std::size_t vehicle, std::size_t position,
                                      TransferTrip trip) const {
    const std::vector<TransferTrip>& route = now_.routes[vehicle];
    set_times(vehicle, position == 0 ? nullptr : &route[position - 1], trip);
    for (std::size_t i = position; i < route.size() && trip.delivered < kNeverInChain; ++i) {
      TransferTrip next = route[i];
      set_times(vehicle, &trip, next);
      trip = next;
    }
    return trip.delivered;
  }

  [[nodiscard]] TransferLoad load_for(std::size_t vehicle, std::size_t place,
                                      std::uint32_t free) const {
    const TransferLoad& room = problem_.vehicles[vehicle].room;
    const TransferLoad& waiting = now_.waiting[place];
    TransferLoad load;
    load.wheelchairs = std::min({room.wheelchairs, waiting.wheelchairs, free});
    load.seated = std::min({room.seated, waiting.seated, free - load.wheelchairs});
    return load;
  }

  void take(std::size_t place, std::size_t shelter, TransferLoad load) {
    now_.waiting[place].seated -= load.seated;
    now_.waiting[place].wheelchairs -= load.wheelchairs;
    now_.free[shelter] -= load.people();
  }

  void put_back(const TransferTrip& trip) {
    now_.waiting[trip.place].seated += trip.load.seated;
    now_.waiting[trip.place].wheelchairs += trip.load.wheelchairs;
    now_.free[trip.shelter] += trip.load.people();
  }

  void ruin() {
    const double share = random_.unit() * 2 * kRuinedShare;
    for (std::size_t vehicle = 0; vehicle < now_.routes.size(); ++vehicle) {
      std::erase_if(now_.routes[vehicle], [&](const TransferTrip& trip) {
        const bool out = random_.chance(share);
        if (out) {
          put_back(trip);
        }
        return out;
      });
      set_times(vehicle);
    }
  }

  void fill_spare_seats() {
    for (std::size_t vehicle = 0; vehicle < now_.routes.size(); ++vehicle) {
      const TransferLoad& room = problem_.vehicles[vehicle].room;
      for (TransferTrip& trip : now_.routes[vehicle]) {
        const TransferLoad& waiting = now_.waiting[trip.place];
        const std::uint32_t free = now_.free[trip.shelter];
        TransferLoad more;
        more.wheelchairs =
            std::min({room.wheelchairs - trip.load.wheelchairs, waiting.wheelchairs, free});
        more.seated =
            std::min({room.seated - trip.load.seated, waiting.seated, free - more.wheelchairs});
        take(trip.place, trip.shelter, more);
        trip.load.seated += more.seated;
        trip.load.wheelchairs += more.wheelchairs;
      }
    }
  }

  void recreate() {
    fill_spare_seats();
    std::vector<std::size_t> order(problem_.places.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
      order[place] = place;
    }
    random_.shuffle(order);
    const double per_person = random_.chance(0.5) ? 0 : random_.unit() * 2;
    for (const std::size_t place : order) {
      while (now_.waiting[place].people() > 0 && add_trip(place, per_person)) {
      }
    }
  }

  /// The trip from this place after which its vehicle is done soonest; `per_person` also counts
  /// the added time for each person taken.
  bool add_trip(std::size_t place, double per_person) {
    TransferTrip trip;
    trip.place = static_cast<std::uint32_t>(place);
    double least = INFINITY;
    std::size_t best_vehicle = 0;
    std::size_t best_position = 0;
    TransferTrip best;
    for (std::uint32_t shelter = 0; shelter < now_.free.size(); ++shelter) {
      trip.shelter = shelter;
      for (std::size_t vehicle = 0; vehicle < now_.routes.size(); ++vehicle) {
        trip.load = load_for(vehicle, place, now_.free[shelter]);
        const std::vector<TransferTrip>& route = now_.routes[vehicle];
        const ChainSeconds end =
            route.empty() ? problem_.vehicles[vehicle].ready : route.back().delivered;
        for (std::size_t i = 0; trip.load.people() > 0 && i <= route.size(); ++i) {
          const ChainSeconds done = end_with(vehicle, i, trip);
          const double cost = static_cast<double>(done) +
                              per_person * static_cast<double>(done - end) / trip.load.people();
          const bool overlooked = least < INFINITY && random_.chance(kBlink);
          if (done < kNeverInChain && cost <= least && !overlooked) {
            least = cost;
            best_vehicle = vehicle;
            best_position = i;
            best = trip;
          }
        }
      }
    }
    if (least == INFINITY) {
      return false;
    }
    std::vector<TransferTrip>& route = now_.routes[best_vehicle];
    route.insert(route.begin() + static_cast<std::ptrdiff_t>(best_position), best);
    take(place, best.shelter, best.load);
    set_times(best_vehicle);
    return true;
  }

  [[nodiscard]] TransferValue value() const {
    TransferValue value;
    for (const TransferLoad& waiting : now_.waiting) {
      value.left += waiting.people();
    }
    for (const auto& route : now_.routes) {
      for (const TransferTrip& trip : route) {
        value.last = std::max(value.last, trip.delivered);
        value.sum += trip.delivered * trip.load.people();
      }
    }
    return value;
  }

  [[nodiscard]] double cost() const {
    const TransferValue now = value();
    double ends = 0;
    for (const auto& route : now_.routes) {
      ends += route.empty() ? 0 : static_cast<double>(route.back().delivered);
    }
    const auto vehicles = static_cast<double>(std::max<std::size_t>(1, now_.routes.size()));
    return kLeftCost * static_cast<double>(now.left) + static_cast<double>(now.last) +
           kMeanShare * ends / vehicles +
           kSumShare * static_cast<double>(now.sum) / static_cast<double>(everybody_);
  }

  const TransferProblem& problem_;
  SearchRandom random_;
  std::uint64_t everybody_ = 1;
  State now_;
  State best_;
  TransferValue best_value_;
};

}  // namespace

double TransferPlan::gap() const {
  const auto bound = static_cast<double>(lower_bound);
  return bound <= 0 ? 0 : (static_cast<double>(value.last) - bound) / bound;
}

TransferPlan plan_transfers(const TransferProblem& problem, const ChainOptions& options) {
  TOMONI_EXPECT(problem.to_place.size() == problem.vehicles.size() * problem.places.size());
  TOMONI_EXPECT(problem.to_shelter.size() == problem.shelters.size() * problem.places.size());
  TOMONI_EXPECT(problem.back.size() == problem.shelters.size() * problem.places.size());
  TransferSearch search(problem, options.seed);
  search.improve(options.iterations);
  return search.best();
}

}  // namespace route
