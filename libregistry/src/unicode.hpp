// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct UConverter;

/// The only door to ICU: everything else works on UTF-8 and code points.
namespace registry::unicode {

struct Converted {
  std::string text;                  ///< UTF-8
  std::optional<std::size_t> fault;  ///< offset of the first byte that fits no character
};

/// Strict: stops at the first fault.
[[nodiscard]] Converted from_utf8(std::string_view bytes);
[[nodiscard]] Converted from_utf16le(std::string_view bytes);
[[nodiscard]] Converted from_cp932(std::string_view bytes);

/// Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::u32string code_points(std::string_view utf8);
[[nodiscard]] std::string to_utf8(std::u32string_view points);
[[nodiscard]] std::string nfkc(std::string_view utf8);
[[nodiscard]] std::string nfc(std::string_view utf8);

[[nodiscard]] bool is_space(char32_t c);
/// Variation selectors, joiners, soft hyphen: no glyph of their own.
[[nodiscard]] bool is_invisible(char32_t c);

struct CloseConverter {
  void operator()(UConverter* converter) const;
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// Writes CP932 as Windows does, with its 外字 area F040-F9FC for U+E000-U+E757.
class Cp932Writer {
 public:
  Cp932Writer();

  struct Written {
    std::string bytes;
    bool substituted = false;  ///< a character became 〓 or lost its variation selector
  };
  [[nodiscard]] Written write(std::string_view utf8);

 private:
  [[nodiscard]] std::optional<std::string> convert(std::u32string_view points);

  Converter converter_;
};

}  // namespace registry::unicode
