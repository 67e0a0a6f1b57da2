// SPDX-License-Identifier: Apache-2.0
#include "registry/calendar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "digits.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

struct Era {
  std::string_view name;
  std::string_view short_name;
  char letter;
  Date begin;
  /// The last day that may be written in this era. 明治 and 大正 ended on the day the next one
  /// began, so that day has two names; 昭和 and 平成 ended the day before.
  Date last;
};

constexpr Date day(int y, unsigned m, unsigned d) {
  return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

constexpr std::array<Era, 5> kEras{{
    {"明治", "明", 'M', day(1868, 1, 25), day(1912, 7, 30)},
    {"大正", "大", 'T', day(1912, 7, 30), day(1926, 12, 25)},
    {"昭和", "昭", 'S', day(1926, 12, 25), day(1989, 1, 7)},
    {"平成", "平", 'H', day(1989, 1, 8), day(2019, 4, 30)},
    {"令和", "令", 'R', day(2019, 5, 1), day(9999, 12, 31)},
}};

std::string padded(int value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// NFKC (full-width digits, ㍼) without spaces; letters in upper case.
std::string folded(std::string_view text) {
  std::string plain;
  for (const char c : unicode::nfkc(text)) {
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
      plain.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
  }
  return plain;
}

/// Eats the text from the left.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool eat(std::string_view word) {
    if (word.empty() || !rest_.starts_with(word)) {
      return false;
    }
    rest_.remove_prefix(word.size());
    return true;
  }

  /// Up to `most` digits, at least `least`.
  std::optional<int> digits(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    while (count < rest_.size() && count < most && is_digit(rest_[count])) {
      ++count;
    }
    if (count < least) {
      return std::nullopt;
    }
    const int value = number(rest_.substr(0, count));
    rest_.remove_prefix(count);
    return value;
  }

  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

struct Triple {
  int year = 0;
  int month = 0;
  int day = 0;
};

ParsedDate checked(const Era* era, Triple t) {
  const int year = era == nullptr ? t.year : int{era->begin.year()} + t.year - 1;
  const Date date = day(year, static_cast<unsigned>(t.month), static_cast<unsigned>(t.day));
  if (!date.ok() || t.month > 12 || t.day > 31 || year < 1) {
    return {std::nullopt, DateFault::NoSuchDay};
  }
  if (era != nullptr && (t.year < 1 || date < era->begin || era->last < date)) {
    return {std::nullopt, DateFault::EraDoesNotFit};
  }
  return {date, DateFault::NotADate};
}

const Era* eat_era(Reader& reader) {
  for (const Era& era : kEras) {
    if (reader.eat(era.name) || reader.eat(era.short_name) ||
        reader.eat(std::string_view(&era.letter, 1))) {
      return &era;
    }
  }
  return nullptr;
}

/// `YYYYMMDD`, `EYYMMDD` with the era as digit or letter. The digits 1 to 5 are those of resident
/// records and taxes; pensions count 1, 3, 5, 7, 9, which nobody can tell apart from the bytes.
std::optional<ParsedDate> parse_packed(std::string_view text) {
  if (text.size() == 8 && all_digits(text)) {
    return checked(
        nullptr, {number(text.substr(0, 4)), number(text.substr(4, 2)), number(text.substr(6, 2))});
  }
  if (text.size() != 7 || !all_digits(text.substr(1))) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < kEras.size(); ++i) {
    if (text.front() == kEras[i].letter || text.front() == static_cast<char>('1' + i)) {
      return checked(&kEras[i], {number(text.substr(1, 2)), number(text.substr(3, 2)),
                                 number(text.substr(5, 2))});
    }
  }
  return std::nullopt;
}

struct Marks {
  std::string_view after_year, after_month, after_day;
};
constexpr std::array<Marks, 4> kMarks{
    {{"年", "月", "日"}, {"/", "/", ""}, {".", ".", ""}, {"-", "-", ""}}};

ParsedDate parse_separated(std::string_view text) {
  Reader reader(text);
  const Era* const era = eat_era(reader);
  const bool first_year = era != nullptr && reader.eat("元");
  const auto year = first_year       ? std::optional<int>(1)
                    : era != nullptr ? reader.digits(1, 2)
                                     : reader.digits(4, 4);
  if (!year) {
    return {};
  }
  for (const Marks& marks : kMarks) {
    Reader tail(reader.rest());
    if (!tail.eat(marks.after_year)) {
      continue;
    }
    const auto month = tail.digits(1, 2);
    if (!month || !tail.eat(marks.after_month)) {
      return {};
    }
    const auto day_of_month = tail.digits(1, 2);
    if (!day_of_month || tail.rest() != marks.after_day) {
      return {};
    }
    return checked(era, {*year, *month, *day_of_month});
  }
  return {};
}

sys_time<milliseconds> moment(Instant instant) {
  return sys_time<milliseconds>(milliseconds(instant.milliseconds));
}

