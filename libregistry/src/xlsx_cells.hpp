// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace registry {

/// What a number format makes of a number.
struct NumberFormat {
  bool is_date = false;
  std::size_t zeros = 0;  ///< digits of a format like `0000000000`; 0 = no such format
};

/// By id of the built-in formats (ECMA-376 18.8.30, with those of Japanese Excel), else by code.
[[nodiscard]] NumberFormat number_format(int id, std::string_view code);

enum class DaySystem : std::uint8_t { From1900, From1904 };

/// A numeric cell as text, or why it has none.
struct NumberText {
  std::string text;
  bool zeros_restored = false;
  bool digits_lost = false;  ///< beyond the 15 digits a spreadsheet keeps
  bool no_such_day = false;  ///< 1900-02-29, which spreadsheets have and calendars do not
};

/// `raw`: the value as the file has it. Nothing when it is not a number.
[[nodiscard]] std::optional<NumberText> number_text(std::string_view raw,
                                                    const NumberFormat& format, DaySystem days);

/// `B12` → column 1 (from 0), row 12; nothing for other texts or beyond what fits.
struct CellPlace {
  std::size_t column = 0;
  std::size_t row = 0;
};
[[nodiscard]] std::optional<CellPlace> cell_place(std::string_view reference);

/// `_x000D_` → the character it stands for (ECMA-376 22.9.2.19).
[[nodiscard]] std::string unescaped(std::string_view text);

}  // namespace registry
