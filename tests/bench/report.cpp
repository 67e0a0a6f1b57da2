// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <ostream>

namespace bench {

double significant(double value) {
  constexpr double kDigits = 4;
  if (value == 0 || !std::isfinite(value)) {
    return 0;
  }
  const double scale = std::pow(10, kDigits - 1 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

Timing summary(std::vector<double> ms) {
  if (ms.empty()) {
    return {};
  }
  std::ranges::sort(ms);
  const double upper = ms[ms.size() / 2];
  const double lower = ms[(ms.size() - 1) / 2];
  return {static_cast<int>(ms.size()), ms.front(), (lower + upper) / 2};
}

nlohmann::ordered_json in_ms(const Timing& timing) {
  return {{"rounds", timing.rounds},
          {"min_ms", significant(timing.min_ms)},
          {"median_ms", significant(timing.median_ms)}};
}

nlohmann::ordered_json in_us_per(const Timing& timing, std::size_t per) {
  const double to_us = 1000 / static_cast<double>(std::max<std::size_t>(per, 1));
  return {{"rounds", timing.rounds},
          {"min_us", significant(timing.min_ms * to_us)},
          {"median_us", significant(timing.median_ms * to_us)}};
}

void Checks::check_equal(std::string_view subject, std::uint64_t found, std::uint64_t expected,
                         std::string_view where) {
  check(subject, found == expected, [&] {
    return std::string(where) + ": found " + std::to_string(found) + ", expected " +
           std::to_string(expected);
  });
}

bool Checks::all_right() const {
  return std::ranges::all_of(tallies_, [](const Tally& tally) { return tally.wrong == 0; });
}

nlohmann::ordered_json Checks::tallies() const {
  auto all = nlohmann::ordered_json::object();
  for (const Tally& tally : tallies_) {
    all[tally.subject] = {{"compared", tally.compared}, {"wrong", tally.wrong}};
  }
  return all;
}

Checks::Tally& Checks::tally_of(std::string_view subject) {
  const auto found = std::ranges::find(tallies_, subject, &Tally::subject);
  return found != tallies_.end() ? *found
                                 : tallies_.emplace_back(Tally{std::string(subject), 0, 0});
}

void Report::section(std::string_view title) const {
  people << "\n" << title << "\n";
}

void Report::row(std::string_view what, double value, std::string_view unit,
                 std::string_view remark) const {
  people << "  " << std::left << std::setw(52) << what << std::right << std::setw(12)
         << significant(value) << " " << unit;
  if (!remark.empty()) {
    people << "  (" << remark << ")";
  }
  people << "\n";
}

void Report::count(std::string_view what, std::uint64_t number) const {
  people << "  " << std::left << std::setw(52) << what << std::right << std::setw(12) << number
         << "\n";
}

void Report::row(std::string_view what, const Timing& timing) const {
  row(what, timing.median_ms, "ms",
      "least " + nlohmann::json(significant(timing.min_ms)).dump() + " of " +
          std::to_string(timing.rounds));
}

}  // namespace bench
