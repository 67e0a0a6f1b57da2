// SPDX-License-Identifier: Apache-2.0
#include "registry/eligibility_cases.hpp"

#include <algorithm>
#include <array>

#include "certificate_grades.hpp"
#include "import_row.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"
#include "rule_attribute.hpp"

namespace registry {
namespace {

const std::vector<ColumnRule>& case_columns() {
  static const std::vector<ColumnRule> columns{{"case_id", true},
                                               {"birth_date", true},
                                               {"as_of", true},
                                               {"care_level", true},
                                               {"physical_parts", true},
                                               {"mental_grade", true},
                                               {"intellectual_scheme", true},
                                               {"intellectual_grade", true},
                                               {"support_category", true},
                                               {"intractable_disease", true},
                                               {"household_type", true},
                                               {"living_place", true},
                                               {"expect_return", true}};
  return columns;
}

constexpr std::array<Word<LivingPlace>, 14> kPlaces{{{"", LivingPlace::Home},
                                                     {"在宅", LivingPlace::Home},
                                                     {"自宅", LivingPlace::Home},
                                                     {"HOME", LivingPlace::Home},
                                                     {"施設入所", LivingPlace::Facility},
                                                     {"施設", LivingPlace::Facility},
                                                     {"特養", LivingPlace::Facility},
                                                     {"FACILITY", LivingPlace::Facility},
                                                     {"長期入院", LivingPlace::Hospital},
                                                     {"入院", LivingPlace::Hospital},
                                                     {"病院", LivingPlace::Hospital},
                                                     {"HOSPITAL", LivingPlace::Hospital},
                                                     {"一時不在", LivingPlace::AwayForNow},
                                                     {"AWAY", LivingPlace::AwayForNow}}};

constexpr std::array<Word<bool>, 11> kYesNo{{{"", false},
                                             {"0", false},
                                             {"なし", false},
                                             {"無", false},
                                             {"NO", false},
                                             {"FALSE", false},
                                             {"1", true},
                                             {"あり", true},
                                             {"有", true},
                                             {"YES", true},
                                             {"TRUE", true}}};

constexpr std::array<Word<std::string_view>, 5> kCardSchemes{{{"愛の手帳", kAiNoTecho},
                                                              {"東京都", kAiNoTecho},
                                                              {"療育手帳", kRyoikuTecho},
                                                              {"療育", kRyoikuTecho},
                                                              {"国", kRyoikuTecho}}};

Certificate certificate_of(CertificateKind kind, std::string_view scheme = {}) {
  Certificate certificate;
  certificate.kind = kind;
  certificate.scheme = scheme;
  return certificate;
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces(1);
  for (const char c : text) {
    if (c == separator) {
      pieces.emplace_back();
    } else {
      pieces.back() += c;
    }
  }
  return pieces;
}

void reject_grade(RowReader& row, std::string_view column, const Certificate& wanted) {
  row.reject(column, "GRADE_UNKNOWN",
             "値" + shown(row.code(column)) + "が分かりません。使える値: " +
                 std::string(known_grades(wanted.kind, wanted.scheme)));
}

/// A certificate that one column states; an empty cell states none.
void read_simple(RowReader& row, std::string_view column, Certificate wanted,
                 std::vector<Certificate>& certificates) {
  if (row.code(column).empty()) {
    return;
  }
  const auto grade = canonical_grade(wanted.kind, wanted.scheme, row.text(column));
  if (!grade) {
    reject_grade(row, column, wanted);
    return;
  }
  wanted.grade = *grade;
  certificates.push_back(std::move(wanted));
}

void read_intellectual(RowReader& row, std::vector<Certificate>& certificates) {
  const std::string scheme = row.code("intellectual_scheme");
  const std::string grade = row.code("intellectual_grade");
  if (grade.empty()) {
    return;
  }
  auto known = value_of(kCardSchemes, scheme);
  if (scheme.empty()) {  // only Tokyo's card counts in 度
    known = grade.ends_with("度") ? kAiNoTecho : kRyoikuTecho;
  }
  if (!known) {
    row.reject("intellectual_scheme", "SCHEME_UNKNOWN",
               "値" + shown(scheme) + "が分かりません。愛の手帳か療育手帳に直してください。");
    return;
  }
  read_simple(row, "intellectual_grade", certificate_of(CertificateKind::Intellectual, *known),
              certificates);
}

void read_disease(RowReader& row, std::vector<Certificate>& certificates) {
  const std::string code = row.code("intractable_disease");
  if (value_of(kYesNo, upper(code)).value_or(true)) {  // a name means yes
    Certificate disease = certificate_of(CertificateKind::IntractableDisease);
    disease.grade = code;
    certificates.push_back(std::move(disease));
  }
}

/// One `部位:等級`. The grade of the whole card is written as a part of the name 総合.
void read_part(RowReader& row, const std::string& piece, Certificate& card) {
  const std::vector<std::string> pair = split(piece, ':');
  const auto grade = pair.size() == 2 ? parse_part_grade(pair[1]) : std::nullopt;
  if (!grade) {
    row.reject("physical_parts", "PART_GRADE_UNKNOWN",
               "「視覚:2;下肢:3」のように、部位と1～7の等級を書いてください。");
    return;
  }
  const std::string name = normalized_code(pair[0]);
  if (name == "総合" || name == "総合等級") {
    card.grade = std::to_string(*grade) + "級";
    return;
  }
  const auto part = canonical_body_part(name);
  if (!part) {
    row.reject("physical_parts", "PART_UNKNOWN", "知らない部位です: " + shown(name));
    return;
  }
  if (!part_grade_exists(*part, *grade)) {
    row.reject("physical_parts", "PART_GRADE_IMPOSSIBLE",
               *part + std::to_string(*grade) +
                   "級という等級はありません（身体障害者福祉法施行規則別表第5号）。");
    return;
  }
  card.parts.push_back({*part, *grade});
}

void read_physical(RowReader& row, std::vector<Certificate>& certificates) {
  const std::string code = row.code("physical_parts");  // full-width ： and ； are ASCII here
  if (code.empty()) {
    return;
  }
  Certificate card = certificate_of(CertificateKind::Physical);
  for (const std::string& piece : split(code, ';')) {
    if (!normalized_code(piece).empty()) {
      read_part(row, piece, card);
    }
  }
  // With one impairment the card has its grade; with several it may be a heavier one.
  if (card.grade.empty() && card.parts.size() == 1) {
    card.grade = std::to_string(card.parts.front().grade) + "級";
  }
  certificates.push_back(std::move(card));
}

void read_life(RowReader& row, EligibilityCase& result) {
  const std::string household = row.code("household_type");
  if (!household.empty() &&
      std::ranges::find(kHouseholdTypes, household) == kHouseholdTypes.end()) {
    row.reject("household_type", "HOUSEHOLD_TYPE_UNKNOWN",
               "値" + shown(household) +
                   "が分かりません。単身、高齢者のみ、日中独居、障害者のみ、家族同居(支援可)、"
                   "家族同居(支援不可)、その他のどれかに直してください。");
  }
  result.circumstances.household_type = household;
  result.person.household_size = household == kHouseholdTypes.front() ? 1 : 2;
  const std::string place = row.code("living_place");
  const auto known = value_of(kPlaces, upper(place));
  if (!known) {
    row.reject("living_place", "LIVING_PLACE_UNKNOWN",
               "値" + shown(place) +
                   "が分かりません。在宅、施設入所、長期入院、一時不在のどれかに直してください。");
  }
  result.person.living_place = known.value_or(LivingPlace::Home);
  const std::string back = row.code("expect_return");
  const auto expected = value_of(kYesNo, upper(back));
  if (!expected) {
    row.reject("expect_return", "FLAG_UNKNOWN",
               "値" + shown(back) + "が分かりません。1 か 0 に直してください。");
  }
  result.person.expect_return = expected.value_or(false);
}

EligibilityCase read_case(RowReader& row) {
  EligibilityCase result;
  result.case_id = row.text("case_id");
  if (row.code("case_id").empty()) {
    row.reject("case_id", "CASE_ID_MISSING", "case_id が空です。事例ごとに名前を付けてください。");
  }
  const auto as_of = row.date("as_of", "AS_OF");
  if (!as_of && !row.rejected()) {
    row.reject("as_of", "AS_OF_MISSING", "基準日が空です。日付を入力してください。");
  }
  result.as_of = as_of.value_or(Date{});
  result.person.birth_date = row.date("birth_date", "BIRTH_DATE");
  read_simple(row, "care_level", certificate_of(CertificateKind::CareLevel), result.certificates);
  read_physical(row, result.certificates);
  read_simple(row, "mental_grade", certificate_of(CertificateKind::Mental), result.certificates);
  read_intellectual(row, result.certificates);
  read_simple(row, "support_category", certificate_of(CertificateKind::SupportCategory),
              result.certificates);
  read_disease(row, result.certificates);
  read_life(row, result);
  return result;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) {
    all += all.empty() ? "" : ";";
    all += text;
  }
  return all;
}

}  // namespace

