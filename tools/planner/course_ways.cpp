// SPDX-License-Identifier: Apache-2.0
#include "planner/course_ways.hpp"

#include <algorithm>

#include "planner/hazard_words.hpp"
#include "route/alternatives.hpp"
#include "route/error.hpp"

namespace planner {
namespace {

using registry::LegKind;
using registry::PlanLeg;
using registry::Shelter;

constexpr std::int64_t kMillisecond = 1000;

registry::Position position_of(route::LatLon point) {
  return {.lat = point.lat(), .lon = point.lon()};
}

/// Between two places that are joined to the roads.
struct Stretch {
  const route::RoadPosition& from;
  const route::RoadPosition& to;
};

PlanLeg leg_of(LegKind kind, const Shelter& shelter, const std::string& profile,
               const Stretch& stretch, const route::Path& path) {
  PlanLeg leg;
  leg.kind = kind;
  leg.shelter = shelter.id;
  leg.shelter_name = shelter.name;
  leg.shelter_address = shelter.address;
  leg.arrival = shelter.arrival;
  leg.profile = profile;
  leg.duration_s = (path.duration + kMillisecond / 2) / kMillisecond;
  leg.length_m = path.length_m;
  leg.steps_met = static_cast<int>(path.steps_met);
  leg.unverified_m = path.unverified_m;
  leg.steepest_up_permille = path.steepest_up_permille;
  leg.steepest_down_permille = path.steepest_down_permille;
  for (const route::EdgeHazard& hazard : path.hazards) {
    leg.hazards_met.push_back(hazard_words(hazard.kind, hazard.rank, hazard.arrival_s));
  }
  std::ranges::transform(path.shape, std::back_inserter(leg.route), position_of);
  leg.home_to_road_m = stretch.from.distance_m;
  leg.road_to_shelter_m = stretch.to.distance_m;
  return leg;
}

/// Draws the way of one person; one per group.
class WayFinder {
 public:
  WayFinder(const PlanWorld& world, const CourseCase& course, const ProfileGroup& group)
      : world_(world), course_(course), group_(group), paths_(*group.ways) {}

  [[nodiscard]] PersonWay find(std::size_t row, std::size_t shelter) {
    const auto column = group_.shelters.find(shelter);
    TOMONI_EXPECT(column.has_value());  // the table said there is a way
    const route::RoadPosition& entrance = group_.shelters.position[*column];
    const route::RoadPosition* start = &group_.people.position[row];
    PersonWay way;
    Closing closing;
    if (const auto point = group_.meets_at[row]) {
      const route::RoadPosition& meeting = group_.gathering.position[*point];
      add_leg(way, closing, LegKind::Gather, course_.gathering[group_.gathering.index[*point]],
              {*start, meeting});
      start = &meeting;
    }
    const route::Path path =
        add_leg(way, closing, LegKind::Evacuate, course_.shelters[shelter], {*start, entrance});
    if (world_.request.second_ways) {
      way.second = second_way(path, {*start, entrance});
    }
    set_limit(way, closing, group_.people.index[row]);
    return way;
  }

 private:
  /// The latest start at home that passes every arc in time; milliseconds.
  struct Closing {
    std::int64_t latest_ms = route::kNeverCloses;
    std::int64_t so_far_ms = 0;
  };

  route::Path add_leg(PersonWay& way, Closing& closing, LegKind kind, const Shelter& shelter,
                      const Stretch& stretch) {
    auto path = paths_.find(stretch.from, stretch.to);
    TOMONI_EXPECT(path.has_value());
    way.legs.push_back(leg_of(kind, shelter, group_.profile->name, stretch, *path));
    way.travel_s += way.legs.back().duration_s;
    // Partial arcs at the ends count whole: at worst the start is set a little early.
    for (const route::ArcId arc : path->arcs) {
      closing.so_far_ms += group_.metric.weights[arc];
      if (group_.closes[arc] < route::kNeverCloses) {
        closing.latest_ms = std::min(closing.latest_ms, group_.closes[arc] - closing.so_far_ms);
      }
    }
    return std::move(*path);
  }

  [[nodiscard]] registry::SecondWay second_way(const route::Path& first,
                                               const Stretch& stretch) const {
    const route::PathRequest request{world_.roads.graph, group_.metric, *group_.profile,
                                     &world_.roads.edge_hazards,
                                     world_.roads.turns_for(*group_.profile)};
    const auto other = find_alternative(request, first, stretch.from, stretch.to);
    registry::SecondWay second;
    if (other) {
      std::ranges::transform(other->path.shape, std::back_inserter(second.route), position_of);
      second.extra_s = (std::int64_t{other->extra} + kMillisecond / 2) / kMillisecond;
      second.shared_m = other->shared_length_m;
    }
    return second;
  }

