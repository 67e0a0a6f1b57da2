// SPDX-License-Identifier: Apache-2.0
#include "iso_instant.hpp"

#include <charconv>

namespace registry {
namespace {

constexpr std::size_t kDay = 10;        // 2026-11-21
constexpr std::size_t kSecondEnd = 19;  // 2026-11-21T12:04:05

/// Two digits at a place, at most `most`.
std::optional<int> two_digits(std::string_view text, std::size_t at, int most) {
  int value = 0;
  if (at + 2 > text.size()) {
    return std::nullopt;
  }
  const char* begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + 2, value);
  return error == std::errc() && end == begin + 2 && value >= 0 && value <= most
             ? std::optional(value)
             : std::nullopt;
}

/// Minutes east of UTC.
std::optional<int> offset_of(std::string_view text) {
  if (text == "Z") {
    return 0;
  }
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
    return std::nullopt;
  }
  const auto hours = two_digits(text, 1, 14);
  const auto minutes = two_digits(text, 4, 59);
  if (!hours || !minutes) {
    return std::nullopt;
  }
  const int total = *hours * 60 + *minutes;
  return text[0] == '-' ? -total : total;
}

}  // namespace

std::optional<Instant> parse_iso_instant(std::string_view text) {
  if (text.size() <= kSecondEnd || text[kDay] != 'T' || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  const auto day = parse_iso_date(text.substr(0, kDay));
  const auto hour = two_digits(text, 11, 23);
  const auto minute = two_digits(text, 14, 59);
  const auto second = two_digits(text, 17, 59);
  std::string_view rest = text.substr(kSecondEnd);
  if (rest.starts_with('.')) {
    rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
  }
  const auto offset = offset_of(rest);
  if (!day || !hour || !minute || !second || !offset) {
    return std::nullopt;
  }
  const auto days = std::chrono::sys_days(*day).time_since_epoch().count();
  const std::int64_t minutes = std::int64_t{days} * 1440 + *hour * 60 + *minute - *offset;
  return Instant{(minutes * 60 + *second) * 1000};
}

}  // namespace registry
