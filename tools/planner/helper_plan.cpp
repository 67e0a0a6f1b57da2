// SPDX-License-Identifier: Apache-2.0
#include "planner/helper_plan.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "planner/place_travel.hpp"
#include "route/chain_following.hpp"

namespace planner {
namespace {

using registry::SupporterId;

constexpr std::uint64_t kIterationsPerPerson = 500;  // the search ends long before for small teams
constexpr std::uint64_t kMostIterations = 200'000;
constexpr int kMostHands = 4;

/// Everybody who may help somebody in this course, and whom.
struct Teams {
  std::vector<std::size_t> people;  ///< who need hands and have a way
  std::vector<const registry::Supporter*> supporters;
  std::vector<std::vector<std::size_t>> may_help;  ///< by place in `people`: places of supporters
};

Teams teams_of(const PlanWorld& world, const CourseCase& course,
               const std::vector<PersonWay>& ways) {
  Teams teams;
  std::map<SupporterId, std::size_t> known;
  for (const auto& [name, group] : course.groups) {
    for (const std::size_t person : group.people.index) {
      if (!ways[person].legs.empty() && hands_needed(world, person) > 0) {
        teams.people.push_back(person);
      }
    }
  }
  std::ranges::sort(teams.people);
  for (const std::size_t person : teams.people) {
    std::vector<std::size_t>& helpers = teams.may_help.emplace_back();
    for (const registry::AssignedSupporter& each : world.subjects[person].supporters) {
      const auto [found, is_new] = known.try_emplace(each.supporter.id, teams.supporters.size());
      if (is_new) {
        teams.supporters.push_back(&each.supporter);
      }
      helpers.push_back(found->second);
    }
  }
  return teams;
}

/// Places in `people` that hang together because they share supporters, each in rising order.
std::vector<std::vector<std::size_t>> parts_of(const Teams& teams) {
  std::vector<std::size_t> root(teams.supporters.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto top = [&](std::size_t of) {
    while (root[of] != of) {
      of = root[of] = root[root[of]];
    }
    return of;
  };
  for (const std::vector<std::size_t>& helpers : teams.may_help) {
    for (const std::size_t helper : helpers) {
      root[top(helper)] = top(helpers.front());
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> parts;
  for (std::size_t i = 0; i < teams.people.size(); ++i) {
    if (!teams.may_help[i].empty()) {
      parts[top(teams.may_help[i].front())].push_back(i);
    }
  }
  std::vector<std::vector<std::size_t>> all;
  all.reserve(parts.size());
  for (auto& [of, part] : parts) {
    all.push_back(std::move(part));
  }
  return all;
}

std::string reason_words(route::Unserved reason) {
  switch (reason) {
    case route::Unserved::NoSupporter:
      return "支援者が自宅へ行ける道がない";
    case route::Unserved::TooFewHands:
      return "支援者の人数が足りない";
    case route::Unserved::NoVehicle:
      return "車両のある支援者がいない";
    case route::Unserved::NoneInTime:
      return "支援者が期限までに間に合わない";
    case route::Unserved::RetreatTime:
      return "支援者が退避する時刻までに終わらない";
    case route::Unserved::SupportersBusy:
      return "支援者がほかの人の支援で手がふさがる";
  }
  return {};
}

/// Seats a supporter's vehicle must have; 0 for those who go without one or have another.
std::uint32_t needs_vehicle_of(const AnonymousDemand& demand,
                               const route::MobilityProfile& profile) {
  const bool has_one =
      demand.vehicle_from == VehicleFrom::Own || demand.vehicle_from == VehicleFrom::Agreed;
  return profile.is_vehicle && !has_one ? demand.seats : 0;
}

/// Fills a plan part by part. Where everybody goes the stored way and the stored chain still takes
/// the same times, it stays without a search.
class HelperPlanner {
 public:
  HelperPlanner(const PlanWorld& world, const CourseCase& course,
                const route::Assignment& assignment, const std::vector<PersonWay>& ways)
      : world_(world),
        course_(course),
        assignment_(assignment),
        ways_(ways),
        teams_(teams_of(world, course, ways)),
        roads_(world, world.request.rules.supporter_profile),
        shelters_(roads_.join(places_of(course.shelters))) {
    plan_.helpers.resize(world.subjects.size());
    plan_.at_door_s.resize(world.subjects.size());
    plan_.reason.resize(world.subjects.size());
    plan_.needing = teams_.people.size();
  }

  [[nodiscard]] HelperPlan run() {
    for (const std::vector<std::size_t>& part : parts_of(teams_)) {
      add_part(part);
    }
    return std::move(plan_);
  }

 private:
  [[nodiscard]] const FamilyRules& family() const {
    return world_.request.rules.family(family_of(course_.hazard));
  }

  void add_part(const std::vector<std::size_t>& part) {
    std::vector<std::size_t> helpers;
    for (const std::size_t place : part) {
      helpers.insert(helpers.end(), teams_.may_help[place].begin(), teams_.may_help[place].end());
    }
    std::ranges::sort(helpers);
    helpers.erase(std::unique(helpers.begin(), helpers.end()), helpers.end());
    const Part all{part, helpers, problem_of(part, helpers)};
    const auto stored = stored_chains(all);
    take(all, stored ? *stored : searched_chains(all));
  }

  /// People and supporters who hang together, as places in the lists of the teams.
  struct Part {
    const std::vector<std::size_t>& people;
    const std::vector<std::size_t>& helpers;
    route::ChainProblem problem;
  };

  [[nodiscard]] static route::ChainPlan searched_chains(const Part& part) {
    const auto iterations = std::min(kMostIterations, kIterationsPerPerson * part.people.size());
    const bool simple = part.people.size() == 1;
    return chain_supporters(part.problem, {.iterations = simple ? 0 : iterations});
  }

  /// The stored course of somebody who still goes the stored way; null = the way is another, or
  /// nothing is to be kept.
  [[nodiscard]] const registry::PlanCourse* kept(const Part& part, std::size_t j) const {
    const std::size_t person = teams_.people[part.people[j]];
    const auto plan = world_.stored.find(world_.subjects[person].registrant.person.id);
    if (!world_.request.only_affected || plan == world_.stored.end()) {
      return nullptr;
    }
    const auto& courses = plan->second.courses;
    const auto course = std::ranges::find(courses, course_.hazard, &registry::PlanCourse::hazard);
    const PersonWay& way = ways_[person];
    const bool same = course != courses.end() && way.legs == course->legs &&
                      way.travel_s == course->timing.travel_s &&
                      way.limit_s == course->timing.limit_s;
    return same ? &*course : nullptr;
  }

  /// Who goes to whom by the stored courses; nothing when somebody has another way.
  [[nodiscard]] std::optional<route::ChainRoutes> stored_routes(const Part& part) const {
    std::vector<std::map<int, std::uint32_t>> people_by_trip(part.helpers.size());
    for (std::size_t j = 0; j < part.people.size(); ++j) {
      const registry::PlanCourse* stored = kept(part, j);
      if (stored == nullptr) {
        return std::nullopt;
      }
      for (const registry::PlannedHelper& helper : stored->helpers) {
        const auto found = std::ranges::find(part.helpers, helper.supporter, [&](std::size_t i) {
          return teams_.supporters[i]->id;
        });
        if (found == part.helpers.end()) {
          return std::nullopt;
        }
        if (!helper.backup) {
          people_by_trip[static_cast<std::size_t>(found - part.helpers.begin())].emplace(
              helper.trip, static_cast<std::uint32_t>(j));
        }
      }
    }
    route::ChainRoutes routes(part.helpers.size());
    for (std::size_t i = 0; i < routes.size(); ++i) {
      for (const auto& [trip, j] : people_by_trip[i]) {
        routes[i].push_back(j);
      }
    }
    return routes;
  }

  /// The chain of the stored courses, where every time in it is today's.
  [[nodiscard]] std::optional<route::ChainPlan> stored_chains(const Part& part) const {
    const auto routes = stored_routes(part);
    auto chains = routes ? follow_chains(part.problem, *routes) : std::nullopt;
    for (std::size_t j = 0; chains && j < part.people.size(); ++j) {
      if (helpers_of(part, *chains, j) != kept(part, j)->helpers) {
        return std::nullopt;
      }
    }
    return chains;
  }

  [[nodiscard]] route::ChainProblem problem_of(const std::vector<std::size_t>& part,
                                               const std::vector<std::size_t>& helpers) const {
    const PlanningRules& rules = world_.request.rules;
    route::ChainProblem problem;
    problem.deadlines = route::ChainDeadlines::Soft;
    KnownPlaces homes;
    problem.shelters = course_.shelters.size();
    for (const std::size_t place : part) {
      const std::size_t person = teams_.people[place];
      const AnonymousDemand& demand = world_.demands[person];
      const auto& profile = route::profile_named(world_.roads.profiles, demand.profile);
      homes.push_back(demand.home);
      problem.people.push_back({.shelter = static_cast<std::uint32_t>(assignment_.shelter[person]),
                                .hands = static_cast<std::uint32_t>(hands_needed(world_, person)),
                                .vehicle_seats = needs_vehicle_of(demand, profile),
                                .prepare = rules.preparation_of(demand.profile).p50_s,
                                .trip = ways_[person].travel_s,
                                .deadline = ways_[person].limit_s.value_or(route::kNeverInChain)});
    }
    KnownPlaces starts;
    for (const std::size_t helper : helpers) {
      const registry::Supporter& supporter = *teams_.supporters[helper];
      starts.push_back(place_of(supporter));
      problem.supporters.push_back(
          {.ready = family().notify.p50_s + rules.supporter_ready.p50_s,
           .retreat = family().limit_s > 0 ? family().limit_s - rules.retreat_margin_s
                                           : route::kNeverInChain,
           .vehicle_seats = supporter.has_vehicle ? static_cast<std::uint32_t>(kMostHands) : 0,
           .most_people = static_cast<std::uint32_t>(std::max(supporter.max_persons, 1))});
    }
    const Joined at_home = roads_.join(homes);
    const std::int64_t unknown_s = rules.unknown_supporter_travel_s;
    problem.to_person = roads_.seconds(roads_.join(starts), at_home, unknown_s);
    problem.from_shelter = roads_.seconds(shelters_, at_home, unknown_s);
    forbid_strangers(part, helpers, problem);
    return problem;
  }

  /// Only those who have agreed to help a person may be sent there.
  void forbid_strangers(const std::vector<std::size_t>& part,
                        const std::vector<std::size_t>& helpers,
                        route::ChainProblem& problem) const {
    for (std::size_t i = 0; i < helpers.size(); ++i) {
      for (std::size_t j = 0; j < part.size(); ++j) {
        const std::vector<std::size_t>& own = teams_.may_help[part[j]];
        if (std::ranges::find(own, helpers[i]) == own.end()) {
          problem.to_person[i * part.size() + j] = route::kNeverInChain;
        }
      }
    }
  }

  void take(const Part& part, const route::ChainPlan& chains) {
    for (const auto& visits : chains.visits) {
      for (const route::ChainVisit& visit : visits) {
        plan_.at_door_s[teams_.people[part.people[visit.person]]] = visit.start;
        plan_.last_s = std::max(plan_.last_s, visit.delivered);
      }
      plan_.double_booked += visits.size() > 1 ? 1U : 0U;
    }
    for (const route::UnservedPerson& unserved : chains.unserved) {
      plan_.reason[teams_.people[part.people[unserved.person]]] = reason_words(unserved.reason);
    }
    plan_.last_bound_s = std::max(plan_.last_bound_s, chains.lower_bound.last);
    for (std::size_t j = 0; j < part.people.size(); ++j) {
      plan_.helped += chains.supporters_of[j].empty() ? 0U : 1U;
      plan_.helpers[teams_.people[part.people[j]]] = helpers_of(part, chains, j);
    }
  }

  /// Who fetches a person; after them those who have agreed to help and are not needed: they stand
  /// in.
  [[nodiscard]] std::vector<registry::PlannedHelper> helpers_of(const Part& part,
                                                                const route::ChainPlan& chains,
                                                                std::size_t j) const {
    std::vector<registry::PlannedHelper> planned;
    const std::vector<std::uint32_t>& team = chains.supporters_of[j];
    for (const std::uint32_t i : team) {
      const auto& visits = chains.visits[i];
      const auto visit = std::ranges::find(visits, j, &route::ChainVisit::person);
      planned.push_back({.supporter = teams_.supporters[part.helpers[i]]->id,
                         .backup = false,
                         .trip = static_cast<int>(visit - visits.begin()) + 1,
                         .arrives_s = visit->arrival});
    }
    for (std::uint32_t i = 0; i < part.helpers.size(); ++i) {
      const route::ChainSeconds travel = part.problem.to_person[i * part.people.size() + j];
      if (travel < route::kNeverInChain && !std::ranges::binary_search(team, i)) {
        planned.push_back({.supporter = teams_.supporters[part.helpers[i]]->id,
                           .backup = true,
                           .trip = 0,
                           .arrives_s = part.problem.supporters[i].ready + travel});
      }
    }
    return planned;
  }

  const PlanWorld& world_;
  const CourseCase& course_;
  const route::Assignment& assignment_;
  const std::vector<PersonWay>& ways_;
  Teams teams_;
  PlaceTravel roads_;
  Joined shelters_;
  HelperPlan plan_;
};

}  // namespace

int hands_needed(const AnonymousDemand& demand,
                 const std::vector<route::MobilityProfile>& profiles) {
  const auto& profile = route::profile_named(profiles, demand.afoot());
  const int driver = demand.vehicle_from == VehicleFrom::Supporter ? 1 : 0;
  return std::clamp(demand.hands.value_or(profile.hands), driver, kMostHands);
}

int hands_needed(const PlanWorld& world, std::size_t person) {
  return hands_needed(world.demands[person], world.roads.profiles);
}

HelperPlan plan_helpers(const PlanWorld& world, const CourseCase& course,
                        const route::Assignment& assignment, const std::vector<PersonWay>& ways) {
  return HelperPlanner(world, course, assignment, ways).run();
}

}  // namespace planner
