// SPDX-License-Identifier: Apache-2.0
#include "route/blockage_study.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <future>
#include <numeric>

#include "blocked_scene.hpp"
#include "route/error.hpp"

// Every scenario is a function of its number, every sum is one of whole numbers: which thread does
// which scenario leaves no trace.

namespace route {
namespace {

using PeopleCounts = std::vector<std::vector<ScenarioCounts>>;  // by group, by way

/// One thread's share of the work.
class Worker {
 public:
  Worker(const BlockageRequest& request, const std::deque<Scenery>& sceneries)
      : sceneries_(sceneries), rubble_(request.graph, request.seed) {
    for (const Scenery& scenery : sceneries) {
      groups_.emplace_back(scenery, rubble_);
      people_.emplace_back(scenery.ways.size());
    }
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  Worker(Worker&&) = delete;  // the groups point at the rubble
  Worker& operator=(Worker&&) = delete;
  ~Worker() = default;

  /// People cut off, and those of them without any way.
  ScenarioCounts run(std::uint32_t scenario) {
    rubble_.draw(scenario);
    ScenarioCounts all;
    for (std::size_t group = 0; group < groups_.size(); ++group) {
      OpenWays& open = groups_[group];
      open.begin_scenario();
      for (std::size_t way = 0; way < sceneries_[group].ways.size(); ++way) {
        if (!open.is_cut(way)) {
          continue;
        }
        const std::uint32_t none = open.is_connected(way) ? 0 : 1;
        ++people_[group][way].cut;
        people_[group][way].no_way += none;
        ++all.cut;
        all.no_way += none;
      }
    }
    return all;
  }

  [[nodiscard]] const PeopleCounts& people() const { return people_; }

 private:
  const std::deque<Scenery>& sceneries_;
  Rubble rubble_;
  std::deque<OpenWays> groups_;
  PeopleCounts people_;
};

void add_to(PeopleCounts& sum, const PeopleCounts& more) {
  for (std::size_t group = 0; group < more.size(); ++group) {
    for (std::size_t way = 0; way < more[group].size(); ++way) {
      sum[group][way].cut += more[group][way].cut;
      sum[group][way].no_way += more[group][way].no_way;
    }
  }
}

}  // namespace

std::uint64_t chance_of(double percent) {
  const double share = std::clamp(percent / 100, 0.0, 1.0);
  return static_cast<std::uint64_t>(std::llround(share * static_cast<double>(kCertain)));
}

BlockageStudy study_blockages(const BlockageRequest& request) {
  TOMONI_EXPECT(request.threads >= 1);
  BlockageStudy study;
  study.cut.resize(request.scenarios);
  study.no_way.resize(request.scenarios);
  std::deque<Scenery> sceneries;
  for (const ExposedUsers& group : request.groups) {
    TOMONI_EXPECT(group.metric.weights.size() == request.graph.arc_count() &&
                  group.chances.size() == request.graph.edge_count());
    sceneries.emplace_back(request.graph, group);
    study.people.emplace_back(group.ways.size());
  }
  std::atomic<std::uint32_t> next = 0;
  const auto work = [&] {
    Worker worker(request, sceneries);
    for (std::uint32_t scenario = next++; scenario < request.scenarios; scenario = next++) {
      const ScenarioCounts counts = worker.run(scenario);
      study.cut[scenario] = counts.cut;
      study.no_way[scenario] = counts.no_way;
    }
    return worker.people();
  };
  std::vector<std::future<PeopleCounts>> others;
  for (unsigned i = 1; i < request.threads; ++i) {
    others.push_back(std::async(std::launch::async, work));
  }
  add_to(study.people, work());
  for (auto& other : others) {
    add_to(study.people, other.get());
  }
  return study;
}

CountSpread spread_of(std::span<const std::uint32_t> counts) {
  if (counts.empty()) {
    return {};
  }
  std::vector<std::uint32_t> sorted(counts.begin(), counts.end());
  std::ranges::sort(sorted);
  const auto at = [&sorted](std::size_t percent) {
    return sorted[(sorted.size() * percent + 99) / 100 - 1];
  };
  const auto sum = std::accumulate(sorted.begin(), sorted.end(), std::uint64_t{0});
  return {static_cast<double>(sum) / static_cast<double>(sorted.size()), at(10), at(50), at(90)};
}

}  // namespace route
