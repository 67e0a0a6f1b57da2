// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "../route/draw.hpp"
#include "boost_search.hpp"
#include "export.hpp"
#include "machine.hpp"
#include "plain_search.hpp"
#include "stages.hpp"

namespace bench {
namespace {

using route::ArcId;
using route::NodeId;
using route::Seed;
using route::Weight;

/// Pairs whose ends lie in one cell of 1.5 km: what people on foot ask for.
Journeys draw_near(const Task& task, std::size_t count, std::uint32_t seed) {
  constexpr double kCellM = 1500;
  constexpr double kMetresPerDegree = 111'320;
  const double lon_scale = std::cos(task.net.positions.front().lat() * 3.14159265 / 180);
  std::map<std::pair<int, int>, std::vector<NodeId>> cells;
  std::vector<std::pair<int, int>> cell_of;
  for (const NodeId node : task.places) {
    const route::LatLon at = task.net.positions[node.value];
    cell_of.emplace_back(
        static_cast<int>(std::floor(at.lat() * kMetresPerDegree / kCellM)),
        static_cast<int>(std::floor(at.lon() * kMetresPerDegree * lon_scale / kCellM)));
    cells[cell_of.back()].push_back(node);
  }
  support::Draw draw(seed);
  Journeys journeys;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t from = draw(static_cast<std::uint32_t>(task.places.size()));
    const auto& cell = cells[cell_of[from]];
    journeys.from.push_back(task.places[from]);
    journeys.to.push_back(cell[draw(static_cast<std::uint32_t>(cell.size()))]);
  }
  return journeys;
}

/// The tail of every arc.
std::vector<NodeId> tails_of(const Net& net) {
  std::vector<NodeId> tails(net.heads.size());
  for (std::uint32_t node = 0; node < net.positions.size(); ++node) {
    std::fill(tails.begin() + net.first_out[node], tails.begin() + net.first_out[node + 1],
              NodeId{node});
  }
  return tails;
}

/// Measures one set of pairs by all means.
class JourneyRun {
 public:
  JourneyRun(const Bench& bench, const route::CchMetric& metric, const route::CchWays& ways)
      : bench_(bench),
        metric_(metric),
        ways_(ways),
        query_(metric),
        plain_(bench.task.net),
        boost_(bench.task.net),
        tails_(tails_of(bench.task.net)) {}

  void measure_set(const std::string& name, Journeys journeys) {
    const auto& report = bench_.report;
    auto& entry = bench_.report.document["point_to_point"][name];
    entry["pairs"] = journeys.size();
    entry["answers"] = journeys.answers.empty() ? "plain Dijkstra of this run" : "given";
    const Timing distance = measure_distances(name, journeys);
    entry["distance"] = in_us_per(distance, journeys.size());
    row(name + " pairs, distance", distance, journeys.size());
    const Timing way = measure_ways(journeys);
    entry["way"] = in_us_per(way, journeys.size());
    row(name + " pairs, way", way, journeys.size());
    compare(name, journeys, entry["same_pairs"]);
    if (journeys.answers.empty()) {
      answer(bench_.task.net, journeys);
    }
    check_answers(name, journeys);
    entry["sum_of_distances_ms"] =
        std::accumulate(distances_.begin(), distances_.end(), std::uint64_t{0},
                        [](std::uint64_t sum, Weight weight) { return sum + weight; });
    report.count(name + " pairs compared", journeys.size());
  }

 private:
  void row(const std::string& what, const Timing& timing, std::size_t pairs) const {
    const double us = 1000 / static_cast<double>(pairs);
    bench_.report.row(what, timing.median_ms * us, "us",
                      "least " + nlohmann::json(significant(timing.min_ms * us)).dump() + " of " +
                          std::to_string(timing.rounds));
  }

  template <class Search>
  Timing time_distances(Search& search, const Journeys& journeys, std::size_t count,
                        const Rounds& rounds) {
    found_.resize(journeys.size());
    return measure(rounds, [&] {
      for (std::size_t i = 0; i < count; ++i) {
        found_[i] = search.distance(journeys.from[i], journeys.to[i]);
      }
    });
  }

  Timing measure_distances(const std::string& name, const Journeys& journeys) {
    const Timing timing = time_distances(query_, journeys, journeys.size(), bench_.options.rounds);
    distances_ = found_;
    for (const route::Simd simd : simd_of_machine()) {
      const route::CchMetric other(metric_.topology(), spans(), simd);
      route::CchQuery query(other);
      static_cast<void>(time_distances(query, journeys, journeys.size(), {1, 0}));
      bench_.report.checks.check("instruction sets agree", found_ == distances_, [&] {
        return name + " distances by " + std::string(name_of(simd));
      });
    }
    return timing;
  }

