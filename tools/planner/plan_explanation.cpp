// SPDX-License-Identifier: Apache-2.0
#include "planner/plan_explanation.hpp"

#include <algorithm>

#include "planner/course_ways.hpp"
#include "planner/time_words.hpp"
#include "route/shelter_assigner.hpp"

namespace planner {
namespace {

using route::Assignment;
using route::WhyNot;

std::int64_t seconds(std::int64_t milliseconds) {
  return milliseconds / 1000;
}

class Explainer {
 public:
  Explainer(const PlanWorld& world, registry::HazardKind hazard, std::size_t person)
      : world_(world),
        person_(person),
        course_(course_case(world, hazard, [](std::string_view, double) {})),
        seats_(seat_problem(world, course_.shelters)),
        assigner_(seats_.over(course_.costs)),
        now_(assigner_.assignment()) {}

  [[nodiscard]] PlanExplanation run() const {
    PlanExplanation explanation;
    explanation.hazard = course_.hazard;
    explanation.gap = gap();
    const auto travel = travel_times();
    for (std::size_t i = 0; i < world_.shelters.size(); ++i) {
      explanation.shelters.push_back(answer(world_.shelters[i], travel[i]));
    }
    std::ranges::stable_sort(explanation.shelters, [](const auto& a, const auto& b) {
      constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
      return a.travel_s.value_or(kLast) < b.travel_s.value_or(kLast);
    });
    return explanation;
  }

 private:
  [[nodiscard]] std::string gap() const {
    if (course_.gaps[person_] != registry::Gap::None) {
      return std::string(to_text(course_.gaps[person_]));
    }
    if (now_.shelter[person_] != Assignment::kNone) {
      return {};
    }
    switch (now_.reason[person_]) {
      case route::Unassigned::NoPermittedShelter:
      case route::Unassigned::Removed:
        return std::string(to_text(registry::Gap::NoPermittedShelter));
      case route::Unassigned::SheltersFull:
        return std::string(to_text(registry::Gap::SheltersFull));
      case route::Unassigned::NeedPlacesFull:
        return "必要な設備の受入数がすべて埋まっている";
      case route::Unassigned::HouseholdTooLarge:
        return "同伴者を含む人数がどの避難先の定員よりも多い";
    }
    return {};
  }

  /// By shelter of the world, also those that are not permitted.
  [[nodiscard]] std::vector<std::optional<std::int64_t>> travel_times() const {
    std::vector<std::optional<std::int64_t>> times(world_.shelters.size());
    const auto found = course_.groups.find(world_.demands[person_].profile);
    if (found == course_.groups.end()) {
      return times;
    }
    const ProfileGroup& group = found->second;
    const auto row = group.people.find(person_);
    if (!row) {
      return times;
    }
    const Joined entrances = join(world_, group.mask, places_of(world_.shelters));
    const auto table =
        group.ways->table(std::span(&group.people.position[*row], 1), entrances.position);
    for (std::size_t i = 0; i < entrances.index.size(); ++i) {
      if (table.at(0, i) < route::kInfinity) {
        times[entrances.index[i]] = seconds(table.at(0, i));
      }
    }
    return times;
  }

  [[nodiscard]] ShelterAnswer answer(const registry::Shelter& shelter,
                                     std::optional<std::int64_t> travel_s) const {
    ShelterAnswer answer;
    answer.shelter = shelter.id;
    answer.name = shelter.name;
    answer.travel_s = travel_s;
    answer.reason = reason_against(world_, course_.hazard, shelter, person_);
    const auto column = std::ranges::find(course_.shelters, shelter.id, &registry::Shelter::id);
    if (!answer.reason.empty() || column == course_.shelters.end()) {
      return answer;
    }
    if (!travel_s) {
      answer.reason = "たどり着ける道がない";
      return answer;
    }
    const auto index = static_cast<std::size_t>(column - course_.shelters.begin());
    const auto& settled = course_.settled[person_];
    if (settled && *settled != shelter.id) {
      answer.reason = "確定した計画で別の避難先を決めている";
      return answer;
    }
    compare(answer, index);
    return answer;
  }

  void compare(ShelterAnswer& answer, std::size_t index) const {
    const WhyNot why = assigner_.why_not(now_, person_, index);
    answer.price_s = seconds(static_cast<std::int64_t>(now_.seat_price[index]));
    answer.extra_s = seconds(why.extra_cost);
    answer.chosen = why.answer == WhyNot::Answer::Assigned;
    for (const route::Displacement& each : why.chain) {
      answer.moved.push_back({.person = world_.subjects[each.person].registrant.person.id,
                              .from = name_of(each.from),
                              .to = name_of(each.to),
                              .extra_s = seconds(each.extra_cost)});
    }
    answer.reason = words(why, answer);
  }

  [[nodiscard]] std::string name_of(std::int32_t shelter) const {
    return shelter == Assignment::kNone ? std::string()
                                        : course_.shelters[static_cast<std::size_t>(shelter)].name;
  }

  static std::string words(const WhyNot& why, const ShelterAnswer& answer) {
    switch (why.answer) {
      case WhyNot::Answer::Assigned:
        return "この避難先です";
      case WhyNot::Answer::NotPermitted:
        return "たどり着ける道がない";
      case WhyNot::Answer::Impossible:
        return "満員で、代わりに移れる人がいない";
      case WhyNot::Answer::Costs:
        break;
    }
    if (why.more_unassigned > 0) {
      return "満員。この人を入れると避難先のない人が出る";
    }
    if (why.full) {
      return "満員。ほかに" + std::to_string(answer.moved.size() - 1) + "人が移り、全員の合計で" +
             minutes_words(answer.extra_s) + "長くなる";
    }
    return "空きはあるが" + minutes_words(answer.extra_s) + "遠い";
  }

  const PlanWorld& world_;
  std::size_t person_;
  CourseCase course_;
  SeatProblem seats_;
  route::ShelterAssigner assigner_;
  Assignment now_;
};

}  // namespace

PlanExplanation explain(const PlanWorld& world, registry::HazardKind hazard, std::size_t person) {
  return Explainer(world, hazard, person).run();
}

}  // namespace planner
