// SPDX-License-Identifier: Apache-2.0
#include "documents/supporter_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "documents/form_words.hpp"
#include "documents/plan_map.hpp"
#include "documents/way_steps.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

using registry::DisclosureList;
using registry::Gap;
using registry::HazardFamily;
using registry::Needs;
using registry::PlanCourse;
using registry::PlanLeg;

constexpr std::string_view kSheetFoot =
    "支援者になっても、法的な責任や義務を負うことはありません。まずご自身とご家族の安全を守り、でき"
    "る"
    "範囲で手を貸してください。危険なとき、命にかかわるときは 119 番へ。";

/// A list cell of the needs as people read it.
std::string words_of(const Needs& needs, std::string_view column) {
  std::string text = registry::needs_cell(needs, column);
  for (std::size_t at = text.find(';'); at != std::string::npos; at = text.find(';', at)) {
    text.replace(at, 1, "、");
  }
  return text;
}

std::string or_ask(const std::string& text) {
  return text.empty() ? "本人に聞いてください" : text;
}

void join(std::string& text, const std::string& more) {
  if (!more.empty()) {
    text += (text.empty() ? "" : "、") + more;
  }
}

FormTable whom(const DisclosureList& list, std::size_t row) {
  return {
      .title = "助ける人",
      .rows = {{{.label = "氏名",
                 .value = list_cell(list, row, "氏名") + "　さん",
                 .share = 1.2,
                 .size = 17,
                 .bold = true},
                {.label = "電話", .value = list_cell(list, row, "電話"), .size = 14, .bold = true}},
               {{.label = "住所", .value = list_cell(list, row, "住所"), .size = 13, .bold = true}},
               {{.label = "緊急連絡先", .value = list_cell(list, row, "緊急連絡先"), .size = 11}}}};
}

FormTable how(const DisclosureList& list, std::size_t row, const Needs& needs) {
  std::string minding = words_of(needs, "配慮事項");
  join(minding, needs.other_consideration);
  std::string speaking = words_of(needs, "伝達方法");
  join(speaking, needs.language);
  std::string moving = list_cell(list, row, "移動の方法");
  if (needs.may_be_carried) {
    join(moving, "背負い・抱きかかえができます");
  }
  const std::string hands = needs.hands ? fmt::format("{}人", *needs.hands) : "";
  std::string vehicle = words_of(needs, "避難手段");
  join(vehicle, needs.vehicle_needs);
  return {.title = "助け方",
          .rows = {{{.label = "移動", .value = or_ask(moving), .share = 2, .size = 12},
                    {.label = "必要な人数", .value = or_ask(hands), .size = 12}},
                   {{.label = "気をつける\nこと", .value = or_ask(minding), .share = 2, .size = 12},
                    {.label = "階段", .value = or_ask(words_of(needs, "階段")), .size = 12}},
                   {{.label = "伝え方", .value = or_ask(speaking), .share = 2, .size = 12},
                    {.label = "乗り物", .value = or_ask(vehicle), .size = 12}}}};
}

std::string start_words(HazardFamily family) {
  switch (family) {
    case HazardFamily::WindAndFlood:
      return "市から「高齢者等避難」（警戒レベル3）が出たら、すぐに";
    case HazardFamily::Earthquake:
      return "揺れがおさまり、自分と家族の安全を確かめたら";
    case HazardFamily::Fire:
      return "火災の知らせがあったら、すぐに";
  }
  return {};
}

FormTable when(const PlanCourse& course) {
  const registry::PlanTiming& timing = course.timing;
  std::string times;
  if (timing.total_s() > 0) {
    times = fmt::format("連絡 {}、かけつけ {}、支度 {}、移動 {}", duration_words(timing.notify_s),
                        duration_words(timing.supporter_s), duration_words(timing.preparation_s),
                        duration_words(timing.travel_s));
  }
  std::string limit;
  if (timing.latest_start_s && *timing.latest_start_s > 0) {
    // Rounded down: nobody is told more than there is.
    limit = fmt::format("始める合図から {} 分以内に家を出る", *timing.latest_start_s / 60);
  }
  FormTable table{.title = "いつ始めるか",
                  .rows = {{{.label = "始めるとき",
                             .value = start_words(registry::family_of(course.hazard)),
                             .below = times,
                             .size = 12,
                             .bold = true}}}};
  if (!limit.empty()) {
    table.rows.push_back({{.label = "期限", .value = limit, .size = 12, .bold = true}});
  }
  if (course.verdict == registry::PlanVerdict::NotExecutable ||
      course.verdict == registry::PlanVerdict::AtRisk) {
    table.rows.push_back(
        {{.label = "注意",
          .value = "間に合わないおそれがあります。早めに声をかけ、市に相談してください。",
          .size = 11}});
  }
  return table;
}

