// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_world.hpp"

#include <algorithm>
#include <map>

#include "planner/course_case.hpp"
#include "planner/drill_roads.hpp"
#include "planner/drill_times.hpp"
#include "planner/helper_plan.hpp"
#include "planner/planned_ways.hpp"
#include "planner/shelter_permission.hpp"

namespace planner {
namespace {

using registry::PlanCourse;
using route::kNoIndex;

constexpr std::size_t kOtherShelters = 3;  // that somebody turned away is sent on to

route::Weight weight_of(std::int64_t seconds) {
  constexpr std::int64_t kMillisecond = 1000;
  return static_cast<route::Weight>(
      std::clamp<std::int64_t>(seconds * kMillisecond, 0, route::kInfinity));
}

route::DrillCause cause_of(registry::Gap gap) {
  switch (gap) {
    case registry::Gap::None:
    case registry::Gap::NoPermittedShelter:
      return route::DrillCause::NotEligible;
    case registry::Gap::SheltersFull:
      return route::DrillCause::NoSeat;
    case registry::Gap::NoPosition:
    case registry::Gap::OffTheRoads:
    case registry::Gap::RoadsClosed:
      return route::DrillCause::Blocked;
  }
  return route::DrillCause::Blocked;
}

/// As the planner counts: seats for everybody, places for a need beside them where the shelter has
/// a limit of its own.
std::vector<std::uint32_t> seats_and_places(std::uint32_t seats, const registry::Shelter& shelter) {
  std::vector<std::uint32_t> all{seats};
  for (std::size_t need = 1; need < registry::kNeedClasses; ++need) {
    const auto& limit = shelter.need_limit.at(need);
    all.push_back(limit ? static_cast<std::uint32_t>(std::max(*limit, 0)) : route::kNoLimit);
  }
  return all;
}

/// The way of one person as the plan has it.
struct PlannedStart {
  const route::PlannedWay* way = nullptr;
  const ProfileGroup* group = nullptr;
};

class SceneMaker {
 public:
  SceneMaker(const DrillCast& cast, const DrillRequest& request, const Progress& progress)
      : cast_(cast),
        request_(request),
        times_(request),
        plans_(compute_plans(cast.world, progress)),
        course_(course_case(cast.world, cast.world.request.hazards.front(), progress)),
        ways_(planned_ways(course_, plans_.plans, 0)),
        roads_(cast.world, request) {}

  [[nodiscard]] DrillWorld run() {
    result_.scene.graph = &cast_.world.roads.graph;
    supporter_mode_ = roads_.mode(rules().supporter_profile);
    for (const GroupWays& group : ways_) {
      (void)roads_.mode(group.group->profile->name);
    }
    vehicle_mode_ = roads_.mode(rules().transfer_vehicle);
    result_.scene.orders = times_.orders();
    add_shelters();
    add_people();
    add_supporters();
    add_vehicles();
    finish();
    return std::move(result_);
  }

 private:
  [[nodiscard]] const PlanningRules& rules() const { return cast_.world.request.rules; }
  [[nodiscard]] const PlanCourse& course_of(std::size_t person) const {
    return plans_.plans[person].courses.front();
  }

  std::uint32_t add_place() {
    result_.scene.places.push_back(
        {.at = std::vector<std::optional<route::RoadPosition>>(roads_.size())});
    return static_cast<std::uint32_t>(result_.scene.places.size() - 1);
  }
  std::optional<route::RoadPosition>& at(std::uint32_t place, std::uint32_t mode) {
    return result_.scene.places[place].at[mode];
  }

  /// Every shelter somebody may be in: those permitted first, then those of the second stage that
  /// open while the drill lasts.
  void add_shelters() {
    for (std::size_t i = 0; i < course_.shelters.size(); ++i) {
      add_shelter(course_.shelters[i], false);
      for (const auto& [name, group] : course_.groups) {
        if (const auto row = group.shelters.find(i)) {
          at(result_.scene.shelters.back().place, roads_.mode(name)) =
              group.shelters.position[*row];
        }
      }
    }
    for (const registry::Shelter& shelter : cast_.world.shelters) {
      if (shelter.arrival == registry::ArrivalPolicy::Secondary &&
          !shelter_index_.contains(shelter.id) && times_.second_stage_opens(shelter)) {
        add_shelter(shelter, true);
      }
    }
  }

