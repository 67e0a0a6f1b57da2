// SPDX-License-Identifier: Apache-2.0
#include "cli/person_text.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

namespace cli {
namespace {

using Json = nlohmann::ordered_json;
using registry::Field;
using registry::FieldSet;
using registry::Person;

void put(Json& document, const char* name, const std::string& value) {
  if (!value.empty()) {
    document[name] = value;
  }
}

void put_person(Json& document, const Person& person, FieldSet fields) {
  put(document, "氏名", person.name);
  put(document, "カナ", person.name_kana);
  put(document, "通称名", person.name_alias);
  if (fields.contains(Field::Identity)) {
    put(document, "生年月日",
        person.birth_date ? registry::to_wareki(*person.birth_date) : person.birth_text);
    put(document, "性別", std::string(to_text(person.sex)));
  }
  put(document, "郵便番号", person.postcode);
  put(document, "住所", person.full_address());
  put(document, "居所", person.actual_residence);
  put(document, "電話", person.phone);
  for (const registry::Contact& contact : person.emergency_contacts) {
    document["緊急連絡先"].push_back(contact.name + " " + contact.relation + " " + contact.phone);
  }
  put(document, "続柄", person.relation_to_head);
  put(document, "宛名番号", person.resident_no);
  put(document, "世帯番号", person.household_no);
  if (fields.contains(Field::HowToHelp)) {
    put(document, "移動", std::string(to_text(person.mobility)));
  }
  if (fields.contains(Field::CareData)) {
    put(document, "居住", std::string(to_text(person.living_place)));
  }
  if (fields.contains(Field::Place) && person.position) {
    document["位置"] = {person.position->lat, person.position->lon};
  }
  document["住民区分"] = to_text(person.residency);
}

void put_registers(Json& document, const registry::PersonView& view) {
  for (const registry::RegisterEntry& entry : view.registers) {
    const bool statutory = entry.kind == registry::RegisterKind::Statutory;
    Json line{{"名簿", statutory ? "避難行動要支援者名簿" : "災害時要援護者登録名簿"},
              {"登録", registry::to_iso(entry.joined_on)}};
    if (entry.left_on) {
      line["取消"] = registry::to_iso(*entry.left_on);
    }
    if (!entry.clauses.empty()) {
      line["事由"] = entry.clauses;
    }
    document["名簿"].push_back(line);
  }
}

void put_rest(Json& document, const registry::PersonView& view) {
  for (const registry::Certificate& certificate : view.certificates) {
    std::string text =
        std::string(to_text(certificate.kind)) + " " + certificate.scheme + " " + certificate.grade;
    for (const registry::BodyPart& part : certificate.parts) {
      text += " " + part.part + std::to_string(part.grade) + "級";
    }
    document["手帳・認定"].push_back(text);
  }
  for (const auto& [level, name] : view.areas) {
    document["区域"][std::string(to_text(level))] = name;
  }
  for (const registry::AssignedSupporter& each : view.supporters) {
    document["支援者"].push_back(each.supporter.name + " " + each.relation + " " +
                                 each.supporter.phone);
  }
  for (const std::string_view column : registry::needs_columns()) {
    const std::string cell = needs_cell(view.needs, column);
    if (!cell.empty() && cell != "0") {
      document[std::string(column)] = cell;
    }
  }
}

}  // namespace

Json person_json(const registry::PersonView& view) {
  Json document{{"registrant", view.person.id.value}};
  put_person(document, view.person, view.fields);
  if (view.closed) {
    document.erase("住民区分");
    return document;
  }
  put_registers(document, view);
  put_rest(document, view);
  document["revision"] = view.revision;
  return document;
}

Json hit_json(const registry::SearchHit& hit) {
  Json document{{"registrant", hit.id.value}, {"matched", to_text(hit.matched)}};
  put(document, "氏名", hit.person.name);
  put(document, "カナ", hit.person.name_kana);
  put(document, "住所", hit.person.full_address());
  if (hit.person.birth_date) {
    document["生年月日"] = registry::to_iso(*hit.person.birth_date);
  }
  return document;
}

Json member_json(const registry::Member& member) {
  Json document{{"registrant", member.registrant.person.id.value},
                {"登録", registry::to_iso(member.joined_on)}};
  put(document, "氏名", member.registrant.person.name);
  put(document, "住所", member.registrant.person.full_address());
  if (!member.registrant.clauses.empty()) {
    document["事由"] = member.registrant.clauses;
  }
  return document;
}

void print_lines(const Json& document) {
  for (const auto& [name, value] : document.items()) {
    std::cout << name << ": " << (value.is_string() ? value.get<std::string>() : value.dump())
              << '\n';
  }
}

}  // namespace cli
