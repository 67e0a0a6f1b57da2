// SPDX-License-Identifier: Apache-2.0
#include "datagen/text.hpp"

#include <algorithm>
#include <cmath>

namespace datagen {

std::string digits(long number, std::size_t width) {
  const std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

std::string full_width(std::string_view text) {
  std::string wide;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      wide += "\xEF\xBC";  // U+FF10 and following
      wide += static_cast<char>(0x90 + (c - '0'));
    } else {
      wide += c;
    }
  }
  return wide;
}

std::string degrees_text(double degrees) {
  constexpr long kUnit = 10'000'000;
  const long whole = std::lround(degrees * static_cast<double>(kUnit));
  return std::to_string(whole / kUnit) + "." + digits(whole % kUnit, 7);
}

}  // namespace datagen