std::string places_of(const PlanCourse& course) {
  std::string text;
  for (const PlanLeg& leg : course.legs) {
    text += fmt::format("{}{}（{}）{}", text.empty() ? "" : " → ", leg.shelter_name,
                        leg.shelter_address,
                        leg.kind == registry::LegKind::Transfer ? "※市が開いてから" : "");
  }
  if (!text.empty()) {
    return text;
  }
  if (course.stay != registry::StayAdvice::None) {
    return std::string(registry::to_text(course.stay));
  }
  return "未定（市に確かめてください）";
}

FormTable where(const registry::EvacuationPlan& plan) {
  FormTable table{.title = "行き先", .rows = {}};
  for (const PlanCourse& course : plan.courses) {
    table.rows.push_back({{.label = std::string(to_text(registry::family_of(course.hazard))),
                           .value = places_of(course),
                           .size = table.rows.empty() ? 12.5 : 10.5,
                           .bold = table.rows.empty()}});
  }
  return table;
}

FormTable bring(const Needs& needs) {
  std::string things = "非常持ち出し袋、お薬手帳と薬、保険証、めがね・入れ歯など";
  join(things, words_of(needs, "補装具"));
  return {.title = "持っていくもの",
          .rows = {{{.label = "持ち物", .value = things, .size = 11},
                    {.label = "ペット",
                     .value = needs.pets.empty() ? "なし・不明" : needs.pets,
                     .share = 0.45,
                     .size = 11}}}};
}

std::string warnings_on(const PlanLeg& leg) {
  std::string text;
  for (const std::string& hazard : leg.hazards_met) {
    join(text, hazard);
  }
  if (leg.steps_met > 0) {
    join(text, fmt::format("階段 {}か所", leg.steps_met));
  }
  return text;
}

FormTable way(const PlanCourse& course) {
  FormTable table{.title = "道順", .rows = {}, .label_width = 34};
  if (course.gap != Gap::None || course.legs.empty()) {
    const std::string why = course.gap != Gap::None ? std::string(to_text(course.gap))
                            : course.stay_reason.empty() ? std::string("道順は計算されていません")
                                                         : course.stay_reason;
    table.rows.push_back({{.label = "道順", .value = why, .size = 11}});
    return table;
  }
  const PlanLeg& leg = course.legs.front();
  std::string steps;
  int number = 0;
  for (const std::string& step : way_steps(leg.route)) {
    steps += fmt::format("{}{}. {}", steps.empty() ? "" : "\n", ++number, step);
  }
  table.rows.push_back({{.label = "歩く道", .value = steps, .size = 10}});
  table.rows.push_back({{.label = "全体",
                         .value = fmt::format("{}　{}", distance_words(leg.length_m),
                                              duration_words(leg.duration_s)),
                         .size = 11,
                         .bold = true}});
  const std::string dangers = warnings_on(leg);
  table.rows.push_back(
      {{.label = "途中", .value = dangers.empty() ? "地図上の危険なし" : dangers, .size = 9.5}});
  return table;
}

SharePage page_for(const RosterPrint& print, const SheetRoads& roads, const SheetPerson& person,
                   std::size_t row) {
  const PlanCourse& course = person.plan.main_course();
  const PlanFormInput input{.subject = person.subject,
                            .plan = person.plan,
                            .local_plan = print.local_plan,
                            .graph = roads.graph,
                            .hazards = roads.hazards,
                            .printed_on = registry::tokyo_date(print.list.handover().issued_at),
                            .attribution = roads.attribution,
                            .profiles = roads.profiles};
  return {.title = "支援者用　避難支援シート",
          .banner = list_cell(print.list, row, "取扱注意"),
          .tables = {whom(print.list, row), how(print.list, row, person.needs), when(course),
                     where(person.plan), bring(person.needs)},
          .way = way(course),
          .map = plan_map(input, course),
          .foot = std::string(kSheetFoot)};
}

}  // namespace

SheetFile supporter_sheets(const RosterPrint& print, const SheetRoads& roads,
                           std::span<const SheetPerson> people) {
  TOMONI_EXPECT(print.list.handover().data == registry::DataKind::Plan);
  TOMONI_EXPECT(print.list.handover().profile == registry::Profile::Action);
  TOMONI_EXPECT(people.size() == print.list.people().size());
  std::vector<SharePage> pages;
  pages.reserve(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    TOMONI_EXPECT(people[i].subject.registrant.person.id == print.list.people()[i]);
    TOMONI_EXPECT(people[i].plan.subject == print.list.people()[i]);
    pages.push_back(page_for(print, roads, people[i], i));
  }
  return share_sheets(print, pages);
}

}  // namespace documents
