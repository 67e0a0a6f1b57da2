// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "certificate_grades.hpp"
#include "import_columns.hpp"
#include "import_row.hpp"
#include "registry/city_import.hpp"

namespace registry {
namespace {

constexpr std::array<Word<CertificateKind>, 9> kSchemes{{
    {"身体障害者手帳", CertificateKind::Physical},
    {"身障手帳", CertificateKind::Physical},
    {"愛の手帳", CertificateKind::Intellectual},
    {"療育手帳", CertificateKind::Intellectual},
    {"精神障害者保健福祉手帳", CertificateKind::Mental},
    {"精神手帳", CertificateKind::Mental},
    {"障害支援区分", CertificateKind::SupportCategory},
    {"指定難病", CertificateKind::IntractableDisease},
    {"難病", CertificateKind::IntractableDisease},
}};

void read_grade(RowReader& row, std::string_view column, Certificate& certificate) {
  const std::string text = row.text(column);
  const std::string code = row.code(column);
  if (code.empty()) {
    row.reject(column, "GRADE_MISSING", std::string(column) + "が空です。入力してください。");
    return;
  }
  const auto grade = canonical_grade(certificate.kind, certificate.scheme, text);
  if (!grade) {
    row.reject(column, "GRADE_UNKNOWN",
               "値" + shown(code) + "が分かりません。使える値: " +
                   std::string(known_grades(certificate.kind, certificate.scheme)));
    return;
  }
  certificate.grade = *grade;
}

void read_validity(RowReader& row, std::string_view from_column, Certificate& certificate) {
  certificate.issued_on = row.date(from_column, "ISSUED_ON");
  certificate.valid_to = row.date("有効期限", "VALID_TO");
  if (certificate.issued_on && certificate.valid_to &&
      *certificate.valid_to < *certificate.issued_on) {
    row.reject("有効期限", "VALIDITY_REVERSED",
               "有効期限が" + std::string(from_column) + "より前です。日付を確かめてください。");
  }
}

void read_part(RowReader& row, Certificate& certificate) {
  const std::string part_code = row.code("部位");
  const std::string grade_code = row.code("部位等級");
  if (part_code.empty() && grade_code.empty()) {
    return;
  }
  const auto part = canonical_body_part(part_code);
  if (!part) {
    row.reject(
        "部位", part_code.empty() ? "PART_MISSING" : "PART_UNKNOWN",
        "部位が空か、知らない部位です。視覚、聴覚、平衡、音声・言語・そしゃく、上肢、下肢、体幹、"
        "脳原性運動、心臓、じん臓、呼吸器、ぼうこう・直腸、小腸、免疫、肝臓、肢体不自由の"
        "どれかに直してください。");
    return;
  }
  const auto grade = parse_part_grade(grade_code);
  if (!grade) {
    row.reject("部位等級", grade_code.empty() ? "PART_GRADE_MISSING" : "PART_GRADE_UNKNOWN",
               "部位ごとの等級" + shown(grade_code) + "を1～7の数で書いてください。");
    return;
  }
  if (!part_grade_exists(*part, *grade)) {
    row.reject(
        "部位等級", "PART_GRADE_IMPOSSIBLE",
        *part + std::to_string(*grade) +
            "級という等級はありません（身体障害者福祉法施行規則別表第5号）。総合等級と取り違えて"
            "いないか確かめてください。");
    return;
  }
  certificate.parts.push_back({*part, *grade});
}

void read_class(RowReader& row, Certificate& certificate) {
  const std::string code = row.code("種別");
  if (code == "第1種" || code == "1種" || code == "1") {
    certificate.card_class = "第1種";
  } else if (code == "第2種" || code == "2種" || code == "2") {
    certificate.card_class = "第2種";
  } else if (!code.empty()) {
    row.reject("種別", "CLASS_UNKNOWN", "手帳の種別は、第1種か第2種を書いてください。");
  }
}

CertificateRow read_disability(RowReader& row) {
  CertificateRow result;
  result.line = row.line();
  result.identity = row.identity();
  result.resident_no = row.number_or_identity(result.identity);
  const std::string scheme = row.code("制度区分");
  const auto kind = value_of(kSchemes, scheme);
  if (!kind) {
    row.reject("制度区分", "SCHEME_UNKNOWN",
               "制度区分が空か、知らない値です。身体障害者手帳、愛の手帳、療育手帳、"
               "精神障害者保健福祉手帳、障害支援区分、指定難病のどれかに直してください。");
    return result;
  }
  Certificate& certificate = result.certificate;
  certificate.kind = *kind;
  if (*kind == CertificateKind::Intellectual) {
    certificate.scheme = scheme;
  }
  read_grade(row, "等級", certificate);
  if (*kind == CertificateKind::Physical) {
    read_part(row, certificate);
    read_class(row, certificate);
  }
  read_validity(row, "交付日", certificate);
  result.mobility = row.mobility();
  return result;
}

/// Whose card it is, for rows of one file.
std::string holder(const CertificateRow& row) {
  if (!row.resident_no.empty() || !row.identity.usable()) {
    return row.resident_no;
  }
  return row.identity.name_kana + "\n" + to_iso(*row.identity.birth_date) + "\n" +
         row.identity.address;
}

/// One physical card: its rows, and whether any of them was rejected.
struct Card {
  std::vector<CertificateRow> rows;
  bool rejected = false;
};

/// Whether rows disagree on what the card has only once; a row may leave the class out.
bool contradict(const Card& card) {
  std::string card_class;
  return std::ranges::any_of(card.rows, [&](const CertificateRow& row) {
    const std::string& stated = row.certificate.card_class;
    if (card_class.empty()) {
      card_class = stated;
    }
    return row.certificate.grade != card.rows.front().certificate.grade ||
           (!stated.empty() && stated != card_class);
  });
}

void reject_card(const Card& card, std::string_view code, std::string_view message,
                 ImportLog& log) {
  for (const CertificateRow& row : card.rows) {
    log.reject({row.line, "等級", std::string(code), std::string(message)});
  }
}

/// Joins the rows of one card. A card of which one row is unusable is rejected as a whole: without
/// that part the person could silently miss the register.
void merge_card(Card& card, ImportLog& log, std::vector<CertificateRow>& merged) {
  if (card.rows.empty()) {
    return;
  }
  if (card.rejected) {
    reject_card(card, "CARD_HAS_REJECTED_ROW",
                "同じ手帳の別の行に誤りがあります。その行を直して、手帳のすべての行をもう一度"
                "読み込んでください。",
                log);
    return;
  }
  if (contradict(card)) {
    reject_card(card, "CARD_CONTRADICTORY",
                "同じ手帳の行で総合等級か種別が食い違っています。正しいものにそろえてください。",
                log);
    return;
  }
  CertificateRow whole = card.rows.front();
  for (std::size_t i = 1; i < card.rows.size(); ++i) {
    const CertificateRow& row = card.rows[i];
    whole.certificate.parts.insert(whole.certificate.parts.end(), row.certificate.parts.begin(),
                                   row.certificate.parts.end());
    if (whole.certificate.card_class.empty()) {
      whole.certificate.card_class = row.certificate.card_class;
    }
    if (!whole.certificate.issued_on) {
      whole.certificate.issued_on = row.certificate.issued_on;
    }
    if (!whole.certificate.valid_to) {
      whole.certificate.valid_to = row.certificate.valid_to;
    }
    if (!whole.mobility) {
      whole.mobility = row.mobility;
    }
  }
  merged.push_back(std::move(whole));
}

}  // namespace

ParsedRows<CertificateRow> parse_care(const Table& table) {
  const Sheet sheet(table, "介護認定", import_columns(ImportKind::Care));
  ImportLog log(sheet.encoding());
  ParsedRows<CertificateRow> parsed;
  for_each_row(sheet, log, About::People, [&](RowReader& row) {
    CertificateRow result;
    result.line = row.line();
    result.identity = row.identity();
    result.resident_no = row.number_or_identity(result.identity);
    result.certificate.kind = CertificateKind::CareLevel;
    read_grade(row, "要介護状態区分", result.certificate);
    read_validity(row, "認定日", result.certificate);
    result.living_place = row.living_place();
    result.mobility = row.mobility();
    if (!row.rejected()) {
      parsed.rows.push_back(std::move(result));
    }
  });
  parsed.report = std::move(log).finish();
  return parsed;
}

ParsedRows<CertificateRow> parse_disability(const Table& table) {
  const Sheet sheet(table, "障害", import_columns(ImportKind::Disability));
  ImportLog log(sheet.encoding());
  ParsedRows<CertificateRow> parsed;
  std::map<std::string, Card> cards;  // physical cards by holder
  for_each_row(sheet, log, About::People, [&](RowReader& row) {
    CertificateRow result = read_disability(row);
    const std::string whose = holder(result);
    if (result.certificate.kind == CertificateKind::Physical && !whose.empty()) {
      Card& card = cards[whose];
      if (row.rejected()) {
        card.rejected = true;
      } else {
        card.rows.push_back(std::move(result));
      }
    } else if (!row.rejected()) {
      parsed.rows.push_back(std::move(result));
    }
  });
  for (auto& [number, card] : cards) {
    merge_card(card, log, parsed.rows);
  }
  std::ranges::stable_sort(parsed.rows, {}, &CertificateRow::line);
  parsed.report = std::move(log).finish();
  return parsed;
}

}  // namespace registry
