// SPDX-License-Identifier: Apache-2.0
#include "documents/form_appendix.hpp"

#include "documents/course_words.hpp"
#include "documents/form_words.hpp"

namespace documents {
namespace {

constexpr FormFit kUsual{0.95, 0};
constexpr double kSmallest = 0.2;  // of the usual type; what still does not fit then is absurd

std::vector<FormTable> tables_of(const PlanFormInput& input) {
  std::vector<FormTable> tables{person_table(input), full_contact_table(input),
                                full_supporter_table(input)};
  for (const registry::PlanCourse& course : input.plan.courses) {
    FormTable way = full_way_table(input, course);
    way.title += "：" + course_heading(course);
    tables.push_back(std::move(way));
    tables.push_back(verdict_table(course));
    tables.push_back(helper_table(input, course));
  }
  tables.push_back(missing_table(input));
  return tables;
}

double height_of(const std::vector<FormTable>& tables, const FormPen& pen) {
  double height = 0;
  for (const FormTable& table : tables) {
    height += pen.height_of(table, FormPage::kWidth) + FormPage::kGap;
  }
  return height;
}

/// The first `rows` rows of a table.
FormTable head(const FormTable& table, std::size_t begin, std::size_t end) {
  FormTable part{table.title, {}, table.label_width};
  part.rows.assign(table.rows.begin() + static_cast<std::ptrdiff_t>(begin),
                   table.rows.begin() + static_cast<std::ptrdiff_t>(end));
  return part;
}

}  // namespace

FormAppendix::FormAppendix(const PlanFormInput& input, cairo_t* cairo, FontBook& fonts) {
  const FormPen usual(cairo, fonts, kUsual);
  const auto fits = [](const Page& page, const FormPen& pen) {
    return height_of(page.tables, pen) <= FormPage::kBodyHeight;
  };
  Page page{{}, kUsual};
  const auto turn = [&] {
    if (!page.tables.empty()) {
      pages_.push_back(std::move(page));
    }
    page = {{}, kUsual};
  };
  for (const FormTable& table : tables_of(input)) {
    std::size_t begin = 0;
    for (std::size_t end = 1; end <= table.rows.size(); ++end) {
      const bool is_new = end == begin + 1;
      if (is_new) {
        page.tables.push_back(head(table, begin, end));
      } else {
        page.tables.back() = head(table, begin, end);
      }
      if (fits(page, usual)) {
        continue;
      }
      if (!is_new) {
        page.tables.back() = head(table, begin, end - 1);
      } else if (page.tables.size() > 1) {
        page.tables.pop_back();
      } else {
        continue;  // one row alone on its page: drawn smaller
      }
      turn();
      begin = end - 1;
      page.tables.push_back(head(table, begin, end));
    }
  }
  turn();
  for (Page& each : pages_) {
    while (each.fit.scale > kSmallest && !fits(each, FormPen(cairo, fonts, each.fit))) {
      each.fit.scale -= 0.05;
    }
  }
}

void FormAppendix::draw(FormSheet& sheet) const {
  for (const Page& page : pages_) {
    sheet.begin_page("別紙");
    FormPen pen(sheet.cairo(), sheet.fonts(), page.fit);
    double y = FormPage::kBodyTop;
    for (const FormTable& table : page.tables) {
      const double height = pen.height_of(table, FormPage::kWidth);
      pen.draw(table, {FormPage::kSide, y, FormPage::kWidth, height});
      y += height + FormPage::kGap;
    }
    sheet.end_page();
  }
}

}  // namespace documents
