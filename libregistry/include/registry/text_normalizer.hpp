// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace registry {

/// Key to search names and addresses by; never stored in place of the original. NFKC, variation
/// selectors stripped, 異体字 folded (髙→高, 﨑→崎, 邉→辺, ...), hiragana to katakana, small kana
/// to large, long vowel marks and spaces dropped, dashes unified, kanji numbers before 丁目 to
/// digits, Latin letters to upper case.
[[nodiscard]] std::string search_key(std::string_view text);

/// Key to search readings by: `search_key` without the lengthening of a vowel, word by word, so
/// that オオノ, オーノ and オノ meet, and サイトウ and サイトー.
[[nodiscard]] std::string kana_key(std::string_view text);

/// Key to search addresses by. On top of `search_key`: numerals before 丁目, 番, 番地, 号, 条, 線
/// to digits (五丁目12番 and 5-12 meet; 八重洲 and 二引ビル stay), the words between and after
/// numbers to `-` (a number at the very end stays open: 5 begins 5-12 and 50), ケ・ガ・ノ・之・ツ
/// between kanji dropped (霞が関, 霞ヶ関, 霞関), and 都・府・県・市・区・郡・大字 dropped before
/// the first number.
[[nodiscard]] std::string address_key(std::string_view text);

/// For comparing codes and header names: NFKC and trimmed. Never for names of people.
[[nodiscard]] std::string normalized_code(std::string_view text);

/// The digits of a phone number, in any width, without country code.
[[nodiscard]] std::string phone_digits(std::string_view text);

/// Whether a name shows signs of a broken conversion: U+FFFD or bytes that are not UTF-8, `?`, ■,
/// ●, 〓. One `?` is enough: it is what a single lost 外字 leaves, and no name has one.
[[nodiscard]] bool looks_garbled(std::string_view text);

}  // namespace registry
