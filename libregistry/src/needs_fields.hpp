// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/access.hpp"
#include "registry/capability.hpp"

namespace registry {

/// A column of the file with the group of fields it belongs to.
struct NeedsColumn {
  const char* name;
  Field field;
};

/// Parts of one entry, separated by `|` in a cell and named in the stored document.
template <class Record, class Use>
requires std::is_same_v<std::remove_const_t<Record>, OwnContact>
void parts_of(Record& each, Use use) {
  use("kind", each.kind);
  use("value", each.value);
  use("preferred", each.preferred);
  use("accepts_sms", each.accepts_sms);
  use("note", each.note);
}
template <class Record, class Use>
requires std::is_same_v<std::remove_const_t<Record>, TrustedContact>
void parts_of(Record& each, Use use) {
  use("name", each.name);
  use("relation", each.relation);
  use("phone", each.phone);
}
template <class Record, class Use>
requires std::is_same_v<std::remove_const_t<Record>, Device>
void parts_of(Record& each, Use use) {
  use("kind", each.kind);
  use("power_w", each.power_w);
  use("battery_minutes", each.battery_minutes);
  use("spare_battery", each.spare_battery);
  use("consumables", each.consumables);
  use("vendor_phone", each.vendor_phone);
}
template <class Record, class Use>
requires std::is_same_v<std::remove_const_t<Record>, CareTeamMember>
void parts_of(Record& each, Use use) {
  use("role", each.role);
  use("name", each.name);
  use("phone", each.phone);
}

/// Calls `use(column, member)` for every field of `needs`, in the order of the file.
template <class Record, class Use>
void needs_fields(Record& needs, Use use) {
  auto& home = needs.dwelling;
  use(NeedsColumn{"連絡先", Field::Contacts}, needs.contacts);
  use(NeedsColumn{"頼れる人", Field::Contacts}, needs.trusted);
  use(NeedsColumn{"支援を断る相手", Field::Contacts}, needs.refuses_help_by);
  use(NeedsColumn{"世帯類型", Field::Household}, needs.household);
  use(NeedsColumn{"建物種別", Field::Place}, home.kind);
  use(NeedsColumn{"構造", Field::Place}, home.structure);
  use(NeedsColumn{"建築年", Field::Place}, home.built_year);
  use(NeedsColumn{"階数", Field::Place}, home.floors);
  use(NeedsColumn{"居住階", Field::Place}, home.home_floor);
  use(NeedsColumn{"エレベーター", Field::Place}, home.lift);
  use(NeedsColumn{"出入口", Field::Place}, home.entrance);
  use(NeedsColumn{"寝室の位置", Field::Place}, home.bedroom);
  use(NeedsColumn{"日中の居場所", Field::Place}, home.day_room);
  use(NeedsColumn{"使用言語", Field::HowToHelp}, needs.language);
  use(NeedsColumn{"伝達方法", Field::HowToHelp}, needs.communication);
  use(NeedsColumn{"配慮事項", Field::HowToHelp}, needs.considerations);
  use(NeedsColumn{"配慮事項その他", Field::HowToHelp}, needs.other_consideration);
  use(NeedsColumn{"階段", Field::HowToHelp}, needs.stairs);
  use(NeedsColumn{"必要人数", Field::HowToHelp}, needs.hands);
  use(NeedsColumn{"車いす重量kg", Field::HowToHelp}, needs.wheelchair_kg);
  use(NeedsColumn{"背負い可", Field::HowToHelp}, needs.may_be_carried);
  use(NeedsColumn{"補装具", Field::HowToHelp}, needs.aids);
  use(NeedsColumn{"避難手段", Field::HowToHelp}, needs.transport);
  use(NeedsColumn{"車両の条件", Field::HowToHelp}, needs.vehicle_needs);
  use(NeedsColumn{"ペット", Field::HowToHelp}, needs.pets);
  use(NeedsColumn{"その他の事由", Field::CareData}, needs.other_reasons);
  use(NeedsColumn{"医療的ケア", Field::CareData}, needs.medical_care);
  use(NeedsColumn{"停電時危険", Field::CareData}, needs.power_loss_endangers_life);
  use(NeedsColumn{"機器", Field::CareData}, needs.devices);
  use(NeedsColumn{"お薬手帳の場所", Field::CareData}, needs.medication.notebook_place);
  use(NeedsColumn{"必須薬", Field::CareData}, needs.medication.essential);
  use(NeedsColumn{"中断不可時間", Field::CareData}, needs.medication.longest_gap_hours);
  use(NeedsColumn{"アレルギー", Field::CareData}, needs.medication.allergies);
  use(NeedsColumn{"ケアチーム", Field::CareData}, needs.care_team);
  use(NeedsColumn{"備考", Field::CareData}, needs.note);
}

/// Blanks what is not among `fields`.
void keep_only(FieldSet fields, Needs& needs);

[[nodiscard]] std::string to_json(const Needs& needs);
[[nodiscard]] Needs needs_from_json(const std::string& text);

}  // namespace registry
