// SPDX-License-Identifier: Apache-2.0
#include "documents/plan_form.hpp"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "documents/course_page.hpp"
#include "documents/form_appendix.hpp"
#include "documents/form_sheet.hpp"
#include "documents/form_words.hpp"
#include "documents/plan_map.hpp"

// The first page from top to bottom: header with the QR code, who (1), contacts (2) beside
// supporters (3), where to and how (4) beside the map, dangers at home (5) beside what is missing
// (6), signatures (7), footer. Texts keep their length; the type shrinks until everything fits and
// the map takes the height that is left. Only when the smallest type does not fit are texts cut,
// and then an appendix has all of them in full. Between the two: a page for each course.

namespace documents {
namespace {

constexpr double kSide = FormPage::kSide;
constexpr double kWidth = FormPage::kWidth;
constexpr double kGap = FormPage::kGap;
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
  bands.way = FormPage::kBodyHeight - 4.5 * kGap - bands.person - bands.people - bands.state -
              bands.consent;
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

void draw_first_page(FormSheet& sheet, const PlanFormInput& input) {
  std::vector<std::string> left_out;
  const registry::PlanCourse& course = input.plan.main_course();
  const FormTables tables{person_table(input),
                          contact_table(input, left_out),
                          supporter_table(input, left_out),
                          way_table(input, course, left_out),
                          home_hazard_table(course),
                          missing_table(input),
                          consent_table()};
  const Layout layout = best_layout(sheet.cairo(), sheet.fonts(), tables);
  FormPen pen(sheet.cairo(), sheet.fonts(), layout.fit);
  sheet.begin_page(fmt::format("想定災害：{}", registry::to_text(course.hazard)));
  const Bands& bands = layout.bands;
  double y = FormPage::kBodyTop;
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
  draw_course_map(sheet.cairo(), sheet.fonts(),
                  {kSide + way_width + kGap, y, kWidth - way_width - kGap, bands.way}, input,
                  course);
  y += bands.way + kGap;
  beside(tables.home_hazard, tables.missing, kHomeHazardShare, bands.state);
  pen.draw(tables.consent, {kSide, y, kWidth, bands.consent});
  sheet.note_shortened(pen.shortened());
  sheet.note_shortened(left_out);
  sheet.end_page();
}

/// What one drawing of the whole form came to.
struct Drawn {
  std::string pdf;
  std::vector<std::string> warnings;
  bool something_shortened = false;
};

Drawn draw(const PlanFormInput& input, bool with_appendix) {
  // The title is readable without opening the page; the plan's number says nothing about a person.
  PdfDocument pdf(kA4, fmt::format("{} {}", form_title(input.plan), input.plan.id.value),
                  registry::to_iso(input.printed_on) + "T00:00:00Z");
  Drawn drawn;
  {
    FontBook measuring(pdf.cairo());
    std::optional<FormAppendix> appendix;
    if (with_appendix) {
      appendix.emplace(input, pdf.cairo(), measuring);
    }
    FormSheet sheet(input, pdf, 1 + input.plan.courses.size() + (appendix ? appendix->pages() : 0));
    draw_first_page(sheet, input);
    for (const registry::PlanCourse& course : input.plan.courses) {
      draw_course_page(sheet, input, course);
    }
    if (appendix) {
      appendix->draw(sheet);
    }
    drawn.warnings = sheet.warnings();
    drawn.something_shortened = !sheet.shortened().empty();
  }
  drawn.pdf = pdf.finish();
  return drawn;
}

}  // namespace

PlanForm plan_form(const PlanFormInput& input) {
  Drawn drawn = draw(input, false);
  if (drawn.something_shortened) {
    drawn = draw(input, true);
  }
  return {std::move(drawn.pdf), std::move(drawn.warnings)};
}

}  // namespace documents
