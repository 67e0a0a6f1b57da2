// SPDX-License-Identifier: Apache-2.0
#include "documents/form_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "registry/plan_check.hpp"

namespace documents {
namespace {

using registry::ArrivalPolicy;
using registry::EvacuationPlan;
using registry::Gap;
using registry::Person;
using registry::PlanLeg;

constexpr std::string_view kBlank = "（未記入）";
constexpr std::size_t kMostContacts = 3;
constexpr std::size_t kMostSupporters = 4;
constexpr std::size_t kMostLegs = 3;

std::string or_blank(const std::string& text) {
  return text.empty() ? std::string(kBlank) : text;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) {
      text += (text.empty() ? "" : std::string(between)) + part;
    }
  }
  return text;
}

std::string labelled(std::string_view label, const std::string& text) {
  return text.empty() ? std::string{} : fmt::format("{}：{}", label, text);
}

std::string birth_words(const Person& person) {
  if (!person.birth_date) {
    return person.birth_text.empty() ? std::string(kBlank) : person.birth_text;
  }
  return registry::to_wareki(*person.birth_date);
}

std::string age_words(const Person& person, registry::Date on) {
  if (!person.birth_date) {
    return person.birth_text.empty() ? std::string{} : "年月日不詳";
  }
  return fmt::format("{}　満{}歳", registry::to_iso(*person.birth_date),
                     registry::legal_age(*person.birth_date, on));
}

std::string household_words(const Person& person) {
  std::vector<std::string> parts{person.household_size <= 1
                                     ? std::string("単身世帯")
                                     : fmt::format("{}人世帯", person.household_size)};
  parts.push_back(labelled("続柄", person.relation_to_head));
  if (person.living_place != registry::LivingPlace::Home) {
    parts.emplace_back(registry::to_text(person.living_place));
  }
  return joined(parts, "　");
}

FormCell address_cell(const Person& person) {
  const std::string postcode = person.postcode.empty() ? "" : "〒" + person.postcode + "　";
  const std::string registered = person.full_address();
  FormCell cell{"住所又は居所", or_blank(registered), "", "", 1, 10.5};
  if (!person.actual_residence.empty()) {
    cell.value = "居所：" + person.actual_residence;
    cell.below = labelled("住所", registered.empty() ? "" : postcode + registered);
  } else if (!registered.empty()) {
    cell.value = postcode + registered;
  }
  return cell;
}

FormCell reason_cell(const PlanFormInput& input) {
  std::vector<std::string> reasons;
  for (const auto& certificate : input.subject.registrant.certificates) {
    reasons.push_back(certificate_words(certificate, input.printed_on));
  }
  const Person& person = input.subject.registrant.person;
  const std::string mobility(registry::to_text(person.mobility));
  const std::string clauses = joined(input.subject.registrant.clauses, "・");
  return {"避難支援等を\n必要とする事由", or_blank(joined(reasons, " ／ ")), "",
          joined({labelled("移動のしかた", mobility), labelled("名簿の要件", clauses)}, "　")};
}

std::string availability_words(const registry::Availability& available) {
  std::vector<std::string> times;
  if (available.weekday_day) {
    times.emplace_back("平日昼");
  }
  if (available.weekday_night) {
    times.emplace_back("平日夜");
  }
  if (available.holiday) {
    times.emplace_back("休日");
  }
  return times.empty() ? "動ける時間帯：なし" : "動ける時間帯：" + joined(times, "・");
}

FormCell supporter_cell(const registry::AssignedSupporter& assigned, std::size_t number) {
  const registry::Supporter& supporter = assigned.supporter;
  // An organisation may be the supporter without naming anybody.
  std::string name = supporter.name.empty() ? supporter.organisation : supporter.name;
  if (!supporter.name.empty() && !supporter.organisation.empty()) {
    name += "（" + supporter.organisation + "）";
  }
  const std::string address =
      supporter.address.empty() ? std::string("住所（未記入）") : supporter.address;
  const std::string call = supporter.phone.empty() && !supporter.mail.empty()
                               ? supporter.mail
                               : "電話 " + or_blank(supporter.phone);
  return {fmt::format("支援者{}", number),
          joined({or_blank(name), call}, "　"),
          "",
          joined({address, labelled("関係", assigned.relation), labelled("役割", assigned.role),
                  availability_words(supporter.available), supporter.has_vehicle ? "車両あり" : ""},
                 "　"),
          1,
          10,
          true};
}

