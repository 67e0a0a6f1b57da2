// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_measured.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "planner/section_text.hpp"

namespace planner {
namespace {

std::string decimals(double value, int digits) {
  std::array<char, 32> text{};
  const auto done = std::to_chars(text.data(), text.data() + text.size(), value,
                                  std::chars_format::fixed, digits);
  return {text.data(), done.ptr};
}

std::string interval(const Estimate& estimate, double unit, int digits) {
  return decimals(estimate.value / unit, digits) + "（" + decimals(estimate.low / unit, digits) +
         "～" + decimals(estimate.high / unit, digits) + "）";
}

std::string label_of(std::span<const route::MobilityProfile> moves, const std::string& name) {
  const auto found = std::ranges::find(moves, name, &route::MobilityProfile::name);
  return found == moves.end() ? name : found->label_ja;
}

DrillSection by_profile(const MeasuredDrills& measured, std::size_t least_group) {
  constexpr double kMinute = 60;
  DrillSection section = section_of(
      "実測との照合",
      "これまでに行った訓練の結果と計画の比（中央値と信頼区間）。1 より大きければ計画より"
      "時間がかかっています。速さの案は、人が規則を書き換えるまで使われません。少ない人数の"
      "組は載せません。",
      {"移動のしかた", "人数", "移動時間の比", "準備（分）", "計画の準備（分）", "速さ（m/秒）",
       "速さの案（m/秒）"});
  for (const CalibratedProfile& each : measured.profiles) {
    if (each.people < least_group) {
      continue;
    }
    section.table.rows.push_back(
        {label_of(measured.moves, each.profile), std::to_string(each.people),
         interval(each.travel, 1, 2), interval(each.preparation_s, kMinute, 1),
         decimals(static_cast<double>(each.planned_preparation.p50_s) / kMinute, 0),
         decimals(each.planned_speed_mps, 2),
         each.enough && each.travel.excludes(1) ? decimals(each.proposed_speed_mps, 2) : "—"});
  }
  return section;
}

DrillSection by_road(const MeasuredDrills& measured, const DrillRules& rules) {
  RoadTable roads = road_table(measured.roads, rules.least_group);
  roads.table.rows.resize(std::min(roads.table.rows.size(), rules.most_in_report));
  return {.title = "実測との照合（道路ごと）",
          .note =
              "訓練の軌跡から。遅れの合計の多い順。* は 5 人未満か、引き算でそれが分かる数。通った"
              "人の少ない道路 " +
              std::to_string(roads.hidden) + " 本は載せません。",
          .table = std::move(roads.table)};
}

}  // namespace

std::vector<DrillSection> measured_sections(const MeasuredDrills& measured,
                                            const DrillRules& rules) {
  std::vector<DrillSection> sections;
  if (!measured.profiles.empty()) {
    sections.push_back(by_profile(measured, rules.least_group));
  }
  if (!measured.roads.empty()) {
    sections.push_back(by_road(measured, rules));
  }
  return sections;
}

}  // namespace planner