  void add_shelter(const registry::Shelter& shelter, bool second_stage) {
    const std::uint32_t place = add_place();
    for (std::uint32_t mode = 0; mode < roads_.size(); ++mode) {
      at(place, mode) = roads_.join(mode, place_of(shelter));
    }
    const OpenHours hours = times_.hours_of(shelter);
    const std::uint32_t seats =
        hours.seats.value_or(seats_of(shelter, cast_.world.request.local_plan));
    shelter_index_.emplace(shelter.id, static_cast<std::uint32_t>(result_.scene.shelters.size()));
    result_.scene.shelters.push_back(
        {.place = place,
         .opens = weight_of(hours.opens_s),
         .closes = hours.closes_s ? weight_of(*hours.closes_s) : route::kInfinity,
         .seats = seats_and_places(seats, shelter),
         .people_per_minute = request_.rules.door_people_per_minute,
         .second_stage = second_stage});
    result_.shelters.push_back({.id = shelter.id,
                                .name = shelter.name,
                                .seats = seats,
                                .second_stage = second_stage,
                                .position = shelter.position,
                                .price_s = price_of(shelter.id)});
  }

  [[nodiscard]] double price_of(const registry::ShelterId& id) const {
    const auto& use = plans_.courses.front().use;
    const auto found = std::ranges::find(use, id, &ShelterUse::shelter);
    return found == use.end() ? 0 : found->price_s;
  }

  void add_people() {
    std::vector<PlannedStart> starts(cast_.members.size());
    for (const GroupWays& group : ways_) {
      for (std::size_t i = 0; i < group.people.size(); ++i) {
        starts[group.people[i]] = {.way = &group.ways[i], .group = group.group};
      }
    }
    scene_person_.assign(cast_.members.size(), kNoIndex);
    for (std::size_t person = 0; person < cast_.members.size(); ++person) {
      if (!cast_.world.demands[person].home) {
        ++result_.without_place;
      } else {
        add_person(person, starts[person]);
      }
    }
  }

  void add_person(std::size_t person, const PlannedStart& start) {
    const AnonymousDemand& demand = cast_.world.demands[person];
    const CastMember& member = cast_.members[person];
    const PlanCourse& course = course_of(person);
    const std::uint32_t mode = roads_.mode(demand.profile);
    while (result_.scene.places.front().at.size() < roads_.size()) {
      widen_places();
    }
    route::DrillPerson actor;
    actor.number = member.number;
    actor.home = add_place();
    actor.mode = mode;
    at(actor.home, mode) =
        start.way != nullptr ? std::optional(start.way->start) : roads_.join(mode, *demand.home);
    if (mode != supporter_mode_) {
      at(actor.home, supporter_mode_) = roads_.join(supporter_mode_, *demand.home);
    }
    actor.behaviour = behaviour_of(demand.profile);
    const registry::Position home{.lat = demand.home->lat(), .lon = demand.home->lon()};
    const AreaTimes area = times_.at(home, course.timing.limit_s);
    actor.order = area.order;
    actor.deadline = area.deadline_s ? weight_of(*area.deadline_s) : route::kInfinity;
    actor.hands = static_cast<std::uint32_t>(hands_needed(cast_.world, person));
    actor.seats = demand.seats;
    actor.need = static_cast<std::uint32_t>(demand.need);
    actor.shared = member.plan_shared || request_.scenario.assume_shared;
    set_shelters(person, course, actor);
    actor.via = gathering_place(course, mode);
    if (start.way != nullptr && !actor.shelters.empty() && actor.via == kNoIndex) {
      actor.way = start.way->arcs;
    }
    scene_person_[person] = static_cast<std::uint32_t>(result_.scene.people.size());
    result_.scene.people.push_back(std::move(actor));
    describe(person, area, course);
  }

  /// Where the plan has people meet first.
  std::uint32_t gathering_place(const PlanCourse& course, std::uint32_t mode) {
    for (const registry::PlanLeg& leg : course.legs) {
      if (leg.kind != registry::LegKind::Gather) {
        continue;
      }
      const auto [found, is_new] = gathering_.try_emplace(leg.shelter, 0);
      if (is_new) {
        found->second = add_place();
      }
      const auto meeting =
          std::ranges::find(course_.gathering, leg.shelter, &registry::Shelter::id);
      auto& joined = at(found->second, mode);
      if (!joined && meeting != course_.gathering.end()) {
        joined = roads_.join(mode, place_of(*meeting));
      }
      return joined ? found->second : kNoIndex;
    }
    return kNoIndex;
  }

  void describe(std::size_t person, const AreaTimes& area, const PlanCourse& course) {
    double way_m = 0;
    for (const registry::PlanLeg& leg : course.legs) {
      way_m += leg.kind == registry::LegKind::Transfer ? 0 : leg.length_m;
    }
    const CastMember& member = cast_.members[person];
    result_.people.push_back({.key = member.key,
                              .registrant = member.stand_in
                                                ? registry::PersonId{}
                                                : cast_.world.subjects[person].registrant.person.id,
                              .profile = cast_.world.demands[person].profile,
                              .area = area.area,
                              .planned_s = course.legs.empty() ? 0 : course.timing.total_s(),
                              .way_m = way_m,
                              .gap = std::string(registry::to_text(course.gap)),
                              .alternative = alternative(person, course)});
  }

