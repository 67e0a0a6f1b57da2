// SPDX-License-Identifier: Apache-2.0
// Files of people who applied themselves: for the subsidy of a designated disease, and for the
// voluntary register. Neither need know the city's 宛名番号.
#include <algorithm>
#include <array>

#include "import_columns.hpp"
#include "import_row.hpp"
#include "registry/city_import.hpp"
#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

/// Schemes of the subsidy; the first is the usual one and needs no name.
constexpr std::array<Word<std::string_view>, 6> kSubsidies{
    {{"", ""},
     {"指定難病", ""},
     {"難病", ""},
     {"都単独疾病", "都単独疾病"},
     {"都疾病", "都単独疾病"},
     {"小児慢性特定疾病", "小児慢性特定疾病"}}};

constexpr std::array<Word<bool>, 6> kWithdrawals{{{"", false},
                                                  {"登録", false},
                                                  {"新規", false},
                                                  {"更新", false},
                                                  {"取下げ", true},
                                                  {"抹消", true}}};

/// The name of the disease as written, else its number in the 告示.
std::string disease(RowReader& row) {
  std::string name = row.text("疾病名");
  if (!normalized_code(name).empty()) {
    if (looks_garbled(name)) {
      row.reject("疾病名", "NAME_GARBLED",
                 "疾病名に文字化けがあります。元のデータの文字を確かめてください。");
    }
    return name;
  }
  const std::string number = row.key("告示番号");
  if (number.empty()) {
    row.reject("疾病名", "GRADE_MISSING", "疾病名も告示番号も空です。入力してください。");
    return {};
  }
  return "告示番号" + number;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    std::string part = normalized_code(text.substr(begin, end - begin));
    if (!part.empty()) {
      parts.push_back(std::move(part));
    }
    begin = end + 1;
  }
  return parts;
}

}  // namespace

ParsedRows<CertificateRow> parse_intractable(const Table& table) {
  const Sheet sheet(table, "指定難病", import_columns(ImportKind::Intractable));
  ImportLog log(sheet.encoding());
  ParsedRows<CertificateRow> parsed;
  for_each_row(sheet, log, About::People, [&](RowReader& row) {
    CertificateRow result;
    result.line = row.line();
    result.identity = row.identity();
    result.resident_no = row.number_or_identity(result.identity);
    Certificate& certificate = result.certificate;
    certificate.kind = CertificateKind::IntractableDisease;
    certificate.grade = disease(row);
    const auto scheme = value_of(kSubsidies, row.code("制度区分"));
    if (!scheme) {
      row.reject(
          "制度区分", "SCHEME_UNKNOWN",
          "知らない値です。指定難病、都単独疾病、小児慢性特定疾病のどれかに直してください。");
    }
    certificate.scheme = scheme.value_or("");
    certificate.issued_on = row.date("交付日", "ISSUED_ON");
    certificate.valid_to = row.date("有効期限", "VALID_TO");
    if (certificate.issued_on && certificate.valid_to &&
        *certificate.valid_to < *certificate.issued_on) {
      row.reject("有効期限", "VALIDITY_REVERSED",
                 "有効期限が交付日より前です。日付を確かめてください。");
    }
    result.mobility = row.mobility();
    if (!row.rejected()) {
      parsed.rows.push_back(std::move(result));
    }
  });
  parsed.report = std::move(log).finish();
  return parsed;
}

ParsedRows<VoluntaryRow> parse_voluntary(const Table& table) {
  const Sheet sheet(table, "災害時要援護者登録", import_columns(ImportKind::Voluntary));
  ImportLog log(sheet.encoding());
  ParsedRows<VoluntaryRow> parsed;
  for_each_row(sheet, log, About::People, [&](RowReader& row) {
    VoluntaryRow result;
    result.line = row.line();
    result.identity = row.identity();
    result.resident_no = row.number_or_identity(result.identity);
    const auto joined = row.date("申請日", "APPLIED_ON");
    if (row.code("申請日").empty()) {
      row.reject("申請日", "APPLIED_ON_MISSING", "申請日が空です。入力してください。");
    }
    result.joined_on = joined.value_or(Date{});
    const auto withdrawn = value_of(kWithdrawals, row.code("登録区分"));
    if (!withdrawn) {
      row.reject("登録区分", "APPLICATION_UNKNOWN",
                 "値" + shown(row.code("登録区分")) +
                     "が分かりません。登録、更新、取下げのどれかにするか、空にしてください。");
    }
    result.withdrawn = withdrawn.value_or(false);
    result.grounds = split(row.text("申請事由"));
    if (!row.rejected()) {
      parsed.rows.push_back(std::move(result));
    }
  });
  parsed.report = std::move(log).finish();
  return parsed;
}

}  // namespace registry
