// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "documents/drill_report.hpp"

namespace documents {
namespace {

constexpr double kPlotWidth = 640;
constexpr double kPlotHeight = 300;

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

/// Points of a line over the minutes, as an SVG attribute.
template <class Value>
std::string points(const std::vector<Value>& values, double most) {
  std::string text;
  const auto steps = static_cast<double>(std::max<std::size_t>(values.size(), 2) - 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += fmt::format("{:.1f},{:.1f} ", kPlotWidth * static_cast<double>(i) / steps,
                        kPlotHeight * (1 - static_cast<double>(values[i]) / most));
  }
  return text;
}

std::string svg(const std::string& label, const std::string& inside, const std::string& top,
                std::size_t minutes) {
  return fmt::format(
      "<svg role=\"img\" aria-label=\"{}\" viewBox=\"-60 -10 {} {}\">{}"
      "<rect width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#555\"/>"
      "<text x=\"-6\" y=\"12\" text-anchor=\"end\">{}</text>"
      "<text x=\"-6\" y=\"{}\" text-anchor=\"end\">0</text>"
      "<text x=\"0\" y=\"{}\">0分</text>"
      "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}分</text></svg>\n",
      escaped(label), kPlotWidth + 80, kPlotHeight + 40, inside, kPlotWidth, kPlotHeight, top,
      kPlotHeight, kPlotHeight + 18, kPlotWidth, kPlotHeight + 18, minutes);
}

std::string polyline(const std::string& at) {
  return fmt::format(R"(<polyline fill="none" stroke="#0d408c" stroke-width="2" points="{}"/>)",
                     at);
}

std::string curve_svg(const planner::DrillCurve& curve) {
  constexpr double kMost = 100;  // percent of those at home
  std::vector<double> low(curve.p10.rbegin(), curve.p10.rend());
  std::string back;
  const auto steps = static_cast<double>(std::max<std::size_t>(low.size(), 2) - 1);
  for (std::size_t i = 0; i < low.size(); ++i) {
    back += fmt::format("{:.1f},{:.1f} ", kPlotWidth * (1 - static_cast<double>(i) / steps),
                        kPlotHeight * (1 - low[i] / kMost));
  }
  const std::string inside =
      fmt::format(R"(<polygon fill="#b8d1ef" points="{}{}"/>)", points(curve.p90, kMost), back) +
      polyline(points(curve.p50, kMost));
  return svg("完了率曲線", inside, "100%", curve.p50.empty() ? 0 : curve.p50.size() - 1);
}

std::string causes_svg(const std::vector<planner::DrillBar>& causes) {
  constexpr double kRow = 34;
  if (causes.empty()) {
    return "<p>時間内に避難できない人はいません。</p>\n";
  }
  std::string inside;
  double y = 0;
  for (const planner::DrillBar& bar : causes) {
    inside += fmt::format(
        "<text x=\"0\" y=\"{:.0f}\">{} {}人</text>"
        "<rect x=\"0\" y=\"{:.0f}\" width=\"{:.1f}\" height=\"9\" fill=\"#bf5926\"/>",
        y + 12, escaped(bar.name), planner::people_text(bar.value), y + 17,
        kPlotWidth * bar.value / causes.front().value);
    y += kRow;
  }
  return fmt::format(
      "<svg role=\"img\" aria-label=\"取り残しの理由\" viewBox=\"-4 0 {} {:.0f}\">{}</svg>\n",
      kPlotWidth + 8, y, inside);
}

std::string shelter_svg(const planner::ShelterLine& line) {
  double most = std::max(1.0, static_cast<double>(line.seats));
  for (const double value : line.mean) {
    most = std::max(most, value);
  }
  const std::string inside =
      fmt::format(
          "<line x1=\"0\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#bf5926\" "
          "stroke-dasharray=\"6 4\"/>",
          kPlotWidth, kPlotHeight * (1 - static_cast<double>(line.seats) / most),
          kPlotHeight * (1 - static_cast<double>(line.seats) / most)) +
      polyline(points(line.mean, most));
  return "<figure><figcaption>" + escaped(line.name) + "（点線は席 " + std::to_string(line.seats) +
         "）</figcaption>" +
         svg(line.name + "の席", inside, fmt::format("{:.0f}人", most),
             line.minutes.empty() ? 0 : static_cast<std::size_t>(line.minutes.back())) +
         "</figure>\n";
}

std::string section_html(const planner::DrillSection& section) {
  std::string html =
      "<h2>" + escaped(section.title) + "</h2>\n<p>" + escaped(section.note) + "</p>\n";
  if (section.table.rows.empty()) {
    return html + "<p>該当なし</p>\n";
  }
  html += "<table><thead><tr>";
  for (const std::string& cell : section.table.header) {
    html += "<th scope=\"col\">" + escaped(cell) + "</th>";
  }
  html += "</tr></thead><tbody>\n";
  for (const auto& row : section.table.rows) {
    html += "<tr>";
    for (const std::string& cell : row) {
      html += "<td>" + escaped(cell) + "</td>";
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

constexpr const char* kHead =
    "<!doctype html>\n<html lang=\"ja\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\"><style>"
    "body{font-family:\"Noto Sans CJK JP\",sans-serif;max-width:60rem;margin:2rem auto;"
    "padding:0 1rem;color:#1a1a1a}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left}th{background:#eee}"
    "svg{width:100%;max-width:45rem;height:auto}svg text{font-size:14px}"
    "figure{margin:1rem 0}</style>";

}  // namespace

std::string drill_html(const planner::DrillReport& report) {
  std::string html = std::string(kHead) + "<title>" + escaped(report.title) +
                     "</title></head><body>\n<h1>" + escaped(report.title) + "</h1>\n<p>" +
                     escaped(report.subtitle) + "</p>\n<p>" + kDrillPrivacy +
                     "</p>\n<h2>完了率曲線</h2>\n<p>帯は 10 回に 8 回が入る"
                     "範囲（P10～P90）、線は中央（P50）。割合は自宅にいた人のうち。</p>\n" +
                     curve_svg(report.curve) + "<h2>取り残しの理由（図）</h2>\n" +
                     causes_svg(report.causes) + "<h2>避難所の席（図）</h2>\n";
  for (const planner::ShelterLine& line : report.lines) {
    html += shelter_svg(line);
  }
  for (const planner::DrillSection& section : report.sections) {
    html += section_html(section);
  }
  return html + "</body></html>\n";
}

}  // namespace documents
