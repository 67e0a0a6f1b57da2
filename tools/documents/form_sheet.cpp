// SPDX-License-Identifier: Apache-2.0
#include "documents/form_sheet.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include "documents/form_words.hpp"
#include "documents/qr.hpp"

namespace documents {

FormSheet::FormSheet(const PlanFormInput& input, PdfDocument& pdf, std::size_t pages)
    : input_(input),
      pdf_(pdf),
      cairo_(pdf.cairo()),
      fonts_(cairo_),
      serial_(plan_qr_text(input.plan)),
      pages_(pages) {}

/// One line in the frame: smaller before shorter.
void FormSheet::line(const std::string& text, const TextStyle& style, const Frame& frame) {
  const TextBlock block = fitted_text(
      fonts_, text, style, {.width = frame.width, .height = frame.height, .smallest = 5});
  block.draw(cairo_, frame.x, frame.y);
  if (block.shortened()) {
    shortened_.emplace_back("見出し・欄外");
  }
}

void FormSheet::begin_page(const std::string& heading) {
  constexpr double kQr = 72;
  constexpr double kSide = FormPage::kSide;
  constexpr double kTop = FormPage::kTop;
  if (page_ > 0) {
    pdf_.next_page();
  } else {
    draw_qr(cairo_, {kA4.width - kSide - kQr + 7, kTop - 6, kQr, kQr}, serial_);
  }
  ++page_;
  const double width = FormPage::kWidth - kQr - 4;
  const registry::LocalPlan& city = input_.local_plan;
  const registry::EvacuationPlan& plan = input_.plan;
  line(fmt::format("{}　{}　電話 {}", city.city_name, city.department, city.phone),
       {.size = 9.5, .bold = true}, {kSide, kTop, width - 92, 14});
  line("【取扱注意】個人情報", {.size = 8.5, .bold = true, .align = Align::Right},
       {kSide + width - 92, kTop, 92, 14});
  line(form_title(plan), {.size = 20, .bold = true}, {kSide, kTop + 12, width - 150, 28});
  line(heading, {.size = 11, .bold = true, .align = Align::Right},
       {kSide + width - 150, kTop + 19, 150, 16});
  const std::string revision =
      plan.revision > 0 ? fmt::format("第{}版", plan.revision) : std::string("保存前");
  line(fmt::format("計画番号 {}　{}　状態：{}", plan.id.value, revision,
                   registry::to_text(plan.status)),
       {.size = 8}, {kSide, kTop + 40, width, 12});
  const std::string review = plan.next_review.ok()
                                 ? "　次回見直し " + registry::to_wareki(plan.next_review)
                                 : std::string{};
  const std::string proposal = plan.status == registry::PlanStatus::Active
                                   ? std::string{}
                                   : "　本人・支援者と確かめる前の案です。";
  line(fmt::format("印刷日 {}（{}）{}{}", registry::to_wareki(input_.printed_on),
                   registry::to_iso(input_.printed_on), review, proposal),
       {.size = 8}, {kSide, kTop + 51, width, 12});
}

void FormSheet::end_page() {
  constexpr double kSide = FormPage::kSide;
  constexpr double kWidth = FormPage::kWidth;
  double y = kA4.height - FormPage::kBottom - FormPage::kFooterHeight + 3;
  line(
      "支援者の方へ：支援者になっても、法的な責任や義務を負うことはありません。まずご自身とご家族の"
      "安全を守り、できる範囲で手を貸してください。",
      {.size = 8, .bold = true}, {kSide, y, kWidth, 12});
  y += 12;
  line(
      "この計画は、避難や救助を保証するものではありません。危険が迫るときは計画にこだわらず、早めに"
      "、より安全な場所へ移ってください。",
      {.size = 8}, {kSide, y, kWidth, 12});
  y += 13;
  cairo_set_source_rgb(cairo_, 0.55, 0.55, 0.55);
  cairo_set_line_width(cairo_, 0.4);
  cairo_move_to(cairo_, kSide, y);
  cairo_line_to(cairo_, kSide + kWidth, y);
  cairo_stroke(cairo_);
  y += 2;
  line(serial_, {.size = 7, .grey = 0.2}, {kSide, y, kWidth * 0.5, 11});
  const bool more = !shortened_.empty() && page_ < pages_;
  line(more ? "別紙あり：「…」や「ほか」の欄には続きがあります" : "",
       {.size = 7.5, .bold = true, .align = Align::Right},
       {kSide + kWidth * 0.5, y, kWidth * 0.4, 11});
  line(fmt::format("{}／{}ページ", page_, pages_), {.size = 7.5, .align = Align::Right},
       {kSide + kWidth * 0.9, y, kWidth * 0.1, 11});
}

void FormSheet::note_shortened(const std::vector<std::string>& labels) {
  shortened_.insert(shortened_.end(), labels.begin(), labels.end());
}

}  // namespace documents
