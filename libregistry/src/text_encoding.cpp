// SPDX-License-Identifier: Apache-2.0
// Finds the encoding of a file by its bytes. Order: byte order mark; NUL bytes, which no text but
// UTF-16 has; valid UTF-8; strict CP932. Text of both kinds of bytes at once does not occur: a
// CP932 file with one kanji is practically never valid UTF-8.
#include <algorithm>
#include <limits>

#include "registry/error.hpp"
#include "registry/table_io.hpp"
#include "registry/text_normalizer.hpp"
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

void refuse_huge(std::string_view bytes) {
  if (bytes.size() > std::size_t{std::numeric_limits<std::int32_t>::max()} / 2) {
    throw InputError("ファイルが 1 GiB を超えています。分割してください。");
  }
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

std::optional<TextEncoding> parse_text_encoding(std::string_view name) {
  std::string code = normalized_code(name);
  std::ranges::transform(code, code.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  });
  if (code == "UTF-8" || code == "UTF8") {
    return TextEncoding::Utf8;
  }
  if (code == "CP932" || code == "SHIFT_JIS" || code == "SHIFT-JIS" || code == "SJIS" ||
      code == "MS932" || code == "WINDOWS-31J") {
    return TextEncoding::Cp932;
  }
  if (code == "UTF-16LE" || code == "UTF16LE" || code == "UTF-16") {
    return TextEncoding::Utf16Le;
  }
  return std::nullopt;
}

Decoded decode_text(std::string_view bytes, TextEncoding encoding) {
  refuse_huge(bytes);
  switch (encoding) {
    case TextEncoding::Utf8: {
      const std::size_t skip = bytes.starts_with(kUtf8Mark) ? kUtf8Mark.size() : 0;
      unicode::Converted converted = unicode::from_utf8(bytes.substr(skip));
      if (converted.fault) {
        refuse("UTF-8", skip + *converted.fault);
      }
      return {std::move(converted.text), skip == 0 ? "UTF-8" : "UTF-8-BOM"};
    }
    case TextEncoding::Cp932: {
      unicode::Converted converted = unicode::from_cp932(bytes);
      if (converted.fault) {
        refuse("CP932", *converted.fault);
      }
      return {std::move(converted.text), "CP932"};
    }
    case TextEncoding::Utf16Le:
      return decode_utf16le(bytes, bytes.starts_with(kUtf16LeMark) ? kUtf16LeMark.size() : 0);
  }
  contract_violated("encoding is an enumerator", __FILE__, __LINE__);
}

Decoded decode_text(std::string_view bytes) {
  refuse_huge(bytes);
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
