// SPDX-License-Identifier: Apache-2.0
#include "documents/plan_form.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>

#include "documents/form_words.hpp"
#include "documents/pdf_document.hpp"
#include "documents/plan_map.hpp"
#include "documents/qr.hpp"

// The page from top to bottom: header with the QR code, who (1), contacts (2) beside supporters
// (3), where to and how (4) beside the map, dangers at home (5) beside what is missing (6),
// signatures (7), footer. Texts keep their length; the type shrinks until everything fits and the
// map takes the height that is left. Only when the smallest type does not fit are texts cut.

namespace documents {
namespace {

constexpr double kSide = 30;
constexpr double kTop = 22;
constexpr double kBottom = 20;
constexpr double kWidth = kA4.width - 2 * kSide;
constexpr double kGap = 5;
constexpr double kHeaderHeight = 68;
constexpr double kFooterHeight = 43;
constexpr double kContactShare = 0.35;
constexpr double kWayShare = 0.405;
constexpr double kHomeHazardShare = 0.405;
constexpr double kLeastMap = 200;     // points high
constexpr double kGenerousMap = 275;  // type grows over its normal size only beside such a map

struct FormTables {
  FormTable person;
  FormTable contacts;
  FormTable supporters;
  FormTable way;
  FormTable home_hazard;
  FormTable missing;
  FormTable consent;
};

/// Heights of the bands between header and footer.
struct Bands {
  double person = 0;
  double people = 0;
  double way = 0;
  double state = 0;
  double consent = 0;
};

struct Layout {
  FormFit fit;
  Bands bands;
};

/// The bands at their natural height with what is left for the way, or less than nothing.
Layout measured(cairo_t* cairo, FontBook& fonts, const FormTables& tables, FormFit fit) {
  const FormPen pen(cairo, fonts, fit);
  const auto beside = [&](const FormTable& left, const FormTable& right, double share) {
    return std::max(pen.height_of(left, kWidth * share - kGap / 2),
                    pen.height_of(right, kWidth * (1 - share) - kGap / 2));
  };
  Bands bands;
  bands.person = pen.height_of(tables.person, kWidth);
  bands.people = beside(tables.contacts, tables.supporters, kContactShare);
  bands.state = beside(tables.home_hazard, tables.missing, kHomeHazardShare);
  bands.consent = pen.height_of(tables.consent, kWidth) + 10 * fit.scale;  // room to sign
  bands.way = kA4.height - kTop - kBottom - kHeaderHeight - kFooterHeight - 5 * kGap -
              bands.person - bands.people - bands.state - bands.consent;
  return {fit, bands};
}

Layout best_layout(cairo_t* cairo, FontBook& fonts, const FormTables& tables) {
  std::vector<FormFit> attempts;
  for (const int percent : {115, 110, 105, 100, 95, 90, 85, 80, 75, 70}) {
    attempts.push_back({percent / 100.0, 0});
  }
  for (const int lines : {4, 3, 2, 1}) {
    attempts.push_back({0.7, lines});
  }
  Layout layout;
  for (const FormFit fit : attempts) {
    layout = measured(cairo, fonts, tables, fit);
    const FormPen pen(cairo, fonts, fit);
    const double needed = std::max(pen.height_of(tables.way, kWidth * kWayShare - kGap / 2),
                                   fit.scale > 1 ? kGenerousMap : kLeastMap);
    if (layout.bands.way >= needed) {
      break;
    }
  }
  return layout;
}

class FormPage {
 public:
  FormPage(const PlanFormInput& input, cairo_t* cairo)
      : input_(input), cairo_(cairo), fonts_(cairo) {}

  /// Draws everything; the warnings are complete afterwards.
  void draw();
  [[nodiscard]] std::vector<std::string> warnings() const;

 private:
  void draw_header(const std::string& serial);
  void draw_tables(const FormTables& tables, const Layout& layout);
  void draw_map_beside(const Frame& frame);
  void draw_footer(const std::string& serial);
  void line(const std::string& text, const TextStyle& style, const Frame& frame);