  [[nodiscard]] DrillAlternative alternative(std::size_t person, const PlanCourse& course) const {
    const auto stored = cast_.world.stored.find(cast_.world.subjects[person].registrant.person.id);
    DrillAlternative found =
        alternative_of(course, stored == cast_.world.stored.end() ? nullptr : &stored->second,
                       cast_.world.request.second_ways);
    const auto& shelters = result_.scene.people.back().shelters;
    if (shelters.size() > 1) {
      const std::int64_t first = course_.costs.at(person, shelters[0]);
      const std::int64_t second = course_.costs.at(person, shelters[1]);
      found.shelter_extra_s = std::max<std::int64_t>(0, second - first) / 1000;
    }
    return found;
  }

  void set_shelters(std::size_t person, const PlanCourse& course, route::DrillPerson& actor) const {
    actor.without_shelter = cause_of(course.gap);
    for (const registry::PlanLeg& leg : course.legs) {
      const auto found = shelter_index_.find(leg.shelter);
      if (found == shelter_index_.end()) {
        continue;  // a gathering point, or one that does not open
      }
      if (leg.kind == registry::LegKind::Evacuate) {
        actor.shelters.push_back(found->second);
      } else if (leg.kind == registry::LegKind::Transfer &&
                 result_.scene.shelters[found->second].second_stage) {
        actor.second_stage.push_back(found->second);
      }
    }
    if (actor.shelters.empty()) {
      return;
    }
    std::vector<std::uint32_t> others;
    for (std::uint32_t i = 0; i < course_.shelters.size(); ++i) {
      if (i != actor.shelters.front() && course_.costs.at(person, i) < route::kInfinity) {
        others.push_back(i);
      }
    }
    const auto nearer = [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(course_.costs.at(person, a), a) < std::pair(course_.costs.at(person, b), b);
    };
    const std::size_t count = std::min(others.size(), kOtherShelters);
    std::ranges::partial_sort(others, others.begin() + static_cast<std::ptrdiff_t>(count), nearer);
    actor.shelters.insert(actor.shelters.end(), others.begin(),
                          others.begin() + static_cast<std::ptrdiff_t>(count));
  }

  std::uint32_t behaviour_of(const std::string& profile) {
    const auto [found, is_new] = behaviours_.try_emplace(
        profile, static_cast<std::uint32_t>(result_.scene.behaviours.size()));
    if (is_new) {
      result_.scene.behaviours.push_back(times_.person(rules().preparation_of(profile)));
    }
    return found->second;
  }

  /// Supporters of those who play: first whom they are planned to fetch, in the order of the trips.
  void add_supporters() {
    const auto present = static_cast<std::uint32_t>(result_.scene.behaviours.size());
    result_.scene.behaviours.push_back(times_.supporter(rules().supporter_ready, true));
    result_.scene.behaviours.push_back(times_.supporter(rules().supporter_ready, false));
    std::map<registry::SupporterId, std::vector<std::pair<int, std::uint32_t>>> trips;
    for (std::size_t person = 0; person < cast_.members.size(); ++person) {
      if (scene_person_[person] == kNoIndex) {
        continue;
      }
      for (const registry::PlannedHelper& helper : course_of(person).helpers) {
        auto& own = trips[helper.supporter];
        if (!helper.backup) {
          own.emplace_back(helper.trip, scene_person_[person]);
        }
      }
    }
    std::map<registry::SupporterId, std::uint32_t> index;
    for (auto& [id, own] : trips) {
      std::ranges::sort(own);
      index.emplace(id, static_cast<std::uint32_t>(result_.scene.supporters.size()));
      add_supporter(id, own, present);
    }
    for (std::size_t person = 0; person < cast_.members.size(); ++person) {
      if (scene_person_[person] != kNoIndex) {
        name_supporters(person, index);
      }
    }
  }

  void add_supporter(const registry::SupporterId& id,
                     const std::vector<std::pair<int, std::uint32_t>>& trips,
                     std::uint32_t present) {
    const registry::Supporter& supporter = supporter_of(id);
    const std::uint32_t number = cast_.supporters.at(id);
    route::DrillSupporter actor;
    actor.number = number;
    actor.home = add_place();
    actor.mode = supporter_mode_;
    if (supporter.position) {
      at(actor.home, supporter_mode_) = roads_.join(
          supporter_mode_, route::from_degrees(supporter.position->lat, supporter.position->lon));
    }
    actor.behaviour = times_.usually_there(supporter.available) ? present : present + 1;
    for (const auto& [trip, person] : trips) {
      actor.people.push_back(person);
      if (actor.order == kNoIndex) {
        actor.order = result_.scene.people[person].order;
      }
      const route::Weight deadline = result_.scene.people[person].deadline;
      if (deadline < route::kInfinity) {
        const std::int64_t margin = rules().retreat_margin_s;
        actor.retreat = std::min(actor.retreat, deadline - std::min(deadline, weight_of(margin)));
      }
    }
    if (actor.order == kNoIndex && !result_.scene.orders.empty()) {
      actor.order = 0;  // stands in only: told with the first
    }
    result_.scene.supporters.push_back(std::move(actor));
    result_.supporters.push_back(drill_key('S', number));
  }

