// SPDX-License-Identifier: Apache-2.0
#include "planner/event_dispatch.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

#include "planner/place_travel.hpp"
#include "planner/supporter_fit.hpp"
#include "registry/supporter_refusal.hpp"

namespace planner {
namespace {

constexpr const char* kNobodyGoes =
    "緊急安全確保の区域です。支援者は向かわせず、消防などの救助に引き継ぎます。";

class Dispatcher {
 public:
  Dispatcher(const DispatchProblem& problem, std::int64_t furthest_s)
      : problem_(problem), furthest_s_(furthest_s), busy_(problem.helpers.size(), 0) {}

  [[nodiscard]] std::vector<Dispatch> run() {
    std::vector<std::size_t> order(problem_.calls.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t call) {
      return std::tuple(-problem_.calls[call].urgency, could_come(call),
                        problem_.calls[call].person);
    });
    std::vector<Dispatch> all;
    all.reserve(order.size());
    for (const std::size_t call : order) {
      all.push_back(serve(call));
    }
    return all;
  }

 private:
  [[nodiscard]] std::size_t cell(std::size_t call, std::size_t helper) const {
    return call * problem_.helpers.size() + helper;
  }
  [[nodiscard]] bool can_come(std::size_t call, std::size_t helper) const {
    return busy_[helper] == 0 && problem_.travel_s[cell(call, helper)] <= furthest_s_;
  }
  [[nodiscard]] std::size_t could_come(std::size_t call) const {
    std::size_t count = 0;
    for (std::size_t helper = 0; helper < problem_.helpers.size(); ++helper) {
      count += can_come(call, helper) ? 1U : 0U;
    }
    return count;
  }

  /// The trusted before others, then the near before the far.
  [[nodiscard]] std::optional<std::size_t> best(std::size_t call, bool with_vehicle) const {
    std::optional<std::size_t> chosen;
    const auto rank = [&](std::size_t helper) {
      return std::tuple(problem_.trusted[cell(call, helper)] == 0,
                        problem_.travel_s[cell(call, helper)], problem_.helpers[helper]->id);
    };
    for (std::size_t helper = 0; helper < problem_.helpers.size(); ++helper) {
      if (can_come(call, helper) && (!with_vehicle || problem_.helpers[helper]->has_vehicle) &&
          (!chosen || rank(helper) < rank(*chosen))) {
        chosen = helper;
      }
    }
    return chosen;
  }

  void send(std::size_t call, std::size_t helper, Dispatch& dispatch) {
    busy_[helper] = 1;
    dispatch.sent.push_back({.supporter = problem_.helpers[helper]->id,
                             .travel_s = problem_.travel_s[cell(call, helper)],
                             .trusted = problem_.trusted[cell(call, helper)] != 0,
                             .with_vehicle = problem_.helpers[helper]->has_vehicle});
  }

  [[nodiscard]] Dispatch serve(std::size_t index) {
    const DispatchCall& call = problem_.calls[index];
    Dispatch dispatch;
    dispatch.person = call.person;
    if (call.vehicle) {
      const auto driver = best(index, true);
      dispatch.vehicle_missing = !driver;
      if (driver) {
        send(index, *driver, dispatch);
      }
    }
    while (static_cast<int>(dispatch.sent.size()) < call.hands) {
      const auto helper = best(index, false);
      if (!helper) {
        break;
      }
      send(index, *helper, dispatch);
    }
    dispatch.hands_missing = std::max(0, call.hands - static_cast<int>(dispatch.sent.size()));
    if (dispatch.hands_missing > 0) {
      dispatch.reason = "手が空いていて間に合う支援者が " + std::to_string(dispatch.hands_missing) +
                        " 人足りません。";
    }
    if (dispatch.vehicle_missing) {
      dispatch.reason += "車両のある支援者がいません。";
    }
    return dispatch;
  }

