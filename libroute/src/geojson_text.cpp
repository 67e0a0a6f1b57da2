// SPDX-License-Identifier: Apache-2.0
#include "geojson_text.hpp"

#include <array>
#include <charconv>
#include <cstdlib>

namespace route {
namespace {

void append_degrees(std::string& text, std::int32_t degrees_e7) {
  constexpr std::size_t kDecimals = 7;
  std::string digits = std::to_string(std::abs(static_cast<std::int64_t>(degrees_e7)));
  if (digits.size() <= kDecimals) {
    digits.insert(0, kDecimals + 1 - digits.size(), '0');
  }
  digits.insert(digits.size() - kDecimals, ".");
  text += degrees_e7 < 0 ? "-" : "";
  text += digits;
}

}  // namespace

void append_line(std::string& text, const Polyline& line) {
  text += '[';
  for (const LatLon point : line) {
    text += text.back() == '[' ? "[" : ",[";
    append_degrees(text, point.lon_e7);
    text += ',';
    append_degrees(text, point.lat_e7);
    text += ']';
  }
  text += ']';
}

void append_minutes(std::string& text, std::uint32_t seconds) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), seconds / 60.0);
  text.append(buffer.data(), end.ptr);
}

void append_quoted(std::string& text, std::string_view value) {
  constexpr std::string_view kHex = "0123456789abcdef";
  text += '"';
  for (const char letter : value) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      text += '\\';
      text += letter;
    } else if (code < 0x20) {
      text += "\\u00";
      text += kHex[code >> 4U];
      text += kHex[code & 0xFU];
    } else {
      text += letter;
    }
  }
  text += '"';
}

}  // namespace route