std::string profile_label(const PlanFormInput& input, const std::string& name) {
  const auto found = std::ranges::find(input.profiles, name, &route::MobilityProfile::name);
  return found == input.profiles.end() || found->label_ja.empty() ? name : found->label_ja;
}

std::string slope_words(const PlanLeg& leg) {
  const auto percent = [](int permille) { return fmt::format("{:.1f}％", permille / 10.0); };
  return fmt::format("上り {}　下り {}", percent(leg.steepest_up_permille),
                     percent(leg.steepest_down_permille));
}

FormCell destination_cell(const PlanLeg& leg, const std::string& number) {
  const std::string_view when = leg.kind == registry::LegKind::Gather ? "まずここに集まります。"
                                : leg.arrival == ArrivalPolicy::Direct
                                    ? "直接行くことができます。"
                                    : "市が開設を知らせてから移ります。直接は行けません。";
  return {(leg.kind == registry::LegKind::Gather ? "集合場所" : "避難先") + number,
          or_blank(leg.shelter_name),
          "",
          joined({leg.shelter_address, fmt::format("{}：{}", registry::to_text(leg.arrival), when)},
                 "\n"),
          1,
          12,
          true};
}

/// Rows about one leg; how it is travelled is the same for each.
void add_leg(FormTable& table, const PlanFormInput& input, const PlanLeg& leg,
             const std::string& number) {
  const double off_road = leg.home_to_road_m + leg.road_to_shelter_m;
  table.rows.push_back({destination_cell(leg, number)});
  table.rows.push_back({{"移動手段", or_blank(profile_label(input, leg.profile))}});
  table.rows.push_back(
      {{"距離・\n所要時間",
        fmt::format("{}　{}", distance_words(leg.length_m), duration_words(leg.duration_s)), "",
        off_road >= 5 ? fmt::format("ほかに道路までの出入り {}", distance_words(off_road)) : "", 1,
        11, true}});
  table.rows.push_back(
      {{"段差・階段", leg.steps_met == 0 ? std::string("階段なし")
                                         : fmt::format("階段 {} か所", leg.steps_met)}});
  table.rows.push_back({{"最大勾配", slope_words(leg)}});
  table.rows.push_back({{"幅員等が\n未確認の区間",
                         leg.unverified_m < 0.5 ? std::string("なし")
                                                : distance_words(leg.unverified_m) +
                                                      "（通れるか現地で確かめてください）"}});
  table.rows.push_back(
      {{"通過する\n危険区域", leg.hazards_met.empty() ? std::string("想定区域は通りません")
                                                      : joined(leg.hazards_met, "、")}});
}

std::string_view advice(Gap gap) {
  switch (gap) {
    case Gap::None:
      return "計画を作り直してください。";
    case Gap::NoPosition:
      return "自宅の位置を地図で確かめて登録し、計画を作り直してください。";
    case Gap::OffTheRoads:
      return "自宅の出入口と道のつながりを現地で確かめ、計画を作り直してください。";
    case Gap::NoPermittedShelter:
      return "受け入れられる避難先、移動手段、屋内での安全確保を本人・支援者と話し合ってください。";
    case Gap::SheltersFull:
      return "受入人数の追加、親族・知人宅、屋内での安全確保を本人・支援者と話し合ってください。";
    case Gap::RoadsClosed:
      return "通行止めが解けたら計画を作り直し、それまでの屋内での安全確保を話し合ってください。";
  }
  return "";
}

}  // namespace

std::string distance_words(double metres) {
  const auto tens = std::llround(metres / 10) * 10;
  if (tens >= 1000) {
    return fmt::format("約{:.1f}km", metres / 1000);
  }
  return tens == 0 ? std::string("10m未満") : fmt::format("約{}m", tens);
}

