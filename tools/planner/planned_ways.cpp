// SPDX-License-Identifier: Apache-2.0
#include "planner/planned_ways.hpp"

#include <algorithm>

#include "route/error.hpp"

namespace planner {
namespace {

using registry::LegKind;

/// Where a leg ends on the roads of the group.
const route::RoadPosition& end_of(const CourseCase& course, const ProfileGroup& group,
                                  const registry::PlanLeg& leg) {
  const bool gathers = leg.kind == LegKind::Gather;
  const auto& places = gathers ? course.gathering : course.shelters;
  const auto found = std::ranges::find(places, leg.shelter, &registry::Shelter::id);
  TOMONI_EXPECT(found != places.end());  // the plan was made of this course
  const Joined& joined = gathers ? group.gathering : group.shelters;
  const auto row = joined.find(static_cast<std::size_t>(found - places.begin()));
  TOMONI_EXPECT(row.has_value());
  return joined.position[*row];
}

/// The longest way that is still in time.
route::Weight limit_of(const registry::PlanTiming& timing, route::Weight duration) {
  const auto slack_s = timing.slack_s();
  if (!slack_s) {
    return route::kInfinity;
  }
  constexpr std::int64_t kMillisecond = 1000;
  return static_cast<route::Weight>(std::clamp<std::int64_t>(
      std::int64_t{duration} + *slack_s * kMillisecond, 0, route::kInfinity));
}

}  // namespace

std::vector<GroupWays> planned_ways(const CourseCase& course,
                                    std::span<const registry::EvacuationPlan> plans,
                                    std::size_t place) {
  std::vector<GroupWays> all;
  all.reserve(course.groups.size());
  for (const auto& [name, group] : course.groups) {
    GroupWays& found = all.emplace_back();
    found.group = &group;
    PathFinder paths(*group.ways);
    for (std::size_t row = 0; row < group.people.index.size(); ++row) {
      const std::size_t person = group.people.index[row];
      const registry::PlanCourse& planned = plans[person].courses[place];
      route::PlannedWay way;
      way.start = group.people.position[row];
      way.target = way.start;
      for (const registry::PlanLeg& leg : planned.legs) {
        if (leg.kind == LegKind::Transfer) {
          continue;
        }
        const route::RoadPosition& end = end_of(course, group, leg);
        const auto path = paths.find(way.target, end);
        TOMONI_EXPECT(path.has_value());
        way.arcs.insert(way.arcs.end(), path->arcs.begin(), path->arcs.end());
        way.duration = route::add(way.duration, path->duration);
        way.target = end;
      }
      if (!planned.legs.empty()) {
        way.limit = limit_of(planned.timing, way.duration);
        found.people.push_back(person);
        found.ways.push_back(std::move(way));
      }
    }
  }
  return all;
}

}  // namespace planner
