// SPDX-License-Identifier: Apache-2.0
#include "fg_sheet.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "route/error.hpp"
#include "xml_reader.hpp"

// A sheet (JPGIS 2014, GML): <lowerCorner>lat lon</>, <upperCorner>, <low>0 0</>, <high>224 149</>
// (last column and row), <tupleList> with one "kind,height" per line in the order +x-y from the
// north-west corner, <startPoint>column row</> of the first tuple. Cells before it and behind the
// last tuple have no data.

namespace route {
namespace {

constexpr double kLongestSide = 20'000;   // cells
constexpr double kMarginDegrees = 0.002;  // a cell or two and the disc of a sample

struct Pair {
  double first = 0;
  double second = 0;
};

class SheetReader {
 public:
  SheetReader(const std::string& file, const Box& area) : file_(file), area_(area) {}

  std::optional<FgSheet> read() {
    read_xml(file_, {[this](const XmlElement& element) { return begin(element); },
                     [this](std::string_view name) { return end(name); },
                     [this](std::string_view text) {
                       if (listening_) {
                         text_ += text;
                       }
                       return true;
                     }});
    if (!is_sheet_) {
      return std::nullopt;
    }
    if (under_area_) {
      fill();
    }
    return std::move(sheet_);
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw InputError("標高の図郭 " + file_ + " を読めません（" + why +
                     "）。もう一度入手してください");
  }

  bool begin(const XmlElement& element) {
    constexpr std::array<std::string_view, 6> kWanted{"lowerCorner", "upperCorner", "low",
                                                      "high",        "startPoint",  "tupleList"};
    listening_ = std::ranges::find(kWanted, element.name) != kWanted.end();
    text_.clear();
    if (element.name == "Envelope") {
      check_datum(element.attribute("srsName"));
    } else if (element.name == "sequenceRule") {
      const std::string_view order = element.attribute("order");
      if (!order.empty() && order != "+x-y") {
        fail("値の並び " + std::string(order) + " を知らない");
      }
    } else if (element.name == "tupleList") {
      is_sheet_ = true;
      measure();
      return under_area_;
    }
    return true;
  }

  /// 世界測地系 in its editions; they differ by less than a cell.
  void check_datum(std::string_view name) const {
    for (const std::string_view known : {"jgd2000", "jgd2011", "jgd2024"}) {
      if (name.find(known) != std::string_view::npos && name.ends_with(".bl")) {
        return;
      }
    }
    if (!name.empty()) {
      fail("座標系 " + std::string(name) + " を知らない");
    }
  }

  bool end(std::string_view name) {
    listening_ = false;
    if (name == "lowerCorner") {
      low_corner_ = pair();
    } else if (name == "upperCorner") {
      high_corner_ = pair();
    } else if (name == "low") {
      low_ = pair();
    } else if (name == "high") {
      high_ = pair();
    } else if (name == "startPoint") {
      start_ = pair();
    } else if (name == "tupleList") {
      tuples_.swap(text_);
    }
    return true;
  }

  Pair pair() const {
    Pair value;
    std::string_view rest = text_;
    for (double* number : {&value.first, &value.second}) {
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
      const auto [stop, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), *number);
      if (fault != std::errc() || !std::isfinite(*number)) {
        fail("数の組でない「" + text_.substr(0, 40) + "」");
      }
      rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()));
    }
    return value;
  }

  void measure() {
    if (!low_corner_ || !high_corner_ || !low_ || !high_) {
      fail("範囲か格子の大きさがない");
    }
    const double columns = high_->first - low_->first + 1;
    const double rows = high_->second - low_->second + 1;
    const bool sound = columns >= 1 && rows >= 1 && columns <= kLongestSide &&
                       rows <= kLongestSide && low_corner_->first < high_corner_->first &&
                       low_corner_->second < high_corner_->second && low_corner_->first >= -90 &&
                       high_corner_->first <= 90 && low_corner_->second >= -180 &&
                       high_corner_->second <= 180;
    if (!sound) {
      fail("範囲が緯度経度の順でないか、格子の大きさが変");
    }
    sheet_.south = low_corner_->first;
    sheet_.west = low_corner_->second;
    sheet_.north = high_corner_->first;
    sheet_.east = high_corner_->second;
    sheet_.columns = static_cast<int>(columns);
    sheet_.rows = static_cast<int>(rows);
    under_area_ = sheet_.south <= area_.high.lat() + kMarginDegrees &&
                  sheet_.north >= area_.low.lat() - kMarginDegrees &&
                  sheet_.west <= area_.high.lon() + kMarginDegrees &&
                  sheet_.east >= area_.low.lon() - kMarginDegrees;
  }

  void fill() {
    const auto columns = static_cast<std::size_t>(sheet_.columns);
    const std::size_t cells = columns * static_cast<std::size_t>(sheet_.rows);
    const double first =
        start_.first - low_->first + (start_.second - low_->second) * static_cast<double>(columns);
    if (!(first >= 0 && first <= static_cast<double>(cells))) {
      fail("startPoint が格子の外");
    }
    sheet_.heights.assign(cells, kNoHeight);
    auto cell = static_cast<std::size_t>(first);
    std::string_view rest = tuples_;
    while (!rest.empty()) {
      const auto line_end = std::min(rest.find('\n'), rest.size());
      const std::string_view line = trimmed(rest.substr(0, line_end));
      rest.remove_prefix(std::min(line_end + 1, rest.size()));
      if (line.empty()) {
        continue;
      }
      if (cell >= cells) {
        fail("値が格子より多い");
      }
      sheet_.heights[cell] = height_in(line);
      ++cell;
    }
  }

  static std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r";
    const auto first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
  }

  [[nodiscard]] float height_in(std::string_view tuple) const {
    const auto comma = tuple.rfind(',');
    if (comma == std::string_view::npos) {
      fail("「種別,標高」の形でない値");
    }
    const std::string_view number = tuple.substr(comma + 1);
    double metres = 0;
    const auto [stop, fault] =
        std::from_chars(number.data(), number.data() + number.size(), metres);
    if (fault != std::errc() || stop != number.data() + number.size()) {
      fail("標高が数でない");
    }
    return plausible_height(metres);
  }

  const std::string& file_;
  const Box& area_;
  FgSheet sheet_;
  std::optional<Pair> low_corner_;
  std::optional<Pair> high_corner_;
  std::optional<Pair> low_;
  std::optional<Pair> high_;
  Pair start_;
  std::string text_;
  std::string tuples_;
  bool listening_ = false;
  bool is_sheet_ = false;
  bool under_area_ = false;
};

}  // namespace

std::optional<FgSheet> read_fg_sheet(const std::string& file, const Box& area) {
  return SheetReader(file, area).read();
}

}  // namespace route