std::string duration_words(std::int64_t seconds) {
  const std::int64_t minutes = std::max<std::int64_t>(1, (seconds + 59) / 60);
  return minutes < 120 ? fmt::format("約{}分", minutes)
                       : fmt::format("約{}時間{}分", minutes / 60, minutes % 60);
}

std::string certificate_words(const registry::Certificate& certificate, registry::Date on) {
  using registry::CertificateKind;
  std::string words;
  if (certificate.kind == CertificateKind::Intellectual && !certificate.scheme.empty()) {
    words = certificate.scheme + " ";
  } else if (certificate.kind != CertificateKind::CareLevel) {
    words = std::string(registry::to_text(certificate.kind)) + " ";
  }
  words += certificate.grade;
  std::vector<std::string> parts;
  for (const registry::BodyPart& part : certificate.parts) {
    parts.push_back(fmt::format("{}{}級", part.part, part.grade));
  }
  if (!parts.empty()) {
    words += "（" + joined(parts, "・") + "）";
  }
  if (certificate.valid_to && *certificate.valid_to < on) {
    words += "（" + registry::to_wareki(*certificate.valid_to) + "で期限切れ）";
  }
  return words;
}

std::string form_title(const EvacuationPlan& plan) {
  std::string name =
      plan.kind == registry::PlanKind::Individual ? "個別避難計画" : "災害時個別支援計画";
  if (plan.status == registry::PlanStatus::Active) {
    return name;
  }
  return name + (plan.status == registry::PlanStatus::NeedsReview ? "（要見直し）" : "（案）");
}

FormTable person_table(const PlanFormInput& input) {
  const Person& person = input.subject.registrant.person;
  const std::string alias = person.name_alias.empty() ? "" : "通称名：" + person.name_alias;
  const bool statutory =
      input.subject.registrant.register_kind == registry::RegisterKind::Statutory;
  return {statutory ? "１　本人（避難行動要支援者名簿）" : "１　本人（災害時要援護者登録名簿）",
          {{{"氏名\n（フリガナ）", or_blank(person.name), person.name_kana, alias, 0.46, 15, true},
            {"生年月日", birth_words(person), "", age_words(person, input.printed_on), 0.34, 10},
            {"性別", std::string(registry::to_text(person.sex)), "", "", 0.2, 10}},
           {address_cell(person)},
           {{"電話番号\nその他の連絡先", or_blank(person.phone), "", "", 0.5, 10.5},
            {"世帯構成", household_words(person), "", "", 0.5}},
           {reason_cell(input)}}};
}

