// SPDX-License-Identifier: Apache-2.0
// The ASCII digits of codes, dates and numbers in files.
#pragma once

#include <algorithm>
#include <string_view>

namespace registry {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The same of a code point.
[[nodiscard]] constexpr bool is_digit_point(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// At least one character, and nothing but digits.
[[nodiscard]] constexpr bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return is_digit(c); });
}

}  // namespace registry
