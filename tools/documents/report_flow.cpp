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
constexpr double kNoteSize = 8;
constexpr double kUnderNote = 3.4;
constexpr double kBetween = 16;
constexpr double kLeast = 80;  // no table begins with less room

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

TextBlock ReportFlow::note_of(const ReportHeading& heading) {
  return {fonts_, heading.note, {.size = kNoteSize}, kWidth};
}

double ReportFlow::height_of(const ReportHeading& heading) {
  return kTitle + (heading.note.empty() ? 0 : note_of(heading).height() + kUnderNote);
}

double ReportFlow::tallest_room(const ReportHeading& heading) {
  return kBodyEnd - kTop - kHead - height_of(heading);
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
    note_of(heading).draw(pdf_.cairo(), kSide, y_ + kTitle);
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
  ReportHeading next = heading;
  const auto pages = list.pages(tallest_room(heading), left() - height_of(heading));
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (i > 0) {
      begin_page();
    }
    if (pages[i].first == pages[i].end) {
      continue;  // the first row is higher than what is left
    }
    next.title = heading.title + (pages[i].first > 0 ? "（続き）" : "");
    draw(next);
    list.draw(pdf_.cairo(), pages[i], kSide, y_);
    y_ += list.height_of(pages[i]);
  }
  y_ += kBetween;
}

}  // namespace documents
