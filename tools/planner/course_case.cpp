// SPDX-License-Identifier: Apache-2.0
#include "planner/course_case.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "registry/plan_state.hpp"

namespace planner {
namespace {

using registry::Gap;
using registry::HazardFamily;
using registry::Shelter;

bool belongs(route::HazardKind kind, HazardFamily family) {
  switch (kind) {
    case route::HazardKind::Flood:
    case route::HazardKind::InlandFlood:
    case route::HazardKind::StormSurge:
    case route::HazardKind::Landslide:
      return family == HazardFamily::WindAndFlood;
    case route::HazardKind::Tsunami:
    case route::HazardKind::Blockage:
      return family == HazardFamily::Earthquake;
    case route::HazardKind::Fire:
      return family == HazardFamily::Fire;
  }
  return false;
}

/// The hazards of a family that come at a known time, or (rubble) lie there from the first moment.
EdgeHazards hazards_of(const CityRoads& roads, HazardFamily family, bool at_once) {
  EdgeHazards chosen(roads.edge_hazards.size());
  for (std::uint32_t i = 0; i < roads.edge_hazards.size(); ++i) {
    const route::EdgeId edge{i};
    std::ranges::copy_if(roads.edge_hazards[edge], std::back_inserter(chosen[edge]),
                         [&](const route::EdgeHazard& hazard) {
                           const bool now = hazard.kind == route::HazardKind::Blockage;
                           return belongs(hazard.kind, family) &&
                                  (at_once ? now : hazard.arrival_s.has_value());
                         });
  }
  return chosen;
}

/// Builds the groups of one course.
class GroupMaker {
 public:
  GroupMaker(const PlanWorld& world, HazardFamily family, bool closures_hold)
      : world_(world),
        at_once_(hazards_of(world.roads, family, true)),
        timed_(hazards_of(world.roads, family, false)),
        closures_hold_(closures_hold) {}

  void add(CourseCase& course, const AnonymousDemand& demand) {
    if (!demand.home) {
      course.gaps[demand.index] = Gap::NoPosition;
      return;
    }
    ProfileGroup& group = group_of(course, demand.profile);
    if (!group.people.add(world_, group.mask, demand.index, *demand.home)) {
      course.gaps[demand.index] = Gap::OffTheRoads;
    }
  }

  void join_shelters(CourseCase& course) const {
    for (auto& [name, group] : course.groups) {
      group.shelters = join(world_, group.mask, places_of(course.shelters));
      group.gathering = join(world_, group.mask, places_of(course.gathering));
    }
  }

 private:
  ProfileGroup& group_of(CourseCase& course, const std::string& name) {
    ProfileGroup& group = course.groups[name];
    if (group.profile != nullptr) {
      return group;
    }
    const CityRoads& roads = world_.roads;
    group.profile = &route::profile_named(roads.profiles, name);
    route::MetricRequest request{.profile = *group.profile, .hazards = &at_once_};
    if (closures_hold_) {
      request.closed = roads.closed_to(*group.profile, request.at_s);
    }
    group.metric = make_metric(roads.graph, request);
    group.mask = snap_mask(roads.graph, group.metric);
    group.closes = roads.closing_times(*group.profile, timed_);
    group.ways.emplace(roads, *group.profile, group.metric);
    return group;
  }

