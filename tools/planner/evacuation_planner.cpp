// SPDX-License-Identifier: Apache-2.0
#include "planner/evacuation_planner.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "planner/hazard_words.hpp"
#include "planner/profile_ways.hpp"
#include "route/distance_table.hpp"
#include "route/error.hpp"
#include "route/shelter_assignment.hpp"

namespace planner {
namespace {

using registry::EvacuationPlan;
using registry::Gap;
using registry::PlanCourse;
using registry::PlanSubject;
using registry::Shelter;

route::LatLon place_of(const Shelter& shelter) {
  return route::from_degrees(shelter.position.lat, shelter.position.lon);
}

/// Registrants who move alike, with the roads as they see them.
struct ProfileGroup {
  const route::MobilityProfile* profile = nullptr;
  route::Metric metric;
  route::SnapMask mask;
  std::optional<ProfileWays> ways;
  std::vector<std::size_t> people;             // indices of demands whose home is on a road
  std::vector<route::RoadPosition> homes;      // parallel to people
  std::vector<std::size_t> shelters;           // indices of shelters on a road
  std::vector<route::RoadPosition> entrances;  // parallel to shelters
};

/// All that is known while the job runs. Rows are people, columns are permitted shelters.
struct Work {
  std::vector<PlanSubject> subjects;
  std::vector<AnonymousDemand> demands;
  std::vector<Shelter> shelters;  // permitted for somebody
  std::vector<Gap> gaps;
  std::map<std::string, ProfileGroup> groups;
  bool closures_hold = true;  // false: as if nobody had closed a road
};

std::vector<Shelter> permitted_shelters(std::vector<Shelter> all, const CityRoads& roads,
                                        const PlanRequest& request, PlanReport& report) {
  std::vector<Shelter> permitted;
  for (Shelter& shelter : all) {
    const std::string reason = reason_against(shelter, request.hazard, roads.hazards);
    if (reason.empty()) {
      permitted.push_back(std::move(shelter));
    } else {
      ++report.shelters_left_out[reason];
    }
  }
  return permitted;
}

/// The roads at the start of the event, when people leave.
route::MetricRequest request_for(const route::MobilityProfile& profile, const Work& work,
                                 const CityRoads& roads) {
  route::MetricRequest request{.profile = profile};
  if (work.closures_hold) {
    request.closed = roads.closed_to(profile, request.at_s);
  }
  return request;
}

void snap_people(Work& work, const CityRoads& roads, const PlanRequest& request) {
  for (const AnonymousDemand& demand : work.demands) {
    if (!demand.home) {
      work.gaps[demand.index] = Gap::NoPosition;
      continue;
    }
    ProfileGroup& group = work.groups[demand.profile];
    if (group.profile == nullptr) {
      group.profile = &route::profile_named(roads.profiles, demand.profile);
      group.metric = make_metric(roads.graph, request_for(*group.profile, work, roads));
      group.mask = snap_mask(roads.graph, group.metric);
      group.ways.emplace(roads, *group.profile, group.metric);
    }
    const auto found =
        roads.index.snap_candidates(*demand.home, group.mask, request.local_plan.snap_limit_m);
    if (found.empty()) {
      work.gaps[demand.index] = Gap::OffTheRoads;
      continue;
    }
    group.people.push_back(demand.index);
    group.homes.push_back(found.front().position);
  }
}

void snap_shelters(Work& work, const CityRoads& roads, const PlanRequest& request) {
  for (auto& [name, group] : work.groups) {
    for (std::size_t shelter = 0; shelter < work.shelters.size(); ++shelter) {
      const auto found = roads.index.snap_candidates(place_of(work.shelters[shelter]), group.mask,
                                                     request.local_plan.snap_limit_m);
      if (!found.empty()) {
        group.shelters.push_back(shelter);
        group.entrances.push_back(found.front().position);
      }
    }
  }
}

/// Durations from every person to every shelter that may take the person.
route::DistanceTable permitted_durations(const Work& work, const PlanRequest& request,
                                         const Progress& progress) {
  route::DistanceTable costs(work.subjects.size(), work.shelters.size());
  const registry::Date today = registry::tokyo_date(request.now);
  std::size_t groups_done = 0;
  for (const auto& [name, group] : work.groups) {
    const auto table = group.ways->table(group.homes, group.entrances);
    for (std::size_t row = 0; row < group.people.size(); ++row) {
      const std::size_t person = group.people[row];
      const auto words = groups_of(work.subjects[person].registrant, request.acceptance, today);
      for (std::size_t column = 0; column < group.shelters.size(); ++column) {
        const std::size_t shelter = group.shelters[column];
        if (accepts(work.shelters[shelter], words, request.acceptance)) {
          costs.at(person, shelter) = table.at(row, column);
        }
      }
    }
    ++groups_done;
    progress("所要時間表",
             static_cast<double>(groups_done) / static_cast<double>(work.groups.size()));
  }
  return costs;
}

bool reaches_any(const route::DistanceTable& costs, std::size_t person, std::size_t shelters) {
  for (std::size_t shelter = 0; shelter < shelters; ++shelter) {
    if (costs.at(person, shelter) < route::kInfinity) {
      return true;
    }
  }
  return false;
}

/// Those whom only a closed road keeps from every shelter that would take them are told so: their
/// way is looked for again as if no road had been closed.
void name_closed_roads(Work& work, const CityRoads& roads, const PlanRequest& request,
                       const route::DistanceTable& costs) {
  Work lifted;
  lifted.closures_hold = false;
  for (const AnonymousDemand& demand : work.demands) {
    const Gap gap = work.gaps[demand.index];
    if (gap == Gap::OffTheRoads ||
        (gap == Gap::None && !reaches_any(costs, demand.index, work.shelters.size()))) {
      lifted.demands.push_back(demand);
    }
  }
  if (roads.closures.empty() || lifted.demands.empty()) {
    return;
  }
  lifted.gaps.assign(work.gaps.size(), Gap::None);
  lifted.subjects.swap(work.subjects);
  lifted.shelters.swap(work.shelters);
  snap_people(lifted, roads, request);
  snap_shelters(lifted, roads, request);
  const auto durations = permitted_durations(lifted, request, [](std::string_view, double) {});
  lifted.subjects.swap(work.subjects);
  lifted.shelters.swap(work.shelters);
  for (const AnonymousDemand& demand : lifted.demands) {
    if (reaches_any(durations, demand.index, work.shelters.size())) {
      work.gaps[demand.index] = Gap::RoadsClosed;
    }
  }
}

/// Seats are counted in parties: a person with companions takes one party of equal size.
std::vector<std::uint32_t> parties_per_shelter(const Work& work, const PlanRequest& request,
                                               PlanReport& report) {
  const auto party = static_cast<std::uint32_t>(1 + request.local_plan.companions);
  std::vector<std::uint32_t> parties;
  for (const Shelter& shelter : work.shelters) {
    const int capacity = shelter.capacity.value_or(request.local_plan.capacity_when_unknown);
    const auto seats = static_cast<std::uint32_t>(std::max(capacity, 0));
    parties.push_back(seats / party);
    report.use.push_back({shelter.id, shelter.name, seats, !shelter.capacity.has_value()});
  }
  return parties;
}

registry::PlanLeg leg_of(const Shelter& shelter, const ProfileGroup& group,
                         const route::RoadPosition& home, const route::RoadPosition& entrance,
                         const route::Path& path) {
  registry::PlanLeg leg;
  leg.shelter = shelter.id;
  leg.shelter_name = shelter.name;
  leg.shelter_address = shelter.address;
  leg.arrival = shelter.arrival;
  leg.profile = group.profile->name;
  leg.duration_s = (path.duration + 500) / 1000;
  leg.length_m = path.length_m;
  leg.steps_met = static_cast<int>(path.steps_met);
  leg.unverified_m = path.unverified_m;
  leg.steepest_up_permille = path.steepest_up_permille;
  leg.steepest_down_permille = path.steepest_down_permille;
  for (const route::EdgeHazard& hazard : path.hazards) {
    leg.hazards_met.push_back(hazard_words(hazard.kind, hazard.rank, hazard.arrival_s));
  }
  for (const route::LatLon point : path.shape) {
    leg.route.push_back({point.lat(), point.lon()});
  }
  leg.home_to_road_m = home.distance_m;
  leg.road_to_shelter_m = entrance.distance_m;
  return leg;
}

std::vector<EvacuationPlan> blank_plans(const Work& work, const CityRoads& roads,
                                        const PlanRequest& request) {
  const auto review = std::chrono::year_month_day(registry::tokyo_date(request.now)) +
                      std::chrono::months(request.local_plan.review_months);
  std::vector<EvacuationPlan> plans(work.subjects.size());
  for (const AnonymousDemand& demand : work.demands) {
    EvacuationPlan& plan = plans[demand.index];
    plan.subject = work.subjects[demand.index].registrant.person.id;
    plan.courses.emplace_back();
    PlanCourse& course = plan.courses.front();
    course.hazard = request.hazard;
    course.gap = work.gaps[demand.index];
    plan.created_at = request.now;
    plan.next_review = review.ok() ? review : review.year() / review.month() / std::chrono::last;
    if (demand.home) {
      course.home_hazard = hazards_at(roads.hazards, *demand.home);
    }
  }
  return plans;
}

void add_legs(std::vector<EvacuationPlan>& plans, const Work& work,
              const route::Assignment& assignment) {
  for (const auto& [name, group] : work.groups) {
    PathFinder paths(*group.ways);
    for (std::size_t row = 0; row < group.people.size(); ++row) {
      const std::size_t person = group.people[row];
      const std::int32_t chosen = assignment.shelter[person];
      if (chosen == route::Assignment::kNone) {
        if (work.gaps[person] == Gap::RoadsClosed) {
          continue;
        }
        plans[person].courses.front().gap =
            assignment.reason[person] == route::Unassigned::SheltersFull ? Gap::SheltersFull
                                                                         : Gap::NoPermittedShelter;
        continue;
      }
      const auto shelter = static_cast<std::size_t>(chosen);
      const auto column = static_cast<std::size_t>(std::ranges::find(group.shelters, shelter) -
                                                   group.shelters.begin());
      const auto path = paths.find(group.homes[row], group.entrances[column]);
      TOMONI_EXPECT(path.has_value());  // the table said there is a way
      plans[person].courses.front().legs.push_back(
          leg_of(work.shelters[shelter], group, group.homes[row], group.entrances[column], *path));
    }
  }
}

void count(PlanReport& report, const route::Assignment& assignment, int party_size) {
  double total = 0;
  for (const EvacuationPlan& plan : report.plans) {
    const PlanCourse& course = plan.main_course();
    if (course.gap != Gap::None) {
      ++report.unassigned[std::string(registry::to_text(course.gap))];
      continue;
    }
    ++report.planned;
    const auto duration = static_cast<double>(course.legs.front().duration_s);
    total += duration;
    report.longest_duration_s = std::max(report.longest_duration_s, duration);
  }
  if (report.planned > 0) {
    report.mean_duration_s = total / static_cast<double>(report.planned);
  }
  for (std::size_t shelter = 0; shelter < report.use.size(); ++shelter) {
    report.use[shelter].used = assignment.used[shelter] * static_cast<std::uint32_t>(party_size);
    report.use[shelter].price_s = static_cast<double>(assignment.seat_price[shelter]) / 1000;
  }
  report.total_cost_s = assignment.total_cost / 1000;
  report.lower_bound_s = assignment.lower_bound / 1000;
}

}  // namespace

PlanReport make_plans(registry::Session& session, const CityRoads& roads,
                      const PlanRequest& request, const Progress& progress) {
  PlanReport report;
  Work work;
  work.subjects = session.registrants();
  work.gaps.assign(work.subjects.size(), Gap::None);
  for (std::size_t i = 0; i < work.subjects.size(); ++i) {
    work.demands.push_back(anonymous_demand(work.subjects[i].registrant, i, request.mobility,
                                            request.local_plan.companions,
                                            registry::tokyo_date(request.now)));
  }
  std::vector<Shelter> all = session.shelters();
  report.registrants = work.subjects.size();
  report.shelters = all.size();
  work.shelters = permitted_shelters(std::move(all), roads, request, report);
  report.shelters_permitted = work.shelters.size();

  progress("自宅と避難所を道路に結ぶ", 0);
  snap_people(work, roads, request);
  snap_shelters(work, roads, request);
  const auto costs = permitted_durations(work, request, progress);
  name_closed_roads(work, roads, request, costs);
  const auto parties = parties_per_shelter(work, request, report);
  progress("避難先の割当", 0);
  const auto assignment = route::assign_shelters({costs, parties});
  progress("避難経路", 0);
  report.plans = blank_plans(work, roads, request);
  add_legs(report.plans, work, assignment);
  count(report, assignment, 1 + request.local_plan.companions);
  if (request.store) {
    progress("計画の保存", 0);
    report.stored = session.store_plans(report.plans);
  }
  progress("完了", 1);
  return report;
}

}  // namespace planner
