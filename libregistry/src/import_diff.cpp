// SPDX-License-Identifier: Apache-2.0
#include "registry/import_diff.hpp"

#include <algorithm>

#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

bool lives_in_facility(LivingPlace place) {
  return place == LivingPlace::Facility || place == LivingPlace::Hospital;
}

bool same_contacts(const std::vector<Contact>& a, const std::vector<Contact>& b) {
  return std::ranges::equal(a, b, [](const Contact& x, const Contact& y) {
    return x.name == y.name && x.relation == y.relation && x.phone == y.phone;
  });
}

std::vector<std::string> different_fields(const Person& before, const Person& after) {
  std::vector<std::string> fields;
  const auto compare = [&](const char* name, const auto& old_value, const auto& new_value) {
    if (!(old_value == new_value)) {
      fields.emplace_back(name);
    }
  };
  compare("resident_no", before.resident_no, after.resident_no);
  compare("household_no", before.household_no, after.household_no);
  compare("name", before.name, after.name);
  compare("name_kana", before.name_kana, after.name_kana);
  compare("name_alias", before.name_alias, after.name_alias);
  compare("birth_date", before.birth_date, after.birth_date);
  compare("birth_text", before.birth_text, after.birth_text);
  compare("sex", before.sex, after.sex);
  compare("relation_to_head", before.relation_to_head, after.relation_to_head);
  compare("postcode", before.postcode, after.postcode);
  compare("town_code", before.town_code, after.town_code);
  compare("address", before.address, after.address);
  compare("address_number", before.address_number, after.address_number);
  compare("building", before.building, after.building);
  compare("actual_residence", before.actual_residence, after.actual_residence);
  compare("phone", before.phone, after.phone);
  if (!same_contacts(before.emergency_contacts, after.emergency_contacts)) {
    fields.emplace_back("emergency_contacts");
  }
  compare("residency", before.residency, after.residency);
  compare("living_place", before.living_place, after.living_place);
  compare("expect_return", before.expect_return, after.expect_return);
  compare("protective_measure", before.protective_measure, after.protective_measure);
  compare("protective_until", before.protective_until, after.protective_until);
  compare("mobility", before.mobility, after.mobility);
  compare("position", before.position, after.position);
  return fields;
}

void add_living_place(LivingPlace before, LivingPlace after, std::vector<ChangeKind>& kinds) {
  if (lives_in_facility(after) && !lives_in_facility(before)) {
    kinds.push_back(ChangeKind::EnteredFacility);
  } else if (lives_in_facility(before) && after == LivingPlace::Home) {
    kinds.push_back(ChangeKind::ReturnedHome);
  }
}

void add_residency(Residency before, Residency after, std::vector<ChangeKind>& kinds) {
  if (before == after) {
    return;
  }
  switch (after) {
    case Residency::Resident:
      kinds.push_back(ChangeKind::BackInTown);
      return;
    case Residency::MovedOut:
      kinds.push_back(ChangeKind::Left);
      return;
    case Residency::Died:
      kinds.push_back(ChangeKind::Died);
      return;
    case Residency::Deleted:
      kinds.push_back(ChangeKind::Deleted);
      return;
  }
}

bool moved(const Person& before, const Person& after) {
  return search_key(before.full_address()) != search_key(after.full_address()) ||
         search_key(before.actual_residence) != search_key(after.actual_residence);
}

/// Fields that another kind of change already speaks of.
bool spoken_for(const std::string& field, const std::vector<ChangeKind>& kinds) {
  const auto has = [&](ChangeKind kind) { return std::ranges::find(kinds, kind) != kinds.end(); };
  if (field == "address" || field == "address_number" || field == "building" ||
      field == "actual_residence" || field == "postcode" || field == "town_code" ||
      field == "position") {
    return has(ChangeKind::Moved);
  }
  if (field == "living_place") {
    return has(ChangeKind::EnteredFacility) || has(ChangeKind::ReturnedHome);
  }
  if (field == "protective_measure" || field == "protective_until") {
    return has(ChangeKind::ProtectionSet) || has(ChangeKind::ProtectionEnded);
  }
  return field == "residency" || field == "resident_no";
}

}  // namespace

