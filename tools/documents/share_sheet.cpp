// SPDX-License-Identifier: Apache-2.0
#include "documents/share_sheet.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>

#include "documents/pdf_document.hpp"

namespace documents {
namespace {

using registry::Handover;

constexpr double kSheetSide = 34;
constexpr double kSheetTop = 24;
constexpr double kSheetWidth = kA4.width - 2 * kSheetSide;
constexpr double kSheetHeaderHeight = 62;
constexpr double kSheetFooterHeight = 58;
constexpr double kSheetBottom = 20;
constexpr double kSheetBody =
    kA4.height - kSheetTop - kSheetHeaderHeight - kSheetFooterHeight - kSheetBottom;
constexpr double kGap = 6;
constexpr double kWayShare = 0.42;
constexpr double kLeastMap = 190;  // points high

class SheetPen {
 public:
  SheetPen(const RosterPrint& print, cairo_t* cairo)
      : print_(print), cairo_(cairo), fonts_(cairo) {}

  void draw(const SharePage& page, std::size_t number, std::size_t pages) {
    draw_header(page);
    draw_body(page);
    draw_footer(page, number, pages);
  }

  [[nodiscard]] std::vector<std::string> warnings() const {
    std::vector<std::string> all = fonts_.warnings();
    all.insert(all.end(), shortened_.begin(), shortened_.end());
    return all;
  }

 private:
  void line(const std::string& text, const TextStyle& style, const Frame& frame) {
    fitted_text(fonts_, text, style, {.width = frame.width, .height = frame.height, .smallest = 4})
        .draw(cairo_, frame.x, frame.y);
  }

  void draw_header(const SharePage& page) {
    const Handover& copy = print_.list.handover();
    const double left = kSheetWidth * 0.6;
    line(page.title, {.size = 20, .bold = true}, {kSheetSide, kSheetTop, left, 28});
    line(fmt::format("【取扱注意】個人情報\n管理番号 {}", copy.serial),
         {.size = 10.5, .bold = true, .align = Align::Right},
         {kSheetSide + left, kSheetTop, kSheetWidth - left, 30});
    line(fmt::format("お渡しした相手：{}　返却期限 {}", copy.recipient_name,
                     registry::to_wareki(copy.return_due)),
         {.size = 11}, {kSheetSide, kSheetTop + 31, kSheetWidth * 0.72, 15});
    line(page.banner, {.size = 12, .bold = true, .align = Align::Right},
         {kSheetSide + kSheetWidth * 0.72, kSheetTop + 31, kSheetWidth * 0.28, 17});
    const registry::LocalPlan& city = print_.local_plan;
    line(fmt::format("{}　{}　電話 {}　作成 {}", city.city_name, city.department, city.phone,
                     registry::to_wareki(registry::tokyo_date(copy.issued_at))),
         {.size = 9}, {kSheetSide, kSheetTop + 46, kSheetWidth, 13});
  }

  /// The height the tables and the way need at a fit.
  [[nodiscard]] double height_at(const SharePage& page, const FormFit& fit) const {
    const FormPen pen(cairo_, fonts_, fit);
    double height = 0;
    for (const FormTable& table : page.tables) {
      height += pen.height_of(table, kSheetWidth) + kGap;
    }
    if (!page.way.rows.empty()) {
      height += std::max(kLeastMap, pen.height_of(page.way, kSheetWidth * kWayShare - kGap / 2));
    }
    return height;
  }

  [[nodiscard]] FormFit best_fit(const SharePage& page) const {
    for (int percent = 150; percent >= 60; percent -= 5) {
      const FormFit fit{.scale = percent / 100.0};
      if (height_at(page, fit) <= kSheetBody) {
        return fit;
      }
    }
    for (const int lines : {4, 3, 2}) {
      const FormFit fit{.scale = 0.6, .max_lines = lines};
      if (height_at(page, fit) <= kSheetBody) {
        return fit;
      }
    }
    return {.scale = 0.6, .max_lines = 1};
  }

  void draw_body(const SharePage& page) {
    FormPen pen(cairo_, fonts_, best_fit(page));
    double y = kSheetTop + kSheetHeaderHeight;
    for (const FormTable& table : page.tables) {
      const double height = pen.height_of(table, kSheetWidth);
      pen.draw(table, {kSheetSide, y, kSheetWidth, height});
      y += height + kGap;
    }
    if (!page.way.rows.empty()) {
      const double height = kSheetTop + kSheetHeaderHeight + kSheetBody - y;
      const double width = kSheetWidth * kWayShare - kGap / 2;
      pen.draw(page.way, {kSheetSide, y, width, height});
      draw_map_beside(page, {kSheetSide + width + kGap, y, kSheetWidth - width - kGap, height});
    }
    for (const std::string& label : pen.shortened()) {
      std::string words = label;
      std::erase(words, '\n');
      shortened_.push_back(fmt::format("「{}」の欄は書ききれないので短くしました。", words));
    }
  }

  void draw_map_beside(const SharePage& page, const Frame& frame) {
    if (page.map) {
      draw_map(cairo_, frame, *page.map);
      return;
    }
    cairo_rectangle(cairo_, frame.x, frame.y, frame.width, frame.height);
    cairo_set_source_rgb(cairo_, 0.55, 0.55, 0.55);
    cairo_set_line_width(cairo_, 0.8);
    cairo_stroke(cairo_);
    line("地図はありません。道順を書いてください。", {.size = 9, .grey = 0.4},
         {frame.x + 6, frame.y + 4, frame.width - 12, 14});
  }

  void draw_footer(const SharePage& page, std::size_t number, std::size_t pages) {
    const Handover& copy = print_.list.handover();
    const double y = kA4.height - kSheetBottom - kSheetFooterHeight + 5;
    line(page.foot, {.size = 9.5, .bold = true}, {kSheetSide, y, kSheetWidth, 26});
    line(std::string(registry::duty_text()), {.size = 7.5}, {kSheetSide, y + 26, kSheetWidth, 20});
    line(fmt::format("管理番号 {}", copy.serial), {.size = 7.5},
         {kSheetSide, y + 46, kSheetWidth * 0.6, 11});
    line(fmt::format("{}／{}ページ", number, pages), {.size = 8, .align = Align::Right},
         {kSheetSide + kSheetWidth * 0.6, y + 46, kSheetWidth * 0.4, 11});
  }

  const RosterPrint& print_;
  cairo_t* cairo_;
  mutable FontBook fonts_;
  std::vector<std::string> shortened_;
};

}  // namespace

std::string list_cell(const registry::DisclosureList& list, std::size_t row,
                      std::string_view column) {
  const auto found = list.table().column(column);
  return found ? list.table().rows.at(row).at(*found) : std::string();
}

SheetFile share_sheets(const RosterPrint& print, const std::vector<SharePage>& pages) {
  const Handover& copy = print.list.handover();
  // The title can be read without opening a page: it names the copy, nobody.
  PdfDocument pdf(kA4, "提供用の票 " + copy.serial,
                  registry::to_iso(registry::tokyo_date(copy.issued_at)) + "T00:00:00Z");
  SheetFile file;
  {
    SheetPen pen(print, pdf.cairo());
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (i > 0) {
        pdf.next_page();
      }
      pen.draw(pages[i], i + 1, pages.size());
    }
    file.warnings = pen.warnings();
  }
  file.pdf = pdf.finish();
  return file;
}

}  // namespace documents
