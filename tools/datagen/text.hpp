// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace datagen {

/// The number with leading zeros: (7, 3) gives 007. Requires number >= 0.
[[nodiscard]] std::string digits(long number, std::size_t width);
/// ASCII digits as full-width digits, everything else as it is.
[[nodiscard]] std::string full_width(std::string_view text);
/// Degrees with 7 decimals. Requires degrees >= 0.
[[nodiscard]] std::string degrees_text(double degrees);

}  // namespace datagen