  const PlanWorld& world_;
  EdgeHazards at_once_;
  EdgeHazards timed_;
  bool closures_hold_;
};

/// The nearest gathering point of everybody, where the rules want one and it is near enough.
void choose_gathering(ProfileGroup& group, std::int64_t limit_s) {
  group.meets_at.assign(group.people.index.size(), std::nullopt);
  if (group.gathering.index.empty() || limit_s == 0) {
    return;
  }
  const auto table = group.ways->table(group.people.position, group.gathering.position);
  for (std::size_t row = 0; row < table.sources(); ++row) {
    std::size_t best = 0;
    for (std::size_t point = 1; point < table.targets(); ++point) {
      best = table.at(row, point) < table.at(row, best) ? point : best;
    }
    if (std::int64_t{table.at(row, best)} <= limit_s * 1000) {
      group.meets_at[row] = best;
    }
  }
}

/// Durations from the homes of a group to its shelters, over the gathering points.
route::DistanceTable durations(const ProfileGroup& group) {
  auto table = group.ways->table(group.people.position, group.shelters.position);
  if (group.gathering.index.empty()) {
    return table;
  }
  const auto to_points = group.ways->table(group.people.position, group.gathering.position);
  const auto onward = group.ways->table(group.gathering.position, group.shelters.position);
  for (std::size_t row = 0; row < table.sources(); ++row) {
    if (const auto point = group.meets_at[row]) {
      for (std::size_t column = 0; column < table.targets(); ++column) {
        const std::uint64_t sum =
            std::uint64_t{to_points.at(row, *point)} + onward.at(*point, column);
        table.at(row, column) =
            static_cast<route::Weight>(std::min<std::uint64_t>(sum, route::kInfinity));
      }
    }
  }
  return table;
}

/// What about the person himself or herself stands against a permitted shelter.
std::string personal_reason(const PlanWorld& world, const std::vector<std::string>& groups,
                            const Shelter& shelter, std::size_t person) {
  if (!accepts(shelter, groups, world.request.acceptance)) {
    return "受入対象者に当たらない";
  }
  return reason_against(shelter, world.demands[person]);
}

/// What stands against a shelter for everybody.
std::string common_reason(const PlanWorld& world, registry::HazardKind hazard,
                          const Shelter& shelter) {
  std::string reason = reason_against(shelter, hazard, world.roads.hazards);
  const std::int64_t limit_s = world.request.rules.family(family_of(hazard)).limit_s;
  if (reason.empty() && shelter.opens_after_min && limit_s > 0 &&
      std::int64_t{*shelter.opens_after_min} * 60 > limit_s) {
    reason = "開設が避難の期限に間に合わない";
  }
  return reason;
}

std::vector<std::string> groups_of(const PlanWorld& world, std::size_t person) {
  return groups_of(world.subjects[person].registrant, world.request.acceptance,
                   registry::tokyo_date(world.request.now));
}

void fill_costs(const PlanWorld& world, CourseCase& course, const Progress& progress) {
  course.costs = route::DistanceTable(world.subjects.size(), course.shelters.size());
  std::size_t done = 0;
  for (auto& [name, group] : course.groups) {
    choose_gathering(group, world.request.rules.family(family_of(course.hazard)).gather_s);
    const auto table = durations(group);
    for (std::size_t row = 0; row < group.people.index.size(); ++row) {
      const std::size_t person = group.people.index[row];
      const auto groups = groups_of(world, person);
      for (std::size_t column = 0; column < group.shelters.index.size(); ++column) {
        const std::size_t shelter = group.shelters.index[column];
        const bool elsewhere =
            course.settled[person] && *course.settled[person] != course.shelters[shelter].id;
        if (!elsewhere &&
            personal_reason(world, groups, course.shelters[shelter], person).empty()) {
          course.costs.at(person, shelter) = table.at(row, column);
        }
      }
    }
    ++done;
    progress("所要時間表", static_cast<double>(done) / static_cast<double>(course.groups.size()));
  }
}

/// The shelter people have settled on for a person in this family of hazards.
std::optional<registry::ShelterId> settled_shelter(const PlanWorld& world, std::size_t person,
                                                   registry::HazardKind hazard) {
  const auto plan = world.stored.find(world.subjects[person].registrant.person.id);
  if (plan == world.stored.end() || !registry::is_settled(plan->second.status)) {
    return std::nullopt;
  }
  for (const registry::PlanCourse& course : plan->second.courses) {
    const registry::PlanLeg* leg = leg_of(course, registry::LegKind::Evacuate);
    if (family_of(course.hazard) == family_of(hazard) && leg != nullptr) {
      return leg->shelter;
    }
  }
  return std::nullopt;
}

/// Shelters sorted into those that may be used first, gathering points and those left out.
CourseCase blank_case(const PlanWorld& world, registry::HazardKind hazard) {
  CourseCase course;
  course.hazard = hazard;
  course.gaps.assign(world.subjects.size(), Gap::None);
  const bool gathers = world.request.rules.family(family_of(hazard)).gather_s > 0;
  for (const Shelter& shelter : world.shelters) {
    const std::string reason = common_reason(world, hazard, shelter);
    if (reason.empty()) {
      course.shelters.push_back(shelter);
    } else {
      ++course.left_out[reason];
    }
    if (gathers && shelter.kinds.gathering_point) {
      course.gathering.push_back(shelter);
    }
  }
  for (std::size_t person = 0; person < world.subjects.size(); ++person) {
    course.settled.push_back(settled_shelter(world, person, hazard));
  }
  return course;
}

/// Those whom only a closed road keeps from every shelter that would take them are told so: their
/// way is looked for again as if no road had been closed.
void name_closed_roads(const PlanWorld& world, CourseCase& course) {
  if (world.roads.closures.empty()) {
    return;
  }
  std::vector<std::size_t> cut_off;
  for (const AnonymousDemand& demand : world.demands) {
    const Gap gap = course.gaps[demand.index];
    if (gap == Gap::OffTheRoads || (gap == Gap::None && !reaches_any(course.costs, demand.index))) {
      cut_off.push_back(demand.index);
    }
  }
  if (cut_off.empty()) {
    return;
  }
  CourseCase lifted = blank_case(world, course.hazard);
  GroupMaker maker(world, family_of(course.hazard), false);
  for (const std::size_t person : cut_off) {
    maker.add(lifted, world.demands[person]);
  }
  maker.join_shelters(lifted);
  fill_costs(world, lifted, [](std::string_view, double) {});
  for (const std::size_t person : cut_off) {
    if (reaches_any(lifted.costs, person)) {
      course.gaps[person] = Gap::RoadsClosed;
    }
  }
}

}  // namespace

bool reaches_any(const route::DistanceTable& costs, std::size_t person) {
  for (std::size_t shelter = 0; shelter < costs.targets(); ++shelter) {
    if (costs.at(person, shelter) < route::kInfinity) {
      return true;
    }
  }
  return false;
}

std::uint32_t seats_of(const Shelter& shelter, const registry::LocalPlan& local_plan) {
  return static_cast<std::uint32_t>(
      std::max(shelter.capacity.value_or(local_plan.capacity_when_unknown), 0));
}

std::string reason_against(const PlanWorld& world, registry::HazardKind hazard,
                           const Shelter& shelter, std::size_t person) {
  std::string reason = common_reason(world, hazard, shelter);
  return reason.empty() ? personal_reason(world, groups_of(world, person), shelter, person)
                        : reason;
}

CourseCase course_case(const PlanWorld& world, registry::HazardKind hazard,
                       const Progress& progress) {
  progress("自宅と避難所を道路に結ぶ", 0);
  CourseCase course = blank_case(world, hazard);
  GroupMaker maker(world, family_of(hazard), true);
  for (const AnonymousDemand& demand : world.demands) {
    maker.add(course, demand);
  }
  maker.join_shelters(course);
  fill_costs(world, course, progress);
  name_closed_roads(world, course);
  return course;
}

}  // namespace planner
