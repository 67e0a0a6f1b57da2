// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_isolation.hpp"

#include <algorithm>
#include <cmath>

#include "planner/drill_tables.hpp"
#include "planner/drill_world.hpp"
#include "planner/section_text.hpp"

namespace planner {
namespace {

using route::DrillCause;
using route::DrillOutcome;

/// Kept at home or on the road by the roads alone.
bool has_no_way(const route::PersonRun& run) {
  const bool roads = run.cause == DrillCause::Blocked || run.cause == DrillCause::ClosedByWater;
  return roads &&
         (run.outcome == DrillOutcome::LeftBehind || run.outcome == DrillOutcome::Stranded);
}

}  // namespace

void count_cut_off(const DrillWorld& world, const route::DrillRun& run, CutOffRuns& counts) {
  enum class State : std::uint8_t { Nobody, CutOff, Open };
  std::vector<State> states(world.areas.size(), State::Nobody);
  for (std::size_t i = 0; i < run.people.size(); ++i) {
    State& state = states[world.people[i].area];
    if (has_no_way(run.people[i])) {
      state = state == State::Open ? state : State::CutOff;
    } else if (run.people[i].left < route::kInfinity) {
      state = State::Open;
    }
  }
  counts.resize(states.size());
  for (std::size_t area = 0; area < states.size(); ++area) {
    counts[area] += states[area] == State::CutOff ? 1U : 0U;
  }
}

registry::ResultTable district_table(const DrillWorld& world, const CutOffRuns& counts) {
  std::vector<std::int64_t> people(world.areas.size());
  for (const DrillPersonFacts& person : world.people) {
    ++people[person.area];
  }
  std::vector<std::int64_t> runs(counts.begin(), counts.end());
  runs.resize(world.areas.size());
  return {
      .name = "district",
      .columns = {
          {"area", world.areas}, {"people", std::move(people)}, {"cut_off_runs", std::move(runs)}}};
}

std::vector<DrillSection> isolation_sections(const registry::ResultFile& results) {
  const registry::ResultTable* found = results.find("district");
  if (found == nullptr) {
    return {};
  }
  DrillSection section = section_of(
      "孤立する地区",
      "がれきや通行止めのため、避難しようとした人のだれにも、避難所までの道か、支援者が迎えに来る"
      "道がない回の割合。5人未満の地区は出しません。",
      {"地区", "孤立する回の割合"});
  const auto least = std::stol(meta_of(results, "least_group"));
  const double runs = std::stod(meta_of(results, "runs"));
  for (std::size_t i = 0; i < found->rows(); ++i) {
    const auto cut_off = static_cast<double>(found->whole("cut_off_runs")[i]);
    if (cut_off > 0 && found->whole("people")[i] >= least) {
      section.table.rows.push_back(
          {found->text("area")[i], people_text(100 * cut_off / runs) + "%"});
    }
  }
  return {section};
}

}  // namespace planner
