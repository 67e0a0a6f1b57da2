// SPDX-License-Identifier: Apache-2.0
#include "drawn_town.hpp"

#include <stdexcept>

#include "planner/supporter_fit.hpp"
#include "route/profiles_fixture.hpp"

namespace scenario {
namespace {

constexpr double kMetresPerCell = 50;

std::string rules(const std::string& name) {
  return support::text_of(std::string(TOMONI_SOURCE_DIR) + "/data/rules/" + name);
}

support::MapSketch::Change with_way_ids(const support::MapSketch::Change& change) {
  return [change, next = std::make_shared<std::int64_t>(0)](char from, char to, route::Road& road) {
    road.way_id = ++*next;
    if (change) {
      change(from, to, road);
    }
  };
}

}  // namespace

DrawnTown::DrawnTown(std::string_view drawing, const support::MapSketch::Change& change)
    : town_(drawing, kMetresPerCell, with_way_ids(change)),
      mobility_(planner::parse_mobility_rules(rules("mobility.toml"))),
      acceptance_(planner::parse_acceptance_rules(rules("acceptance.toml"))),
      rules_(planner::parse_planning_rules(rules("planning.toml"))) {
  local_plan_.companions = 0;
}

registry::Position DrawnTown::position(char node) const {
  const route::LatLon at = town_.position(node);
  return {.lat = at.lat(), .lon = at.lon()};
}

registry::Shelter& DrawnTown::shelter(const std::string& name, char at, int capacity) {
  registry::Shelter& shelter = shelters.emplace_back();
  shelter.id = {name};
  shelter.name = name;
  shelter.position = position(at);
  shelter.kinds.emergency_site = true;
  shelter.rated = true;
  shelter.suited.fill(true);
  shelter.capacity = capacity;
  return shelter;
}

registry::PlanSubject& DrawnTown::person(const std::string& id, char home,
                                         registry::Mobility mobility) {
  registry::PlanSubject& subject = people_.emplace_back();
  subject.registrant.person.id = {id};
  subject.registrant.person.position = position(home);
  subject.registrant.person.mobility = mobility;
  return subject;
}

registry::Supporter& DrawnTown::supporter(registry::PlanSubject& person, const std::string& name,
                                          char home, const std::string& role) {
  registry::Supporter supporter;
  supporter.id = {name};
  supporter.name = name;
  supporter.position = position(home);
  person.supporters.push_back({.supporter = supporter, .relation = "近所", .role = role});
  return person.supporters.back().supporter;
}

void DrawnTown::zone(route::HazardKind kind, std::uint8_t rank, char around,
                     std::optional<std::uint32_t> arrival_s) {
  constexpr double kHalf = 0.00025;  // of a cell, in degrees
  const route::LatLon at = town_.position(around);
  route::HazardZone zone;
  zone.kind = kind;
  zone.rank = rank;
  zone.arrival_s = arrival_s;
  route::Polyline ring;
  for (const auto& [north, east] : {std::pair(-1, -1), {-1, 1}, {1, 1}, {1, -1}, {-1, -1}}) {
    ring.push_back(route::from_degrees(at.lat() + north * kHalf, at.lon() + east * kHalf));
    zone.box.add(ring.back());
  }
  zone.rings = {ring};
  hazard_map_.zones.push_back(zone);
}

void DrawnTown::close(char a, char b) {
  route::Closure closure;
  closure.ways = {town_.graph().road(town_.edge(a, b)).way_id};
  closure.reason = "冠水";
  closures_.push_back(closure);
}

planner::PlanWorld DrawnTown::world() {
  const auto image = town_.graph().image();
  roads_ = std::make_unique<planner::CityRoads>(
      route::RoadGraph::from_image({image.begin(), image.end()}), hazard_map_,
      support::shipped_profiles(), closures_);
  request_ = std::make_unique<planner::PlanRequest>(
      planner::PlanRequest{.local_plan = local_plan_,
                           .mobility = mobility_,
                           .acceptance = acceptance_,
                           .rules = rules_,
                           .hazards = hazards,
                           .now = registry::Instant{1'800'000'000'000}});
  planner::PlanWorld world{.roads = *roads_,
                           .request = *request_,
                           .subjects = {people_.begin(), people_.end()},
                           .demands = {},
                           .shelters = shelters,
                           .stored = stored};
  for (std::size_t i = 0; i < world.subjects.size(); ++i) {
    planner::leave_out_unwanted(world, world.subjects[i]);
    world.demands.push_back(planner::anonymous_demand(world.subjects[i], i, {mobility_, rules_}, 0,
                                                      registry::tokyo_date(request_->now)));
  }
  return world;
}

planner::PlanReport DrawnTown::plan() {
  return planner::compute_plans(world(), [](std::string_view, double) {});
}

registry::PlanCourse DrawnTown::course_of(const std::string& person) {
  const planner::PlanReport report = plan();
  for (const registry::EvacuationPlan& plan : report.plans) {
    if (plan.subject.value == person) {
      return plan.main_course();
    }
  }
  throw std::invalid_argument("no such person: " + person);
}

}  // namespace scenario
