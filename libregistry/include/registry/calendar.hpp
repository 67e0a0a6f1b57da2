// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace registry {

/// A day of the Gregorian calendar.
using Date = std::chrono::year_month_day;

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t milliseconds = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

/// Tells the time; programs pass the system's, tests their own.
using Clock = std::function<Instant()>;

/// `2026-11-21`.
[[nodiscard]] std::string to_iso(Date date);
/// `2026-11-21T03:04:05.678Z`.
[[nodiscard]] std::string to_iso(Instant instant);
/// Strict `YYYY-MM-DD`; nothing for anything else or a day that does not exist.
[[nodiscard]] std::optional<Date> parse_iso_date(std::string_view text);

/// Why a written date was not understood.
enum class DateFault : std::uint8_t { NotADate, NoSuchDay, EraDoesNotFit };

struct ParsedDate {
  std::optional<Date> date;
  DateFault fault = DateFault::NotADate;  ///< meaningful when there is no date
};

/// Reads what city files hold: ISO, `2026/1/9`, `20260109`, 和暦 with era names or letters
/// (`昭和3年1月1日`, `S3.1.1`, 元年), seven digits with the era as 1 (明治) to 5 (令和), full-width
/// digits, Excel's `YYYY/MM/DD`. A day outside its era (昭和64年1月8日) is `EraDoesNotFit`. Eras
/// begin 1868-01-25, 1912-07-30, 1926-12-25, 1989-01-08, 2019-05-01; the second and third of these
/// days may also be written in the era that ended on them (大正15年12月25日).
[[nodiscard]] ParsedDate parse_written_date(std::string_view text);

/// `令和8年11月21日`; dates before Meiji fall back to the Gregorian form with 年月日.
[[nodiscard]] std::string to_wareki(Date date);

/// Completed years at a date. 年齢計算ニ関スル法律: a year of age is completed at the end of the
/// day before the birthday, so the age rises on that day. 0 before the birth.
[[nodiscard]] int legal_age(Date birth, Date on);

/// `2026-11-21T03:04[:05[.678]]` with `Z` or `+09:00`, or `2026-11-21 12:04[:05]` in Asia/Tokyo;
/// nothing for anything else.
[[nodiscard]] std::optional<Instant> parse_moment(std::string_view text);

/// The day it is in Asia/Tokyo (UTC+9, no summer time).
[[nodiscard]] Date tokyo_date(Instant instant);
/// `2026-11-21 12:04` in Asia/Tokyo.
[[nodiscard]] std::string tokyo_time(Instant instant);

}  // namespace registry
