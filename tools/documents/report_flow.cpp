// SPDX-License-Identifier: Apache-2.0
#include "documents/report_flow.hpp"

#include <algorithm>
#include <utility>

#include "documents/list_table.hpp"

namespace documents {
namespace {

constexpr double kSide = 40;
constexpr double kTop = 30;
constexpr double kHead = 30;
constexpr double kFoot = 34;
constexpr double kWidth = kA4Landscape.width - 2 * kSide;
constexpr double kBodyEnd = kA4Landscape.height - kFoot - 6;
constexpr double kTitle = 19;
constexpr double kNote = 14;
constexpr double kBetween = 16;
constexpr double kLeast = 80;  // no table begins with less room

double height_of(const ReportHeading& heading) {
  return kTitle + (heading.note.empty() ? 0 : kNote);
}

std::vector<ListLine> lines_of(const registry::Table& table) {
  std::vector<ListLine> lines;
  lines.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    lines.push_back({.cells = row, .heading = ""});
  }
  return lines;
}

}  // namespace

ReportFlow::ReportFlow(PdfDocument& pdf, ReportFrame frame)
    : pdf_(pdf), frame_(std::move(frame)), fonts_(pdf.cairo()) {}

double ReportFlow::tallest_room() {
  return kBodyEnd - kTop - kHead - kTitle - kNote;
}

double ReportFlow::left() const {
  return kBodyEnd - y_;
}

void ReportFlow::line(const std::string& text, const TextStyle& style, const Frame& frame) {
  fitted_text(fonts_, text, style, {.width = frame.width, .height = frame.height})
      .draw(pdf_.cairo(), frame.x, frame.y);
}

void ReportFlow::begin_page() {
  if (pages_++ > 0) {
    pdf_.next_page();
  }
  line(frame_.title, {.size = 15, .bold = true}, {kSide, kTop, kWidth * 0.6, 22});
  line(frame_.beside, {.size = 9, .align = Align::Right},
       {kSide + kWidth * 0.6, kTop + 5, kWidth * 0.4, 14});
  const double foot = kA4Landscape.height - kFoot;
  line(frame_.foot, {.size = 8}, {kSide, foot, kWidth - 80, 24});
  line(std::to_string(pages_) + "ページ", {.size = 8, .align = Align::Right},
       {kSide + kWidth - 70, foot, 70, 13});
  y_ = kTop + kHead;
}

void ReportFlow::require(const ReportHeading& heading, double height) {
  if (pages_ == 0 || left() < height_of(heading) + height) {
    begin_page();
  }
}

void ReportFlow::draw(const ReportHeading& heading) {
  line(heading.title, {.size = 12, .bold = true}, {kSide, y_, kWidth, 18});
  if (!heading.note.empty()) {
    line(heading.note, {.size = 8}, {kSide, y_ + kTitle, kWidth, 13});
  }
  y_ += height_of(heading);
}

Frame ReportFlow::room(const ReportHeading& heading, double height) {
  require(heading, height);
  draw(heading);
  const Frame frame{kSide, y_, kWidth, height};
  y_ += height + kBetween;
  return frame;
}

void ReportFlow::table(const ReportHeading& heading, const registry::Table& table) {
  if (table.rows.empty()) {
    const Frame frame = room(heading, 14);
    return line("該当なし", {.size = 9}, frame);
  }
  const std::vector<ListLine> lines = lines_of(table);
  const ListTable list(fonts_, table.header, lines, kWidth);
  const double whole = list.height_of({.first = 0, .end = lines.size()});
  require(heading, std::min(whole, kLeast));
  const double body = kBodyEnd - kTop - kHead - height_of(heading);
  ReportHeading next = heading;
  for (const ListPage& page : list.pages(body, left() - height_of(heading))) {
    if (page.first > 0) {
      begin_page();
      next.title = heading.title + "（続き）";
    }
    draw(next);
    list.draw(pdf_.cairo(), page, kSide, y_);
    y_ += list.height_of(page);
  }
  y_ += kBetween;
}

}  // namespace documents
