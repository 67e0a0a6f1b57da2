// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "registry/ids.hpp"

namespace registry {

/// Code on a letter: ten random characters and a check character from an alphabet of 31 without I,
/// L, O, U, Z, shown as `XXXX-XXXX-XXX`. It says nothing about the person.
[[nodiscard]] std::string make_letter_code(const RandomSource& random);

/// What somebody typed as the code it stands for: full width, lower case, spaces and missing
/// hyphens are forgiven. Nothing when the check character does not fit: one wrong character or two
/// swapped ones always show.
[[nodiscard]] std::optional<std::string> parse_letter_code(std::string_view text);

}  // namespace registry
