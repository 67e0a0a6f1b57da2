// SPDX-License-Identifier: Apache-2.0
// The 受入票 of a welfare shelter: what the reception needs to know about somebody who arrives.
#include <fmt/format.h>

#include <algorithm>

#include "documents/supporter_sheet.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

using registry::DisclosureList;
using registry::Needs;

constexpr std::string_view kFoot =
    "受け入れのためだけに使い、退所のときに市へ返すか廃棄してください。容体が変わったときは 119 "
    "番と"
    "かかりつけ医へ。";

std::string words_of(const Needs& needs, std::string_view column) {
  std::string text = registry::needs_cell(needs, column);
  for (std::size_t at = text.find(';'); at != std::string::npos; at = text.find(';', at)) {
    text.replace(at, 1, "、");
  }
  return text.empty() ? "不明" : text;
}

FormTable whom(const DisclosureList& list, std::size_t row) {
  const auto cell = [&](const char* column) { return list_cell(list, row, column); };
  return {.title = "本人",
          .rows = {{{.label = "氏名",
                     .value = cell("氏名"),
                     .above = cell("フリガナ"),
                     .share = 1.4,
                     .size = 16,
                     .bold = true},
                    {.label = "生年月日", .value = cell("生年月日"), .size = 12},
                    {.label = "性別", .value = cell("性別"), .share = 0.6, .size = 12}},
                   {{.label = "電話", .value = cell("電話"), .share = 0.7, .size = 11},
                    {.label = "緊急連絡先", .value = cell("緊急連絡先"), .size = 11}}}};
}

FormTable care(const DisclosureList& list, std::size_t row, const Needs& needs) {
  return {.title = "介護・配慮",
          .rows = {{{.label = "介護・障害\nの状況",
                     .value = list_cell(list, row, "介護・障害の状況"),
                     .size = 11},
                    {.label = "移動", .value = list_cell(list, row, "移動の方法"), .size = 11}},
                   {{.label = "配慮事項", .value = words_of(needs, "配慮事項"), .size = 11},
                    {.label = "伝え方", .value = words_of(needs, "伝達方法"), .size = 11}},
                   {{.label = "補装具・食事", .value = words_of(needs, "補装具"), .size = 11},
                    {.label = "使用言語", .value = words_of(needs, "使用言語"), .size = 11}}}};
}

std::string device_words(const Needs& needs) {
  std::string text;
  for (const registry::Device& device : needs.devices) {
    text += text.empty() ? "" : "\n";
    text += device.kind;
    if (device.power_w) {
      text += fmt::format("　{}W", *device.power_w);
    }
    if (device.battery_minutes) {
      text += fmt::format("　電池 {}分", *device.battery_minutes);
    }
    text += device.spare_battery ? "　予備電池あり" : "";
    text += device.consumables.empty() ? "" : "　消耗品 " + device.consumables;
    text += device.vendor_phone.empty() ? "" : "　業者 " + device.vendor_phone;
  }
  return text.empty() ? "なし・不明" : text;
}

FormTable medical(const Needs& needs) {
  const registry::Medication& medication = needs.medication;
  const auto or_unknown = [](const std::string& text) { return text.empty() ? "不明" : text; };
  std::string team;
  for (const registry::CareTeamMember& member : needs.care_team) {
    team += fmt::format("{}{} {}", team.empty() ? "" : "\n", member.name, member.phone);
  }
  return {
      .title = "医療・機器・薬",
      .rows = {{{.label = "医療的ケア", .value = words_of(needs, "医療的ケア"), .size = 11},
                {.label = "停電すると",
                 .value = needs.power_loss_endangers_life ? "命にかかわる" : "―",
                 .size = 12,
                 .bold = true}},
               {{.label = "機器・電源", .value = device_words(needs), .size = 10.5}},
               {{.label = "必須の薬", .value = or_unknown(medication.essential), .size = 11},
                {.label = "薬を切らせる\n時間",
                 .value = medication.longest_gap_hours
                              ? fmt::format("{}時間まで", *medication.longest_gap_hours)
                              : "不明",
                 .size = 11}},
               {{.label = "アレルギー", .value = or_unknown(medication.allergies), .size = 11},
                {.label = "お薬手帳", .value = or_unknown(medication.notebook_place), .size = 11}},
               {{.label = "医療・介護の\n連絡先", .value = or_unknown(team), .size = 10.5}}}};
}

FormTable company(const RosterPrint& print, std::size_t row, const Needs& needs) {
  const std::string helpers = list_cell(print.list, row, "同行する支援者");
  return {.title = "一緒に来る人",
          .rows = {{{.label = "支援者", .value = helpers.empty() ? "未定" : helpers, .size = 11},
                    {.label = "家族など",
                     .value = fmt::format("{}人まで席を見込む", print.local_plan.companions),
                     .share = 0.5,
                     .size = 11}},
                   {{.label = "ペット",
                     .value = needs.pets.empty() ? "なし・不明" : needs.pets,
                     .size = 11}}}};
}

FormTable reception() {
  return {.title = "受付の記入欄",
          .rows = {{{.label = "到着日時", .value = "　　月　　日　　時　　分", .size = 11},
                    {.label = "場所・ベッド", .value = "　", .size = 11},
                    {.label = "受付者", .value = "　", .size = 11}},
                   {{.label = "到着時の様子", .value = "　\n　\n　", .size = 11}}}};
}

}  // namespace

SheetFile intake_sheets(const RosterPrint& print, std::span<const SheetPerson> people) {
  TOMONI_EXPECT(print.list.handover().profile == registry::Profile::Intake);
  TOMONI_EXPECT(people.size() == print.list.people().size());
  std::vector<SharePage> pages;
  pages.reserve(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    TOMONI_EXPECT(people[i].subject.registrant.person.id == print.list.people()[i]);
    pages.push_back(
        {.title = "福祉避難所　受入票",
         .banner = list_cell(print.list, i, "取扱注意"),
         .tables = {whom(print.list, i), care(print.list, i, people[i].needs),
                    medical(people[i].needs), company(print, i, people[i].needs), reception()},
         .way = {},
         .map = std::nullopt,
         .foot = std::string(kFoot)});
  }
  return share_sheets(print, pages);
}

}  // namespace documents