struct Split {
  Date date{};
  std::chrono::hh_mm_ss<milliseconds> time;
};

Split split(sys_time<milliseconds> time) {
  const sys_days midnight = std::chrono::floor<days>(time);
  return {Date{midnight}, std::chrono::hh_mm_ss<milliseconds>(time - midnight)};
}

constexpr std::chrono::hours kTokyoOffset{9};

}  // namespace

std::string to_iso(Date date) {
  return padded(int{date.year()}, 4) + "-" + padded(static_cast<int>(unsigned{date.month()}), 2) +
         "-" + padded(static_cast<int>(unsigned{date.day()}), 2);
}

std::string to_iso(Instant instant) {
  const auto [date, time] = split(moment(instant));
  return to_iso(date) + "T" + padded(static_cast<int>(time.hours().count()), 2) + ":" +
         padded(static_cast<int>(time.minutes().count()), 2) + ":" +
         padded(static_cast<int>(time.seconds().count()), 2) + "." +
         padded(static_cast<int>(time.subseconds().count()), 3) + "Z";
}

std::optional<Date> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !all_digits(text.substr(0, 4)) ||
      !all_digits(text.substr(5, 2)) || !all_digits(text.substr(8, 2))) {
    return std::nullopt;
  }
  return checked(nullptr,
                 {number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2))})
      .date;
}

ParsedDate parse_written_date(std::string_view text) {
  const std::string plain = folded(text);
  if (const auto packed = parse_packed(plain)) {
    return *packed;
  }
  return parse_separated(plain);
}

std::string to_wareki(Date date) {
  std::string year = std::to_string(int{date.year()});
  for (const Era& era : kEras) {
    if (era.begin <= date) {  // the latest one that has begun wins
      const int of_era = int{date.year()} - int{era.begin.year()} + 1;
      year = std::string(era.name) + (of_era == 1 ? "元" : std::to_string(of_era));
    }
  }
  return year + "年" + std::to_string(unsigned{date.month()}) + "月" +
         std::to_string(unsigned{date.day()}) + "日";
}

int legal_age(Date birth, Date on) {
  // A 29 February that the year lacks is counted as 1 March by sys_days, so that a year of age is
  // complete at the end of 28 February in any year (民法143条2項).
  const auto completed_on = [birth](int age) {
    return sys_days{birth + std::chrono::years{age}} - days{1};
  };
  int age = int{on.year()} - int{birth.year()} + 1;  // born on 1 January: rises on 31 December
  while (age > 0 && sys_days{on} < completed_on(age)) {
    --age;
  }
  return std::max(age, 0);
}

std::optional<Instant> parse_moment(std::string_view text) {
  if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) {
    return std::nullopt;
  }
  const bool in_tokyo = text[10] == ' ';
  const auto date = parse_iso_date(text.substr(0, 10));
  std::string_view clock = text.substr(11);
  std::chrono::minutes offset = in_tokyo ? kTokyoOffset : std::chrono::hours(0);
  if (!in_tokyo) {
    if (clock.ends_with("Z")) {
      clock.remove_suffix(1);
    } else if (clock.ends_with("+09:00")) {
      clock.remove_suffix(6);
      offset = kTokyoOffset;
    } else {
      return std::nullopt;
    }
  }
  const auto two = [&](std::size_t at, char before, int most) {
    const bool fits = clock.size() >= at + 2 && (before == '\0' || clock[at - 1] == before) &&
                      all_digits(clock.substr(at, 2)) && number(clock.substr(at, 2)) <= most;
    return fits ? number(clock.substr(at, 2)) : -1;
  };
  const int hour = two(0, '\0', 23);
  const int minute = two(3, ':', 59);
  const int second = clock.size() == 5 ? 0 : two(6, ':', 59);
  int thousandth = 0;
  if (clock.size() == 12 && clock[8] == '.' && all_digits(clock.substr(9, 3))) {
    thousandth = number(clock.substr(9, 3));
  } else if (clock.size() != 5 && clock.size() != 8) {
    return std::nullopt;
  }
  if (!date || hour < 0 || minute < 0 || second < 0) {
    return std::nullopt;
  }
  const auto at = std::chrono::sys_days(*date) + std::chrono::hours(hour) +
                  std::chrono::minutes(minute) + std::chrono::seconds(second) +
                  std::chrono::milliseconds(thousandth) - offset;
  return Instant{
      std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count()};
}

Date tokyo_date(Instant instant) {
  return split(moment(instant) + kTokyoOffset).date;
}

std::string tokyo_time(Instant instant) {
  const auto [date, time] = split(moment(instant) + kTokyoOffset);
  return to_iso(date) + " " + padded(static_cast<int>(time.hours().count()), 2) + ":" +
         padded(static_cast<int>(time.minutes().count()), 2);
}

}  // namespace registry
