// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace registry {

/// Everything `search_key` does but the numerals before 丁目, as code points.
[[nodiscard]] std::u32string folded_text(std::string_view text);

/// 0 to 999 in kanji, with or without 十 and 百 (二十三, 二三).
[[nodiscard]] std::optional<int> number_in_kanji(std::u32string_view text);

}  // namespace registry
