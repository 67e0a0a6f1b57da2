// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace registry {

/// Sixth digit of a 全国地方公共団体コード. Weights 6, 5, 4, 3, 2 on the five digits; with S their
/// sum, the digit is 11 - S when S < 11, otherwise (11 - S mod 11) mod 10. Expects five digits.
[[nodiscard]] char city_code_check_digit(std::string_view five_digits);

/// Whether the text is six digits of which the last is the right one.
[[nodiscard]] bool is_city_code(std::string_view text);

}  // namespace registry
