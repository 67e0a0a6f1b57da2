// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace registry {

using Filling = std::map<std::string, std::string, std::less<>>;

/// The placeholders `{word}` of a text, in their order; a brace that is none is given as `{`.
[[nodiscard]] std::vector<std::string> placeholders_of(std::string_view text);

/// Puts the values in the places of the words, once from left to right. Every word must have one.
[[nodiscard]] std::string filled(std::string_view text, const Filling& values);

}  // namespace registry