  [[nodiscard]] const registry::Supporter& supporter_of(const registry::SupporterId& id) {
    if (known_.empty()) {
      for (const registry::PlanSubject& subject : cast_.world.subjects) {
        for (const registry::AssignedSupporter& each : subject.supporters) {
          known_.emplace(each.supporter.id, &each.supporter);
        }
      }
    }
    return *known_.at(id);
  }

  void name_supporters(std::size_t person,
                       const std::map<registry::SupporterId, std::uint32_t>& index) {
    auto& named = result_.scene.people[scene_person_[person]].supporters;
    for (const bool backup : {false, true}) {
      for (const registry::PlannedHelper& helper : course_of(person).helpers) {
        if (helper.backup == backup) {
          named.push_back(index.at(helper.supporter));
        }
      }
    }
  }

  /// The fleet stands at the welfare shelters that open, one after the other.
  void add_vehicles() {
    std::vector<std::uint32_t> depots;
    for (std::uint32_t i = 0; i < result_.scene.shelters.size(); ++i) {
      if (result_.scene.shelters[i].second_stage) {
        depots.push_back(i);
      }
    }
    std::size_t next = 0;
    for (const FleetVehicle& kind : rules().fleet) {
      for (int i = 0; i < kind.count && !depots.empty(); ++i) {
        const route::DrillShelter& depot = result_.scene.shelters[depots[next++ % depots.size()]];
        result_.scene.vehicles.push_back(
            {.home = depot.place,
             .mode = vehicle_mode_,
             .seats = static_cast<std::uint32_t>(kind.seats + kind.wheelchairs),
             .ready = depot.opens,
             .boarding = weight_of(rules().boarding_s)});
      }
    }
  }

  /// A way of moving that nobody with a way had came up late: its column is empty so far.
  void widen_places() {
    for (route::DrillPlace& place : result_.scene.places) {
      place.at.resize(roads_.size());
    }
    for (std::size_t i = 0; i < result_.shelters.size(); ++i) {
      const registry::Position& where = result_.shelters[i].position;
      const auto mode = static_cast<std::uint32_t>(roads_.size() - 1);
      at(result_.scene.shelters[i].place, mode) =
          roads_.join(mode, route::from_degrees(where.lat, where.lon));
    }
  }

  void finish() {
    for (std::uint32_t mode = 0; mode < roads_.size(); ++mode) {
      result_.scene.modes.push_back(roads_.described(mode));
    }
    for (std::size_t i = 0; i < result_.people.size(); ++i) {
      result_.scene.people[i].group = static_cast<std::uint32_t>(
          result_.people[i].area * result_.scene.modes.size() + result_.scene.people[i].mode);
    }
    result_.scene.narrow = roads_.narrow();
    result_.scene.recourse = weight_of(request_.rules.backup_call_s);
    result_.scene.horizon = weight_of(request_.scenario.horizon_s);
    result_.areas = times_.area_names();
    result_.real = cast_.real;
    result_.stand_ins = cast_.stand_ins;
    result_.adjusted = cast_.adjusted;
    result_.left_out = cast_.protected_left_out + cast_.placeless + cast_.too_few;
    for (const auto& [reason, people] : plans_.courses.front().affected) {
      result_.recomputed += people;
    }
    result_.recomputed -= std::min(result_.recomputed, cast_.stand_ins);
    result_.roads = roads_.take();
  }

  const DrillCast& cast_;
  const DrillRequest& request_;
  DrillTimes times_;
  PlanReport plans_;
  CourseCase course_;
  std::vector<GroupWays> ways_;
  DrillRoadMaker roads_;
  std::uint32_t supporter_mode_ = 0;
  std::uint32_t vehicle_mode_ = 0;
  std::map<registry::ShelterId, std::uint32_t> shelter_index_;
  std::map<registry::ShelterId, std::uint32_t> gathering_;  // places
  std::map<std::string, std::uint32_t> behaviours_;
  std::map<registry::SupporterId, const registry::Supporter*> known_;
  std::vector<std::uint32_t> scene_person_;  // by member; kNoIndex = does not play
  DrillWorld result_;
};

}  // namespace

DrillWorld drill_world(const DrillCast& cast, const DrillRequest& request,
                       const Progress& progress) {
  if (cast.members.empty()) {
    return {};
  }
  return SceneMaker(cast, request, progress).run();
}

}  // namespace planner