  Timing measure_ways(const Journeys& journeys) {
    return measure(bench_.options.rounds, [&] {
      for (std::size_t i = 0; i < journeys.size(); ++i) {
        found_[i] = weight_of(way(journeys.from[i], journeys.to[i]));
      }
    });
  }

  /// The first pairs once more, by the other searches.
  void compare(const std::string& name, const Journeys& journeys, nlohmann::ordered_json& entry) {
    const std::size_t count = std::min(bench_.options.compared_pairs, journeys.size());
    const Rounds slow = bench_.options.slow_rounds;
    const Timing ours = time_distances(query_, journeys, count, bench_.options.rounds);
    const Timing plain = time_distances(plain_, journeys, count, slow);
    check_same("plain Dijkstra", name, count);
    const Timing boost = time_distances(boost_, journeys, count, slow);
    check_same("boost::dijkstra_shortest_paths", name, count);
    entry["pairs"] = count;
    entry["hierarchy"] = in_us_per(ours, count);
    entry["plain_dijkstra"] = in_us_per(plain, count);
    entry["boost_dijkstra"] = in_us_per(boost, count);
    entry["times_faster_than_plain"] = significant(plain.median_ms / ours.median_ms);
    entry["times_faster_than_boost"] = significant(boost.median_ms / ours.median_ms);
    row(name + " pairs, plain Dijkstra", plain, count);
    row(name + " pairs, boost::dijkstra_shortest_paths", boost, count);
  }

  void check_same(const std::string& subject, const std::string& name, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      bench_.report.checks.check_equal("distances of " + subject, found_[i], distances_[i],
                                       name + " pair " + std::to_string(i));
    }
  }

  void check_answers(const std::string& name, const Journeys& journeys) {
    Checks& checks = bench_.report.checks;
    for (std::size_t i = 0; i < journeys.size(); ++i) {
      const std::string words = name + " pair " + std::to_string(i) + ", node " +
                                std::to_string(journeys.from[i].value) + " to " +
                                std::to_string(journeys.to[i].value);
      const Weight expected = journeys.answers[i];
      checks.check_equal("distances", distances_[i], expected, words);
      const auto found = way(journeys.from[i], journeys.to[i]);
      checks.check_equal("lengths of ways", weight_of(found), expected, words);
      if (found.has_value()) {
        checks.check("ways arc by arc", leads(*found, journeys.from[i], journeys.to[i]),
                     [&] { return words + ": the arcs do not lead there in that time"; });
      }
    }
  }

  /// Whether the arcs join up from end to end and their weights add up.
  [[nodiscard]] bool leads(const route::CchQuery::Way& way, NodeId from, NodeId to) const {
    const Net& net = bench_.task.net;
    std::uint64_t sum = 0;
    NodeId at = from;
    for (const ArcId arc : way.arcs) {
      if (tails_[arc.value] != at) {
        return false;
      }
      sum += net.weights[arc.value];
      at = net.heads[arc.value];
    }
    return at == to && sum == way.weight && way.from == from && way.to == to;
  }

  [[nodiscard]] std::optional<route::CchQuery::Way> way(NodeId from, NodeId to) {
    const Seed start{from, 0};
    const Seed goal{to, 0};
    return query_.way({&start, 1}, {&goal, 1}, ways_);
  }
  static Weight weight_of(const std::optional<route::CchQuery::Way>& way) {
    return way.has_value() ? way->weight : route::kInfinity;
  }
  [[nodiscard]] std::vector<std::span<const Weight>> spans() const {
    return {bench_.task.net.weights};
  }

  const Bench& bench_;
  const route::CchMetric& metric_;
  const route::CchWays& ways_;
  route::CchQuery query_;
  PlainSearch plain_;
  BoostSearch boost_;
  std::vector<NodeId> tails_;
  std::vector<Weight> found_;      // by the search measured last
  std::vector<Weight> distances_;  // by the hierarchy
};

}  // namespace

void measure_journeys(const Bench& bench, const route::CchTopology& topology) {
  const auto& [task, options, report] = bench;
  report.section("point to point");
  const std::span<const Weight> weights = task.net.weights;
  const route::CchMetric metric(topology, {&weights, 1});
  const auto make_ways = [&] { return route::CchWays(metric, 0, weights); };
  const auto ways = make_ways();
  const Timing timing = measure(options.rounds, [&] { static_cast<void>(make_ways()); });
  report.document["ways"] = in_ms(timing);
  report.row("ways: what every slot stands for", timing);
  JourneyRun run(bench, metric, ways);
  run.measure_set("random", task.journeys.size() > 0
                                ? task.journeys
                                : draw_journeys(task.places, options.pairs, options.seed));
  run.measure_set("near", draw_near(task, options.pairs, options.seed));
}

}  // namespace bench
