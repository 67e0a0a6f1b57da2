// SPDX-License-Identifier: Apache-2.0
#include "registry/paper_key.hpp"

#include <sodium.h>

#include <span>
#include <vector>

#include "registry/error.hpp"
#include "sealing.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

// Crockford's base 32: no I, L, O, U, which are misread or misspoken.
constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kBitsPerDigit = 5;
constexpr std::size_t kGroup = 4;  // digits that carry the key, beside the one that checks them
constexpr std::size_t kGroups = 13;
constexpr std::size_t kGroupsPerLine = 5;
constexpr std::size_t kSecretBits = 256;
constexpr std::size_t kMarkBits = kGroups * kGroup * kBitsPerDigit - kSecretBits;  // 4
static_assert(kMarkBits == 4);

/// Times x in GF(32), modulo x^5 + x^2 + 1: a check digit built on it notices every single wrong
/// digit and every swap of two digits or two groups.
unsigned times_x(unsigned value) {
  value <<= 1U;
  return (value & 32U) != 0 ? value ^ 37U : value;
}

unsigned check_digit(std::size_t group, const std::vector<unsigned>& digits) {
  auto sum = static_cast<unsigned>(group + 1);
  for (std::size_t i = 0; i < kGroup; ++i) {
    sum = times_x(sum) ^ digits[group * kGroup + i];
  }
  return times_x(sum);
}

/// Four bits that depend on the secret and on what it is for.
unsigned mark(const PaperKey& key) {
  const std::string_view label = key.use == PaperKeyUse::Recovery ? "recovery" : "backup";
  return sealing::keyed_hash(key.secret, label)[0] & 15U;
}

using Bits = std::vector<bool>;

void append_bits(Bits& bits, unsigned value, std::size_t count) {
  for (std::size_t i = count; i > 0; --i) {
    bits.push_back(((value >> (i - 1)) & 1U) != 0);
  }
}

unsigned take_bits(const Bits& bits, std::size_t from, std::size_t count) {
  unsigned value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    value = (value << 1U) | (bits[i] ? 1U : 0U);
  }
  return value;
}

/// The digit a typed character stands for, or -1.
int digit_of(char32_t c) {
  if (c >= U'a' && c <= U'z') {
    c -= U'a' - U'A';
  }
  if (c == U'O') {
    c = U'0';
  }
  if (c == U'I' || c == U'L') {
    c = U'1';
  }
  const auto at = c < 128 ? kDigits.find(static_cast<char>(c)) : std::string_view::npos;
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

bool is_separator(char32_t c) {
  // Hyphens and dashes of every kind, and the long vowel mark a Japanese keyboard gives for one.
  const bool dash = c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30FC;
  return dash || c == U'\n' || c == U'\r' || c == U'\t' || unicode::is_space(c) ||
         unicode::is_invisible(c);
}

std::vector<unsigned> typed_digits(std::string_view text) {
  std::vector<unsigned> typed;
  for (const char32_t c : unicode::code_points(unicode::nfkc(text))) {
    if (is_separator(c)) {
      continue;
    }
    const int digit = digit_of(c);
    if (digit < 0) {
      throw InputError("鍵の " + std::to_string(typed.size() / (kGroup + 1) + 1) +
                       " 番目の組に、鍵には使わない文字があります。紙と見比べてください。");
    }
    typed.push_back(static_cast<unsigned>(digit));
  }
  const std::size_t wanted = kGroups * (kGroup + 1);
  if (typed.size() != wanted) {
    throw InputError("鍵の文字数が違います（" + std::to_string(typed.size()) +
                     " 文字。5 文字ずつ " + std::to_string(kGroups) + " 組の " +
                     std::to_string(wanted) +
                     " 文字が必要です）。抜けや重なりがないか、紙と見比べてください。");
  }
  return typed;
}

}  // namespace

PublicKey PaperKey::public_key() const {
  PublicKey key{};
  std::array<unsigned char, crypto_box_SECRETKEYBYTES> ignored{};
  crypto_box_seed_keypair(key.data(), ignored.data(), secret.data());
  sodium_memzero(ignored.data(), ignored.size());
  return key;
}

PaperKey make_paper_key(PaperKeyUse use) {
  sealing::need_sodium();
  PaperKey key{.use = use, .secret = {}};
  randombytes_buf(key.secret.data(), key.secret.size());
  return key;
}

std::string to_text(const PaperKey& key) {
  Bits bits;
  for (const unsigned char byte : key.secret) {
    append_bits(bits, byte, 8);
  }
  append_bits(bits, mark(key), kMarkBits);
  std::vector<unsigned> digits;
  for (std::size_t i = 0; i < bits.size(); i += kBitsPerDigit) {
    digits.push_back(take_bits(bits, i, kBitsPerDigit));
  }
  std::string text;
  for (std::size_t group = 0; group < kGroups; ++group) {
    for (std::size_t i = 0; i < kGroup; ++i) {
      text += kDigits[digits[group * kGroup + i]];
    }
    text += kDigits[check_digit(group, digits)];
    const bool line_ends = group % kGroupsPerLine == kGroupsPerLine - 1 || group == kGroups - 1;
    text += line_ends ? '\n' : '-';
  }
  return text;
}

PaperKey parse_paper_key(std::string_view text, PaperKeyUse use) {
  const std::vector<unsigned> typed = typed_digits(text);
  std::vector<unsigned> digits;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (i % (kGroup + 1) != kGroup) {
      digits.push_back(typed[i]);
    }
  }
  Bits bits;
  for (std::size_t group = 0; group < kGroups; ++group) {
    if (check_digit(group, digits) != typed[group * (kGroup + 1) + kGroup]) {
      throw InputError("鍵の " + std::to_string(group + 1) +
                       " 番目の組が違います。この組を紙と見比べてください。");
    }
    for (std::size_t i = 0; i < kGroup; ++i) {
      append_bits(bits, digits[group * kGroup + i], kBitsPerDigit);
    }
  }
  PaperKey key{.use = use, .secret = {}};
  for (std::size_t i = 0; i < key.secret.size(); ++i) {
    key.secret.at(i) = static_cast<unsigned char>(take_bits(bits, 8 * i, 8));
  }
  if (take_bits(bits, kSecretBits, kMarkBits) != mark(key)) {
    throw InputError(
        use == PaperKeyUse::Recovery
            ? "これは復旧用の鍵ではありません。「復旧用」と書いた紙の鍵を入れてください。"
            : "これは控え用の鍵ではありません。「控え用」の鍵を入れてください。");
  }
  return key;
}

std::string public_key_text(const PublicKey& key) {
  return sealing::to_hex(key) + "\n";
}

PublicKey parse_public_key(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
    text.remove_suffix(1);
  }
  const auto key = sealing::key_from_hex(text);
  if (!key) {
    throw InputError("公開鍵が壊れています（64 桁の 16 進数が必要です）。鍵を作り直してください。");
  }
  return *key;
}

std::string key_name(const PublicKey& key) {
  const sealing::Key hash = sealing::hash(key);
  return sealing::to_hex(std::span(hash).first<8>());
}

}  // namespace registry
