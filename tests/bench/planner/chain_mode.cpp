// SPDX-License-Identifier: Apache-2.0
#include "planner/chain_mode.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "planner/chain_file.hpp"
#include "planner/chain_instances.hpp"
#include "planner/modes.hpp"
#include "route/error.hpp"
#include "timing.hpp"

namespace bench {
namespace {

/// About 20 s for 300 people and 40 s for 1,000 on one core; twice that when not everybody can be
/// served, because then the search has no bound at which it could go on to the next question.
std::uint64_t usual_iterations(const route::ChainProblem& problem, bool everybody_served) {
  constexpr std::uint64_t kMost = 600'000;
  constexpr std::uint64_t kWork = 560'000'000;
  const std::uint64_t places = problem.people.size() + problem.supporters.size() + 1;
  return std::min(kMost, kWork / places) * (everybody_served ? 1U : 2U);
}

route::ChainProblem load(const std::string& file) {
  if (const auto town = built_in_chain_town(file)) {
    return draw_chain_town(*town);
  }
  return read_chain_file(file);
}

nlohmann::json describe(const route::ChainPlan& plan, double seconds) {
  return {{"unserved", plan.unserved.size()},
          {"last_delivery_s", plan.value.last},
          {"sum_s", plan.value.sum},
          {"seconds", seconds}};
}

void write(const std::string& file, const std::string& text) {
  std::ofstream out(file);
  out << text << std::flush;
  if (!out) {
    throw route::Error(file + ": 書き込めません。フォルダーと空き容量を確かめてください。");
  }
}

}  // namespace

NearestPractice nearest_practice(const route::ChainProblem& problem) {
  NearestPractice practice;
  const std::size_t people = problem.people.size();
  std::vector<route::ChainSeconds> free_from(problem.supporters.size());
  std::vector<std::size_t> fetched(problem.supporters.size(), 0);
  std::vector<std::uint32_t> shelter(problem.supporters.size(), 0);
  for (std::size_t person = 0; person < people && !fetched.empty(); ++person) {
    std::size_t nearest = 0;
    for (std::size_t helper = 1; helper < fetched.size(); ++helper) {
      if (problem.to_person[helper * people + person] <
          problem.to_person[nearest * people + person]) {
        nearest = helper;
      }
    }
    const route::ChainPerson& who = problem.people[person];
    const route::ChainSeconds arrival =
        fetched[nearest] == 0
            ? problem.supporters[nearest].ready + problem.to_person[nearest * people + person]
            : free_from[nearest] + problem.from_shelter[shelter[nearest] * people + person];
    free_from[nearest] = arrival + who.prepare + who.trip;
    shelter[nearest] = who.shelter;
    practice.most_people = std::max(practice.most_people, ++fetched[nearest]);
    practice.last = std::max(practice.last, free_from[nearest]);
    practice.late += free_from[nearest] > who.deadline ? 1U : 0U;
  }
  return practice;
}

int run_chain(const ChainRun& run, std::ostream& out) {
  const route::ChainProblem problem = load(run.file);
  const NearestPractice nearest = nearest_practice(problem);

  const Stopwatch list_watch;
  const route::ChainPlan listed = route::chain_supporters(problem, {.iterations = 0});
  const double list_seconds = list_watch.ms() / 1000;
  const std::uint64_t iterations =
      run.iterations.value_or(usual_iterations(problem, listed.unserved.empty()));
  const Stopwatch watch;
  const route::ChainPlan plan =
      route::chain_supporters(problem, {.iterations = iterations, .seed = run.seed});
  nlohmann::json document = describe(plan, watch.ms() / 1000);
  document["objective"] = plan.value.last;
  document["unassigned"] = plan.unserved.size();
  document["lower_bound"] = plan.lower_bound.last;
  document["gap"] = plan.gap();
  document["unserved_lower_bound"] = plan.lower_bound.unserved;
  document["sum_lower_bound_s"] = plan.lower_bound.sum;
  document["seed"] = run.seed;
  document["iterations"] = iterations;
  document["people"] = problem.people.size();
  document["supporters"] = problem.supporters.size();
  document["nearest_supporter"] = {{"late", nearest.late},
                                   {"last_delivery_s", nearest.last},
                                   {"most_people_of_one", nearest.most_people}};
  document["list_scheduling"] = describe(listed, list_seconds);
  if (!run.solution_out.empty()) {
    std::ostringstream text;
    write_chain_solution(text, plan);
    write(run.solution_out, text.str());
  }
  if (!run.instance_out.empty()) {
    std::ostringstream text;
    write_chain_file(text, problem);
    write(run.instance_out, text.str());
  }
  out << document.dump(2) << "\n";
  return 0;
}

int run_chain(const std::string& file, const std::string& solution_out, std::ostream& out) {
  ChainRun run;
  run.file = file;
  run.solution_out = solution_out;
  return run_chain(run, out);
}

int run_chain(const ModeRequest& request) {
  ChainRun run{.file = request.file.string(),
               .solution_out = request.solution.string(),
               .instance_out = request.instance.string(),
               .seed = request.seed,
               .iterations = request.iterations};
  constexpr std::uint64_t kQuick = 1'000;
  if (request.quick && !run.iterations) {
    run.iterations = kQuick;
  }
  if (!run.file.empty()) {
    return run_chain(run, std::cout);
  }
  for (const char* name : {"c300", "c1000", "c300tight"}) {
    run.file = name;
    const int code = run_chain(run, std::cout);
    if (code != kDone) {
      return code;
    }
  }
  return kDone;
}

}  // namespace bench