  const DispatchProblem& problem_;
  std::int64_t furthest_s_;
  std::vector<char> busy_;
};

/// Whether the supporter has said not to be able to go to this person.
bool cannot_go(const EventInputs& inputs, const registry::SupporterId& supporter,
               const registry::PersonId& person) {
  const auto day = std::ranges::find(inputs.days, supporter, &registry::SupporterDay::supporter);
  return day != inputs.days.end() && day->cannot_to.contains(person);
}

bool has_agreed(const EventPerson& person, const registry::SupporterId& id) {
  return std::ranges::any_of(person.subject->supporters,
                             [&](const auto& each) { return each.supporter.id == id; });
}

/// Whether the person does not want this supporter, or is named as the own supporter.
bool is_unwanted(const EventPerson& person, const registry::Supporter& helper) {
  const registry::PlanSubject& subject = *person.subject;
  const auto link =
      std::ranges::find(subject.supporters, helper.id,
                        [](const registry::AssignedSupporter& each) { return each.supporter.id; });
  if (link == subject.supporters.end()) {
    return registry::is_refused(subject.needs, helper);
  }
  return registry::is_refused(subject.needs, helper, link->relation) ||
         is_same_person(subject, helper);
}

/// 要救助 above 負傷 above everybody else; then the level of the order.
int urgency_of(const EventPerson& person) {
  const int level = person.level ? static_cast<int>(*person.level) + 1 : 0;
  if (!person.safety.needs_help) {
    return level;
  }
  return level + (person.safety.status == registry::SafetyStatus::NeedsRescue ? 20 : 10);
}

}  // namespace

std::vector<Dispatch> suggest_dispatch(const DispatchProblem& problem, std::int64_t furthest_s) {
  return Dispatcher(problem, furthest_s).run();
}

std::vector<Dispatch> dispatch_for(const PlanWorld& world, const EventInputs& inputs,
                                   const std::vector<EventPerson>& people) {
  DispatchProblem problem;
  problem.helpers = free_supporters(inputs);
  std::vector<Dispatch> refused;
  std::vector<const EventPerson*> called;
  std::vector<std::optional<route::LatLon>> homes;
  for (const EventPerson& person : people) {
    if (!person.waits_for_hands()) {
      continue;
    }
    if (person.level == registry::EvacLevel::L5) {
      Dispatch& none = refused.emplace_back();
      none.person = person.id();
      none.hands_missing = person.hands_wanted();
      none.reason = kNobodyGoes;
      continue;
    }
    called.push_back(&person);
    homes.push_back(person.home);
    problem.calls.push_back({.person = person.id(),
                             .urgency = urgency_of(person),
                             .hands = person.hands_wanted(),
                             .vehicle = person.vehicle_wanted()});
  }
  std::vector<std::optional<route::LatLon>> starts;
  starts.reserve(problem.helpers.size());
  for (const registry::Supporter* helper : problem.helpers) {
    starts.push_back(place_of(*helper));
  }
  const PlaceTravel roads(world, world.request.rules.supporter_profile);
  const auto travel = roads.seconds(roads.join(starts), roads.join(homes),
                                    world.request.rules.unknown_supporter_travel_s);
  for (std::size_t call = 0; call < called.size(); ++call) {
    for (std::size_t helper = 0; helper < problem.helpers.size(); ++helper) {
      const registry::SupporterId& id = problem.helpers[helper]->id;
      const bool stays = cannot_go(inputs, id, called[call]->id()) ||
                         is_unwanted(*called[call], *problem.helpers[helper]);
      problem.travel_s.push_back(stays ? route::kNeverInChain
                                       : travel[helper * called.size() + call]);
      problem.trusted.push_back(has_agreed(*called[call], id) ? 1 : 0);
    }
  }
  std::vector<Dispatch> all = suggest_dispatch(problem, inputs.rules.furthest_s);
  all.insert(all.begin(), refused.begin(), refused.end());
  return all;
}

}  // namespace planner