  const PlanFormInput& input_;
  cairo_t* cairo_;
  FontBook fonts_;
  std::vector<std::string> shortened_;
};

/// One line in the frame: smaller before shorter.
void FormPage::line(const std::string& text, const TextStyle& style, const Frame& frame) {
  const TextBlock block = fitted_text(
      fonts_, text, style, {.width = frame.width, .height = frame.height, .smallest = 5});
  block.draw(cairo_, frame.x, frame.y);
  if (block.shortened()) {
    shortened_.emplace_back("見出し・欄外");
  }
}

void FormPage::draw_header(const std::string& serial) {
  constexpr double kQr = 72;
  draw_qr(cairo_, {kA4.width - kSide - kQr + 7, kTop - 6, kQr, kQr}, serial);
  const double width = kWidth - kQr - 4;
  const registry::LocalPlan& city = input_.local_plan;
  const registry::EvacuationPlan& plan = input_.plan;
  line(fmt::format("{}　{}　電話 {}", city.city_name, city.department, city.phone),
       {.size = 9.5, .bold = true}, {kSide, kTop, width - 92, 14});
  line("【取扱注意】個人情報", {.size = 8.5, .bold = true, .align = Align::Right},
       {kSide + width - 92, kTop, 92, 14});
  line(form_title(plan), {.size = 20, .bold = true}, {kSide, kTop + 12, width - 120, 28});
  line(fmt::format("想定災害：{}", registry::to_text(plan.main_course().hazard)),
       {.size = 11, .bold = true, .align = Align::Right},
       {kSide + width - 120, kTop + 19, 120, 16});
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

void FormPage::draw_map_beside(const Frame& frame) {
  if (const auto content = plan_map(input_, input_.plan.main_course())) {
    draw_map(cairo_, frame, *content);
    return;
  }
  cairo_rectangle(cairo_, frame.x, frame.y, frame.width, frame.height);
  cairo_set_source_rgb(cairo_, 0.55, 0.55, 0.55);
  cairo_set_line_width(cairo_, 0.8);
  cairo_stroke(cairo_);
  const TextBlock text(fonts_, "自宅の位置が未確認のため、地図を示せません。",
                       {.size = 10, .align = Align::Centre}, frame.width - 20);
  text.draw(cairo_, frame.x + 10, frame.y + (frame.height - text.height()) / 2);
}

void FormPage::draw_tables(const FormTables& tables, const Layout& layout) {
  FormPen pen(cairo_, fonts_, layout.fit);
  const Bands& bands = layout.bands;
  double y = kTop + kHeaderHeight + kGap / 2;
  const auto beside = [&](const FormTable& left, const FormTable& right, double share,
                          double height) {
    const double width = kWidth * share - kGap / 2;
    pen.draw(left, {kSide, y, width, height});
    pen.draw(right, {kSide + width + kGap, y, kWidth - width - kGap, height});
    y += height + kGap;
  };
  pen.draw(tables.person, {kSide, y, kWidth, bands.person});
  y += bands.person + kGap;
  beside(tables.contacts, tables.supporters, kContactShare, bands.people);
  const double way_width = kWidth * kWayShare - kGap / 2;
  pen.draw(tables.way, {kSide, y, way_width, bands.way});
  draw_map_beside({kSide + way_width + kGap, y, kWidth - way_width - kGap, bands.way});
  y += bands.way + kGap;
  beside(tables.home_hazard, tables.missing, kHomeHazardShare, bands.state);
  pen.draw(tables.consent, {kSide, y, kWidth, bands.consent});
  shortened_.insert(shortened_.end(), pen.shortened().begin(), pen.shortened().end());
}

void FormPage::draw_footer(const std::string& serial) {
  double y = kA4.height - kBottom - kFooterHeight + 3;
  line(
      "支援者の方へ：支援者になっても、法的な責任や義務を負うことはありません。まずご自身とご家族の"
      "安全"
      "を守り、できる範囲で手を貸してください。",
      {.size = 8, .bold = true}, {kSide, y, kWidth, 12});
  y += 12;
  line(
      "この計画は、避難や救助を保証するものではありません。危険が迫るときは計画にこだわらず、早めに"
      "、"
      "より安全な場所へ移ってください。",
      {.size = 8}, {kSide, y, kWidth, 12});
  y += 13;
  cairo_set_source_rgb(cairo_, 0.55, 0.55, 0.55);
  cairo_set_line_width(cairo_, 0.4);
  cairo_move_to(cairo_, kSide, y);
  cairo_line_to(cairo_, kSide + kWidth, y);
  cairo_stroke(cairo_);
  y += 2;
  const bool more = !shortened_.empty();
  line(serial, {.size = 7, .grey = 0.2}, {kSide, y, kWidth * 0.5, 11});
  line(more ? "別紙あり：「…」や「ほか」の欄には続きがあります" : "",
       {.size = 7.5, .bold = true, .align = Align::Right},
       {kSide + kWidth * 0.5, y, kWidth * 0.4, 11});
  line("1／1ページ", {.size = 7.5, .align = Align::Right},
       {kSide + kWidth * 0.9, y, kWidth * 0.1, 11});
}

void FormPage::draw() {
  const std::string serial = plan_qr_text(input_.plan);
  std::vector<std::string> left_out;
  const FormTables tables{person_table(input_),
                          contact_table(input_, left_out),
                          supporter_table(input_, left_out),
                          way_table(input_, input_.plan.main_course(), left_out),
                          home_hazard_table(input_.plan.main_course()),
                          missing_table(input_),
                          consent_table()};
  draw_header(serial);
  draw_tables(tables, best_layout(cairo_, fonts_, tables));
  shortened_.insert(shortened_.end(), left_out.begin(), left_out.end());
  draw_footer(serial);
}

std::vector<std::string> FormPage::warnings() const {
  std::vector<std::string> warnings = fonts_.warnings();
  for (const std::string& label : shortened_) {
    std::string words = label;
    std::erase(words, '\n');
    words = fmt::format("「{}」の欄は書ききれないので短くしました。別紙を添えてください。", words);
    if (std::ranges::find(warnings, words) == warnings.end()) {
      warnings.push_back(std::move(words));
    }
  }
  return warnings;
}

}  // namespace

PlanForm plan_form(const PlanFormInput& input) {
  // The title is readable without opening the page; the plan's number says nothing about a person.
  PdfDocument pdf(kA4, fmt::format("{} {}", form_title(input.plan), input.plan.id.value),
                  registry::to_iso(input.printed_on) + "T00:00:00Z");
  PlanForm form;
  {
    FormPage page(input, pdf.cairo());
    page.draw();
    form.warnings = page.warnings();
  }
  form.pdf = pdf.finish();
  return form;
}

}  // namespace documents
