// SPDX-License-Identifier: Apache-2.0
#include "documents/consent_letter.hpp"

#include <cairo.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "documents/form_table.hpp"
#include "documents/pdf_document.hpp"
#include "documents/qr.hpp"

namespace documents {
namespace {

using registry::ConsentLetter;
using registry::ConsentRound;
using registry::ConsentScope;

constexpr double kSide = 56;
constexpr double kWidth = kA4.width - 2 * kSide;
constexpr double kAddressTop = 42;  // within the window of an envelope 長3
constexpr double kAddressWidth = 240;
constexpr double kTitleTop = 172;
constexpr double kCut = 500;  // the answer sheet begins here
constexpr double kQr = 76;

/// What a scope means, in the words of the letter.
std::string_view scope_words(ConsentScope scope) {
  switch (scope) {
    case ConsentScope::ProvideRoster:
      return "名簿の情報（氏名、生年月日、性別、住所、電話番号、避難支援を必要とする理由など）を、"
             "災害が起きる前から下の提供先に知らせること";
    case ConsentScope::CreatePlan:
      return "避難の方法や支援する人を決めた個別避難計画を作ること";
    case ConsentScope::ProvidePlan:
      return "個別避難計画の情報を、災害が起きる前から下の提供先に知らせること";
    case ConsentScope::JoinDrill:
      return "避難訓練に参加すること";
    case ConsentScope::ProvideMedical:
      return "医療に関する情報を、災害が起きる前から下の提供先に知らせること";
  }
  return {};
}

/// The article the scope rests on; a register people apply for themselves has none.
std::string_view legal_basis(ConsentScope scope, registry::RegisterKind kind) {
  if (kind == registry::RegisterKind::Voluntary) {
    return "";
  }
  switch (scope) {
    case ConsentScope::ProvideRoster:
      return "災害対策基本法第49条の11第2項";
    case ConsentScope::CreatePlan:
      return "災害対策基本法第49条の14第1項";
    case ConsentScope::ProvidePlan:
      return "災害対策基本法第49条の15第2項";
    case ConsentScope::JoinDrill:
    case ConsentScope::ProvideMedical:
      return "";
  }
  return "";
}

std::string letter_title(const ConsentRound& round, bool reminder) {
  return fmt::format("{}　同意の確認{}",
                     round.register_kind == registry::RegisterKind::Voluntary
                         ? "災害時要援護者登録名簿"
                         : "避難行動要支援者名簿・個別避難計画",
                     reminder ? "（再度のお願い）" : "について（お願い）");
}

/// The paragraphs between title and answer sheet.
std::string letter_text(const LetterPrint& print) {
  const ConsentRound& round = print.letters.round;
  std::string text = fmt::format(
      "{}では、災害のときに自力で避難することが難しい方を名簿に載せ、地域の関係者と協力して避難を"
      "お手伝いする準備をしています。下の回答書の項目について、同意するかしないかをご記入のうえ、"
      "{}までにご返送ください。",
      print.local_plan.city_name, registry::to_wareki(round.answer_by));
  text += fmt::format("\n\n提供先：{}", fmt::join(print.recipients, "、"));
  text +=
      "\n\n受け取った人は、災害に備える目的のほかに情報を使わず、知った秘密を守ります。同意するかど"
      "う"
      "かはご自由です。同意しなくても不利益はなく、同意はいつでも取り消せます。"
      "ただし、災害が起きたときや起きるおそれがあるときは、命を守るために特に必要な場合に限り、同意"
      "が"
      "なくても関係者に情報を知らせることがあります。";
  std::vector<std::string_view> silent;
  for (const ConsentScope scope : print.silence_counts) {
    silent.push_back(registry::to_text(scope));
  }
  if (silent.empty()) {
    text += "\n\nご返事がないときは、同意があったものとしては扱いません。";
  } else {
    text += fmt::format(
        "\n\n【重要】期限までに「同意しません」のご返事がないときは、{}により、{}"
        "について同意があった"
        "ものとして扱います。",
        print.local_plan.disclosure.ordinance_clause, fmt::join(silent, "、"));
  }
  text += fmt::format("\n\n同封の説明書（{}版）をお読みください。ご質問は {} へ。電話 {}",
                      round.leaflet_version, round.explained_by, print.local_plan.phone);
  return text;
}

FormTable answer_table(const LetterPrint& print) {
  const ConsentRound& round = print.letters.round;
  FormTable table{.title = "どちらかの □ に ✓ を付けてください", .rows = {}, .label_width = 70};
  for (const ConsentScope scope : round.scopes) {
    table.rows.push_back({{.label = std::string(registry::to_text(scope)),
                           .value = "□ 同意します　　□ 同意しません",
                           .above = std::string(scope_words(scope)),
                           .below = std::string(legal_basis(scope, round.register_kind)),
                           .size = 11,
                           .bold = true}});
  }
  table.rows.push_back(
      {{.label = "提供先", .value = fmt::format("{}", fmt::join(print.recipients, "、"))}});
  return table;
}

FormTable signature_table() {
  return {.title = "ご署名",
          .rows = {{{.label = "記入日", .value = "　　　　年　　月　　日"},
                    {.label = "ご本人の氏名", .value = "　", .share = 1.4}},
                   {{.label = "代わりに書いた方\nの氏名・続柄", .value = "　"},
                    {.label = "代わる理由",
                     .value = "□ 代筆（本人の意思） □ 法定代理人 □ 成年後見人 □ 家族",
                     .share = 1.4,
                     .size = 8}}},
          .label_width = 70};
}

class LetterPen {
 public:
  LetterPen(const LetterPrint& print, cairo_t* cairo)
      : print_(print), cairo_(cairo), fonts_(cairo) {}

