// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "boost_search.hpp"
#include "export.hpp"
#include "machine.hpp"
#include "plain_search.hpp"
#include "route/dijkstra.hpp"
#include "route/distance_table.hpp"
#include "stages.hpp"

namespace bench {
namespace {

using route::DistanceTable;
using route::NodeId;
using route::SeedLists;
using route::Weight;

SeedLists seeds_of(std::span<const NodeId> nodes) {
  SeedLists lists;
  for (const NodeId node : nodes) {
    const route::Seed seed{node, 0};
    lists.add({&seed, 1});
  }
  return lists;
}

bool same_table(const DistanceTable& a, const DistanceTable& b) {
  for (std::size_t source = 0; source < a.sources(); ++source) {
    for (std::size_t target = 0; target < a.targets(); ++target) {
      if (a.at(source, target) != b.at(source, target)) {
        return false;
      }
    }
  }
  return true;
}

std::string size_of(const DistanceTable& table) {
  return std::to_string(table.sources()) + "x" + std::to_string(table.targets());
}

/// What the 50 targets are reached in, by everything that can tell.
class TableRun {
 public:
  TableRun(const Bench& bench, const route::CchTopology& topology)
      : bench_(bench),
        weights_(bench.task.net.weights),
        back_(reversed(bench.task.net)),
        plain_(back_),
        boost_(back_),
        journeys_(draw_journeys(bench.task.places, bench.options.table_sources.back(),
                                bench.options.seed)) {
    journeys_.to.resize(std::min(journeys_.to.size(), bench.options.table_targets));
    goals_ = seeds_of(journeys_.to);
    for (const route::Simd simd : simd_of_machine()) {
      metrics_.emplace_back(topology, route::CchMetric::Weights(&weights_, 1), simd);
    }
  }

  void run() {
    bench_.report.document["tables"] = nlohmann::ordered_json::array();
    trees_plain_ = time_trees(plain_);
    trees_boost_ = time_trees(boost_);
    bench_.report.row("one search to all per target, plain Dijkstra", trees_plain_);
    bench_.report.row("one search to all per target, Boost", trees_boost_);
    for (const std::size_t sources : bench_.options.table_sources) {
      measure_table(sources);
    }
    measure_nearest();
    check();
  }

 private:
  template <class Search>
  Timing time_trees(Search& search) {
    return measure(bench_.options.slow_rounds, [&] {
      for (const NodeId& target : journeys_.to) {
        static_cast<void>(search.tree({&target, 1}));
      }
    });
  }

  void measure_table(std::size_t sources) {
    auto& report = bench_.report;
    const auto starts = seeds_of(std::span(journeys_.from).first(sources));
    nlohmann::ordered_json entry{{"sources", sources}, {"targets", goals_.size()}};
    tables_.push_back(distance_table(metrics_.back(), 0, starts, goals_));
    const DistanceTable& best = tables_.back();
    double used_ms = 0;
    for (const route::CchMetric& metric : metrics_) {
      std::optional<DistanceTable> table;
      const Timing timing = measure(bench_.options.rounds,
                                    [&] { table = distance_table(metric, 0, starts, goals_); });
      const std::string simd(name_of(metric.simd()));
      entry[simd] = in_ms(timing);
      report.row("table " + size_of(best) + ", " + simd, timing);
      report.checks.check("instruction sets agree", same_table(*table, best),
                          [&] { return "table " + size_of(best) + " by " + simd; });
      used_ms = timing.median_ms;
    }
    entry["plain_dijkstra"] = in_ms(trees_plain_);
    entry["boost_dijkstra"] = in_ms(trees_boost_);
    entry["times_faster_than_plain"] = significant(trees_plain_.median_ms / used_ms);
    entry["times_faster_than_boost"] = significant(trees_boost_.median_ms / used_ms);
    report.document["tables"].push_back(entry);
  }

