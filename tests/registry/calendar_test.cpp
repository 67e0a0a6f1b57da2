// SPDX-License-Identifier: Apache-2.0
#include "registry/calendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/calendar.h>

#include <memory>
#include <random>
#include <string>

namespace registry {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr Date day(int y, unsigned m, unsigned d) {
  return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

std::string read(std::string_view text) {
  const ParsedDate parsed = parse_written_date(text);
  if (parsed.date) {
    return to_iso(*parsed.date);
  }
  switch (parsed.fault) {
    case DateFault::NotADate:
      return "not a date";
    case DateFault::NoSuchDay:
      return "no such day";
    case DateFault::EraDoesNotFit:
      return "era does not fit";
  }
  return "";
}

TEST(Calendar, ReadsTheFormsThatCityFilesHold) {
  for (const char* text :
       {"昭和3年1月1日", "昭和３年１月１日", "昭和03年01月01日", "S3.1.1", "s3/1/1", "Ｓ３．１．１",
        "S03-01-01", "昭3.1.1", "㍼3年1月1日", "3030101", "S030101", "1928-01-01", "1928/1/1",
        "1928/01/01", "19280101", "１９２８０１０１", "1928年1月1日", " 昭和 3年 1月 1日　"}) {
    EXPECT_EQ(read(text), "1928-01-01") << text;
  }
  EXPECT_EQ(read("2026/1/9"), "2026-01-09");
  EXPECT_EQ(read("20260109"), "2026-01-09");
  EXPECT_EQ(read("R8.11.21"), "2026-11-21");
}

TEST(Calendar, ReadsEraCodesOfResidentRecords) {
  EXPECT_EQ(read("1330101"), "1900-01-01");
  EXPECT_EQ(read("2010730"), "1912-07-30");
  EXPECT_EQ(read("3010107"), "era does not fit");  // 昭和 began on 25 December of its first year
  EXPECT_EQ(read("4010108"), "1989-01-08");
  EXPECT_EQ(read("5010501"), "2019-05-01");
  EXPECT_EQ(read("7010101"), "not a date");  // the pension scheme's 平成
}

TEST(Calendar, ErasBeginOnTheirFirstDay) {
  EXPECT_EQ(read("明治元年1月25日"), "1868-01-25");
  EXPECT_EQ(read("大正元年7月30日"), "1912-07-30");
  EXPECT_EQ(read("昭和元年12月25日"), "1926-12-25");
  EXPECT_EQ(read("昭和64年1月7日"), "1989-01-07");
  EXPECT_EQ(read("平成元年1月8日"), "1989-01-08");
  EXPECT_EQ(read("平成31年4月30日"), "2019-04-30");
  EXPECT_EQ(read("令和元年5月1日"), "2019-05-01");
}

TEST(Calendar, DayOutsideItsEraIsRefused) {
  for (const char* text :
       {"昭和64年1月8日", "平成31年5月1日", "平成元年1月7日", "令和元年4月30日", "大正元年7月29日",
        "大正15年12月26日", "明治45年7月31日", "昭和0年1月1日"}) {
    EXPECT_EQ(read(text), "era does not fit") << text;
  }
}

TEST(Calendar, LastDayOfMeijiAndTaishoHasTwoNames) {
  EXPECT_EQ(read("明治45年7月30日"), "1912-07-30");
  EXPECT_EQ(read("大正15年12月25日"), "1926-12-25");
}

TEST(Calendar, DayThatDoesNotExistIsRefused) {
  for (const char* text : {"2026-02-29", "昭和3年2月30日", "2026/13/1", "20260001", "2026-01-32",
                           "00000000", "平成元年0月1日", "9999/99/99"}) {
    EXPECT_EQ(read(text), "no such day") << text;
  }
}

TEST(Calendar, WhatIsNoDateIsRefused) {
  for (const char* text : {"", "不詳", "昭和", "3年1月1日", "昭和3年1月", "昭和3年1月1", "2026/1-9",
                           "S3..1", "元年1月1日", "2026-01-09T00:00", "99/1/1", "昭和3年1月1日生",
                           "-1-1-1", "\xFF\xFE", "２０２６"}) {
    EXPECT_EQ(read(text), "not a date") << text;
  }
}

TEST(Calendar, WarekiAgreesWithTheJapaneseCalendarOfIcuAndReadsBack) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> icu_calendar(icu::Calendar::createInstance(
      *icu::TimeZone::getGMT(), icu::Locale("ja_JP@calendar=japanese"), status));
  ASSERT_TRUE(U_SUCCESS(status));
  const std::string names[] = {"明治", "大正", "昭和", "平成", "令和"};
  for (sys_days at = day(1873, 1, 1); at <= sys_days{day(2040, 12, 31)}; at += days{1}) {
    const Date date{at};
    icu_calendar->setTime(static_cast<double>(at.time_since_epoch().count()) * 86400e3, status);
    const int year = icu_calendar->get(UCAL_YEAR, status);
    const int era = icu_calendar->get(UCAL_ERA, status) - 232;  // ICU counts 大化 as 0
    const std::string expected = names[era] + (year == 1 ? "元" : std::to_string(year)) + "年" +
                                 std::to_string(unsigned{date.month()}) + "月" +
                                 std::to_string(unsigned{date.day()}) + "日";
    ASSERT_EQ(to_wareki(date), expected);
    ASSERT_EQ(read(expected), to_iso(date));
  }
}

TEST(Calendar, DaysBeforeMeijiAreWrittenInTheGregorianForm) {
  EXPECT_EQ(to_wareki(day(1868, 1, 24)), "1868年1月24日");
  EXPECT_EQ(to_wareki(day(2026, 11, 21)), "令和8年11月21日");
  EXPECT_EQ(to_wareki(day(2019, 5, 1)), "令和元年5月1日");
}

TEST(Calendar, AgeRisesOnTheDayBeforeTheBirthday) {
  EXPECT_EQ(legal_age(day(1961, 4, 2), day(2026, 3, 31)), 64);
  EXPECT_EQ(legal_age(day(1961, 4, 2), day(2026, 4, 1)), 65);
  EXPECT_EQ(legal_age(day(1961, 1, 1), day(2025, 12, 30)), 64);
  EXPECT_EQ(legal_age(day(1961, 1, 1), day(2025, 12, 31)), 65);
}

TEST(Calendar, BirthOnLeapDayAndOnFirstOfMarch) {
  EXPECT_EQ(legal_age(day(1960, 2, 29), day(2025, 2, 27)), 64);
  EXPECT_EQ(legal_age(day(1960, 2, 29), day(2025, 2, 28)), 65);
  EXPECT_EQ(legal_age(day(1960, 2, 29), day(2024, 2, 27)), 63);
  EXPECT_EQ(legal_age(day(1960, 2, 29), day(2024, 2, 28)), 64);
  EXPECT_EQ(legal_age(day(1960, 3, 1), day(2024, 2, 28)), 63);
  EXPECT_EQ(legal_age(day(1960, 3, 1), day(2024, 2, 29)), 64);
}

TEST(Calendar, AgeIsTheOrdinaryAgeOfTheNextDay) {
  constexpr unsigned kSeed = 20261121;
  SCOPED_TRACE(kSeed);
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<int> span(0, 40000);
  for (int i = 0; i < 20000; ++i) {
    const sys_days birth = sys_days{day(1910, 1, 1)} + days{span(random)};
    const sys_days on = birth + days{span(random)};
    const Date born{birth};
    const Date next{on + days{1}};
    const bool before_birthday =
        std::pair(next.month(), next.day()) < std::pair(born.month(), born.day());
    const int expected = int{next.year()} - int{born.year()} - (before_birthday ? 1 : 0);
    ASSERT_EQ(legal_age(born, Date{on}), expected) << to_iso(born) << " on " << to_iso(Date{on});
  }
}

TEST(Calendar, NobodyIsYoungerThanZero) {
  EXPECT_EQ(legal_age(day(2026, 5, 1), day(2026, 5, 1)), 0);
  EXPECT_EQ(legal_age(day(2026, 5, 1), day(2020, 5, 1)), 0);
}

TEST(Calendar, IsoDateIsStrict) {
  EXPECT_EQ(parse_iso_date("2024-02-29"), day(2024, 2, 29));
  for (const char* text : {"2023-02-29", "2024-2-29", "2024/02/29", "2024-02-29 ", "24-02-29", "",
                           "2024-13-01", "+024-02-01", "2024-02-2x"}) {
    EXPECT_EQ(parse_iso_date(text), std::nullopt) << text;
  }
}

TEST(Calendar, InstantIsWrittenInUtcAndInTokyoTime) {
  const Instant instant{1795230245678};  // date -u -d @1795230245
  EXPECT_EQ(to_iso(instant), "2026-11-21T03:04:05.678Z");
  EXPECT_EQ(tokyo_time(instant), "2026-11-21 12:04");
  EXPECT_EQ(to_iso(Instant{-1}), "1969-12-31T23:59:59.999Z");
}

TEST(Calendar, DayInTokyoBeginsAtFifteenHoursUtc) {
  const std::int64_t midnight_utc = 1795219200000;  // 2026-11-21T00:00Z
  const std::int64_t hour = 3600000;
  EXPECT_EQ(to_iso(tokyo_date(Instant{midnight_utc + 15 * hour - 1})), "2026-11-21");
  EXPECT_EQ(to_iso(tokyo_date(Instant{midnight_utc + 15 * hour})), "2026-11-22");
}

}  // namespace
}  // namespace registry
