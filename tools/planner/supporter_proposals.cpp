// SPDX-License-Identifier: Apache-2.0
#include "planner/supporter_proposals.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "planner/helper_plan.hpp"
#include "planner/place_travel.hpp"
#include "planner/supporter_fit.hpp"
#include "registry/supporter_refusal.hpp"
#include "route/geo.hpp"

namespace planner {
namespace {

constexpr std::array<const char*, route::kTimesOfDay> kTimes = {"平日昼", "平日夜", "休日"};

class Proposer {
 public:
  Proposer(const PlanWorld& world, const std::vector<registry::Supporter>& everybody)
      : world_(world), roads_(world, world.request.rules.supporter_profile) {
    std::ranges::for_each(everybody, [this](const registry::Supporter& each) { know(each); });
    for (std::size_t person = 0; person < world.subjects.size(); ++person) {
      if (world.demands[person].home && hands_needed(world, person) > 0) {
        people_.push_back(person);
      }
      for (const registry::AssignedSupporter& each : world.subjects[person].supporters) {
        roles_[know(each.supporter)].insert(each.role);
      }
    }
  }

  [[nodiscard]] SupporterProposals run() {
    refused_.assign(people_.size(), 0);
    KnownPlaces starts;
    std::ranges::transform(supporters_, std::back_inserter(starts),
                           [](const registry::Supporter* each) { return place_of(*each); });
    starts_ = roads_.join(starts);
    route::SupportChoiceProblem problem;
    problem.people = people_.size();
    problem.wanted = static_cast<std::size_t>(world_.request.rules.enough_supporters);
    for (const registry::Supporter* supporter : supporters_) {
      problem.most_people.push_back(
          static_cast<std::uint32_t>(std::max(supporter->max_persons, 1)));
    }
    for (std::uint32_t place = 0; place < people_.size(); ++place) {
      add_candidates(place, problem);
    }
    const auto iterations = std::min<std::uint64_t>(20'000, 50 * people_.size());
    return report(problem, choose_supporters(problem, {.iterations = iterations}));
  }

 private:
  std::size_t know(const registry::Supporter& supporter) {
    const auto [found, is_new] = known_.try_emplace(supporter.id, supporters_.size());
    if (is_new) {
      supporters_.push_back(&supporter);
      roles_.emplace_back();
    }
    return found->second;
  }

  [[nodiscard]] Helper helper(std::uint32_t supporter) const {
    return {.supporter = *supporters_[supporter], .roles = roles_[supporter]};
  }

  [[nodiscard]] bool linked(std::size_t person, const registry::SupporterId& id) const {
    return std::ranges::any_of(world_.subjects[person].supporters,
                               [&](const auto& each) { return each.supporter.id == id; });
  }

  /// Further away as the crow flies nobody can be there in time.
  [[nodiscard]] bool near_enough(route::LatLon home, const registry::Supporter& supporter) const {
    const auto place = place_of(supporter);
    const double reach =
        static_cast<double>(world_.request.rules.proposal_s) * roads_.profile().level_speed_mps;
    return place && route::distance_m(home, *place) <= reach;
  }

  /// Near, but the person does not want to be helped by this supporter, or is the supporter.
  [[nodiscard]] bool unwanted(std::size_t person, const registry::Supporter& supporter) const {
    const registry::PlanSubject& subject = world_.subjects[person];
    const auto known = world_.unwanted.find(subject.registrant.person.id);
    return (known != world_.unwanted.end() && known->second.contains(supporter.id)) ||
           registry::is_refused(subject.needs, supporter) || is_same_person(subject, supporter);
  }

  void add_candidates(std::uint32_t place, route::SupportChoiceProblem& problem) {
    const std::size_t person = people_[place];
    const route::LatLon home = *world_.demands[person].home;
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
      if (linked(person, supporters_[i]->id) || near_enough(home, *supporters_[i])) {
        if (unwanted(person, *supporters_[i])) {
          ++refused_[place];
          continue;
        }
        chosen.push_back(i);
      }
    }
    const auto travel = roads_.seconds(starts_.only(chosen), roads_.join({home}),
                                       world_.request.rules.unknown_supporter_travel_s);
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      const registry::Supporter& supporter = *supporters_[chosen[k]];
      const bool agreed = linked(person, supporter.id);
      if (travel[k] < route::kNeverInChain &&
          (agreed || travel[k] <= world_.request.rules.proposal_s)) {
        problem.candidates.push_back(
            {.person = place,
             .supporter = chosen[k],
             .travel = travel[k],
             .linked = agreed,
             .in_hazard_zone = in_zone(supporter),
             .unfit = points_against(world_.subjects[person], world_.demands[person],
                                     helper(chosen[k]), world_.request.rules.fit),
             .absent = absence(supporter)});
      }
    }
  }

