// SPDX-License-Identifier: Apache-2.0
#include "documents/drill_report.hpp"

#include <cairo.h>

#include <algorithm>

#include "documents/form_table.hpp"
#include "documents/pdf_document.hpp"
#include "documents/report_flow.hpp"

namespace documents {
namespace {

struct Rgb {
  double red;
  double green;
  double blue;
};
constexpr Rgb kInk{0.05, 0.25, 0.55};
constexpr Rgb kBand{0.72, 0.82, 0.94};
constexpr Rgb kBar{0.75, 0.35, 0.15};

class ReportPen {
 public:
  ReportPen(const planner::DrillReport& report, PdfDocument& pdf)
      : report_(report),
        pdf_(pdf),
        flow_(pdf, {.title = report.title, .beside = report.subtitle, .foot = kDrillPrivacy}) {}

  void draw() {
    const ReportHeading heading{"完了率曲線と取り残しの理由",
                                "帯は 10 回に 8 回が入る範囲（P10～P90）、線は中央（P50）。割合は"
                                "自宅にいた人のうち。"};
    const Frame frame = flow_.room(heading, flow_.tallest_room(heading));
    const double top = frame.y + 16;
    const double height = frame.height - 40;
    draw_curve({frame.x + 30, top, frame.width * 0.52, height});
    draw_causes({frame.x + frame.width * 0.62, top, frame.width * 0.38, height});
    for (const planner::DrillSection& section : report_.sections) {
      flow_.table({section.title, section.note}, section.table);
    }
  }

 private:
  void draw_curve(const Frame& frame) {
    const planner::DrillCurve& curve = report_.curve;
    constexpr double kMost = 100;
    const auto minutes = static_cast<double>(std::max<std::size_t>(curve.p50.size(), 2) - 1);
    const auto x = [&](std::size_t minute) {
      return frame.x + frame.width * static_cast<double>(minute) / minutes;
    };
    const auto y = [&](double percent) { return frame.y + frame.height * (1 - percent / kMost); };
    cairo_t* cairo = pdf_.cairo();
    cairo_new_path(cairo);  // text leaves a point behind
    for (std::size_t i = 0; i < curve.p90.size(); ++i) {
      cairo_line_to(cairo, x(i), y(curve.p90[i]));
    }
    for (std::size_t i = curve.p10.size(); i > 0; --i) {
      cairo_line_to(cairo, x(i - 1), y(curve.p10[i - 1]));
    }
    colour(kBand);
    cairo_fill(cairo);
    for (std::size_t i = 0; i < curve.p50.size(); ++i) {
      cairo_line_to(cairo, x(i), y(curve.p50[i]));
    }
    colour(kInk);
    cairo_set_line_width(cairo, 1.4);
    cairo_stroke(cairo);
    cairo_set_source_rgb(cairo, 0.3, 0.3, 0.3);
    cairo_set_line_width(cairo, 0.5);
    cairo_rectangle(cairo, frame.x, frame.y, frame.width, frame.height);
    cairo_stroke(cairo);
    flow_.line("100%", {.size = 8, .align = Align::Right}, {frame.x - 34, frame.y - 5, 30, 12});
    flow_.line("0", {.size = 8, .align = Align::Right},
               {frame.x - 34, frame.y + frame.height - 7, 30, 12});
    flow_.line("0分", {.size = 8}, {frame.x, frame.y + frame.height + 4, 60, 12});
    flow_.line(std::to_string(static_cast<long>(minutes)) + "分",
               {.size = 8, .align = Align::Right},
               {frame.x + frame.width - 60, frame.y + frame.height + 4, 60, 12});
  }

  void draw_causes(const Frame& frame) {
    constexpr double kRow = 26;
    const double most = report_.causes.empty() ? 1 : report_.causes.front().value;
    double y = frame.y;
    for (const planner::DrillBar& bar : report_.causes) {
      flow_.line(bar.name + "　" + planner::people_text(bar.value) + "人", {.size = 8.5},
                 {frame.x, y, frame.width, 13});
      colour(kBar);
      cairo_rectangle(pdf_.cairo(), frame.x, y + 14, frame.width * bar.value / most, 7);
      cairo_fill(pdf_.cairo());
      y += kRow;
    }
  }

  void colour(Rgb rgb) { cairo_set_source_rgb(pdf_.cairo(), rgb.red, rgb.green, rgb.blue); }

  const planner::DrillReport& report_;
  PdfDocument& pdf_;
  ReportFlow flow_;
};

/// The boxes one person's results are written into.
FormTable sheet_of(const DrillSheetEntry& entry) {
  return {.title = "訓練の記録（時間は分、または 分:秒）",
          .rows = {{{.label = "対象者ID", .value = entry.id, .size = 10, .bold = true}},
                   {{.label = "氏名", .value = entry.name},
                    {.label = "避難先", .value = entry.shelter}},
                   {{.label = "情報の受取方法", .value = ""}},
                   {{.label = "連絡", .value = ""},
                    {.label = "支援者到着", .value = ""},
                    {.label = "準備", .value = ""}},
                   {{.label = "移動1", .value = ""},
                    {.label = "移動2", .value = ""},
                    {.label = "移動3", .value = ""}},
                   {{.label = "移動手段", .value = ""}, {.label = "援護人数", .value = ""}},
                   {{.label = "留意事項", .value = ""}}},
          .label_width = 66};
}

}  // namespace

std::string drill_pdf(const planner::DrillReport& report) {
  PdfDocument pdf(kA4Landscape, report.title, report.day + "T00:00:00Z");
  {
    ReportPen pen(report, pdf);
    pen.draw();
  }
  return pdf.finish();
}

std::string drill_sheets(const std::vector<DrillSheetEntry>& entries, const std::string& day) {
  constexpr double kMargin = 36;
  constexpr double kHalf = kA4.height / 2;
  PdfDocument pdf(kA4, "避難訓練の記録用紙", day + "T00:00:00Z");
  {
    FontBook fonts(pdf.cairo());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i > 0 && i % 2 == 0) {
        pdf.next_page();
      }
      FormPen pen(pdf.cairo(), fonts, {.scale = 1, .max_lines = 2});
      const double top = i % 2 == 0 ? 0 : kHalf;
      pen.draw(sheet_of(entries[i]),
               {kMargin, top + kMargin, kA4.width - 2 * kMargin, kHalf - 2 * kMargin});
    }
  }
  return pdf.finish();
}

}  // namespace documents
