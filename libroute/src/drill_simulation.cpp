// SPDX-License-Identifier: Apache-2.0
#include "route/drill_simulation.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <utility>

#include "drill_play.hpp"
#include "route/error.hpp"

namespace route {
namespace {

/// Hands runs on in the order of their numbers, whichever thread brings them.
class InOrder {
 public:
  InOrder(const DrillSink& sink, std::uint32_t first) : sink_(sink), next_(first) {}

  void take(DrillRun run) {
    if (!sink_) {
      return;
    }
    const std::lock_guard lock(mutex_);
    waiting_.emplace(run.run, std::move(run));
    for (; !waiting_.empty() && waiting_.begin()->first == next_; ++next_) {
      const auto ready = waiting_.extract(waiting_.begin());
      sink_(ready.mapped());
    }
  }

 private:
  const DrillSink& sink_;
  std::mutex mutex_;
  std::uint32_t next_;
  std::map<std::uint32_t, DrillRun> waiting_;
};

}  // namespace

DrillSimulator::DrillSimulator(DrillScene scene)
    : parts_(std::make_unique<const Parts>(std::move(scene))) {}
DrillSimulator::DrillSimulator(DrillSimulator&&) noexcept = default;
DrillSimulator& DrillSimulator::operator=(DrillSimulator&&) noexcept = default;
DrillSimulator::~DrillSimulator() = default;

const DrillScene& DrillSimulator::scene() const {
  return parts_->scene;
}

DrillRun DrillSimulator::run(std::uint64_t seed, std::uint32_t run, Trace trace) const {
  return DrillPlayer(*this).play(seed, run, trace);
}

DrillRun simulate_drill(const DrillScene& scene, std::uint64_t seed, std::uint32_t run) {
  return DrillSimulator(scene).run(seed, run);
}

DrillTotals simulate_drills(const DrillSimulator& simulator, const DrillSeries& series,
                            const DrillSink& sink) {
  TOMONI_EXPECT(series.threads >= 1);
  TOMONI_EXPECT(series.runs <= kNoIndex - series.first_run);
  InOrder in_order(sink, series.first_run);
  std::atomic<std::uint32_t> next = 0;
  const auto work = [&] {
    DrillTotals totals;
    DrillPlayer player(simulator);
    for (std::uint32_t i = next++; i < series.runs; i = next++) {
      DrillRun run = player.play(series.seed, series.first_run + i, DrillSimulator::Trace::No);
      totals.add(simulator.scene(), run);
      in_order.take(std::move(run));
    }
    return totals;
  };
  std::vector<std::future<DrillTotals>> others;
  for (unsigned i = 1; i < series.threads; ++i) {
    others.push_back(std::async(std::launch::async, work));
  }
  DrillTotals totals = work();
  for (auto& other : others) {
    totals.merge(other.get());
  }
  return totals;
}

}  // namespace route
