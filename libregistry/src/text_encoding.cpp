// SPDX-License-Identifier: Apache-2.0
// Finds the encoding of a file by its bytes. Order: byte order mark; NUL bytes, which no text but
// UTF-16 has; valid UTF-8; strict CP932. Text of both kinds of bytes at once does not occur: a
// CP932 file with one kanji is practically never valid UTF-8.
#include <algorithm>
#include <limits>

#include "registry/error.hpp"
#include "registry/table_io.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";
constexpr const char* kAdvice =
    "UTF-8、CP932（Windows の Shift_JIS）、UTF-16LE のどれかの CSV として保存し直してください。";

std::string position(std::size_t offset) {
  return std::to_string(offset + 1) + " バイト目";
}

[[noreturn]] void refuse(const char* encoding, std::size_t offset) {
  throw InputError(std::string(encoding) + " のはずのファイルですが、" + position(offset) +
                   "がその文字コードに合いません。" + kAdvice);
}

Decoded decode_utf16le(std::string_view bytes, std::size_t skip) {
  unicode::Converted converted = unicode::from_utf16le(bytes.substr(skip));
  if (converted.fault) {
    refuse("UTF-16LE", skip + *converted.fault);
  }
  return {std::move(converted.text), "UTF-16LE"};
}

/// UTF-16LE without a mark: its commas and line ends have their NUL second. Kanji such as 一
/// (4E00) have theirs first, hence the majority.
Decoded decode_with_nul(std::string_view bytes) {
  std::size_t second = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\0') {
      ++(i % 2 == 1 ? second : first);
    }
  }
  if (bytes.size() % 2 == 0 && second > first) {
    const unicode::Converted converted = unicode::from_utf16le(bytes);
    if (!converted.fault && converted.text.find('\0') == std::string::npos) {
      return {converted.text, "UTF-16LE"};
    }
  }
  throw InputError(position(bytes.find('\0')) +
                   "が NUL で、文字のファイルではありません（表計算のファイルや圧縮ファイルかもしれ"
                   "ません）。" +
                   kAdvice);
}

}  // namespace

Decoded decode_text(std::string_view bytes) {
  if (bytes.size() > std::size_t{std::numeric_limits<std::int32_t>::max()} / 2) {
    throw InputError("ファイルが 1 GiB を超えています。分割してください。");
  }
  if (bytes.starts_with(kUtf8Mark)) {
    unicode::Converted converted = unicode::from_utf8(bytes.substr(kUtf8Mark.size()));
    if (converted.fault) {
      refuse("BOM 付き UTF-8", kUtf8Mark.size() + *converted.fault);
    }
    return {std::move(converted.text), "UTF-8-BOM"};
  }
  if (bytes.starts_with(kUtf16LeMark)) {
    return decode_utf16le(bytes, kUtf16LeMark.size());
  }
  if (bytes.starts_with(kUtf16BeMark)) {
    throw InputError(std::string("UTF-16BE のファイルは読めません。") + kAdvice);
  }
  if (bytes.find('\0') != std::string_view::npos) {
    return decode_with_nul(bytes);
  }
  unicode::Converted utf8 = unicode::from_utf8(bytes);
  if (!utf8.fault) {
    return {std::move(utf8.text), "UTF-8"};
  }
  unicode::Converted cp932 = unicode::from_cp932(bytes);
  if (!cp932.fault) {
    return {std::move(cp932.text), "CP932"};
  }
  throw InputError("文字コードを判別できません。UTF-8 としては " + position(*utf8.fault) +
                   "、CP932 としては " + position(*cp932.fault) + "が不正です。" + kAdvice);
}

}  // namespace registry
