// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_study.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>

#include "route/error.hpp"

namespace planner {
namespace {

constexpr auto kSafe = static_cast<std::size_t>(route::DrillOutcome::Safe);

/// Plays variants side by side, each on one thread. Every one has its own place for the result.
template <class Play>
void side_by_side(std::size_t count, unsigned threads, const Play& play) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      play(i);
    }
  };
  std::vector<std::future<void>> others;
  for (unsigned i = 1; i < threads; ++i) {
    others.push_back(std::async(std::launch::async, work));
  }
  work();
  for (auto& other : others) {
    other.get();
  }
}

class Study {
 public:
  Study(const DrillWorld& world, const ActionMeans& means, const StudyRequest& request,
        const Progress& progress)
      : world_(world), means_(means), request_(request), progress_(progress) {}

  [[nodiscard]] DrillStudy run() {
    const route::DrillSimulator simulator(world_.scene);
    const auto series = [&](std::uint32_t first, const route::DrillSink& sink) {
      return simulate_drills(simulator,
                             {.seed = request_.seed,
                              .first_run = first,
                              .runs = request_.runs,
                              .threads = request_.threads},
                             sink);
    };
    study_.base =
        series(0, [&](const route::DrillRun& run) { count_cut_off(world_, run, study_.cut_off); });
    const route::DrillTotals hints = series(request_.runs, {});
    for (DrillAction& action : action_candidates(world_, hints, means_)) {
      study_.actions.push_back({.action = std::move(action), .effect = {}});
    }
    const auto traced =
        simulator.run(request_.seed, request_.runs, route::DrillSimulator::Trace::Yes);
    for (SinglePoint& point : point_candidates(world_, hints, traced, means_.rules.most)) {
      study_.points.push_back({.point = std::move(point), .effect = {}});
    }
    try_all();
    std::ranges::stable_sort(study_.actions, [](const RankedAction& a, const RankedAction& b) {
      return std::pair(a.helps(), a.effect.saved.value) >
             std::pair(b.helps(), b.effect.saved.value);
    });
    std::ranges::stable_sort(study_.points, [](const RankedPoint& a, const RankedPoint& b) {
      return a.effect.saved.value < b.effect.saved.value;
    });
    return std::move(study_);
  }

 private:
  void try_all() {
    const std::size_t actions = study_.actions.size();
    const std::size_t all = actions + study_.points.size();
    std::mutex mutex;
    std::size_t done = 0;
    side_by_side(all, request_.threads, [&](std::size_t i) {
      if (i < actions) {
        RankedAction& tried = study_.actions[i];
        tried.effect = effect(variant_of(world_, tried.action, means_), actions);
      } else {
        RankedPoint& tried = study_.points[i - actions];
        tried.effect = effect(variant_of(world_, tried.point), all - actions);
      }
      const std::lock_guard lock(mutex);
      ++done;
      progress_("改善案", static_cast<double>(done) / static_cast<double>(all));
    });
  }

  [[nodiscard]] ChangeEffect effect(const SceneVariant& variant, std::size_t many) const {
    const route::DrillSimulator simulator(variant.scene);
    const auto after = simulate_drills(
        simulator, {.seed = request_.seed, .first_run = 0, .runs = request_.runs, .threads = 1});
    return effect_of(study_.base, after, request_.confidence, many);
  }

  const DrillWorld& world_;
  const ActionMeans& means_;
  const StudyRequest& request_;
  const Progress& progress_;
  DrillStudy study_;
};

template <class List, class Rows, class Value>
registry::ResultColumn column(const char* name, const Rows& rows, Value value) {
  List list;
  list.reserve(rows.size());
  for (const auto& row : rows) {
    list.push_back(static_cast<typename List::value_type>(value(row)));
  }
  return {.name = name, .values = std::move(list)};
}

}  // namespace

ChangeEffect effect_of(const route::DrillTotals& before, const route::DrillTotals& after,
                       double confidence, std::size_t many) {
  TOMONI_EXPECT(before.each.size() == after.each.size());
  TOMONI_EXPECT(before.people.size() == after.people.size());
  std::vector<double> differences;
  differences.reserve(before.each.size());
  for (std::size_t i = 0; i < before.each.size(); ++i) {
    TOMONI_EXPECT(before.each[i].run == after.each[i].run);
    differences.push_back(static_cast<double>(after.each[i].outcomes[kSafe]) -
                          static_cast<double>(before.each[i].outcomes[kSafe]));
  }
  const double each = 1 - (1 - confidence) / static_cast<double>(std::max<std::size_t>(many, 1));
  ChangeEffect effect{.saved = paired_difference(differences, each)};
  for (std::size_t i = 0; i < before.people.size(); ++i) {
    const std::uint32_t was = before.people[i].outcomes[kSafe];
    const std::uint32_t is = after.people[i].outcomes[kSafe];
    effect.better += is > was ? 1U : 0U;
    effect.worse += is < was ? 1U : 0U;
  }
  return effect;
}

DrillStudy study_drill(const DrillWorld& world, const ActionMeans& means,
                       const StudyRequest& request, const Progress& progress) {
  return Study(world, means, request, progress).run();
}

std::vector<registry::ResultTable> study_tables(const DrillStudy& study) {
  using Whole = std::vector<std::int64_t>;
  using Real = std::vector<double>;
  using Text = std::vector<std::string>;
  const auto& actions = study.actions;
  const auto& points = study.points;
  return {
      {.name = "action",
       .columns =
           {column<Text>("kind", actions, [](const auto& row) { return code_of(row.action.kind); }),
            column<Text>("words", actions,
                         [](const auto& row) { return words_of(row.action.kind); }),
            column<Text>("what", actions, [](const auto& row) { return row.action.what; }),
            column<Real>("saved", actions, [](const auto& row) { return row.effect.saved.value; }),
            column<Real>("low", actions, [](const auto& row) { return row.effect.saved.low; }),
            column<Real>("high", actions, [](const auto& row) { return row.effect.saved.high; }),
            column<Whole>("helps", actions, [](const auto& row) { return row.helps(); }),
            column<Whole>("better", actions, [](const auto& row) { return row.effect.better; }),
            column<Whole>("worse", actions, [](const auto& row) { return row.effect.worse; })}},
      {.name = "single_point",
       .columns = {
           column<Text>("kind", points, [](const auto& row) { return code_of(row.point.kind); }),
           column<Text>("words", points, [](const auto& row) { return words_of(row.point.kind); }),
           column<Text>("what", points, [](const auto& row) { return row.point.what; }),
           column<Real>("load", points, [](const auto& row) { return row.point.load; }),
           column<Real>("lost", points, [](const auto& row) { return 0 - row.effect.saved.value; }),
           column<Real>("low", points, [](const auto& row) { return 0 - row.effect.saved.high; }),
           column<Real>("high", points, [](const auto& row) { return 0 - row.effect.saved.low; }),
           column<Whole>("costs", points, [](const auto& row) { return row.costs(); }),
           column<Whole>("worse", points, [](const auto& row) { return row.effect.worse; })}}};
}

}  // namespace planner
