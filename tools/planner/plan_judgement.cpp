// SPDX-License-Identifier: Apache-2.0
#include "planner/plan_judgement.hpp"

#include <algorithm>
#include <cmath>

#include "planner/time_words.hpp"

namespace planner {
namespace {

using registry::PlanVerdict;
using registry::Supporter;

std::int64_t total_p90(const registry::PlanTiming& timing, const CourseFacts& facts,
                       const FamilyRules& family, const PlanningRules& rules) {
  const auto square = [](const Spread& spread) {
    const auto excess = static_cast<double>(spread.p90_s - spread.p50_s);
    return excess * excess;
  };
  const double travel = static_cast<double>(timing.travel_s) * (rules.travel_p90_factor - 1);
  const double supporter = facts.hands > 0 ? square(rules.supporter_ready) : 0;
  return timing.total_s() +
         std::llround(std::sqrt(square(family.notify) + supporter +
                                square(rules.preparation_of(facts.profile)) + travel * travel));
}

registry::PlanTiming timing_of(const CourseFacts& facts, const FamilyRules& family,
                               const PlanningRules& rules) {
  registry::PlanTiming timing;
  timing.notify_s = family.notify.p50_s;
  timing.preparation_s = rules.preparation_of(facts.profile).p50_s;
  timing.travel_s = facts.travel_s;
  if (facts.hands > 0 && facts.helpers_at_door_s) {
    timing.supporter_s = std::max<std::int64_t>(0, *facts.helpers_at_door_s - timing.notify_s);
  }
  timing.limit_s = facts.limit_s;
  timing.limit_cause = facts.limit_s ? facts.limit_cause : std::string();
  if (facts.limit_s) {
    timing.latest_start_s = *facts.limit_s - facts.travel_s;
  }
  timing.total_p90_s = total_p90(timing, facts, family, rules);
  return timing;
}

/// Why the course cannot be carried out; empty = it can.
std::string obstacle(const CourseFacts& facts, const registry::PlanTiming& timing) {
  if (facts.hands > 0 && facts.supporters.empty()) {
    return "支援者がいない（" + std::to_string(facts.hands) + "人必要）";
  }
  if (facts.hands > 0 && !facts.helpers_at_door_s) {
    return facts.no_helper_reason;
  }
  const std::int64_t total = timing.total_s();
  if (facts.battery_s && *facts.battery_s < total) {
    return "機器の電池が避難先に着く前に切れる（" + minutes_words(total - *facts.battery_s) +
           "不足）";
  }
  if (timing.slack_s() && *timing.slack_s() < 0) {
    return "間に合わない（" + minutes_words(-*timing.slack_s()) +
           "不足。期限: " + timing.limit_cause + "）";
  }
  return {};
}

/// Times of day at which fewer supporters can come than are needed, in words.
std::string uncovered_times(const CourseFacts& facts) {
  struct Time {
    const char* name;
    bool registry::Availability::*free;
  };
  constexpr std::array kTimes{Time{"平日昼", &registry::Availability::weekday_day},
                              Time{"平日夜", &registry::Availability::weekday_night},
                              Time{"休日", &registry::Availability::holiday}};
  std::string words;
  for (const Time& time : kTimes) {
    const auto free = std::ranges::count_if(facts.supporters, [&](const Supporter& supporter) {
      return supporter.available.*time.free;
    });
    if (free < facts.hands) {
      words += (words.empty() ? "" : "・") + std::string(time.name);
    }
  }
  return words;
}

std::vector<std::string> doubts(const CourseFacts& facts, const registry::PlanTiming& timing,
                                const PlanningRules& rules) {
  std::vector<std::string> words;
  if (timing.limit_s && timing.total_p90_s > *timing.limit_s) {
    words.push_back("手間取ると間に合わない（90％値で" +
                    minutes_words(timing.total_p90_s - *timing.limit_s) +
                    "不足。期限: " + timing.limit_cause + "）");
  }
  if (facts.battery_s && *facts.battery_s < timing.total_p90_s) {
    words.emplace_back("手間取ると機器の電池が切れる");
  }
  if (facts.hands > 0 && !facts.supporters.empty()) {
    const std::string times = uncovered_times(facts);
    if (!times.empty()) {
      words.push_back("支援者が足りない時間帯がある（" + times + "）");
    }
    if (facts.supporters.size() <
        static_cast<std::size_t>(std::max(rules.enough_supporters, facts.hands))) {
      words.push_back("代わりの支援者がいない（" + std::to_string(facts.supporters.size()) +
                      "人）");
    }
  }
  for (const std::string& equipment : facts.unknown_equipment) {
    words.push_back("避難先に" + equipment + "があるか確かめていない");
  }
  return words;
}

}  // namespace

Judgement judge(const CourseFacts& facts, const FamilyRules& family, const PlanningRules& rules) {
  Judgement judgement;
  judgement.risks = facts.notes;
  if (facts.gap != registry::Gap::None) {
    judgement.verdict = PlanVerdict::NotExecutable;
    judgement.cause = to_text(facts.gap);
    return judgement;
  }
  judgement.timing = timing_of(facts, family, rules);
  std::vector<std::string> doubted = doubts(facts, judgement.timing, rules);
  judgement.cause = obstacle(facts, judgement.timing);
  if (!judgement.cause.empty()) {
    judgement.verdict = PlanVerdict::NotExecutable;
  } else if (!doubted.empty()) {
    judgement.verdict = PlanVerdict::AtRisk;
    judgement.cause = doubted.front();
    doubted.erase(doubted.begin());
  } else {
    judgement.verdict = PlanVerdict::Executable;
  }
  judgement.risks.insert(judgement.risks.begin(), doubted.begin(), doubted.end());
  return judgement;
}

}  // namespace planner
