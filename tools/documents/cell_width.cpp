// SPDX-License-Identifier: Apache-2.0
#include "documents/cell_width.hpp"

#include <algorithm>

namespace documents {
namespace {

constexpr unsigned char kThreeBytes = 0xE0;  // lead bytes from here on: U+0800 and above
constexpr unsigned char kContinuation = 0x80;
constexpr unsigned char kLead = 0xC0;

}  // namespace

std::size_t cell_width(std::string_view utf8) {
  std::size_t widest = 0;
  std::size_t line = 0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      line = 0;
    } else if ((byte & kLead) != kContinuation) {
      line += byte >= kThreeBytes ? 2 : 1;
    }
    widest = std::max(widest, line);
  }
  return widest;
}

}  // namespace documents
