// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_calibration.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

namespace planner {
namespace {

struct Sheets {
  std::vector<double> travel;  // ratios
  std::vector<double> preparation_s;
  std::size_t tracks = 0;
  std::set<registry::PersonId> people;
};

/// A track knows the way really walked and leaves out standing at the doors,
/// so where there is one it speaks instead of the stopwatch.
bool track_speaks(const registry::DrillResult& result) {
  return result.track && result.track->planned_s > 0;
}

/// Measured over planned.
double travel_ratio(const registry::DrillResult& result) {
  if (track_speaks(result)) {
    return result.track->measured_s / result.track->planned_s;
  }
  const auto moved =
      std::accumulate(result.row.legs_s.begin(), result.row.legs_s.end(), std::int64_t{0});
  return static_cast<double>(moved) / static_cast<double>(result.planned.travel_s);
}

std::map<std::string, Sheets> by_profile(std::span<const registry::DrillResult> results) {
  std::map<std::string, Sheets> all;
  for (const registry::DrillResult& result : results) {
    if (result.planned.travel_s <= 0) {
      continue;
    }
    Sheets& sheets = all[result.profile];
    sheets.travel.push_back(travel_ratio(result));
    sheets.tracks += track_speaks(result) ? 1U : 0U;
    sheets.people.insert(result.row.person);
    sheets.preparation_s.push_back(static_cast<double>(result.row.prepare_s));
  }
  return all;
}

/// Nearest rank.
double ninetieth(std::vector<double> values) {
  std::ranges::sort(values);
  const auto rank = static_cast<std::size_t>(std::ceil(0.9 * static_cast<double>(values.size())));
  return values[std::max<std::size_t>(rank, 1) - 1];
}

long whole_minutes(double seconds) {
  return std::lround(std::ceil(seconds / 60));
}

}  // namespace

std::vector<CalibratedProfile> calibrate(std::span<const registry::DrillResult> results,
                                         std::span<const route::MobilityProfile> profiles,
                                         const PlanningRules& planning, const DrillRules& rules) {
  std::vector<CalibratedProfile> all;
  for (const auto& [name, sheets] : by_profile(results)) {
    const auto profile = std::ranges::find(profiles, name, &route::MobilityProfile::name);
    if (profile == profiles.end()) {
      continue;
    }
    const Bootstrap how{.confidence = rules.confidence, .rounds = rules.rounds, .seed = rules.seed};
    CalibratedProfile one{.profile = name,
                          .results = sheets.travel.size(),
                          .people = sheets.people.size(),
                          .tracks = sheets.tracks,
                          .enough = sheets.travel.size() >= rules.least_results,
                          .travel = median_estimate(sheets.travel, how),
                          .preparation_s = median_estimate(sheets.preparation_s, how)};
    one.preparation_p90_s = std::llround(ninetieth(sheets.preparation_s));
    one.planned_speed_mps = profile->level_speed_mps;
    one.proposed_speed_mps = one.travel.value > 0 ? profile->level_speed_mps / one.travel.value : 0;
    one.planned_preparation = planning.preparation_of(name);
    all.push_back(std::move(one));
  }
  return all;
}

std::string proposal_text(std::span<const CalibratedProfile> profiles, const DrillRules& rules) {
  std::ostringstream out;
  out.precision(3);
  out << "# 訓練の実測から直す案。自動では何も変わりません。確かめてから rules/ の値を書き換えて"
         "ください。\n# 方法: 実測と計画の比の中央値、"
      << rules.confidence * 100 << " % 百分位ブートストラップ区間（" << rules.rounds << " 回、種 "
      << rules.seed << "）。\n";
  for (const CalibratedProfile& each : profiles) {
    out << "\n# " << each.profile << ": " << each.results << " 件（うち軌跡 " << each.tracks
        << " 件）";
    if (!each.enough) {
      out << "。" << rules.least_results << " 件に足りないので案を出しません。\n";
      continue;
    }
    out << "、移動時間は計画の " << each.travel.value << " 倍（" << each.travel.low << "～"
        << each.travel.high << "）、準備 " << each.preparation_s.value / 60 << " 分（"
        << each.preparation_s.low / 60 << "～" << each.preparation_s.high / 60 << "）\n";
    if (each.travel.excludes(1)) {
      out << "# profiles.toml の " << each.profile
          << " の level_speed_mps: " << each.planned_speed_mps << " → " << each.proposed_speed_mps
          << "\n";
    }
    if (each.preparation_s.excludes(static_cast<double>(each.planned_preparation.p50_s))) {
      out << "# planning.toml の [[preparation]] " << each.profile << " の minutes: ["
          << each.planned_preparation.p50_s / 60 << ", " << each.planned_preparation.p90_s / 60
          << "] → [" << whole_minutes(each.preparation_s.value) << ", "
          << whole_minutes(static_cast<double>(each.preparation_p90_s)) << "]\n";
    }
  }
  return out.str();
}

}  // namespace planner
