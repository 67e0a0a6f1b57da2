// SPDX-License-Identifier: Apache-2.0
#include "registry/ids.hpp"

#include <algorithm>

#include "registry/error.hpp"

namespace registry {
namespace {

// Crockford base 32: no I, L, O, U, so that a printed id cannot be misread.
constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kTimeDigits = 10;
constexpr std::size_t kUlidLength = 26;
constexpr std::int64_t kTimeLimit = std::int64_t{1} << 48;

}  // namespace

std::string make_ulid(Instant now, const RandomSource& random) {
  TOMONI_EXPECT(now.milliseconds >= 0 && now.milliseconds < kTimeLimit);
  std::string ulid(kUlidLength, '0');
  auto time = static_cast<std::uint64_t>(now.milliseconds);
  for (std::size_t i = kTimeDigits; i-- > 0; time >>= 5U) {
    ulid[i] = kDigits[time & 31U];
  }
  std::array<std::uint8_t, 10> block{};
  random(block);
  // 80 bits in groups of five, most significant first; `pending` never holds more than 12 bits.
  std::uint32_t pending = 0;
  unsigned bits = 0;
  std::size_t at = kTimeDigits;
  for (const std::uint8_t byte : block) {
    pending = (pending << 8U) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      ulid[at++] = kDigits[(pending >> bits) & 31U];
    }
    pending &= (1U << bits) - 1U;
  }
  return ulid;
}

bool is_ulid(std::string_view text) {
  // 26 digits are 130 bits: the first one holds only three.
  return text.size() == kUlidLength && text.front() <= '7' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return kDigits.find(c) != std::string_view::npos; });
}

}  // namespace registry
