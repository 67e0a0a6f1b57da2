// SPDX-License-Identifier: Apache-2.0
#include "planner/supporter_proposals.hpp"

#include <algorithm>
#include <map>

#include "planner/helper_plan.hpp"
#include "planner/place_travel.hpp"
#include "route/geo.hpp"

namespace planner {
namespace {

constexpr std::array<const char*, route::kTimesOfDay> kTimes = {"平日昼", "平日夜", "休日"};

class Proposer {
 public:
  explicit Proposer(const PlanWorld& world)
      : world_(world), roads_(world, world.request.rules.supporter_profile) {
    for (std::size_t person = 0; person < world.subjects.size(); ++person) {
      if (world.demands[person].home && hands_needed(world, person) > 0) {
        people_.push_back(person);
      }
      for (const registry::AssignedSupporter& each : world.subjects[person].supporters) {
        const auto [found, is_new] = known_.try_emplace(each.supporter.id, supporters_.size());
        if (is_new) {
          supporters_.push_back(&each.supporter);
        }
      }
    }
  }

  [[nodiscard]] SupporterProposals run() {
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

  void add_candidates(std::uint32_t place, route::SupportChoiceProblem& problem) const {
    const std::size_t person = people_[place];
    const route::LatLon home = *world_.demands[person].home;
    std::vector<std::uint32_t> chosen;
    KnownPlaces from;
    for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
      if (linked(person, supporters_[i]->id) || near_enough(home, *supporters_[i])) {
        chosen.push_back(i);
        from.push_back(place_of(*supporters_[i]));
      }
    }
    const auto travel = roads_.seconds(roads_.join(from), roads_.join({home}),
                                       world_.request.rules.unknown_supporter_travel_s);
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      const registry::Supporter& supporter = *supporters_[chosen[k]];
      const bool agreed = linked(person, supporter.id);
      if (travel[k] < route::kNeverInChain &&
          (agreed || travel[k] <= world_.request.rules.proposal_s)) {
        problem.candidates.push_back({.person = place,
                                      .supporter = chosen[k],
                                      .travel = travel[k],
                                      .linked = agreed,
                                      .in_hazard_zone = in_zone(supporter),
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

  const PlanWorld& world_;
  PlaceTravel roads_;
  std::vector<std::size_t> people_;
  std::map<registry::SupporterId, std::size_t> known_;
  std::vector<const registry::Supporter*> supporters_;
};

}  // namespace

SupporterProposals propose_supporters(const PlanWorld& world) {
  return Proposer(world).run();
}

}  // namespace planner
