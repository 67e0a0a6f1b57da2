// SPDX-License-Identifier: Apache-2.0
#include "planner/weak_points.hpp"

#include <algorithm>
#include <tuple>

#include "planner/course_case.hpp"
#include "planner/helper_plan.hpp"
#include "planner/planned_ways.hpp"
#include "planner/shelter_permission.hpp"
#include "registry/error.hpp"

namespace planner {
namespace {

using Exposures = std::vector<std::optional<Exposure>>;  // by person

bool is_protected(const PlanWorld& world, std::size_t person) {
  return world.subjects[person].registrant.person.is_protected();
}

WeakRoad described(const route::RoadGraph& graph, const route::CriticalRoad& loss) {
  const auto shape = graph.shape(loss.edge);
  const route::LatLon middle = shape[shape.size() / 2];
  return {.loss = loss,
          .way_id = graph.road(loss.edge).way_id,
          .name = std::string(graph.name(loss.edge)),
          .point = {.lat = middle.lat(), .lon = middle.lon()}};
}

void find_weak_roads(const PlanWorld& world, const std::vector<GroupWays>& groups,
                     std::size_t count, CourseWeakness& weakness) {
  std::vector<std::vector<route::PlannedWay>> open_ways(groups.size());
  std::vector<route::RoadUsers> users;
  users.reserve(groups.size());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t i = 0; i < groups[g].ways.size(); ++i) {
      ++weakness.with_way;
      if (is_protected(world, groups[g].people[i])) {
        ++weakness.protected_left_out;
      } else {
        open_ways[g].push_back(groups[g].ways[i]);
      }
    }
    users.push_back({groups[g].group->metric, open_ways[g]});
  }
  const route::RoadGraph& graph = world.roads.graph;
  const auto lost = [&](route::RoadLoss loss, std::vector<WeakRoad>& roads) {
    const auto found =
        route::most_critical_roads({graph, world.roads.hierarchy, users, count, loss});
    weakness.late = found.late;
    std::ranges::transform(found.roads, std::back_inserter(roads),
                           [&](const route::CriticalRoad& road) { return described(graph, road); });
  };
  lost(route::RoadLoss::Whole, weakness.roads);
  lost(route::RoadLoss::Through, weakness.through_roads);
}

route::BlockageChances chances_for(const CityRoads& roads, const std::string& profile,
                                   const WeaknessRequest& request) {
  route::BlockageChances chances(roads.graph.edge_count());
  const std::uint16_t needed_cm = request.rules.needed_by(profile);
  for (const route::EdgeId edge : roads.graph.edges()) {
    chances[edge] = route::chance_of(blockage_percent(
        request.rules.blockage, roads.graph.road(edge), needed_cm, request.collapse_percent));
  }
  return chances;
}

BlockageFigures study(const PlanWorld& world, const std::vector<GroupWays>& groups,
                      const WeaknessRequest& request, Exposures& exposures) {
  std::vector<route::BlockageChances> chances;
  std::vector<route::ExposedUsers> users;
  chances.reserve(groups.size());
  users.reserve(groups.size());
  for (const GroupWays& group : groups) {
    chances.push_back(chances_for(world.roads, group.group->profile->name, request));
    users.push_back({group.group->metric, chances.back(), group.ways});
  }
  const route::BlockageStudy studied = route::study_blockages({.graph = world.roads.graph,
                                                               .groups = users,
                                                               .seed = request.seed,
                                                               .scenarios = request.scenarios,
                                                               .threads = request.threads});
  const double all = std::max(1U, request.scenarios);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (std::size_t i = 0; i < groups[g].people.size(); ++i) {
      const route::ScenarioCounts& counts = studied.people[g][i];
      exposures[groups[g].people[i]] = Exposure{counts.cut / all, counts.no_way / all};
    }
  }
  return {route::spread_of(studied.cut), route::spread_of(studied.no_way)};
}

/// The nearest permitted shelter, if it is nearer than the one chosen.
std::optional<NearerShelter> nearer_shelter(const CourseCase& course,
                                            const registry::PlanCourse& planned, std::size_t person,
                                            bool may_be_named) {
  const registry::PlanLeg* leg = leg_of(planned, registry::LegKind::Evacuate);
  if (leg == nullptr) {
    return std::nullopt;
  }
  const auto found = std::ranges::find(course.shelters, leg->shelter, &registry::Shelter::id);
  const auto chosen = static_cast<std::size_t>(found - course.shelters.begin());
  std::size_t best = chosen;
  for (std::size_t shelter = 0; shelter < course.shelters.size(); ++shelter) {
    best = course.costs.at(person, shelter) < course.costs.at(person, best) ? shelter : best;
  }
  if (best == chosen) {
    return std::nullopt;
  }
  constexpr route::Weight kMillisecond = 1000;
  return NearerShelter{
      may_be_named ? course.shelters[best].name : std::string(),
      (course.costs.at(person, chosen) - course.costs.at(person, best)) / kMillisecond};
}

