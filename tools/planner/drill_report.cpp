// SPDX-License-Identifier: Apache-2.0
#include "planner/drill_report.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

#include "planner/drill_alternatives.hpp"
#include "planner/drill_bound.hpp"
#include "planner/drill_isolation.hpp"
#include "planner/drill_sections.hpp"
#include "planner/drill_study_sections.hpp"
#include "planner/drill_tables.hpp"

namespace planner {
namespace {

constexpr std::size_t kMostLines = 6;

std::vector<DrillBar> causes_of(const DrillSource& source) {
  std::vector<DrillBar> bars;
  for (std::size_t i = 1; i < route::kDrillCauses; ++i) {
    const auto cause = static_cast<route::DrillCause>(i);
    const double people = source.mean("run", "cause_" + std::string(code_of(cause)));
    if (people > 0) {
      bars.push_back({std::string(words_of(cause)), people});
    }
  }
  std::ranges::stable_sort(bars, std::ranges::greater(), &DrillBar::value);
  return bars;
}

/// The shelters that are fullest for their size.
std::vector<ShelterLine> lines_of(const DrillSource& source) {
  const auto& shelters = source.table("shelter");
  const auto& use = source.table("shelter_use");
  std::vector<std::size_t> order(shelters.rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto share = [&](std::size_t i) {
    const double seats = std::max(1.0, static_cast<double>(shelters.whole("seats")[i]));
    return shelters.real("taken")[i] / seats;
  };
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return share(a) > share(b); });
  order.resize(std::min(order.size(), kMostLines));
  std::vector<ShelterLine> lines;
  for (const std::size_t shelter : order) {
    ShelterLine line{.name = shelters.text("name")[shelter],
                     .seats = shelters.whole("seats")[shelter],
                     .minutes = {},
                     .mean = {}};
    for (std::size_t i = 0; i < use.rows(); ++i) {
      if (use.text("shelter")[i] == line.name) {
        line.minutes.push_back(use.whole("minute")[i]);
        line.mean.push_back(use.real("mean")[i]);
      }
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::string people_text(double people) {
  std::array<char, 32> text{};
  const auto done =
      std::to_chars(text.data(), text.data() + text.size(), people, std::chars_format::fixed, 1);
  const std::string figure(text.data(), done.ptr);
  return figure == "-0.0" ? "0.0" : figure;
}

DrillReport drill_report(const registry::ResultFile& results,
                         const std::optional<DrillComparison>& difference) {
  const DrillSource source(results);
  DrillReport report;
  report.title = "避難訓練の結果: " + source.meta("name");
  report.subtitle = source.meta("hazard") + "、" + source.meta("start") + " 開始、" +
                    source.meta("runs") + " 回、種 " + source.meta("seed");
  report.day = source.meta("start").substr(0, 10);
  const auto& completion = source.table("completion");
  report.curve = {.p10 = completion.real("percent_p10"),
                  .p50 = completion.real("percent_p50"),
                  .p90 = completion.real("percent_p90")};
  report.causes = causes_of(source);
  report.lines = lines_of(source);
  report.sections = drill_sections(source);
  for (const auto make :
       {bound_sections, isolation_sections, alternative_sections, study_sections}) {
    for (DrillSection& section : make(results)) {
      report.sections.push_back(std::move(section));
    }
  }
  if (difference) {
    report.sections.insert(report.sections.begin() + 1, difference_section(*difference));
  }
  return report;
}

}  // namespace planner
