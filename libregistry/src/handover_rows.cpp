// SPDX-License-Identifier: Apache-2.0
#include "handover_rows.hpp"

#include <algorithm>

#include "registry/error.hpp"

namespace registry {
namespace {

using Read = std::string (*)(const ListPerson&);

/// A column of a list: its name, and what of a person stands in it.
struct Column {
  const char* name;
  Read read;
};

void join(std::string& text, std::string_view more, std::string_view separator) {
  if (!more.empty()) {
    text += text.empty() ? "" : separator;
    text += more;
  }
}

std::string name(const ListPerson& p) {
  return p.person.name;
}
std::string kana(const ListPerson& p) {
  return p.person.name_kana;
}
std::string birth(const ListPerson& p) {
  return p.person.birth_date ? to_iso(*p.person.birth_date) : p.person.birth_text;
}
std::string sex(const ListPerson& p) {
  return std::string(to_text(p.person.sex));
}
std::string address(const ListPerson& p) {
  return p.person.full_address();
}
std::string residence(const ListPerson& p) {
  return p.person.actual_residence;
}
std::string phone(const ListPerson& p) {
  return p.person.phone;
}
std::string group(const ListPerson& p) {
  return p.group;
}
std::string mobility(const ListPerson& p) {
  return std::string(to_text(p.person.mobility));
}
std::string nothing(const ListPerson&) {
  return {};
}

std::string contacts(const ListPerson& p) {
  std::string text;
  for (const Contact& contact : p.person.emergency_contacts) {
    join(text, contact.name + "(" + contact.relation + ") " + contact.phone, "、");
  }
  return text;
}

/// 避難支援等を必要とする事由 as a category: which certificate, never its grade or the diagnosis.
std::string need(const ListPerson& p) {
  std::vector<CertificateKind> kinds;
  for (const Certificate& certificate : p.certificates) {
    if (std::ranges::find(kinds, certificate.kind) == kinds.end()) {
      kinds.push_back(certificate.kind);
    }
  }
  std::string text;
  for (const CertificateKind kind : kinds) {
    join(text, to_text(kind), "、");
  }
  return text.empty() ? "名簿の基準に該当" : text;
}

std::string grades(const ListPerson& p) {
  std::string text;
  for (const Certificate& certificate : p.certificates) {
    join(text, std::string(to_text(certificate.kind)) + " " + certificate.grade, "、");
  }
  return text;
}

std::string clauses(const ListPerson& p) {
  std::string text;
  for (const std::string& clause : p.clauses) {
    join(text, clause, "、");
  }
  return text;
}

std::string supporters(const ListPerson& p) {
  std::string text;
  for (const AssignedSupporter& each : p.supporters) {
    const Supporter& supporter = each.supporter;
    join(text,
         supporter.name + "(" + each.relation + ") " + supporter.address + " " + supporter.phone,
         "、");
  }
  return text.empty() ? "未定" : text;
}

std::string places_of(const PlanCourse& course) {
  std::string text;
  for (const PlanLeg& leg : course.legs) {
    join(text, leg.shelter_name + "(" + leg.shelter_address + ")", " → ");
  }
  return text.empty() ? "未定" : text;
}

/// One course as it is; several each under the name of their family.
std::string destinations(const ListPerson& p) {
  if (p.plan == nullptr || p.plan->courses.size() <= 1) {
    return p.plan == nullptr ? "未定" : places_of(p.plan->main_course());
  }
  std::string text;
  for (const PlanCourse& course : p.plan->courses) {
    join(text, std::string(to_text(family_of(course.hazard))) + ": " + places_of(course), "、");
  }
  return text;
}

/// To the place of safety in the main course; a transfer comes later and is not hurried.
std::string duration(const ListPerson& p) {
  if (p.plan == nullptr || p.plan->main_course().legs.empty()) {
    return {};
  }
  std::int64_t seconds = 0;
  for (const PlanLeg& leg : p.plan->main_course().legs) {
    seconds += leg.kind == LegKind::Transfer ? 0 : leg.duration_s;
  }
  return std::to_string((seconds + 59) / 60);
}

std::string plan_status(const ListPerson& p) {
  return p.plan == nullptr ? std::string() : std::string(to_text(p.plan->status));
}

const std::vector<Column> kRoster7 = {
    {"氏名", name},  {"フリガナ", kana},       {"生年月日", birth},
    {"性別", sex},   {"住所", address},        {"居所", residence},
    {"電話", phone}, {"緊急連絡先", contacts}, {"避難支援等を必要とする事由", need}};
const std::vector<Column> kOfPlan = {{"移動の方法", mobility},
                                     {"避難支援等実施者", supporters},
                                     {"避難先", destinations},
                                     {"所要(分)", duration},
                                     {"計画の状態", plan_status}};

std::vector<Column> safety() {
  return {{"氏名", name}, {"住所", address},        {"電話", phone},
          {"班", group},  {"支援の区分", mobility}, {"最後の安否確認", nothing}};
}

std::vector<Column> action(bool plan) {
  std::vector<Column> columns = {{"氏名", name},
                                 {"住所", address},
                                 {"電話", phone},
                                 {"移動の方法", mobility},
                                 {"緊急連絡先", contacts}};
  if (plan) {
    columns.push_back({"避難先", destinations});
    columns.push_back({"所要(分)", duration});
  }
  return columns;
}

std::vector<Column> intake(bool plan) {
  std::vector<Column> columns = {{"氏名", name},
                                 {"フリガナ", kana},
                                 {"生年月日", birth},
                                 {"性別", sex},
                                 {"電話", phone},
                                 {"移動の方法", mobility},
                                 {"介護・障害の状況", grades},
                                 {"緊急連絡先", contacts}};
  if (plan) {
    columns.push_back({"同行する支援者", supporters});
  }
  return columns;
}

std::vector<Column> with(std::vector<Column> columns, const std::vector<Column>& more) {
  columns.insert(columns.end(), more.begin(), more.end());
  return columns;
}

std::vector<Column> columns_of(Profile profile, DataKind data) {
  const bool plan = data == DataKind::Plan;
  switch (profile) {
    case Profile::None:
      return {};
    case Profile::Safety:
      return safety();
    case Profile::Roster7:
      return kRoster7;
    case Profile::Action:
      return action(plan);
    case Profile::Plan:
      return with(kRoster7, kOfPlan);
    case Profile::Intake:
      return intake(plan);
    case Profile::Full:
      return with(
          with(kRoster7, {{"認定の内容", grades}, {"該当する基準", clauses}, {"班", group}}),
          plan ? kOfPlan : std::vector<Column>{{"移動の方法", mobility}});
  }
  return {};
}

}  // namespace

std::vector<std::string> list_header(Profile profile, DataKind data) {
  std::vector<std::string> header;
  for (const Column& column : columns_of(profile, data)) {
    header.emplace_back(column.name);
  }
  return header;
}

std::vector<std::string> list_row(Profile profile, DataKind data, const ListPerson& person) {
  TOMONI_EXPECT(profile != Profile::Plan || data == DataKind::Plan);
  std::vector<std::string> row;
  for (const Column& column : columns_of(profile, data)) {
    row.push_back(column.read(person));
  }
  return row;
}

}  // namespace registry
