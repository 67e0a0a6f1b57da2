// SPDX-License-Identifier: Apache-2.0
// Spellings of one address meet in one key. The same rules run over what is stored and over what is
// typed, so a rule may throw a letter away, but it must do so wherever the letter stands.
#include <array>

#include "digits.hpp"
#include "folded_text.hpp"
#include "registry/text_normalizer.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

bool is_kanji(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000) ||
         (c >= 0xE000 && c <= 0xF8FF) || c == U'々';
}

bool is_numeral(char32_t c) {
  return std::u32string_view(U"〇一二三四五六七八九十百").find(c) != std::u32string_view::npos;
}

/// Word that makes a numeral before it a number, or 0. 番町 is the name of a town.
std::size_t unit_length(std::u32string_view text) {
  constexpr std::array<std::u32string_view, 7> kUnits = {U"丁目", U"番地", U"番", U"号",
                                                         U"条",   U"線",   U"丁"};
  for (const std::u32string_view unit : kUnits) {
    if (text.starts_with(unit) && !(unit == U"番" && text.substr(1).starts_with(U"町"))) {
      return unit.size();
    }
  }
  return 0;
}

/// 五丁目 to 5丁目, 十二番 to 12番; a numeral without such a word belongs to a name.
std::u32string with_digits(std::u32string_view text) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_numeral(text[end])) {
      ++end;
    }
    const auto number = end > at && unit_length(text.substr(end)) > 0
                            ? number_in_kanji(text.substr(at, end - at))
                            : std::nullopt;
    if (number) {
      for (const char digit : std::to_string(*number)) {
        result.push_back(static_cast<char32_t>(digit));
      }
      at = end;
      continue;
    }
    result.push_back(text[at++]);
  }
  return result;
}

/// What stands between two numbers or closes them: 丁目 番地 番 号 - の.
std::size_t separator_length(std::u32string_view text) {
  if (const std::size_t unit = unit_length(text);
      unit > 0 && text[0] != U'条' && text[0] != U'線') {
    return unit;
  }
  if (text.starts_with(U"-")) {
    return 1;
  }
  const bool no = text.starts_with(U"ノ");
  return no && text.size() > 1 && is_digit_point(text[1]) ? 1 : 0;
}

/// 5丁目5番12号 to 5-5-12-, 5-5-12 to 5-5-12: what just ends with the text may be half typed.
std::u32string with_dashes(std::u32string_view text) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) {
    result.push_back(text[at]);
    if (!is_digit_point(text[at++])) {
      continue;
    }
    bool separated = false;
    for (std::size_t length = separator_length(text.substr(at)); length > 0;
         length = separator_length(text.substr(at))) {
      at += length;
      separated = true;
    }
    const bool closed = at < text.size() && !is_digit_point(text[at]);
    if (separated || closed) {
      result.push_back(U'-');
    }
  }
  return result;
}

/// 霞ヶ関, 霞が関, 霞関; 虎ノ門, 虎之門; 四ツ谷. And 大字.
std::u32string without_joints(std::u32string_view text) {
  constexpr std::u32string_view kJoints = U"ケガカノ之乃ツ";
  std::u32string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(U"大字")) {
      ++i;
      continue;
    }
    const bool joint = kJoints.find(text[i]) != std::u32string_view::npos;
    if (joint && i > 0 && i + 1 < text.size() && is_kanji(text[i - 1]) && is_kanji(text[i + 1])) {
      continue;
    }
    result.push_back(text[i]);
  }
  return result;
}

/// Names of 都 and 市 are written with and without the last letter.
std::u32string without_ranks(std::u32string_view text) {
  constexpr std::u32string_view kRanks = U"都府県市区郡";
  std::u32string result;
  bool before_numbers = true;
  for (const char32_t c : text) {
    before_numbers = before_numbers && !is_digit_point(c);
    if (!before_numbers || kRanks.find(c) == std::u32string_view::npos) {
      result.push_back(c);
    }
  }
  return result;
}

}  // namespace

std::string address_key(std::string_view text) {
  std::u32string key = with_dashes(with_digits(folded_text(text)));
  key = without_ranks(without_joints(key));
  return unicode::to_utf8(key);
}

std::string kana_key(std::string_view text) {
  constexpr std::u32string_view kRows[] = {
      U"アカガサザタダナハバパマヤラワ", U"イキギシジチヂニヒビピミリ",
      U"ウクグスズツヅヌフブプムユル", U"エケゲセゼテデネヘベペメレ",
      U"オコゴソゾトドノホボポモヨロヲ"};
  // Which vowel may lengthen each row, beside itself.
  constexpr std::array<std::u32string_view, 5> kLengthens = {U"ア", U"イ", U"ウ", U"エ", U"オウ"};
  std::u32string key;
  char32_t before = 0;
  const auto lengthens = [&](char32_t c) {
    for (std::size_t row = 0; row < kLengthens.size(); ++row) {
      if (before != 0 && kRows[row].find(before) != std::u32string_view::npos) {
        return kLengthens.at(row).find(c) != std::u32string_view::npos;
      }
    }
    return false;
  };
  std::size_t begin = 0;
  const std::u32string points = unicode::code_points(text);
  for (std::size_t i = 0; i <= points.size(); ++i) {
    if (i < points.size() && !unicode::is_space(points[i])) {
      continue;
    }
    before = 0;
    for (const char32_t c : folded_text(unicode::to_utf8(points.substr(begin, i - begin)))) {
      if (lengthens(c)) {
        before = 0;  // one lengthening per syllable: サイトウ ウメ, also without the space
        continue;
      }
      key.push_back(c);
      before = c;
    }
    begin = i + 1;
  }
  return unicode::to_utf8(key);
}

}  // namespace registry
