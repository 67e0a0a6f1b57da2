// SPDX-License-Identifier: Apache-2.0
#include "certificate_grades.hpp"

#include <algorithm>
#include <array>

#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

struct PartGrades {
  std::string_view part;
  std::string_view grades;   ///< digits of the grades there are
  std::string_view aliases;  ///< other spellings, each followed by `;`
};

constexpr std::array<PartGrades, 16> kParts{{
    {"視覚", "123456", "視覚障害;視力;視野;"},
    {"聴覚", "2346", "聴覚障害;"},
    {"平衡", "35", "平衡機能;平衡機能障害;"},
    {"音声・言語・そしゃく", "34",
     "音声・言語;音声言語;音声;言語;そしゃく;咀嚼;音声・言語機能;そしゃく機能;"
     "音声・言語・そしゃく機能;音声機能・言語機能・そしゃく機能;"},
    {"上肢", "1234567", "上肢機能障害;上肢不自由;"},
    {"下肢", "1234567", "下肢機能障害;下肢不自由;"},
    {"体幹", "1235", "体幹機能障害;体幹不自由;"},
    {"脳原性運動", "1234567",
     "脳原性;脳原性運動機能;脳原性運動機能障害;脳原性上肢;脳原性移動;脳原性上肢機能;"
     "脳原性移動機能;"},
    {"心臓", "134", "心臓機能;心臓機能障害;"},
    {"じん臓", "134", "腎臓;じん臓機能;腎臓機能;じん臓機能障害;腎臓機能障害;"},
    {"呼吸器", "134", "呼吸器機能;呼吸器機能障害;"},
    {"ぼうこう・直腸", "134",
     "膀胱・直腸;ぼうこう;直腸;膀胱;ぼうこう又は直腸;ぼうこう・直腸機能;"
     "ぼうこう・直腸機能障害;"},
    {"小腸", "134", "小腸機能;小腸機能障害;"},
    {"免疫", "1234", "免疫機能;免疫機能障害;HIV;ヒト免疫不全ウイルス;"},
    {"肝臓", "1234", "肝臓機能;肝臓機能障害;"},
    {"肢体不自由", "1234567", "肢体;"},
}};

struct CareCode {
  std::string_view code;
  std::string_view label;
};

// National interface codes (domain §5.1).
constexpr std::array<CareCode, 10> kCareCodes{{{"01", "非該当"},
                                               {"06", "事業対象者"},
                                               {"11", "経過的要介護"},
                                               {"12", "要支援1"},
                                               {"13", "要支援2"},
                                               {"21", "要介護1"},
                                               {"22", "要介護2"},
                                               {"23", "要介護3"},
                                               {"24", "要介護4"},
                                               {"25", "要介護5"}}};

// Cities grade on their own (domain §5.3).
constexpr std::array<std::string_view, 15> kRyoikuGrades{"Ⓐ",    "A",    "Ⓑ",    "B",      "C",
                                                         "A1",   "A2",   "B1",   "B2",     "Aの1",
                                                         "Aの2", "Bの1", "Bの2", "最重度", "重度"};

/// The digit of `3級`, `3度`, `区分3` or `3`, if it is at most `highest`.
std::optional<char> lone_digit(std::string_view text, std::string_view prefix,
                               std::string_view suffix, char highest) {
  if (text.starts_with(prefix)) {
    text.remove_prefix(prefix.size());
  }
  if (text.ends_with(suffix)) {
    text.remove_suffix(suffix.size());
  }
  if (text.size() == 1 && text.front() >= '1' && text.front() <= highest) {
    return text.front();
  }
  return std::nullopt;
}

std::optional<std::string> numbered(std::optional<char> digit, std::string_view suffix) {
  if (!digit) {
    return std::nullopt;
  }
  return *digit + std::string(suffix);
}

std::optional<std::string> care_level(std::string_view code) {
  const std::string padded = code.size() == 1 ? "0" + std::string(code) : std::string(code);
  for (const CareCode& entry : kCareCodes) {
    if (padded == entry.code || code == entry.label) {
      return std::string(entry.label);
    }
  }
  return std::nullopt;
}

std::optional<std::string> intellectual_grade(std::string_view scheme, std::string_view text,
                                              std::string_view code) {
  if (scheme == kAiNoTecho) {
    return numbered(lone_digit(code, "", "度", '4'), "度");
  }
  // NFKC turns Ⓐ into A, which in some cities is the lighter grade.
  for (const std::string_view circled : {"Ⓐ", "Ⓑ"}) {
    if (text.find(circled) != std::string_view::npos) {
      return std::string(circled);
    }
  }
  if (std::ranges::find(kRyoikuGrades, code) != kRyoikuGrades.end()) {
    return std::string(code);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> body_part_names() {
  std::vector<std::string_view> names;
  names.reserve(kParts.size());
  for (const PartGrades& entry : kParts) {
    names.push_back(entry.part);
  }
  return names;
}

std::optional<std::string> canonical_body_part(std::string_view text) {
  const std::string code = normalized_code(text);
  if (code.empty()) {
    return std::nullopt;
  }
  for (const PartGrades& entry : kParts) {
    if (code == entry.part ||
        (";" + std::string(entry.aliases)).find(";" + code + ";") != std::string::npos) {
      return std::string(entry.part);
    }
  }
  return std::nullopt;
}

bool part_grade_exists(std::string_view part, int grade) {
  const auto* entry = std::ranges::find(kParts, part, &PartGrades::part);
  return entry != kParts.end() && grade >= 1 && grade <= 7 &&
         entry->grades.find(static_cast<char>('0' + grade)) != std::string_view::npos;
}

std::optional<int> parse_part_grade(std::string_view text) {
  const auto digit = lone_digit(normalized_code(text), "", "級", '7');
  if (!digit) {
    return std::nullopt;
  }
  return *digit - '0';
}

std::optional<std::string> canonical_grade(CertificateKind kind, std::string_view scheme,
                                           std::string_view text) {
  const std::string code = normalized_code(text);
  switch (kind) {
    case CertificateKind::CareLevel:
      return care_level(code);
    case CertificateKind::Physical:
      return numbered(lone_digit(code, "", "級", '6'), "級");
    case CertificateKind::Intellectual:
      return intellectual_grade(scheme, text, code);
    case CertificateKind::Mental:
      return numbered(lone_digit(code, "", "級", '3'), "級");
    case CertificateKind::SupportCategory:
      return code == "非該当" ? code : numbered(lone_digit(code, "区分", "", '6'), "");
    case CertificateKind::IntractableDisease:
      return code.empty() ? std::nullopt : std::optional(std::string(text));
  }
  return std::nullopt;
}

std::string_view known_grades(CertificateKind kind, std::string_view scheme) {
  switch (kind) {
    case CertificateKind::CareLevel:
      return "非該当, 事業対象者, 経過的要介護, 要支援1～2, 要介護1～5、またはコード 01 06 11 12 "
             "13 21～25";
    case CertificateKind::Physical:
      return "1級～6級";
    case CertificateKind::Intellectual:
      return scheme == kAiNoTecho
                 ? "1度～4度"
                 : "Ⓐ, A, Ⓑ, B, C, A1, A2, B1, B2, Aの1, Aの2, Bの1, Bの2, 最重度, 重度";
    case CertificateKind::Mental:
      return "1級～3級";
    case CertificateKind::SupportCategory:
      return "非該当, 1～6";
    case CertificateKind::IntractableDisease:
      return "疾病の名前";
  }
  return {};
}

}  // namespace registry
