// SPDX-License-Identifier: Apache-2.0
#include "documents/course_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "documents/form_words.hpp"

namespace documents {
namespace {

using registry::PlanCourse;
using registry::PlanTiming;
using registry::PlanVerdict;

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    text += (text.empty() ? "・" : "\n・") + part;
  }
  return text;
}

std::string second_way_words(const PlanCourse& course) {
  if (course.second.route.empty()) {
    return "見つかっていません";
  }
  const std::string shared =
      course.second.shared_m < 5
          ? std::string("最初の経路と重なりません")
          : "最初の経路と重なる区間 " + distance_words(course.second.shared_m);
  const std::string extra = course.second.extra_s <= 0
                                ? std::string("同じくらいの時間")
                                : duration_words(course.second.extra_s) + "長い";
  return extra + "（地図の点線）。" + shared;
}

/// Whole minutes, rounded up, also for times before the signal.
std::string after_signal(std::int64_t seconds) {
  if (seconds < 0) {
    return fmt::format("合図の{}分前", (-seconds + 59) / 60);
  }
  return fmt::format("合図から{}分後", seconds / 60);
}

}  // namespace

std::string course_heading(const PlanCourse& course) {
  const auto family = registry::to_text(family_of(course.hazard));
  const auto hazard = registry::to_text(course.hazard);
  return family == hazard ? std::string(family) : fmt::format("{}（{}）", family, hazard);
}

FormTable verdict_table(const PlanCourse& course) {
  FormTable table{"この計画は実行できるか", {}, 62};
  std::string verdict(registry::to_text(course.verdict));
  if (!course.cause.empty()) {
    verdict += "：" + course.cause;
  }
  table.rows.push_back({{"判定", std::move(verdict), "", "", 1, 11, true}});
  if (!course.risks.empty()) {
    table.rows.push_back({{"確かめること", joined(course.risks)}});
  }
  if (!course.legs.empty()) {
    table.rows.push_back({{"代わりの経路", second_way_words(course)}});
  }
  if (course.verdict == PlanVerdict::NotExecutable) {
    const std::string advice = course.stay == registry::StayAdvice::None
                                   ? std::string("勧められません")
                                   : std::string(registry::to_text(course.stay));
    table.rows.push_back({{"屋内に\nとどまる", advice, "", course.stay_reason}});
  }
  return table;
}

FormTable timing_table(const PlanCourse& course) {
  FormTable table{"合図から安全な所までの時間", {}, 84};
  const PlanTiming& timing = course.timing;
  if (course.legs.empty()) {
    table.rows.push_back({{"時間", "避難先が決まっていないため、見積もれません"}});
    return table;
  }
  const auto row = [&](const char* label, std::int64_t seconds) {
    table.rows.push_back(
        {{label, seconds == 0 ? std::string("—") : duration_words(seconds), "", "", 1, 9}});
  };
  row("連絡が届く", timing.notify_s);
  row("支援者が着く", timing.supporter_s);
  row("支度", timing.preparation_s);
  row("移動", timing.travel_s);
  table.rows.push_back(
      {{"合計", duration_words(timing.total_s()), "",
        "手間取ったとき（90％値）" + duration_words(timing.total_p90_s), 1, 10.5, true}});
  if (timing.limit_s) {
    table.rows.push_back({{"期限", after_signal(*timing.limit_s), "", timing.limit_cause}});
    table.rows.push_back(
        {{"遅くとも\n家を出る時刻", after_signal(timing.latest_start_s.value_or(0)), "", "", 1,
          10.5, true}});
  } else {
    table.rows.push_back({{"期限", "想定される到達時刻はありません。できるだけ早く"}});
  }
  return table;
}

FormTable helper_table(const PlanFormInput& input, const PlanCourse& course) {
  FormTable table{"支援者の動き（案）", {}, 52};
  for (const registry::PlannedHelper& helper : course.helpers) {
    const auto found = std::ranges::find(
        input.subject.supporters, helper.supporter,
        [](const registry::AssignedSupporter& each) { return each.supporter.id; });
    if (found == input.subject.supporters.end()) {
      continue;  // no longer a supporter of this person
    }
    const registry::Supporter& supporter = found->supporter;
    const std::string& name = supporter.name.empty() ? supporter.organisation : supporter.name;
    const std::string when = after_signal(helper.arrives_s) + "に自宅に着く";
    const std::string trip =
        helper.trip > 1 ? fmt::format("（{}人目の支援）", helper.trip) : std::string();
    table.rows.push_back(
        {{helper.backup ? "代わり" : "支援する", name, "", when + trip, 1, 9.5, !helper.backup}});
  }
  if (table.rows.empty()) {
    table.rows.push_back({{"支援者", input.subject.supporters.empty()
                                         ? std::string("未定")
                                         : std::string("移動に手助けは要らない見込みです。"
                                                       "連絡と見守りをお願いします")}});
  }
  return table;
}

}  // namespace documents