  [[nodiscard]] bool in_zone(const registry::Supporter& supporter) const {
    const auto place = place_of(supporter);
    const auto kind = zone_kind(world_.request.hazards.front());
    return place && kind && world_.roads.hazards.at(*place, *kind) != nullptr;
  }

  [[nodiscard]] route::ByTimeOfDay<double> absence(const registry::Supporter& supporter) const {
    const double usual = world_.request.rules.supporter_absence;
    const registry::Availability& free = supporter.available;
    return {free.weekday_day ? usual : 1, free.weekday_night ? usual : 1, free.holiday ? usual : 1};
  }

  [[nodiscard]] SupporterProposals report(const route::SupportChoiceProblem& problem,
                                          const route::SupportChoice& choice) const {
    SupporterProposals proposals;
    proposals.value = choice.value;
    proposals.lower_bound = choice.lower_bound;
    for (const std::uint32_t supporter : choice.double_booked) {
      proposals.double_booked.push_back(supporters_[supporter]->id);
    }
    for (std::size_t place = 0; place < people_.size(); ++place) {
      ProposalsFor& of = proposals.people.emplace_back();
      of.person = world_.subjects[people_[place]].registrant.person.id;
      of.coverage = choice.coverage[place];
      of.refused = refused_[place];
      set_missing(place, problem, choice.chosen[place], of);
      for (const std::uint32_t candidate : choice.chosen[place]) {
        const route::SupportCandidate& each = problem.candidates[candidate];
        of.supporters.push_back({.supporter = supporters_[each.supporter]->id,
                                 .travel_s = each.travel,
                                 .agreed = each.linked,
                                 .first = of.supporters.empty()});
      }
    }
    for (const route::Uncovered& each : choice.uncovered) {
      proposals.people[each.person].uncovered.emplace_back(kTimes.at(each.time_of_day));
    }
    return proposals;
  }

  /// What nobody of the chosen can do although the person needs it.
  void set_missing(std::size_t place, const route::SupportChoiceProblem& problem,
                   const std::vector<std::uint32_t>& chosen, ProposalsFor& of) const {
    const AnonymousDemand& demand = world_.demands[people_[place]];
    const SupporterFitRules& fit = world_.request.rules.fit;
    const auto nobody = [&](auto suits) {
      return std::ranges::none_of(chosen, [&](std::uint32_t candidate) {
        return suits(helper(problem.candidates[candidate].supporter));
      });
    };
    of.carrier_missing = is_carried(demand, fit) &&
                         nobody([&](const Helper& each) { return carries(each.roles, fit); });
    of.vehicle_missing = demand.vehicle_from == VehicleFrom::Supporter &&
                         nobody([](const Helper& each) { return each.supporter.has_vehicle; });
  }

  const PlanWorld& world_;
  PlaceTravel roads_;
  std::vector<std::size_t> people_;
  std::map<registry::SupporterId, std::size_t> known_;
  std::vector<const registry::Supporter*> supporters_;
  Joined starts_;                             // by supporter
  std::vector<std::set<std::string>> roles_;  // by supporter: taken on for anybody
  std::vector<std::size_t> refused_;          // by place in `people_`
};

}  // namespace

SupporterProposals propose_supporters(const PlanWorld& world,
                                      const std::vector<registry::Supporter>& everybody) {
  return Proposer(world, everybody).run();
}

}  // namespace planner