  void draw(const ConsentLetter& letter) {
    draw_address(letter);
    draw_sender();
    const registry::ConsentRound& round = print_.letters.round;
    text(letter_title(round, print_.reminder), {.size = 14, .bold = true, .align = Align::Centre},
         {kSide, kTitleTop, kWidth, 24});
    text(round.name, {.size = 9, .grey = 0.2, .align = Align::Centre},
         {kSide, kTitleTop + 22, kWidth, 14});
    text(letter_text(print_), {.size = 11}, {kSide, kTitleTop + 44, kWidth, kCut - kTitleTop - 64});
    draw_answer_sheet(letter);
  }

  [[nodiscard]] const std::vector<std::string>& warnings() const { return fonts_.warnings(); }

 private:
  void text(const std::string& words, const TextStyle& style, const Frame& frame) {
    fitted_text(fonts_, words, style, {.width = frame.width, .height = frame.height, .smallest = 6})
        .draw(cairo_, frame.x, frame.y);
  }

  void draw_address(const ConsentLetter& letter) {
    const std::string postcode = letter.postcode.empty() ? "" : "〒" + letter.postcode;
    text(postcode, {.size = 10}, {kSide, kAddressTop, kAddressWidth, 14});
    text(letter.address, {.size = 10.5}, {kSide, kAddressTop + 15, kAddressWidth, 30});
    text(letter.name + "　様", {.size = 14}, {kSide, kAddressTop + 48, kAddressWidth, 22});
    text(fmt::format("{}　{}", letter.code, letter.mark), {.size = 8},
         {kSide, kAddressTop + 72, kAddressWidth, 11});
  }

  void draw_sender() {
    const registry::LocalPlan& city = print_.local_plan;
    const double x = kSide + kAddressWidth + 20;
    text(fmt::format("{}\n{}\n{}\n電話 {}", registry::to_wareki(print_.printed_on), city.city_name,
                     city.department, city.phone),
         {.size = 9.5, .align = Align::Right}, {x, kAddressTop, kA4.width - kSide - x, 70});
  }

  void draw_answer_sheet(const ConsentLetter& letter) {
    draw_cut();
    draw_qr(cairo_, {kA4.width - kSide - kQr, kCut + 8, kQr, kQr}, letter.code);
    const double beside = kWidth - kQr - 10;
    text("回答書", {.size = 16, .bold = true}, {kSide, kCut + 12, beside, 24});
    text(fmt::format("{}　{} 行", print_.local_plan.city_name, print_.local_plan.department),
         {.size = 9.5}, {kSide, kCut + 36, beside, 14});
    text(letter.name + "　様", {.size = 11}, {kSide, kCut + 51, beside, 16});
    text(fmt::format("番号 {}　照合 {}　　回答期限 {}", letter.code, letter.mark,
                     registry::to_wareki(print_.letters.round.answer_by)),
         {.size = 9}, {kSide, kCut + 69, beside, 13});
    draw_tables();
  }

  void draw_cut() {
    cairo_save(cairo_);
    cairo_set_source_rgb(cairo_, 0.4, 0.4, 0.4);
    cairo_set_line_width(cairo_, 0.7);
    const double dash = 4;
    cairo_set_dash(cairo_, &dash, 1, 0);
    cairo_move_to(cairo_, 20, kCut);
    cairo_line_to(cairo_, kA4.width - 20, kCut);
    cairo_stroke(cairo_);
    cairo_restore(cairo_);
    text("切り取って、返信用の封筒でお送りください", {.size = 7.5, .align = Align::Centre},
         {kSide, kCut - 13, kWidth, 11});
  }

  /// The largest type with which question and signature fit onto the sheet.
  void draw_tables() {
    const FormTable answers = answer_table(print_);
    const FormTable signature = signature_table();
    const double top = kCut + kQr + 12;
    const double room = kA4.height - 24 - top;
    for (const int percent : {110, 100, 90, 80, 70, 60}) {
      FormPen pen(cairo_, fonts_, {.scale = percent / 100.0});
      const double upper = pen.height_of(answers, kWidth);
      const double lower = pen.height_of(signature, kWidth) + 24;  // room to write
      if (upper + lower + 5 <= room || percent == 60) {
        pen.draw(answers, {kSide, top, kWidth, upper});
        pen.draw(signature, {kSide, top + upper + 5, kWidth, lower});
        return;
      }
    }
  }

  const LetterPrint& print_;
  cairo_t* cairo_;
  FontBook fonts_;
};

}  // namespace

LetterFile consent_letters(const LetterPrint& print) {
  // The title can be read without opening a page: it names the round, nobody.
  PdfDocument pdf(kA4, fmt::format("同意の確認 {}", print.letters.round.id.value),
                  registry::to_iso(print.printed_on) + "T00:00:00Z");
  LetterFile file;
  {
    LetterPen pen(print, pdf.cairo());
    bool first = true;
    for (const ConsentLetter& letter : print.letters.letters) {
      if (!std::exchange(first, false)) {
        pdf.next_page();
      }
      pen.draw(letter);
    }
    file.warnings = pen.warnings();
  }
  file.pdf = pdf.finish();
  return file;
}

}  // namespace documents
