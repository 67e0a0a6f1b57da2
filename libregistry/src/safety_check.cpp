// SPDX-License-Identifier: Apache-2.0
#include "registry/safety_check.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "toml_fields.hpp"

namespace registry {
namespace {

constexpr std::array<std::string_view, kSafetyStatuses> kStatusWords = {
    "無事", "負傷", "要救助", "不在", "連絡不能", "避難済", "死亡"};
constexpr std::array<std::string_view, kSafetyStatuses> kStatusCodes = {
    "safe", "injured", "needs_rescue", "absent", "no_answer", "evacuated", "dead"};

bool calls_for_help(const SafetyReport& report) {
  return report.status == SafetyStatus::Injured || report.status == SafetyStatus::NeedsRescue;
}
bool is_dead(const SafetyReport& report) {
  return report.status == SafetyStatus::Dead;
}
bool is_attempt(const SafetyReport& report) {
  return report.status == SafetyStatus::Absent || report.status == SafetyStatus::NoAnswer;
}
bool answers(const SafetyReport& report) {
  return !calls_for_help(report) && !is_attempt(report);
}

auto order_of(const SafetyReport& report) {
  return std::tie(report.device_time, report.device, report.counter, report.uuid);
}

using Reports = std::vector<const SafetyReport*>;

/// Every uuid once, without those a person has decided on, in the order of their time. Of two
/// reports under one uuid (the store never keeps both) the greater counts.
Reports standing(std::span<const SafetyReport> all) {
  std::map<std::string_view, const SafetyReport*> by_uuid;
  for (const SafetyReport& report : all) {
    const auto [found, is_new] = by_uuid.try_emplace(report.uuid, &report);
    if (!is_new && order_of(*found->second) < order_of(report)) {
      found->second = &report;
    }
  }
  std::set<std::string_view> settled;
  for (const auto& [uuid, report] : by_uuid) {
    settled.insert(report->settles.begin(), report->settles.end());
  }
  Reports reports;
  for (const auto& [uuid, report] : by_uuid) {
    if (!settled.contains(uuid)) {
      reports.push_back(report);
    }
  }
  std::ranges::sort(reports,
                    [](const auto* a, const auto* b) { return order_of(*a) < order_of(*b); });
  return reports;
}

std::int64_t apart(const SafetyReport& a, const SafetyReport& b) {
  return a.device_time.milliseconds - b.device_time.milliseconds;
}

/// Reports that answer calls for help, by the device that made them.
class Answers {
 public:
  explicit Answers(const Reports& reports) {
    for (const SafetyReport* report : reports) {
      if (answers(*report)) {
        all_.push_back(report);
        devices_[report->device].own.push_back(report);
      }
    }
    for (auto& [device, of] : devices_) {
      latest_.emplace_back(of.own.back()->device_time, device);
      std::ranges::sort(of.own, {}, &SafetyReport::counter);
      of.latest_from.resize(of.own.size());
      for (std::size_t i = of.own.size(); i-- > 0;) {
        const Instant time = of.own[i]->device_time;
        of.latest_from[i] = i + 1 == of.own.size() ? time : std::max(of.latest_from[i + 1], time);
        if (of.own[i]->counter == 0) {
          of.latest_uncounted = std::max(of.latest_uncounted.value_or(time), time);
        }
      }
    }
    std::ranges::sort(latest_, std::greater<>());
  }

  [[nodiscard]] bool answered(const SafetyReport& call, std::int64_t window) const {
    const Instant after{call.device_time.milliseconds + window};
    for (const auto& [time, device] : latest_) {
      if (time <= after) {
        return false;
      }
      if (device.empty() || device != call.device ||
          answered_by_itself(devices_.at(device), call, after)) {
        return true;
      }
    }
    return false;
  }

  /// Answers at most `window` away on either side.
  [[nodiscard]] std::span<const SafetyReport* const> around(const SafetyReport& call,
                                                            std::int64_t window) const {
    const auto time = [](const SafetyReport* report) { return report->device_time; };
    const std::int64_t at = call.device_time.milliseconds;
    const auto from = std::ranges::lower_bound(all_, Instant{at - window}, {}, time);
    const auto to = std::ranges::upper_bound(all_, Instant{at + window}, {}, time);
    return {from, to};
  }

 private:
  struct Device {
    Reports own;                       ///< in the order of the counter
    std::vector<Instant> latest_from;  ///< latest time of this counter or a higher one
    std::optional<Instant> latest_uncounted;
  };

  /// The device that called has answered later by its own counter, where it counts.
  static bool answered_by_itself(const Device& device, const SafetyReport& call, Instant after) {
    const auto from =
        std::ranges::lower_bound(device.own, call.counter, {}, &SafetyReport::counter);
    const auto place = static_cast<std::size_t>(from - device.own.begin());
    return (from != device.own.end() && device.latest_from[place] > after) ||
           (device.latest_uncounted && *device.latest_uncounted > after);
  }

