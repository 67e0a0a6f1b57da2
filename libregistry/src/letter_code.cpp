// SPDX-License-Identifier: Apache-2.0
#include "registry/letter_code.hpp"

#include "registry/text_normalizer.hpp"

namespace registry {
namespace {

// A prime number of characters: with weights 1 ... 11 every single slip and every swap of two
// characters changes the sum.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXY";
constexpr std::size_t kBody = 10;
constexpr std::size_t kGroup = 4;
static_assert(kAlphabet.size() == 31);

char check_character(std::string_view body) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    sum += (i + 2) * kAlphabet.find(body[i]);
  }
  return kAlphabet[sum % kAlphabet.size()];
}

std::string shown(std::string_view plain) {
  std::string text;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (i > 0 && i % kGroup == 0) {
      text += '-';
    }
    text += plain[i];
  }
  return text;
}

}  // namespace

std::string make_letter_code(const RandomSource& random) {
  std::array<std::uint8_t, 10> block{};
  random(block);
  std::string body;
  // The block as one number in base 31: long division, one digit per round.
  for (std::size_t digit = 0; digit < kBody; ++digit) {
    unsigned rest = 0;
    for (std::uint8_t& byte : block) {
      const unsigned value = rest * 256 + byte;
      byte = static_cast<std::uint8_t>(value / kAlphabet.size());
      rest = static_cast<unsigned>(value % kAlphabet.size());
    }
    body += kAlphabet[rest];
  }
  return shown(body + check_character(body));
}

std::optional<std::string> parse_letter_code(std::string_view text) {
  std::string plain;
  for (const char c : normalized_code(text)) {
    if (c == '-' || c == ' ') {
      continue;
    }
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (plain.size() != kBody + 1 || plain.find_first_not_of(kAlphabet) != std::string::npos ||
      check_character(std::string_view(plain).substr(0, kBody)) != plain.back()) {
    return std::nullopt;
  }
  return shown(plain);
}

}  // namespace registry
