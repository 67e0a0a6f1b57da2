// SPDX-License-Identifier: Apache-2.0
#include "planner/transfer_fleet.hpp"

#include <algorithm>
#include <map>

#include "planner/place_travel.hpp"
#include "route/transfer_fleet.hpp"

namespace planner {
namespace {

using registry::LegKind;
using registry::PlanLeg;
using registry::Shelter;
using registry::ShelterId;

/// Places of a kind, in the order in which they came up.
class Sites {
 public:
  explicit Sites(const std::vector<Shelter>& all) : all_(all) {}

  std::size_t index_of(const ShelterId& id) {
    const auto [found, is_new] = index_.try_emplace(id, sites_.size());
    if (is_new) {
      sites_.push_back(&*std::ranges::find(all_, id, &Shelter::id));
    }
    return found->second;
  }
  [[nodiscard]] const std::vector<const Shelter*>& list() const { return sites_; }
  [[nodiscard]] KnownPlaces places() const {
    KnownPlaces places;
    places.reserve(sites_.size());
    for (const Shelter* site : sites_) {
      places.emplace_back(place_of(*site));
    }
    return places;
  }

 private:
  const std::vector<Shelter>& all_;
  std::map<ShelterId, std::size_t> index_;
  std::vector<const Shelter*> sites_;
};

route::TransferLoad load_of(const AnonymousDemand& demand) {
  const bool on_wheels =
      demand.need == registry::NeedClass::Wheelchair ||
      demand.need == registry::NeedClass::Stretcher ||
      demand.requires_equipment.at(static_cast<std::size_t>(registry::Equipment::StepFree));
  return {.seated = demand.seats - (on_wheels ? 1U : 0U), .wheelchairs = on_wheels ? 1U : 0U};
}

std::vector<route::TransferVehicle> vehicles_of(const PlanningRules& rules) {
  std::vector<route::TransferVehicle> vehicles;
  for (const FleetVehicle& kind : rules.fleet) {
    const route::TransferVehicle one{
        .room = {.seated = static_cast<std::uint32_t>(kind.seats),
                 .wheelchairs = static_cast<std::uint32_t>(kind.wheelchairs)}};
    vehicles.insert(vehicles.end(), static_cast<std::size_t>(kind.count), one);
  }
  return vehicles;
}

class Fleet {
 public:
  Fleet(const PlanWorld& world, const PlanReport& plans)
      : world_(world), plans_(plans), travel_(world, world.request.rules.transfer_vehicle) {}

  [[nodiscard]] FleetReport report(std::size_t course) const {
    Sites places(world_.shelters);
    Sites shelters(world_.shelters);
    route::TransferProblem problem = people_of(course, places, shelters);
    FleetReport report;
    report.hazard = world_.request.hazards[course];
    for (const route::TransferPlace& place : problem.places) {
      report.waiting += place.waiting.people();
    }
    if (report.waiting == 0) {
      return report;
    }
    add_times(problem, places, shelters);
    const route::TransferPlan plan = plan_transfers(problem, {.iterations = 20'000});
    report.left = plan.value.left;
    report.last_s = plan.value.last;
    report.last_bound_s = plan.lower_bound;
    for (const std::vector<route::TransferTrip>& trips : plan.trips) {
      std::vector<FleetTrip>& of_vehicle = report.trips.emplace_back();
      for (const route::TransferTrip& trip : trips) {
        of_vehicle.push_back({.from = places.list()[trip.place]->name,
                              .to = shelters.list()[trip.shelter]->name,
                              .people = trip.load.people(),
                              .arrival_s = trip.arrival,
                              .delivered_s = trip.delivered});
      }
    }
    return report;
  }

 private:
  /// Who waits where, and the room at the shelters the computation sends them to.
  [[nodiscard]] route::TransferProblem people_of(std::size_t course, Sites& places,
                                                 Sites& shelters) const {
    route::TransferProblem problem;
    problem.vehicles = vehicles_of(world_.request.rules);
    for (std::size_t person = 0; person < plans_.plans.size(); ++person) {
      const registry::PlanCourse& planned = plans_.plans[person].courses[course];
      const PlanLeg* transfer = leg_of(planned, LegKind::Transfer);
      const PlanLeg* before = leg_of(planned, LegKind::Evacuate);
      if (transfer == nullptr || before == nullptr) {
        continue;
      }
      const route::TransferLoad load = load_of(world_.demands[person]);
      const std::size_t place = places.index_of(before->shelter);
      const std::size_t shelter = shelters.index_of(transfer->shelter);
      problem.places.resize(places.list().size(),
                            {.waiting = {}, .boarding = world_.request.rules.boarding_s});
      problem.shelters.resize(shelters.list().size());
      problem.places[place].waiting.seated += load.seated;
      problem.places[place].waiting.wheelchairs += load.wheelchairs;
      problem.shelters[shelter].free += load.people();
    }
    return problem;
  }

  void add_times(route::TransferProblem& problem, const Sites& places,
                 const Sites& shelters) const {
    const Joined from = travel_.join(places.places());
    const Joined to = travel_.join(shelters.places());
    problem.to_shelter = travel_.seconds(from, to, route::kNeverInChain);
    problem.back = travel_.seconds(to, from, route::kNeverInChain);
    const std::size_t count = problem.places.size();
    for (std::size_t vehicle = 0; vehicle < problem.vehicles.size(); ++vehicle) {
      const std::size_t yard = vehicle % problem.shelters.size();
      for (std::size_t place = 0; place < count; ++place) {
        problem.to_place.push_back(problem.back[yard * count + place]);
      }
    }
  }

  const PlanWorld& world_;
  const PlanReport& plans_;
  PlaceTravel travel_;
};

}  // namespace

std::vector<FleetReport> fleet_reports(const PlanWorld& world, const PlanReport& plans) {
  const Fleet fleet(world, plans);
  std::vector<FleetReport> reports;
  reports.reserve(plans.courses.size());
  for (std::size_t course = 0; course < plans.courses.size(); ++course) {
    reports.push_back(fleet.report(course));
  }
  return reports;
}

}  // namespace planner