  Reports all_;
  std::map<std::string_view, Device> devices_;
  std::vector<std::pair<Instant, std::string_view>> latest_;  ///< newest first
};

/// Deaths that something else contradicts.
void doubt_deaths(const Reports& reports, std::int64_t window, std::set<std::string>& doubted) {
  const SafetyReport* last_sign = nullptr;
  const SafetyReport* first_death = nullptr;
  for (const SafetyReport* report : reports) {
    if (is_dead(*report)) {
      first_death = first_death == nullptr ? report : first_death;
    } else if (!is_attempt(*report)) {
      last_sign = report;
    }
  }
  if (first_death == nullptr || last_sign == nullptr || apart(*last_sign, *first_death) < -window) {
    return;
  }
  for (const SafetyReport* report : reports) {
    const bool after_death = apart(*report, *first_death) >= -window && !is_attempt(*report);
    const bool before_sign = apart(*last_sign, *report) >= -window;
    if (is_dead(*report) ? before_sign : after_death) {
      doubted.insert(report->uuid);
    }
  }
}

void show_newest(const Reports& reports, PersonSafety& state) {
  const SafetyReport* newest_contact = nullptr;
  for (const SafetyReport* report : reports) {
    if (!is_attempt(*report)) {
      newest_contact = report;
    }
  }
  const SafetyReport* shown = newest_contact != nullptr ? newest_contact : reports.back();
  state.status = shown->status;
  state.place = shown->place;
  state.needs = shown->needs;
  state.reached = newest_contact != nullptr;
  state.last = reports.back()->device_time;
  if (newest_contact != nullptr) {
    state.seen = newest_contact->device_time;
  }
  state.reporter = reports.back()->reporter;
}

}  // namespace

std::string_view to_text(SafetyStatus status) {
  return kStatusWords.at(static_cast<std::size_t>(status));
}

std::optional<SafetyStatus> parse_safety_status(std::string_view text) {
  for (std::size_t i = 0; i < kSafetyStatuses; ++i) {
    if (kStatusWords[i] == text || kStatusCodes[i] == text) {
      return static_cast<SafetyStatus>(i);
    }
  }
  return std::nullopt;
}

SafetyRules parse_safety_rules(std::string_view toml) {
  const toml::table file = parse_toml_text(toml, "event.toml");
  const TomlFields safety = TomlFields(file, "event.toml").table("safety");
  safety.refuse_unknown(
      {"contradiction_minutes", "clock_ahead_minutes", "before_start_minutes", "source"});
  const auto minutes = [&](std::string_view key, double most) {
    return std::int64_t{safety.integer(key, {0, most})} * 60'000;
  };
  return {.contradiction_ms = minutes("contradiction_minutes", 24 * 60),
          .clock_ahead_ms = minutes("clock_ahead_minutes", 24 * 60),
          .before_start_ms = minutes("before_start_minutes", 7 * 24 * 60)};
}

PersonSafety fold(std::span<const SafetyReport> reports, const SafetyRules& rules) {
  PersonSafety state;
  const Reports known = standing(reports);
  state.reports = known.size();
  if (known.empty()) {
    return state;
  }
  show_newest(known, state);
  const Answers answers_known(known);
  std::set<std::string> contradicting;
  std::optional<SafetyStatus> worst;
  for (const SafetyReport* call : known) {
    if (!calls_for_help(*call) || answers_known.answered(*call, rules.contradiction_ms)) {
      continue;
    }
    state.needs_help = true;
    worst = std::max(worst.value_or(call->status), call->status);  // 要救助 above 負傷
    const auto around = answers_known.around(*call, rules.contradiction_ms);
    if (!around.empty()) {
      contradicting.insert(call->uuid);
    }
    for (const SafetyReport* answer : around) {
      contradicting.insert(answer->uuid);
    }
  }
  doubt_deaths(known, rules.contradiction_ms, contradicting);
  if (worst) {
    state.status = worst;
  }
  state.conflict = !contradicting.empty();
  state.to_settle.assign(contradicting.begin(), contradicting.end());
  return state;
}

bool is_accounted_for(const PersonSafety& person) {
  const bool is_final = person.status == SafetyStatus::Safe ||
                        person.status == SafetyStatus::Evacuated ||
                        person.status == SafetyStatus::Dead;
  return is_final && !person.needs_help && !person.conflict;
}

std::string quarantine_reason(const SafetyReport& report, Instant event_started, Instant received,
                              const SafetyRules& rules) {
  if (report.device_time.milliseconds > received.milliseconds + rules.clock_ahead_ms) {
    return "端末の時刻が未来です。";
  }
  if (report.device_time.milliseconds < event_started.milliseconds - rules.before_start_ms) {
    return "端末の時刻が災害の始まりより前です。";
  }
  return {};
}

}  // namespace registry