  /// The earliest of: the family's limit, the danger at the home, a road on the way that closes.
  void set_limit(PersonWay& way, const Closing& closing, std::size_t person) const {
    const FamilyRules& family = world_.request.rules.family(family_of(course_.hazard));
    const auto take = [&](std::int64_t limit_s, const std::string& cause) {
      if (!way.limit_s || limit_s < *way.limit_s) {
        way.limit_s = limit_s;
        way.limit_cause = cause;
      }
    };
    if (family.limit_s > 0) {
      take(family.limit_s, family.limit_cause);
    }
    if (const auto kind = zone_kind(course_.hazard)) {
      const route::HazardZone* zone = world_.roads.hazards.at(*world_.demands[person].home, *kind);
      if (zone != nullptr && zone->arrival_s) {
        // Out of the house, not yet in the shelter: the way counts as on the safe side.
        take(std::int64_t{*zone->arrival_s} + way.travel_s,
             "自宅に" + hazard_words(*kind, zone->rank, zone->arrival_s) + "が来る");
      }
    }
    if (closing.latest_ms < route::kNeverCloses) {
      take(closing.latest_ms / kMillisecond + way.travel_s, "経路の道が通れなくなる");
    }
  }

  const PlanWorld& world_;
  const CourseCase& course_;
  const ProfileGroup& group_;
  PathFinder paths_;
};

bool contains(const std::vector<std::string>& list, const std::string& value) {
  return std::ranges::find(list, value) != list.end();
}

bool should_go_on(const PlanWorld& world, std::size_t person) {
  const AnonymousDemand& demand = world.demands[person];
  return demand.need == registry::NeedClass::Power ||
         contains(world.request.rules.transfer_profiles, demand.afoot());
}

std::vector<Shelter> opening_later(const PlanWorld& world) {
  std::vector<Shelter> shelters;
  std::ranges::copy_if(world.shelters, std::back_inserter(shelters), [](const Shelter& shelter) {
    return shelter.arrival == registry::ArrivalPolicy::Secondary && shelter.kinds.welfare();
  });
  return shelters;
}

/// Welfare shelters people reach in the second stage, on the roads of the vehicle.
struct SecondStage {
  SecondStage(const PlanWorld& world, const CourseCase& course)
      : shelters(opening_later(world)),
        travel(world, world.request.rules.transfer_vehicle),
        from(travel.join(places_of(course.shelters))),
        to(travel.join(places_of(shelters))) {}

