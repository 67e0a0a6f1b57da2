// SPDX-License-Identifier: Apache-2.0
#include "planner/event_record.hpp"

#include <algorithm>
#include <map>

namespace planner {
namespace {

using registry::SafetyReport;
using registry::SafetyStatus;

constexpr std::int64_t kMinuteMs = 60'000;

bool is_try(const SafetyReport& report) {
  return report.status == SafetyStatus::Absent || report.status == SafetyStatus::NoAnswer;
}

}  // namespace

std::vector<CurvePoint> reached_curve(const std::vector<SafetyReport>& reports, std::size_t total,
                                      registry::Instant from, registry::Instant to,
                                      std::size_t points) {
  std::map<registry::PersonId, registry::Instant> first;
  for (const SafetyReport& report : reports) {
    if (!is_try(report)) {
      const auto [found, is_new] = first.try_emplace(report.subject, report.device_time);
      found->second = std::min(found->second, report.device_time);
    }
  }
  std::vector<registry::Instant> times;
  times.reserve(first.size());
  for (const auto& [person, time] : first) {
    times.push_back(time);
  }
  std::ranges::sort(times);
  const std::int64_t span = std::max<std::int64_t>(to.milliseconds - from.milliseconds, 0);
  const auto steps = static_cast<std::int64_t>(std::max<std::size_t>(points, 1));
  const std::int64_t minutes = span / kMinuteMs / steps + 1;
  std::vector<CurvePoint> curve;
  for (std::int64_t at = from.milliseconds; at < to.milliseconds + minutes * kMinuteMs;
       at += minutes * kMinuteMs) {
    const auto reached = static_cast<std::size_t>(
        std::ranges::upper_bound(times, registry::Instant{at}) - times.begin());
    curve.push_back(
        {.at = {at}, .reached = reached, .unreached = total - std::min(total, reached)});
  }
  return curve;
}

HelpGiven help_given(const std::vector<SafetyReport>& reports, const registry::SafetyRules& rules) {
  std::map<registry::PersonId, std::vector<SafetyReport>> by_person;
  for (const SafetyReport& report : reports) {
    by_person[report.subject].push_back(report);
  }
  HelpGiven help;
  for (const auto& [person, own] : by_person) {
    const bool called = std::ranges::any_of(own, [](const SafetyReport& report) {
      return report.status == SafetyStatus::Injured || report.status == SafetyStatus::NeedsRescue;
    });
    if (called) {
      ++help.called;
      help.answered += fold(own, rules).needs_help ? 0U : 1U;
    }
  }
  return help;
}

}  // namespace planner
