// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "../route/draw.hpp"
#include "export.hpp"
#include "plain_search.hpp"
#include "stages.hpp"

namespace bench {
namespace {

using route::ArcId;
using route::NodeId;

/// Arcs that close together.
class ArcDraw {
 public:
  ArcDraw(const Net& net, std::uint32_t seed) : net_(net), draw_(seed) {}

  std::vector<ArcId> scattered(std::size_t count) {
    std::vector<ArcId> arcs;
    for (std::size_t i = 0; i < count; ++i) {
      arcs.push_back(ArcId{draw_(static_cast<std::uint32_t>(net_.heads.size()))});
    }
    return arcs;
  }

  /// The arcs that leave the nodes nearest to some place: a flooded quarter.
  std::vector<ArcId> compact(std::size_t count) {
    const auto nodes = static_cast<std::uint32_t>(net_.positions.size());
    const route::LatLon centre = net_.positions[draw_(nodes)];
    std::vector<std::pair<double, std::uint32_t>> nearest;
    for (std::uint32_t node = 0; node < nodes; ++node) {
      nearest.emplace_back(route::distance_m(centre, net_.positions[node]), node);
    }
    std::ranges::sort(nearest);
    std::vector<ArcId> arcs;
    for (const auto& [metres, node] : nearest) {
      for (std::uint32_t arc = net_.first_out[node]; arc < net_.first_out[node + 1]; ++arc) {
        if (arcs.size() < count) {
          arcs.push_back(ArcId{arc});
        }
      }
    }
    return arcs;
  }

 private:
  const Net& net_;
  support::Draw draw_;
};

/// Closes and opens sets of arcs under one metric.
class UpdateRun {
 public:
  UpdateRun(const Bench& bench, const route::CchTopology& topology, std::size_t profiles)
      : bench_(bench),
        open_(profile_weights(bench.task.net, profiles, bench.options.seed)),
        weights_(open_),
        spans_(spans_of(weights_, profiles)),
        untouched_(topology, spans_),
        metric_(topology, spans_) {}

  void measure_kind(const std::string& where, std::size_t count) {
    const auto& [task, options, report] = bench_;
    ArcDraw draw(task.net, options.seed + static_cast<std::uint32_t>(count));
    std::vector<double> closing;
    std::vector<double> opening;
    for (int round = 0; round < options.rounds.most; ++round) {
      const auto arcs = where == "scattered" ? draw.scattered(count) : draw.compact(count);
      closing.push_back(close(arcs));
      const route::CchMetric anew(metric_.topology(), spans_);
      const auto words = [&] {
        return std::to_string(count) + " arcs, " + where + ", round " + std::to_string(round);
      };
      report.checks.check("update equals full customization", same_metric(metric_, anew), words);
      if (round == 0) {
        check_closed(count, where);
      }
      opening.push_back(open(arcs));
      report.checks.check("opening restores the metric", same_metric(metric_, untouched_), words);
    }
    const Timing close_time = summary(std::move(closing));
    const Timing open_time = summary(std::move(opening));
    report.document["updates"].push_back({{"profiles", open_.size()},
                                          {"arcs", count},
                                          {"where", where},
                                          {"close", in_ms(close_time)},
                                          {"open", in_ms(open_time)}});
    const std::string name =
        std::to_string(count) + " arcs " + where + ", " + std::to_string(open_.size()) + " prof.";
    report.row("close " + name, close_time);
    report.row("open  " + name, open_time);
  }

 private:
  double close(const std::vector<ArcId>& arcs) {
    for (auto& of_profile : weights_) {
      for (const ArcId arc : arcs) {
        of_profile[arc.value] = route::kInfinity;
      }
    }
    return update(arcs);
  }
  double open(const std::vector<ArcId>& arcs) {
    for (std::size_t profile = 0; profile < open_.size(); ++profile) {
      for (const ArcId arc : arcs) {
        weights_[profile][arc.value] = open_[profile][arc.value];
      }
    }
    return update(arcs);
  }
  double update(const std::vector<ArcId>& arcs) {
    const Stopwatch watch;
    metric_.update_arcs(spans_, arcs);
    return watch.ms();
  }

  /// Journeys past the closed arcs, and that closing makes none of them shorter.
  void check_closed(std::size_t count, const std::string& where) {
    constexpr std::size_t kPairs = 50;
    const auto& [task, options, report] = bench_;
    const Journeys journeys = draw_journeys(task.places, kPairs, options.seed + 2);
    PlainSearch plain(task.net, weights_.front());
    route::CchQuery query(metric_);
    route::CchQuery before(untouched_);
    for (std::size_t i = 0; i < kPairs; ++i) {
      const NodeId from = journeys.from[i];
      const NodeId to = journeys.to[i];
      const route::Weight found = query.distance(from, to);
      std::string words = std::to_string(count) + " arcs closed, " + where;
      report.checks.check_equal("journeys after closures", found, plain.distance(from, to), words);
      report.checks.check("closing never shortens", found >= before.distance(from, to),
                          [&] { return words; });
    }
  }

  const Bench& bench_;
  ProfileWeights open_;
  ProfileWeights weights_;
  std::vector<std::span<const route::Weight>> spans_;
  route::CchMetric untouched_;
  route::CchMetric metric_;
};

}  // namespace

void measure_updates(const Bench& bench, const route::CchTopology& topology) {
  bench.report.section("update of some arcs");
  bench.report.document["updates"] = nlohmann::ordered_json::array();
  const std::size_t arcs = bench.task.net.heads.size();
  for (const std::size_t profiles : {1U, 4U}) {
    UpdateRun run(bench, topology, profiles);
    for (const std::size_t count : {1U, 10U, 1000U}) {
      for (const std::string where : {"scattered", "compact"}) {
        if (count <= arcs) {
          run.measure_kind(where, count);
        }
      }
    }
  }
}

}  // namespace bench
