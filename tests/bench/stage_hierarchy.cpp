// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "../route/draw.hpp"
#include "machine.hpp"
#include "route/node_order.hpp"
#include "stages.hpp"

namespace bench {
namespace {

using route::Weight;

/// Memory from stage to stage.
class MemoryLog {
 public:
  explicit MemoryLog(const Bench& bench) : bench_(bench) {
    forget_peak_memory();
    before_ = memory();
  }

  void stage(const std::string& name) {
    const double million_arcs = static_cast<double>(bench_.task.net.heads.size()) / 1e6;
    const double peak = memory().peak_mib;
    forget_peak_memory();
    const Memory now = memory();
    rows_.push_back({{"stage", name},
                     {"resident_mib", significant(now.now_mib)},
                     {"added_mib", significant(now.now_mib - before_.now_mib)},
                     {"peak_mib", significant(peak)},
                     {"added_mib_per_million_arcs",
                      significant((now.now_mib - before_.now_mib) / million_arcs)},
                     {"peak_mib_per_million_arcs", significant(peak / million_arcs)}});
    bench_.report.row("memory after " + name, now.now_mib, "MiB",
                      "peak " + std::to_string(static_cast<int>(peak)));
    before_ = now;
  }
  [[nodiscard]] const nlohmann::ordered_json& rows() const { return rows_; }

 private:
  const Bench& bench_;
  Memory before_;
  nlohmann::ordered_json rows_ = nlohmann::ordered_json::array();
};

std::vector<route::NodeId> order_of(const Bench& bench) {
  const Task& task = bench.task;
  const Options& options = bench.options;
  Report& report = bench.report;
  auto& entry = report.document["order"];
  auto order = task.order;
  if (order.empty()) {
    const Timing timing =
        measure(options.slow_rounds, [&] { order = route::nested_dissection(task.net.view()); });
    entry = in_ms(timing);
    report.row("order", timing);
  }
  entry["source"] = task.order.empty() ? "computed" : "given";
  if (!options.write_order.empty()) {
    write_order(options.write_order, order);
  }
  return order;
}

}  // namespace

ProfileWeights profile_weights(const Net& net, std::size_t profiles, std::uint32_t seed) {
  constexpr std::uint32_t kOneIsBarredOf = 200;
  support::Draw draw(seed);
  ProfileWeights all{net.weights};
  while (all.size() < profiles) {
    auto& weights = all.emplace_back(net.weights);
    for (Weight& weight : weights) {
      const bool is_barred = draw(kOneIsBarredOf) == 0;
      weight = is_barred ? route::kInfinity : route::add(weight, draw(weight / 2 + 1));
    }
  }
  return all;
}

std::vector<std::span<const Weight>> spans_of(const ProfileWeights& weights, std::size_t profiles) {
  return {weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(profiles)};
}

route::CchTopology measure_hierarchy(const Bench& bench) {
  constexpr std::size_t kMostProfiles = route::CchMetric::kMostProfiles;
  const Task& task = bench.task;
  const Options& options = bench.options;
  Report& report = bench.report;
  report.section("hierarchy");
  MemoryLog log(bench);
  log.stage("graph");
  const auto order = order_of(bench);
  log.stage("order");
  const auto build = [&] { return route::CchTopology(task.net.view(), order); };
  route::CchTopology topology = build();
  log.stage("topology");
  const auto weights = profile_weights(task.net, kMostProfiles, options.seed);
  log.stage("weights of 8 profiles");
  std::vector<route::CchMetric> metrics;
  metrics.reserve(3);
  for (const std::size_t profiles : {1U, 4U, 8U}) {
    metrics.emplace_back(topology, spans_of(weights, profiles));
    log.stage("metric of " + std::to_string(profiles));
  }
  metrics.clear();
  report.document["memory"] = log.rows();

  const Timing timing = measure(options.slow_rounds, [&] { static_cast<void>(build()); });
  auto& entry = report.document["hierarchy"];
  entry["arcs"] = topology.arc_count();
  entry["triangles"] = topology.triangle_count();
  entry["levels"] = topology.levels();
  entry["build"] = in_ms(timing);
  report.count("arcs", topology.arc_count());
  report.count("triangles", topology.triangle_count());
  report.count("levels", topology.levels());
  report.row("topology", timing);
  return topology;
}

}  // namespace bench
