// SPDX-License-Identifier: Apache-2.0
#include "xlsx_cells.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "registry/calendar.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

constexpr double kExact = 1e15;  // spreadsheets keep 15 significant digits

bool is_builtin_date(int id) {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
         (id >= 50 && id <= 58);
}

/// The code without literal text: quotes, escapes, and colours or locales in brackets.
std::string bare_code(std::string_view code) {
  std::string bare;
  bool quoted = false;
  bool bracket = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (quoted) {
      quoted = c != '"';
    } else if (bracket) {
      bracket = c != ']';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[') {
      bracket = true;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;  // the next character is literal, a width or a filling
    } else {
      bare.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
  }
  return bare;
}

std::string shortest(double value) {
  std::array<char, 400> buffer{};
  char* const end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed)
          .ptr;
  return {buffer.data(), end};
}

NumberText date_text(double value, DaySystem days) {
  const auto serial = static_cast<int>(std::floor(value));
  if (days == DaySystem::From1904) {
    return {.text =
                to_iso(Date{std::chrono::sys_days{Date{std::chrono::year{1904},
                                                       std::chrono::January, std::chrono::day{1}}} +
                            std::chrono::days{serial}})};
  }
  // Day 60 is 1900-02-29, which the first spreadsheets took for a leap day.
  if (serial == 60) {
    return {.text = {}, .no_such_day = true};
  }
  const Date zero{std::chrono::year{1899}, std::chrono::December,
                  std::chrono::day{serial < 60 ? 31U : 30U}};
  return {.text = to_iso(Date{std::chrono::sys_days{zero} + std::chrono::days{serial}})};
}

}  // namespace

NumberFormat number_format(int id, std::string_view code) {
  if (is_builtin_date(id)) {
    return {.is_date = true};
  }
  const std::string bare = bare_code(code);
  if (bare.empty() || bare == "general" || bare == "@") {
    return {};
  }
  if (bare.find_first_not_of('0') == std::string::npos) {
    return {.is_date = false, .zeros = bare.size()};
  }
  // y, d and the eras g/e name days; h and s alone times; `e+` is the exponent of a number.
  const bool exponent =
      bare.find("e+") != std::string::npos || bare.find("e-") != std::string::npos;
  return {.is_date = bare.find_first_of(exponent ? "yd" : "ydge") != std::string::npos};
}

std::optional<NumberText> number_text(std::string_view raw, const NumberFormat& format,
                                      DaySystem days) {
  double value = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (error != std::errc() || end != raw.data() + raw.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  constexpr double kLastDay = 2958466;  // 9999-12-31
  if (format.is_date && value >= 1 && value < kLastDay) {
    return date_text(value, days);
  }
  const bool whole = std::floor(value) == value;
  if (whole && std::abs(value) >= kExact) {
    return NumberText{.text = {}, .digits_lost = true};
  }
  NumberText result{.text = shortest(value)};
  if (whole && value >= 0 && result.text.size() < format.zeros) {
    result.text.insert(0, format.zeros - result.text.size(), '0');
    result.zeros_restored = true;
  }
  return result;
}

std::optional<CellPlace> cell_place(std::string_view reference) {
  std::size_t at = 0;
  std::size_t column = 0;
  while (at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z') {
    column = column * 26 + static_cast<std::size_t>(reference[at] - 'A') + 1;
    if (++at > 3) {
      return std::nullopt;
    }
  }
  CellPlace place;
  const auto [end, error] =
      std::from_chars(reference.data() + at, reference.data() + reference.size(), place.row);
  if (column == 0 || error != std::errc() || end != reference.data() + reference.size() ||
      place.row == 0) {
    return std::nullopt;
  }
  place.column = column - 1;
  return place;
}

std::string unescaped(std::string_view text) {
  std::string result;
  std::size_t done = 0;
  for (std::size_t at = text.find("_x"); at != std::string_view::npos; at = text.find("_x", at)) {
    constexpr std::size_t kLength = 7;  // _xHHHH_
    unsigned point = 0;
    const std::string_view escape = text.substr(at, kLength);
    const auto parsed = escape.size() < kLength
                            ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                            : std::from_chars(escape.data() + 2, escape.data() + 6, point, 16);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (parsed.ec != std::errc() || parsed.ptr != escape.data() + 6 || escape.back() != '_' ||
        surrogate || point == 0) {
      at += 2;
      continue;
    }
    result += text.substr(done, at - done);
    result += unicode::to_utf8(std::u32string(1, static_cast<char32_t>(point)));
    at += kLength;
    done = at;
  }
  return result + std::string(text.substr(done));
}

}  // namespace registry