namespace {

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

FormTable contacts_up_to(std::size_t most, const PlanFormInput& input,
                         std::vector<std::string>& left_out) {
  FormTable table{"２　緊急時の連絡先", {}, 40};
  const auto& contacts = input.subject.registrant.person.emergency_contacts;
  for (std::size_t i = 0; i < std::min(contacts.size(), most); ++i) {
    const registry::Contact& contact = contacts[i];
    const std::string relation = contact.relation.empty() ? "" : "（" + contact.relation + "）";
    table.rows.push_back({{fmt::format("連絡先{}", i + 1), or_blank(contact.name) + relation, "",
                           "電話 " + or_blank(contact.phone), 1, 9.5}});
  }
  if (contacts.empty()) {
    table.rows.push_back({{"連絡先", std::string(kBlank)}});
  }
  if (contacts.size() > most) {
    table.rows.push_back({{"ほか", fmt::format("{}名（別紙あり）", contacts.size() - most)}});
    left_out.emplace_back("緊急時の連絡先");
  }
  return table;
}

FormTable supporters_up_to(std::size_t most, const PlanFormInput& input,
                           std::vector<std::string>& left_out) {
  FormTable table{"３　避難支援等実施者（支援者）", {}, 40};
  const auto& supporters = input.subject.supporters;
  for (std::size_t i = 0; i < std::min(supporters.size(), most); ++i) {
    table.rows.push_back({supporter_cell(supporters[i], i + 1)});
  }
  if (supporters.empty()) {
    table.rows.push_back(
        {{"支援者", "未定", "",
          "支援する人がまだ決まっていません。氏名・住所・電話が決まりしだい市へ知らせて"
          "ください。",
          1, 14, true}});
  }
  if (supporters.size() > most) {
    table.rows.push_back({{"ほか", fmt::format("{}名（別紙あり）", supporters.size() - most)}});
    left_out.emplace_back("避難支援等実施者");
  }
  return table;
}

FormTable legs_up_to(std::size_t most, const PlanFormInput& input,
                     const registry::PlanCourse& course, std::vector<std::string>& left_out) {
  FormTable table{"４　避難先と避難経路", {}, 52};
  if (course.gap != Gap::None || course.legs.empty()) {
    const std::string_view reason = course.gap == Gap::None
                                        ? std::string_view("経路が計算されていません")
                                        : registry::to_text(course.gap);
    table.rows.push_back({{"避難先", "避難先未定", "", "", 1, 18, true}});
    table.rows.push_back({{"理由", std::string(reason), "", "", 1, 10.5, true}});
    table.rows.push_back({{"これから", std::string(advice(course.gap))}});
    return table;
  }
  const std::size_t count = std::min(course.legs.size(), most);
  for (std::size_t i = 0; i < count; ++i) {
    add_leg(table, input, course.legs[i], course.legs.size() > 1 ? std::to_string(i + 1) : "");
  }
  if (course.legs.size() > most) {
    table.rows.push_back({{"ほか", fmt::format("{}区間（別紙あり）", course.legs.size() - most)}});
    left_out.emplace_back("避難先と避難経路");
  }
  return table;
}

}  // namespace

FormTable contact_table(const PlanFormInput& input, std::vector<std::string>& left_out) {
  return contacts_up_to(kMostContacts, input, left_out);
}

FormTable supporter_table(const PlanFormInput& input, std::vector<std::string>& left_out) {
  return supporters_up_to(kMostSupporters, input, left_out);
}

FormTable way_table(const PlanFormInput& input, const registry::PlanCourse& course,
                    std::vector<std::string>& left_out) {
  return legs_up_to(kMostLegs, input, course, left_out);
}

FormTable full_contact_table(const PlanFormInput& input) {
  std::vector<std::string> nothing;
  return contacts_up_to(kAll, input, nothing);
}

FormTable full_supporter_table(const PlanFormInput& input) {
  std::vector<std::string> nothing;
  return supporters_up_to(kAll, input, nothing);
}

FormTable full_way_table(const PlanFormInput& input, const registry::PlanCourse& course) {
  std::vector<std::string> nothing;
  return legs_up_to(kAll, input, course, nothing);
}

FormTable home_hazard_table(const registry::PlanCourse& course) {
  const std::string& words = course.home_hazard;
  return {"５　自宅の危険",
          {{{"自宅の\n場所", words.empty() ? "読み込んだ想定区域の外です" : words, "",
             words.empty() ? "想定を超える災害も起こります。" : "", 1, 9.5, !words.empty()}}},
          40};
}

FormTable missing_table(const PlanFormInput& input) {
  const registry::PlanCheck check = registry::check_legal_completeness(
      input.plan, input.subject.registrant, input.subject.supporters);
  std::vector<std::string> items = check.missing;
  if (check.supporter_undecided) {
    items.emplace_back("避難支援等実施者が未定（49条の14③一）");
  }
  return {"６　未記入・確認が必要な項目",
          {{{"項目", items.empty() ? std::string("法定の項目はすべて記入されています")
                                   : joined(items, "、")}}},
          40};
}

FormTable consent_table() {
  const auto row = [](const std::string& label, const std::string& below) {
    return FormRow{{label, "□ 同意する　　□ 同意しない", "", below, 0.37},
                   {"日付", "令和　　年　　月　　日", "", "", 0.31, 8.5},
                   {"署名", "　", "", "代筆・代理の続柄（　　　）", 0.32}};
  };
  return {"７　同意・署名",
          {row("計画の\n作成", "この計画を市が作ること"),
           row("計画の\n提供", "避難支援等関係者に提供すること")},
          40};
}

}  // namespace documents
