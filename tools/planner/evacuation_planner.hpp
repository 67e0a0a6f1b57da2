// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "planner/plan_world.hpp"

namespace planner {

struct ShelterUse {
  registry::ShelterId shelter;
  std::string name;
  std::uint32_t capacity = 0;
  bool capacity_assumed = false;  ///< none published; the local plan's figure was taken
  std::uint32_t used = 0;
  double price_s = 0;  ///< seconds one more party here would save over all people
};

/// What one course says of the whole city.
struct CourseReport {
  registry::HazardKind hazard{};
  /// Why courses were computed anew, reason in words -> people; empty unless only those were.
  std::map<std::string, std::size_t> affected;
  std::size_t planned = 0;
  std::map<std::string, std::size_t> unassigned;  ///< reason in words -> people
  std::size_t shelters_permitted = 0;             ///< open to direct arrival, suited to the hazard
  std::map<std::string, std::size_t> shelters_left_out;  ///< reason in words -> shelters
  std::vector<ShelterUse> use;
  double mean_duration_s = 0;
  double longest_duration_s = 0;
  std::uint64_t total_cost_s = 0;
  std::uint64_t lower_bound_s = 0;  ///< of the assignment; equal when it is optimal
  std::map<registry::PlanVerdict, std::size_t> verdicts;
  std::map<std::string, std::size_t> causes;  ///< of plans that are not executable -> people
  std::size_t transfers_without_place = 0;    ///< should go on to a welfare shelter, none has room
  std::size_t needing_help = 0;
  std::size_t helped = 0;
  std::size_t double_booked = 0;  ///< supporters on whom several people depend
  std::int64_t last_delivery_s = 0;
  std::int64_t last_delivery_bound_s = 0;
};

/// What the main job did.
struct PlanReport {
  std::size_t registrants = 0;
  std::size_t shelters = 0;
  std::vector<CourseReport> courses;            ///< in the order of the request
  std::vector<registry::EvacuationPlan> plans;  ///< one per registrant, in the registry's order
  /// People whose plan is settled and who would get another one today: for somebody to look at.
  std::vector<registry::PersonId> settled_but_different;
  /// Plans in force that today's computation finds broken, with the reasons.
  std::vector<registry::Invalidation> broken;
  std::size_t marked_for_review = 0;  ///< of them, those that were in force until now
  registry::StoredPlans stored;
  /// What the stored plans said before, in the order of `plans`; for those who had none, no course.
  /// Empty unless only what is affected was computed.
  std::vector<registry::EvacuationPlan> before;

  /// People all of whose courses can be carried out.
  [[nodiscard]] std::size_t executable() const;
};

/// The main job: for everybody on the register and each hazard the best permitted destination
/// under capacity, the way there, who helps and when, whether it can be carried out in time, and a
/// stored revision of the plan. A settled plan keeps what it says; one that is broken is marked for
/// review. A person without destination gets a plan that says why. The way is
/// the fastest one before the danger has arrived, on the roads that nobody has closed at that time;
/// zones it touches stand on the plan.
[[nodiscard]] PlanReport make_plans(registry::Session& session, const CityRoads& roads,
                                    const PlanRequest& request, const Progress& progress);

/// The same without storing anything.
[[nodiscard]] PlanReport compute_plans(const PlanWorld& world, const Progress& progress);

}  // namespace planner