  std::vector<Shelter> shelters;
  PlaceTravel travel;
  Joined from;  ///< by shelter of the course
  Joined to;    ///< by shelter of this stage
};

/// Durations between the shelters of the two stages; infinite for those on no road.
route::DistanceTable between(const SecondStage& stage, std::size_t first_shelters) {
  route::DistanceTable all(first_shelters, stage.shelters.size());
  const auto joined = stage.travel.ways().table(stage.from.position, stage.to.position);
  for (std::size_t row = 0; row < joined.sources(); ++row) {
    for (std::size_t column = 0; column < joined.targets(); ++column) {
      all.at(stage.from.index[row], stage.to.index[column]) = joined.at(row, column);
    }
  }
  return all;
}

/// Leaves a person only the place of the transfer that stands in the stored course.
void hold_transfer(const PersonWay& way, std::size_t first, const SecondStage& stage,
                   const route::DistanceTable& table, std::size_t person,
                   route::DistanceTable& costs) {
  for (const PlanLeg& leg : way.legs) {
    const auto place = std::ranges::find(stage.shelters, leg.shelter, &Shelter::id);
    if (leg.kind == LegKind::Transfer && place != stage.shelters.end()) {
      const auto to = static_cast<std::size_t>(place - stage.shelters.begin());
      costs.at(person, to) = table.at(first, to);
    }
  }
}

}  // namespace

SeatProblem seat_problem(const PlanWorld& world, const std::vector<Shelter>& shelters) {
  SeatProblem problem;
  for (const AnonymousDemand& demand : world.demands) {
    problem.seats.push_back(demand.seats);
    problem.need.push_back(static_cast<std::uint8_t>(demand.need));
    // Whose life hangs on power is seated first.
    problem.precedence.push_back(demand.need == registry::NeedClass::Power ? 1 : 0);
  }
  const bool one_size =
      std::ranges::adjacent_find(problem.seats, std::ranges::not_equal_to{}) == problem.seats.end();
  if (one_size && !problem.seats.empty()) {
    problem.unit = problem.seats.front();
    problem.seats.clear();
  }
  for (std::size_t i = 0; i < shelters.size(); ++i) {
    problem.capacity.push_back(seats_of(shelters[i], world.request.local_plan) / problem.unit);
    for (std::size_t need = 1; need < registry::kNeedClasses; ++need) {
      if (const auto places = shelters[i].need_limit.at(need)) {
        problem.limits.push_back({.shelter = static_cast<std::uint32_t>(i),
                                  .need = static_cast<std::uint8_t>(need),
                                  .places = static_cast<std::uint32_t>(*places)});
      }
    }
  }
  return problem;
}

std::vector<PersonWay> course_ways(const PlanWorld& world, const CourseCase& course,
                                   const route::Assignment& assignment, const KeptCourses& kept) {
  std::vector<PersonWay> ways(world.subjects.size());
  for (std::size_t person = 0; person < ways.size(); ++person) {
    if (const registry::PlanCourse* stored = kept.course[person]) {
      ways[person] = {.legs = stored->legs,
                      .second = stored->second,
                      .travel_s = stored->timing.travel_s,
                      .limit_s = stored->timing.limit_s,
                      .limit_cause = stored->timing.limit_cause};
    }
  }
  for (const auto& [name, group] : course.groups) {
    WayFinder finder(world, course, group);
    for (std::size_t row = 0; row < group.people.index.size(); ++row) {
      const std::size_t person = group.people.index[row];
      const std::int32_t chosen = assignment.shelter[person];
      if (chosen != route::Assignment::kNone && kept.course[person] == nullptr) {
        ways[person] = finder.find(row, static_cast<std::size_t>(chosen));
      }
    }
  }
  return ways;
}

std::size_t add_transfers(const PlanWorld& world, const CourseCase& course,
                          const route::Assignment& assignment, const KeptCourses& kept,
                          std::vector<PersonWay>& ways) {
  const SecondStage stage(world, course);
  const route::DistanceTable table = between(stage, course.shelters.size());
  route::DistanceTable costs(world.subjects.size(), stage.shelters.size());
  const registry::Date today = registry::tokyo_date(world.request.now);
  std::vector<std::size_t> going_on;
  for (std::size_t person = 0; person < ways.size(); ++person) {
    const std::int32_t first = assignment.shelter[person];
    if (first == route::Assignment::kNone || !should_go_on(world, person) ||
        course.shelters[static_cast<std::size_t>(first)].kinds.welfare()) {
      continue;
    }
    if (kept.course[person] != nullptr) {
      hold_transfer(ways[person], static_cast<std::size_t>(first), stage, table, person, costs);
      continue;
    }
    going_on.push_back(person);
    const auto groups =
        groups_of(world.subjects[person].registrant, world.request.acceptance, today);
    for (std::size_t to = 0; to < stage.shelters.size(); ++to) {
      if (accepts(stage.shelters[to], groups, world.request.acceptance) &&
          reason_against(stage.shelters[to], world.demands[person]).empty()) {
        costs.at(person, to) = table.at(static_cast<std::size_t>(first), to);
      }
    }
  }
  const SeatProblem problem = seat_problem(world, stage.shelters);
  const route::Assignment onward = assign_shelters(problem.over(costs));
  PathFinder paths(stage.travel.ways());
  std::size_t without = 0;
  for (const std::size_t person : going_on) {
    if (onward.shelter[person] == route::Assignment::kNone) {
      ++without;
      continue;
    }
    const auto to = static_cast<std::size_t>(onward.shelter[person]);
    const auto row = stage.from.find(static_cast<std::size_t>(assignment.shelter[person]));
    const auto column = stage.to.find(to);
    TOMONI_EXPECT(row.has_value() && column.has_value());  // the table said there is a way
    const Stretch stretch{stage.from.position[*row], stage.to.position[*column]};
    const auto path = paths.find(stretch.from, stretch.to);
    TOMONI_EXPECT(path.has_value());
    ways[person].legs.push_back(leg_of(LegKind::Transfer, stage.shelters[to],
                                       world.request.rules.transfer_vehicle, stretch, *path));
  }
  return without;
}

}  // namespace planner