std::string_view to_text(ImportKind kind) {
  switch (kind) {
    case ImportKind::Residents:
      return "住民記録";
    case ImportKind::Care:
      return "介護認定";
    case ImportKind::Disability:
      return "障害";
    case ImportKind::Intractable:
      return "指定難病";
    case ImportKind::Voluntary:
      return "災害時要援護者登録";
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

std::string_view to_text(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::New:
      return "新規";
    case ChangeKind::Changed:
      return "変更";
    case ChangeKind::Moved:
      return "転居";
    case ChangeKind::Died:
      return "死亡";
    case ChangeKind::Left:
      return "転出";
    case ChangeKind::Deleted:
      return "職権消除";
    case ChangeKind::BackInTown:
      return "再び住民";
    case ChangeKind::CertificateNew:
      return "認定・手帳の新規";
    case ChangeKind::CertificateChanged:
      return "認定・手帳の変更";
    case ChangeKind::CertificateExpired:
      return "認定・手帳の終了";
    case ChangeKind::EnteredFacility:
      return "入所・入院";
    case ChangeKind::ReturnedHome:
      return "在宅に戻る";
    case ChangeKind::ProtectionSet:
      return "支援措置の開始";
    case ChangeKind::ProtectionEnded:
      return "支援措置の終了";
    case ChangeKind::NumberChanged:
      return "宛名番号の変更";
    case ChangeKind::Joined:
      return "登録";
    case ChangeKind::Withdrew:
      return "登録の取下げ";
    case ChangeKind::Missing:
      return "ファイルにない";
  }
  contract_violated("kind is an enumerator", __FILE__, __LINE__);
}

Difference difference(const Person& before, const Person& after) {
  Difference result;
  result.fields = different_fields(before, after);
  if (result.fields.empty()) {
    return result;
  }
  auto& kinds = result.kinds;
  if (moved(before, after)) {
    kinds.push_back(ChangeKind::Moved);
  }
  add_residency(before.residency, after.residency, kinds);
  add_living_place(before.living_place, after.living_place, kinds);
  if (before.is_protected() != after.is_protected()) {
    kinds.push_back(after.is_protected() ? ChangeKind::ProtectionSet : ChangeKind::ProtectionEnded);
  }
  if (before.resident_no != after.resident_no) {
    kinds.push_back(ChangeKind::NumberChanged);
  }
  if (!std::ranges::all_of(result.fields,
                           [&](const std::string& field) { return spoken_for(field, kinds); })) {
    kinds.push_back(ChangeKind::Changed);
  }
  std::ranges::sort(kinds);
  return result;
}

Difference difference(const WelfareState& before, const WelfareState& after, Date on) {
  std::vector<Certificate> gone = before.certificates;
  std::vector<Certificate> fresh;
  for (const Certificate& certificate : after.certificates) {
    const auto same = std::ranges::find(gone, certificate);
    if (same == gone.end()) {
      fresh.push_back(certificate);
    } else {
      gone.erase(same);
    }
  }
  Difference result;
  auto& kinds = result.kinds;
  for (const Certificate& certificate : fresh) {
    const auto replaced = std::ranges::find_if(gone, [&](const Certificate& old) {
      return old.kind == certificate.kind && old.scheme == certificate.scheme;
    });
    const bool ended = certificate.valid_to && *certificate.valid_to < on;
    const bool had_one = replaced != gone.end();
    if (had_one) {
      gone.erase(replaced);
    }
    if (ended) {
      kinds.push_back(ChangeKind::CertificateExpired);
    } else {
      kinds.push_back(had_one ? ChangeKind::CertificateChanged : ChangeKind::CertificateNew);
    }
  }
  if (!gone.empty()) {
    kinds.push_back(ChangeKind::CertificateExpired);
  }
  if (!kinds.empty() || before.certificates != after.certificates) {
    result.fields.emplace_back("certificates");
    if (kinds.empty()) {
      kinds.push_back(ChangeKind::CertificateChanged);  // only their order
    }
  }
  add_living_place(before.living_place, after.living_place, kinds);
  if (before.living_place != after.living_place) {
    result.fields.emplace_back("living_place");
  }
  if (before.mobility != after.mobility) {
    result.fields.emplace_back("mobility");
  }
  if ((before.mobility != after.mobility) || (kinds.empty() && !result.fields.empty())) {
    kinds.push_back(ChangeKind::Changed);
  }
  std::ranges::sort(kinds);
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  return result;
}

HomeKeys home_keys(const Person& person) {
  return {.name = search_key(person.name),
          .address = search_key(person.address + person.address_number),
          .address_building = search_key(person.address + person.address_number + person.building)};
}

}  // namespace registry
