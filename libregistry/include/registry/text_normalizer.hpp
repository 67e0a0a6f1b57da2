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

/// For comparing codes and header names: NFKC and trimmed. Never for names of people.
[[nodiscard]] std::string normalized_code(std::string_view text);

/// Whether a name shows signs of a broken conversion: U+FFFD or bytes that are not UTF-8, `?`, ■,
/// ●, 〓. One `?` is enough: it is what a single lost 外字 leaves, and no name has one.
[[nodiscard]] bool looks_garbled(std::string_view text);

}  // namespace registry
