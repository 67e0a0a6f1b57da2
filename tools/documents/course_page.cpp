// SPDX-License-Identifier: Apache-2.0
#include "documents/course_page.hpp"

#include <cairo.h>

#include <algorithm>
#include <array>

#include "documents/course_words.hpp"
#include "documents/form_words.hpp"
#include "documents/plan_map.hpp"

// From the top: judgement over the whole width; the way beside the map; the minutes beside the
// people who come. The type shrinks until the map has room.

namespace documents {
namespace {

constexpr double kWayShare = 0.40;
constexpr double kTimingShare = 0.46;
constexpr double kLeastMap = 240;  // points high

struct CourseTables {
  FormTable verdict;
  FormTable way;
  FormTable timing;
  FormTable helpers;
};

struct CourseLayout {
  FormFit fit;
  double verdict = 0;
  double way = 0;  ///< what is left for it and the map
  double foot = 0;
};

double share_width(double share) {
  return FormPage::kWidth * share - FormPage::kGap / 2;
}

CourseLayout measured(FormSheet& sheet, const CourseTables& tables, FormFit fit) {
  const FormPen pen(sheet.cairo(), sheet.fonts(), fit);
  CourseLayout layout{.fit = fit};
  layout.verdict = pen.height_of(tables.verdict, FormPage::kWidth);
  layout.foot = std::max(pen.height_of(tables.timing, share_width(kTimingShare)),
                         pen.height_of(tables.helpers, share_width(1 - kTimingShare)));
  layout.way = FormPage::kBodyHeight - layout.verdict - layout.foot - 3 * FormPage::kGap;
  return layout;
}

CourseLayout best_layout(FormSheet& sheet, const CourseTables& tables) {
  constexpr std::array kAttempts{FormFit{1.1, 0}, FormFit{1, 0},   FormFit{0.9, 0},
                                 FormFit{0.8, 0}, FormFit{0.7, 0}, FormFit{0.7, 4},
                                 FormFit{0.7, 2}, FormFit{0.7, 1}};
  CourseLayout layout;
  for (const FormFit fit : kAttempts) {
    layout = measured(sheet, tables, fit);
    const FormPen pen(sheet.cairo(), sheet.fonts(), fit);
    if (layout.way >= std::max(kLeastMap, pen.height_of(tables.way, share_width(kWayShare)))) {
      break;
    }
  }
  return layout;
}

}  // namespace

void draw_course_page(FormSheet& sheet, const PlanFormInput& input,
                      const registry::PlanCourse& course) {
  std::vector<std::string> left_out;
  const CourseTables tables{verdict_table(course), way_table(input, course, left_out),
                            timing_table(course), helper_table(input, course)};
  const CourseLayout layout = best_layout(sheet, tables);
  FormPen pen(sheet.cairo(), sheet.fonts(), layout.fit);
  sheet.begin_page(course_heading(course));
  double y = FormPage::kBodyTop;
  pen.draw(tables.verdict, {FormPage::kSide, y, FormPage::kWidth, layout.verdict});
  y += layout.verdict + FormPage::kGap;
  const double way_width = share_width(kWayShare);
  pen.draw(tables.way, {FormPage::kSide, y, way_width, layout.way});
  draw_course_map(sheet.cairo(), sheet.fonts(),
                  {FormPage::kSide + way_width + FormPage::kGap, y,
                   FormPage::kWidth - way_width - FormPage::kGap, layout.way},
                  input, course);
  y += layout.way + FormPage::kGap;
  const double timing_width = share_width(kTimingShare);
  pen.draw(tables.timing, {FormPage::kSide, y, timing_width, layout.foot});
  pen.draw(tables.helpers, {FormPage::kSide + timing_width + FormPage::kGap, y,
                            FormPage::kWidth - timing_width - FormPage::kGap, layout.foot});
  sheet.note_shortened(pen.shortened());
  sheet.note_shortened(left_out);
  sheet.end_page();
}

}  // namespace documents