  void measure_nearest() {
    const Options& options = bench_.options;
    Report& report = bench_.report;
    const Timing timing = measure(
        options.rounds, [&] { nearest_ = route::nearest_targets(metrics_.back(), 0, goals_); });
    const auto once = [&](auto& search) {
      return measure(options.slow_rounds, [&] { static_cast<void>(search.tree(journeys_.to)); });
    };
    const Timing plain = once(plain_);
    const Timing boost = once(boost_);
    report.document["nearest"] = {
        {"nodes", nearest_.size()},
        {"targets", goals_.size()},
        {"hierarchy", in_ms(timing)},
        {"plain_dijkstra", in_ms(plain)},
        {"boost_dijkstra", in_ms(boost)},
        {"times_faster_than_plain", significant(plain.median_ms / timing.median_ms)},
        {"times_faster_than_boost", significant(boost.median_ms / timing.median_ms)}};
    report.row("nearest of " + std::to_string(goals_.size()) + " for every node", timing);
    report.row("the same, plain Dijkstra from all of them", plain);
    report.row("the same, Boost", boost);
  }

  /// Every entry of every table, and every node's nearest, against one plain search per target.
  void check() {
    Checks& checks = bench_.report.checks;
    std::vector<route::Nearest> expected(nearest_.size());
    for (std::uint32_t target = 0; target < journeys_.to.size(); ++target) {
      const auto tree = plain_.tree({&journeys_.to[target], 1});
      const std::string words = "to target " + std::to_string(target);
      for (const DistanceTable& table : tables_) {
        for (std::size_t source = 0; source < table.sources(); ++source) {
          checks.check_equal("tables", table.at(source, target), tree[journeys_.from[source].value],
                             words);
        }
      }
      for (std::size_t node = 0; node < expected.size(); ++node) {
        if (tree[node] < expected[node].weight) {
          expected[node] = {tree[node], target};
        }
      }
      check_other_trees(target, tree);
    }
    for (std::uint32_t node = 0; node < expected.size(); ++node) {
      const auto& found = nearest_[NodeId{node}];
      const bool is_right =
          found.weight == expected[node].weight &&
          (found.weight == route::kInfinity || found.target == expected[node].target);
      checks.check("nearest targets", is_right, [&] { return "node " + std::to_string(node); });
    }
  }

  /// The judge judged: Boost, and for a city the library's own plain search.
  void check_other_trees(std::uint32_t target, std::span<const Weight> tree) {
    const auto& [task, options, report] = bench_;
    const auto words = [target] { return "tree of target " + std::to_string(target); };
    report.checks.check("trees of Boost",
                        std::ranges::equal(boost_.tree({&journeys_.to[target], 1}), tree), words);
    if (task.city == nullptr) {
      return;
    }
    const route::Seed seed{journeys_.to[target], 0};
    const Stopwatch watch;
    const auto library = route::dijkstra(task.city->graph, task.city->metric, {&seed, 1},
                                         route::Direction::Backward);
    library_ms_.push_back(watch.ms());
    report.checks.check("trees of libroute's Dijkstra",
                        std::ranges::equal(library.distance.raw(), tree), words);
    report.document["libroute_dijkstra_to_all"] = in_ms(summary(library_ms_));
  }

  const Bench& bench_;
  std::span<const Weight> weights_;
  Net back_;
  PlainSearch plain_;
  BoostSearch boost_;
  Journeys journeys_;  // sources, and the first 50 as targets; not pairs
  SeedLists goals_;
  std::vector<route::CchMetric> metrics_;  // by instruction set, the one in use last
  std::vector<DistanceTable> tables_;
  route::IdVector<NodeId, route::Nearest> nearest_;
  Timing trees_plain_;
  Timing trees_boost_;
  std::vector<double> library_ms_;
};

}  // namespace

void measure_tables(const Bench& bench, const route::CchTopology& topology) {
  bench.report.section("tables");
  TableRun(bench, topology).run();
}

}  // namespace bench