ParsedRows<EligibilityCase> parse_eligibility_cases(const Table& table) {
  const Sheet sheet(table, "事例", case_columns());
  ImportLog log(sheet.encoding());
  ParsedRows<EligibilityCase> parsed;
  for_each_row(sheet, log, About::Places, [&](RowReader& row) {
    EligibilityCase one = read_case(row);
    if (!row.rejected()) {
      parsed.rows.push_back(std::move(one));
    }
  });
  parsed.report = std::move(log).finish();
  return parsed;
}

Eligibility evaluate_case(const EligibilityCase& one, const RuleSet& rules) {
  return evaluate_eligibility({one.person, one.certificates, one.circumstances}, rules, one.as_of);
}

std::string_view to_code(EligibilityVerdict verdict) {
  switch (verdict) {
    case EligibilityVerdict::Eligible:
      return "ELIGIBLE";
    case EligibilityVerdict::NotEligible:
      return "NOT_ELIGIBLE";
    case EligibilityVerdict::Excluded:
      return "EXCLUDED";
    case EligibilityVerdict::Review:
      return "REVIEW";
  }
  contract_violated("verdict is an enumerator", __FILE__, __LINE__);
}

Table eligibility_verdicts(const std::vector<EligibilityCase>& cases, const RuleSet& rules) {
  Table table;
  table.header = {"case_id", "verdict", "clauses", "reason"};
  for (const EligibilityCase& one : cases) {
    const Eligibility answer = evaluate_case(one, rules);
    table.rows.push_back(
        {one.case_id, std::string(to_code(answer.verdict)), joined(answer.clauses), answer.reason});
  }
  return table;
}

}  // namespace registry