bool equipment_unconfirmed(const CourseCase& course, const registry::PlanCourse& planned,
                           const AnonymousDemand& demand) {
  const registry::PlanLeg* leg = leg_of(planned, registry::LegKind::Evacuate);
  if (leg == nullptr) {
    return false;
  }
  const auto found = std::ranges::find(course.shelters, leg->shelter, &registry::Shelter::id);
  return !unknown_equipment(*found, demand).empty();
}

WeaknessFacts facts_of(const PlanWorld& world, const CourseCase& course,
                       const registry::PlanCourse& planned, std::size_t person) {
  const AnonymousDemand& demand = world.demands[person];
  return {.course = planned,
          .hands = hands_needed(world, person),
          .supporters = world.subjects[person].supporters.size(),
          .enough_supporters = world.request.rules.enough_supporters,
          .battery_s = demand.battery_s,
          .equipment_unconfirmed = equipment_unconfirmed(course, planned, demand),
          .nearer = nearer_shelter(course, planned, person, !is_protected(world, person))};
}

/// Keeps of everybody the weakest course; the earlier one among equals.
class WeakestCourses {
 public:
  WeakestCourses(const PlanWorld& world, const WeaknessRequest& request)
      : world_(world), request_(request), weakest_(world.subjects.size()) {}

  void add(const CourseCase& course, const PlanReport& report, std::size_t place,
           const Exposures& exposures) {
    for (std::size_t person = 0; person < weakest_.size(); ++person) {
      const registry::PersonId& id = world_.subjects[person].registrant.person.id;
      const registry::PlanCourse& planned = report.plans[person].courses[place];
      WeaknessFacts facts = facts_of(world_, course, planned, person);
      const auto points = request_.priority.find(id);
      facts.priority = points == request_.priority.end() ? 0 : points->second;
      facts.exposure = exposures[person];
      const auto weakness = weakness_of(facts, request_.rules.score);
      std::optional<WeakPlan>& kept = weakest_[person];
      if (weakness && (!kept || weakness->total() > kept->points.total())) {
        kept = WeakPlan{.person = id,
                        .hazard = planned.hazard,
                        .verdict = planned.verdict,
                        .cause = planned.cause,
                        .points = *weakness,
                        .exposure = facts.exposure,
                        .fixes = fixes_for(facts, request_.rules.score)};
      }
    }
  }

  void report(WeakPoints& result) && {
    for (std::optional<WeakPlan>& plan : weakest_) {
      if (plan) {
        result.plans.push_back(std::move(*plan));
      }
    }
    result.weak = result.plans.size();
    std::ranges::sort(result.plans, [](const WeakPlan& a, const WeakPlan& b) {
      return std::tuple(-a.points.total(), a.person) < std::tuple(-b.points.total(), b.person);
    });
    result.plans.resize(std::min(result.plans.size(), request_.plans));
  }

 private:
  const PlanWorld& world_;
  const WeaknessRequest& request_;
  std::vector<std::optional<WeakPlan>> weakest_;  // by person
};

}  // namespace

WeakPoints weak_points(const PlanWorld& world, const WeaknessRequest& request,
                       const Progress& progress) {
  const PlanReport report = compute_plans(world, progress);
  WeakPoints result;
  result.registrants = report.registrants;
  WeakestCourses weakest(world, request);
  for (std::size_t place = 0; place < world.request.hazards.size(); ++place) {
    const registry::HazardKind hazard = world.request.hazards[place];
    const CourseCase course = course_case(world, hazard, progress);
    const std::vector<GroupWays> groups = planned_ways(course, report.plans, place);
    CourseWeakness& weakness = result.courses.emplace_back();
    weakness.hazard = hazard;
    progress("失うと困る道", 0);
    find_weak_roads(world, groups, request.roads, weakness);
    Exposures exposures(world.subjects.size());
    if (family_of(hazard) == registry::HazardFamily::Earthquake && request.scenarios > 0) {
      progress("道がふさがる場合", 0);
      weakness.blockage = study(world, groups, request, exposures);
    }
    weakest.add(course, report, place, exposures);
  }
  std::move(weakest).report(result);
  progress("完了", 1);
  return result;
}

}  // namespace planner
