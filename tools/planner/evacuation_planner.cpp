// SPDX-License-Identifier: Apache-2.0
#include "planner/evacuation_planner.hpp"

#include <algorithm>
#include <chrono>

#include "planner/course_ways.hpp"
#include "planner/hazard_words.hpp"
#include "planner/helper_plan.hpp"
#include "planner/plan_judgement.hpp"
#include "planner/plan_storing.hpp"
#include "planner/settled_plans.hpp"
#include "planner/stay_advice.hpp"
#include "planner/supporter_fit.hpp"

namespace planner {
namespace {

using registry::EvacuationPlan;
using registry::Gap;
using registry::PlanCourse;
using registry::PlanVerdict;

/// What the computation found for one hazard. All lists are by person.
struct Solution {
  const CourseCase& course;
  const route::Assignment& assignment;
  const std::vector<PersonWay>& ways;
  const HelperPlan& helpers;
};

std::vector<EvacuationPlan> blank_plans(const PlanWorld& world) {
  const PlanRequest& request = world.request;
  const auto review = std::chrono::year_month_day(registry::tokyo_date(request.now)) +
                      std::chrono::months(request.local_plan.review_months);
  std::vector<EvacuationPlan> plans(world.subjects.size());
  for (std::size_t person = 0; person < plans.size(); ++person) {
    plans[person].subject = world.subjects[person].registrant.person.id;
    plans[person].created_at = request.now;
    plans[person].next_review =
        review.ok() ? review : review.year() / review.month() / std::chrono::last;
  }
  return plans;
}

Gap gap_of(const Solution& solution, std::size_t person) {
  const Gap before = solution.course.gaps[person];
  if (before != Gap::None || solution.assignment.shelter[person] != route::Assignment::kNone) {
    return before;
  }
  return solution.assignment.reason[person] == route::Unassigned::NoPermittedShelter
             ? Gap::NoPermittedShelter
             : Gap::SheltersFull;
}

/// What to look at on the way, beyond time and helpers.
std::vector<std::string> notes_on(const PersonWay& way, const AnonymousDemand& demand) {
  std::vector<std::string> notes;
  if (demand.vehicle_from == VehicleFrom::Agreed) {
    notes.emplace_back("協定の車両を頼む（台数が足りるかは確かめていない）");
  }
  for (const registry::PlanLeg& leg : way.legs) {
    for (const std::string& hazard : leg.hazards_met) {
      std::string words = "経路が危険区域を通る（" + hazard + "）";
      if (std::ranges::find(notes, words) == notes.end()) {
        notes.push_back(std::move(words));
      }
    }
  }
  return notes;
}

/// The person has to be carried, and none of those who help has taken that on.
bool nobody_carries(const PlanWorld& world, std::size_t person) {
  const SupporterFitRules& fit = world.request.rules.fit;
  const auto& supporters = world.subjects[person].supporters;
  return is_carried(world.demands[person], fit) && !supporters.empty() &&
         std::ranges::none_of(supporters, [&](const registry::AssignedSupporter& each) {
           return carries({each.role}, fit);
         });
}

CourseFacts facts_of(const PlanWorld& world, const Solution& solution, std::size_t person) {
  const AnonymousDemand& demand = world.demands[person];
  const PersonWay& way = solution.ways[person];
  CourseFacts facts;
  facts.gap = gap_of(solution, person);
  facts.profile = demand.profile;
  facts.hands = hands_needed(world, person);
  for (const registry::AssignedSupporter& each : world.subjects[person].supporters) {
    facts.supporters.push_back(each.supporter);
  }
  facts.helpers_at_door_s = solution.helpers.at_door_s[person];
  facts.no_helper_reason = solution.helpers.reason[person];
  facts.travel_s = way.travel_s;
  facts.limit_s = way.limit_s;
  facts.limit_cause = way.limit_cause;
  facts.battery_s = demand.battery_s;
  facts.notes = notes_on(way, demand);
  if (nobody_carries(world, person)) {
    facts.notes.emplace_back("運ぶ役割を引き受けた支援者がいない");
  }
  const std::int32_t chosen = solution.assignment.shelter[person];
  if (chosen != route::Assignment::kNone) {
    const registry::Shelter& shelter = solution.course.shelters[static_cast<std::size_t>(chosen)];
    for (const registry::Equipment equipment : unknown_equipment(shelter, demand)) {
      facts.unknown_equipment.emplace_back(to_text(equipment));
    }
  }
  return facts;
}

/// As stored where that still holds, also for the supporters; else as computed.
PlanCourse course_of(const PlanWorld& world, const Solution& solution, const KeptCourses& kept,
                     std::size_t person) {
  if (kept.course[person] != nullptr &&
      kept.course[person]->helpers == solution.helpers.helpers[person]) {
    return *kept.course[person];
  }
  const registry::HazardKind hazard = solution.course.hazard;
  const AnonymousDemand& demand = world.demands[person];
  const CourseFacts facts = facts_of(world, solution, person);
  Judgement judgement =
      judge(facts, world.request.rules.family(family_of(hazard)), world.request.rules);
  PlanCourse course;
  course.hazard = hazard;
  course.gap = facts.gap;
  if (demand.home) {
    course.home_hazard = hazards_at(world.roads.hazards, *demand.home);
  }
  course.legs = solution.ways[person].legs;
  course.second = solution.ways[person].second;
  course.timing = judgement.timing;
  course.verdict = judgement.verdict;
  course.cause = std::move(judgement.cause);
  course.risks = std::move(judgement.risks);
  course.helpers = solution.helpers.helpers[person];
  if (course.verdict == PlanVerdict::NotExecutable) {
    StayDecision stay = stay_advice(hazard, world.roads.hazards, demand,
                                    world.subjects[person].needs.dwelling, world.request.rules);
    course.stay = stay.advice;
    course.stay_reason = std::move(stay.reason);
  }
  return course;
}

void count_people(CourseReport& report, const PlanCourse& course, double& total) {
  ++report.verdicts[course.verdict];
  if (course.verdict == PlanVerdict::NotExecutable) {
    // Minutes differ from person to person; the kind of cause is what is counted.
    ++report.causes[course.cause.substr(0, course.cause.find("（"))];
  }
  if (course.gap != Gap::None) {
    ++report.unassigned[std::string(registry::to_text(course.gap))];
    return;
  }
  ++report.planned;
  const auto travel = static_cast<double>(course.timing.travel_s);
  total += travel;
  report.longest_duration_s = std::max(report.longest_duration_s, travel);
}

void count_shelters(CourseReport& report, const PlanWorld& world, const Solution& solution,
                    std::uint32_t unit) {
  const route::Assignment& assignment = solution.assignment;
  for (std::size_t i = 0; i < solution.course.shelters.size(); ++i) {
    const registry::Shelter& shelter = solution.course.shelters[i];
    report.use.push_back({.shelter = shelter.id,
                          .name = shelter.name,
                          .capacity = seats_of(shelter, world.request.local_plan),
                          .capacity_assumed = !shelter.capacity.has_value(),
                          .used = assignment.used[i] * unit,
                          .price_s = static_cast<double>(assignment.seat_price[i]) / 1000});
  }
  report.shelters_permitted = solution.course.shelters.size();
  report.shelters_left_out = solution.course.left_out;
  report.total_cost_s = assignment.total_cost / 1000;
  report.lower_bound_s = assignment.lower_bound / 1000;
}

void count_helpers(CourseReport& report, const HelperPlan& helpers) {
  report.needing_help = helpers.needing;
  report.helped = helpers.helped;
  report.double_booked = helpers.double_booked;
  report.last_delivery_s = helpers.last_s;
  report.last_delivery_bound_s = helpers.last_bound_s;
}

/// Computes one course and puts it into everybody's plan.
CourseReport add_course(const PlanWorld& world, registry::HazardKind hazard,
                        std::vector<EvacuationPlan>& plans, const Progress& progress) {
  CourseCase course = course_case(world, hazard, progress);
  const KeptCourses kept =
      world.request.only_affected ? keep_what_holds(world, course) : keep_nothing(world);
  hold_seats(kept, course);
  const SeatProblem seats = seat_problem(world, course.shelters);
  progress("避難先の割当", 0);
  const route::Assignment assignment = assign_shelters(seats.over(course.costs));
  progress("避難経路", 0);
  std::vector<PersonWay> ways = course_ways(world, course, assignment, kept);
  CourseReport report;
  report.hazard = hazard;
  report.affected = kept.affected;
  report.transfers_without_place = add_transfers(world, course, assignment, kept, ways);
  progress("支援者の割当", 0);
  const HelperPlan helpers = plan_helpers(world, course, assignment, ways);
  const Solution solution{course, assignment, ways, helpers};
  double total = 0;
  for (std::size_t person = 0; person < plans.size(); ++person) {
    plans[person].courses.push_back(course_of(world, solution, kept, person));
    count_people(report, plans[person].courses.back(), total);
  }
  report.mean_duration_s = report.planned == 0 ? 0 : total / static_cast<double>(report.planned);
  count_shelters(report, world, solution, seats.unit);
  count_helpers(report, helpers);
  return report;
}

std::vector<EvacuationPlan> stored_plans(const PlanWorld& world) {
  std::vector<EvacuationPlan> plans(world.subjects.size());
  for (std::size_t person = 0; person < plans.size(); ++person) {
    plans[person].subject = world.subjects[person].registrant.person.id;
    const auto stored = world.stored.find(plans[person].subject);
    if (stored != world.stored.end()) {
      plans[person] = stored->second;
    }
  }
  return plans;
}

}  // namespace

std::size_t PlanReport::executable() const {
  return static_cast<std::size_t>(std::ranges::count_if(plans, [](const EvacuationPlan& plan) {
    return std::ranges::all_of(plan.courses, [](const PlanCourse& course) {
      return course.verdict == PlanVerdict::Executable;
    });
  }));
}

PlanReport compute_plans(const PlanWorld& world, const Progress& progress) {
  PlanReport report;
  report.registrants = world.subjects.size();
  report.shelters = world.shelters.size();
  report.plans = blank_plans(world);
  for (const registry::HazardKind hazard : world.request.hazards) {
    report.courses.push_back(add_course(world, hazard, report.plans, progress));
  }
  report.settled_but_different = settled_but_different(world, report.plans);
  report.broken = broken_plans(world, report.plans);
  if (world.request.only_affected) {
    report.before = stored_plans(world);
  }
  return report;
}

PlanReport make_plans(registry::Session& session, const CityRoads& roads,
                      const PlanRequest& request, const Progress& progress) {
  const PlanWorld world = plan_world(session, roads, request);
  PlanReport report = compute_plans(world, progress);
  if (request.store) {
    progress("計画の保存", 0);
    store_report(session, world, report);
  }
  progress("完了", 1);
  return report;
}

}  // namespace planner
