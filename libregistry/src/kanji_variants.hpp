// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace registry {

/// The character that stands for all written forms of one kanji (髙 and 高 are 高). For search keys
/// only: the forms are different names to the people who bear them.
[[nodiscard]] char32_t folded_kanji(char32_t c);

}  // namespace registry
