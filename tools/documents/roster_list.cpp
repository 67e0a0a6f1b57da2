// SPDX-License-Identifier: Apache-2.0
#include "documents/roster_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "documents/list_table.hpp"
#include "documents/pdf_document.hpp"

namespace documents {
namespace {

using registry::DisclosureList;
using registry::Handover;

constexpr double kRosterSide = 26;
constexpr double kRosterTop = 20;
constexpr double kRosterWidth = kA4Landscape.width - 2 * kRosterSide;
constexpr double kRosterHeaderHeight = 66;
constexpr double kRosterFooterHeight = 14;
constexpr double kRosterBottom = 18;
constexpr double kRosterBody = kA4Landscape.height - kRosterTop - kRosterHeaderHeight -
                               kRosterFooterHeight - kRosterBottom - 4;

std::string title_of(const Handover& copy) {
  if (copy.data == registry::DataKind::Plan) {
    return "個別避難計画　提供用一覧";
  }
  return copy.register_kind == registry::RegisterKind::Voluntary
             ? "災害時要援護者登録名簿　提供用一覧"
             : "避難行動要支援者名簿　提供用一覧";
}

std::string purpose_of(registry::Phase phase) {
  switch (phase) {
    case registry::Phase::Normal:
      return "災害に備えた避難支援等（平常時の提供）";
    case registry::Phase::Drill:
      return "避難訓練";
    case registry::Phase::Threat:
      return "災害が起きるおそれがあるときの避難支援等";
    case registry::Phase::Occurred:
      return "災害時の避難支援等";
  }
  return {};
}

/// 49条の12 and 49条の13 for the roster, 49条の16 and 49条の17 for plans, in a sentence.
std::string_view duty_of(registry::DataKind data) {
  return data == registry::DataKind::Plan ? "受け取った人は、情報の漏えいを防ぎ（災害対策基本法第49"
                                            "条の16）、知った秘密を正当な理由"
                                            "なく漏らしてはなりません（同第49条の17、役職を離れた後"
                                            "も同じ）。複写せず、施錠して保管"
                                            "し、返却期限までに返却または廃棄してください。"
                                          : "受け取った人は、情報の漏えいを防ぎ（災害対策基本法第49"
                                            "条の12）、知った秘密を正当な理由"
                                            "なく漏らしてはなりません（同第49条の13、役職を離れた後"
                                            "も同じ）。複写せず、施錠して保管"
                                            "し、返却期限までに返却または廃棄してください。";
}

struct RosterLines {
  std::vector<std::string> columns;
  std::vector<ListLine> lines;
};

/// Whether somebody on the list must be handled with more care than the others (支援措置).
bool has_warning(const DisclosureList& list) {
  return std::ranges::any_of(
      list.table().rows, [&](const auto& row) { return !row.at(list.profile_columns()).empty(); });
}

/// The rows under the headings of their areas, numbered through.
RosterLines lines_of(const DisclosureList& list) {
  const registry::Table& table = list.table();
  const std::size_t shown = list.profile_columns() + (has_warning(list) ? 1 : 0);
  RosterLines result;
  result.columns = {"番号"};
  result.columns.insert(result.columns.end(), table.header.begin(),
                        table.header.begin() + static_cast<std::ptrdiff_t>(shown));
  std::map<std::string, std::vector<std::size_t>> rows_by_area;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    rows_by_area[list.areas()[i]].push_back(i);
  }
  std::size_t number = 0;
  for (const auto& [area, rows] : rows_by_area) {
    result.lines.push_back({.cells = {}, .heading = fmt::format("{}　{}人", area, rows.size())});
    for (const std::size_t row : rows) {
      ListLine line{.cells = {std::to_string(++number)}, .heading = area};
      const auto& cells = table.rows[row];
      line.cells.insert(line.cells.end(), cells.begin(),
                        cells.begin() + static_cast<std::ptrdiff_t>(shown));
      result.lines.push_back(std::move(line));
    }
  }
  return result;
}

class RosterPen {
 public:
  RosterPen(const RosterPrint& print, cairo_t* cairo) : print_(print), cairo_(cairo) {}

  void draw_frame(FontBook& fonts, std::size_t page, std::size_t pages) {
    const Handover& copy = print_.list.handover();
    const registry::LocalPlan& city = print_.local_plan;
    const double half = kRosterWidth * 0.5;
    const double right = kRosterSide + half;
    line(fonts, title_of(copy), {.size = 15, .bold = true}, {kRosterSide, kRosterTop, half, 21});
    line(fonts, fmt::format("【取扱注意】個人情報　管理番号 {}", copy.serial),
         {.size = 12, .bold = true, .align = Align::Right}, {right, kRosterTop, half, 18});
    line(fonts,
         fmt::format("提供先：{}（{}）", copy.recipient_name,
                     registry::to_text(copy.recipient_kind)),
         {.size = 10, .bold = true}, {kRosterSide, kRosterTop + 21, half, 15});
    line(fonts, fmt::format("{}　{}　電話 {}", city.city_name, city.department, city.phone),
         {.size = 9, .align = Align::Right}, {right, kRosterTop + 21, half, 14});
    line(fonts,
         fmt::format("提供日 {}　返却期限 {}　{}人　目的：{}　根拠 {}",
                     registry::to_wareki(registry::tokyo_date(copy.issued_at)),
                     registry::to_wareki(copy.return_due), copy.persons, purpose_of(copy.phase),
                     copy.legal_basis),
         {.size = 8.5}, {kRosterSide, kRosterTop + 36, kRosterWidth, 12});
    line(fonts, std::string(duty_of(copy.data)), {.size = 7.5},
         {kRosterSide, kRosterTop + 48, kRosterWidth, kRosterHeaderHeight - 48});
    const double foot = kA4Landscape.height - kRosterBottom - kRosterFooterHeight + 3;
    line(fonts, fmt::format("管理番号 {}　提供先 {}", copy.serial, copy.recipient_name),
         {.size = 7.5}, {kRosterSide, foot, half, 11});
    line(fonts, fmt::format("{}／{}ページ", page, pages), {.size = 8.5, .align = Align::Right},
         {right, foot, half, 12});
  }

 private:
  void line(FontBook& fonts, const std::string& text, const TextStyle& style, const Frame& frame) {
    fitted_text(fonts, text, style, {.width = frame.width, .height = frame.height, .smallest = 4})
        .draw(cairo_, frame.x, frame.y);
  }

  const RosterPrint& print_;
  cairo_t* cairo_;
};

}  // namespace

RosterFile roster_list(const RosterPrint& print) {
  const Handover& copy = print.list.handover();
  const RosterLines roster = lines_of(print.list);
  // The title can be read without opening a page: it names the copy, nobody.
  PdfDocument pdf(kA4Landscape, fmt::format("{} {}", title_of(copy), copy.serial),
                  registry::to_iso(registry::tokyo_date(copy.issued_at)) + "T00:00:00Z");
  RosterFile file;
  {
    FontBook fonts(pdf.cairo());
    const ListTable table(fonts, roster.columns, roster.lines, kRosterWidth);
    RosterPen pen(print, pdf.cairo());
    const std::vector<ListPage> pages = table.pages(kRosterBody);
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (i > 0) {
        pdf.next_page();
      }
      pen.draw_frame(fonts, i + 1, pages.size());
      table.draw(pdf.cairo(), pages[i], kRosterSide, kRosterTop + kRosterHeaderHeight + 4);
    }
    file.warnings = fonts.warnings();
  }
  file.pdf = pdf.finish();
  return file;
}

}  // namespace documents
