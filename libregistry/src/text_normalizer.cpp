// SPDX-License-Identifier: Apache-2.0
#include "registry/text_normalizer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "digits.hpp"
#include "folded_text.hpp"
#include "kanji_variants.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

constexpr char32_t kLongVowel = U'ー';

char32_t folded_kana(char32_t c) {
  constexpr std::u32string_view kSmall = U"ァィゥェォッャュョヮヵヶヴ";
  constexpr std::u32string_view kLarge = U"アイウエオツヤユヨワカケブ";
  static_assert(kSmall.size() == kLarge.size());
  constexpr char32_t kToKatakana = U'ア' - U'あ';
  const bool hiragana = (c >= U'ぁ' && c <= U'ゖ') || c == U'ゝ' || c == U'ゞ';
  const char32_t katakana = hiragana ? c + kToKatakana : c;
  const std::size_t small = kSmall.find(katakana);
  return small == std::u32string_view::npos ? katakana : kLarge[small];
}

char32_t folded_mark(char32_t c) {
  // NFKC has already made － and ﹣ a hyphen, ～ a tilde.
  constexpr std::u32string_view kDashes = U"‐‑‒–—―−─━";
  if (kDashes.find(c) != std::u32string_view::npos) {
    return U'-';
  }
  return c == U'〜' ? U'~' : c;
}

char32_t folded(char32_t c) {
  if (c >= U'a' && c <= U'z') {
    return c - U'a' + U'A';
  }
  return folded_kanji(folded_kana(folded_mark(c)));
}

/// 0 to 999 in kanji, with or without 十 and 百 (二十三, 二三).
std::optional<int> kanji_number(std::u32string_view text) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  int total = 0;
  int digits = 0;
  bool any_digit = false;
  for (const char32_t c : text) {
    if (c == U'十' || c == U'百') {
      total += (any_digit ? digits : 1) * (c == U'十' ? 10 : 100);
      digits = 0;
      any_digit = false;
      continue;
    }
    const std::size_t digit = kDigits.find(c);
    if (digit == std::u32string_view::npos || digits > 99) {
      return std::nullopt;
    }
    digits = digits * 10 + static_cast<int>(digit);
    any_digit = true;
  }
  return total + digits;
}

/// 五丁目 to 5丁目; numbers elsewhere may be part of a name (三郷, 八千代).
std::u32string with_block_digits(std::u32string_view text) {
  constexpr std::u32string_view kBlock = U"丁目";
  constexpr std::u32string_view kNumerals = U"〇一二三四五六七八九十百";
  std::u32string result;
  std::size_t done = 0;
  for (std::size_t at = text.find(kBlock); at != std::u32string_view::npos;
       at = text.find(kBlock, at + 1)) {
    std::size_t begin = at;
    while (begin > done && kNumerals.find(text[begin - 1]) != std::u32string_view::npos) {
      --begin;
    }
    result += text.substr(done, begin - done);
    const std::u32string_view numerals = text.substr(begin, at - begin);
    const auto number = kanji_number(numerals);
    if (number && !numerals.empty()) {
      for (const char digit : std::to_string(*number)) {
        result.push_back(static_cast<char32_t>(digit));
      }
    } else {
      result += numerals;
    }
    done = at;
  }
  result += text.substr(done);
  return result;
}

/// Everything of `search_key` but the numerals.
std::u32string folded_points(std::string_view text) {
  std::u32string visible;
  for (const char32_t c : unicode::code_points(unicode::nfkc(text))) {
    if (!unicode::is_invisible(c) && !unicode::is_space(c)) {
      visible.push_back(folded(c));
    }
  }
  std::u32string key;
  for (std::size_t i = 0; i < visible.size(); ++i) {
    if (visible[i] != kLongVowel) {
      key.push_back(visible[i]);
      continue;
    }
    // Typed for a dash between numbers (5ー12); a long vowel anywhere else.
    if (i > 0 && i + 1 < visible.size() && is_digit_point(visible[i - 1]) &&
        is_digit_point(visible[i + 1])) {
      key.push_back(U'-');
    }
  }
  return key;
}

}  // namespace

std::optional<int> number_in_kanji(std::u32string_view text) {
  return kanji_number(text);
}

std::u32string folded_text(std::string_view text) {
  return folded_points(text);
}

std::string search_key(std::string_view text) {
  return unicode::to_utf8(with_block_digits(folded_points(text)));
}

std::string normalized_code(std::string_view text) {
  const std::u32string points = unicode::code_points(unicode::nfkc(text));
  const auto is_text = [](char32_t c) { return !unicode::is_space(c); };
  const auto begin = std::find_if(points.begin(), points.end(), is_text);
  const auto end = std::find_if(points.rbegin(), std::make_reverse_iterator(begin), is_text).base();
  return unicode::to_utf8(std::u32string(begin, end));
}

std::string phone_digits(std::string_view text) {
  std::string digits;
  const std::string code = normalized_code(text);
  for (const char c : code) {
    if (c >= '0' && c <= '9') {
      digits += c;
    }
  }
  if (code.starts_with("+81")) {
    digits.replace(0, 2, "0");
  }
  return digits;
}

bool looks_garbled(std::string_view text) {
  // A lost 外字 leaves one of these, depending on the program that lost it.
  constexpr std::u32string_view kSigns = U"\uFFFD?？■●〓";
  const std::u32string points = unicode::code_points(text);
  return points.find_first_of(kSigns) != std::u32string::npos;
}

}  // namespace registry
