// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "../route/draw.hpp"
#include "export.hpp"
#include "machine.hpp"
#include "plain_search.hpp"
#include "stages.hpp"

namespace bench {
namespace {

/// Every profile of a metric against plain searches on its own weights.
void check_profiles(const Bench& bench, const route::CchMetric& metric,
                    const ProfileWeights& weights) {
  constexpr std::size_t kPairs = 50;
  const auto& [task, options, report] = bench;
  const Journeys journeys = draw_journeys(task.places, kPairs, options.seed + 1);
  for (std::size_t profile = 0; profile < metric.profile_count(); ++profile) {
    PlainSearch plain(task.net, weights[profile]);
    route::CchQuery query(metric, profile);
    for (std::size_t i = 0; i < kPairs; ++i) {
      const auto from = journeys.from[i];
      const auto to = journeys.to[i];
      report.checks.check_equal("profiles of a metric", query.distance(from, to),
                                plain.distance(from, to), "profile " + std::to_string(profile));
    }
  }
}

}  // namespace

bool same_metric(const route::CchMetric& a, const route::CchMetric& b) {
  bool same = a.profile_count() == b.profile_count();
  for (std::size_t profile = 0; same && profile < a.profile_count(); ++profile) {
    same = std::ranges::equal(a.up(profile), b.up(profile)) &&
           std::ranges::equal(a.down(profile), b.down(profile));
  }
  return same;
}

void measure_customization(const Bench& bench, const route::CchTopology& topology) {
  const auto& [task, options, report] = bench;
  const auto weights = profile_weights(task.net, route::CchMetric::kMostProfiles, options.seed);
  report.section("customization, loading of the weights included");
  for (const std::size_t profiles : {1U, 4U, 8U}) {
    const auto spans = spans_of(weights, profiles);
    const std::string name = std::to_string(profiles) + (profiles == 1 ? " profile" : " profiles");
    auto& entry = report.document["customization"][std::to_string(profiles)];
    const route::CchMetric best(topology, spans);
    check_profiles(bench, best, weights);
    for (const route::Simd simd : simd_of_machine()) {
      route::CchMetric metric(topology, spans, simd);
      const Timing timing = measure(options.rounds, [&] { metric.customize(spans); });
      entry[std::string(name_of(simd))] = in_ms(timing);
      report.row(name + ", " + std::string(name_of(simd)), timing);
      report.checks.check("instruction sets agree", same_metric(metric, best),
                          [&] { return name + " by " + std::string(name_of(simd)); });
    }
    entry["used"] = name_of(route::best_simd());
  }
}

}  // namespace bench
