// SPDX-License-Identifier: Apache-2.0
#include "unicode.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "registry/error.hpp"

namespace registry::unicode {
namespace {

// ICU's table that agrees with Windows-31J on every assigned byte except three control codes.
constexpr const char* kCp932 = "ibm-943_P15A-2003";
constexpr std::string_view kGeta = "\x81\xAC";  // 〓

void check(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) {
    throw Error(std::string(what) + " を使えません（ICU: " + u_errorName(status) +
                "）。ICU のデータが入っているか確認してください。");
  }
}

Converter open_strict(const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(encoding, &status));
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr,
                        &status);
  check(status, encoding);
  ucnv_setFallback(converter.get(), 0);
  return converter;
}

// IBM's table rotates 1A, 1C and 7F; Windows and every city file do not.
char16_t unrotated(char16_t c) {
  switch (c) {
    case 0x1A:
      return 0x7F;
    case 0x1C:
      return 0x1A;
    case 0x7F:
      return 0x1C;
    default:
      return c;
  }
}

// What Windows writes for the three characters it reads back under another code point, and the
// rotation of control codes.
char32_t as_written(char32_t c) {
  switch (c) {
    case 0x301C:  // 〜
      return 0xFF5E;
    case 0x2212:  // −
      return 0xFF0D;
    case 0x2016:  // ‖
      return 0x2225;
    case 0x7F:
      return 0x1A;
    case 0x1A:
      return 0x1C;
    case 0x1C:
      return 0x7F;
    default:
      return c;
  }
}

// No encoding here yields more UTF-16 units than it has bytes, so one call does the whole.
Converted convert(const char* encoding, std::string_view bytes) {
  const Converter converter = open_strict(encoding);
  std::vector<char16_t> buffer(bytes.size() + 1);
  const char* source = bytes.data();
  char16_t* target = buffer.data();
  UErrorCode status = U_ZERO_ERROR;
  ucnv_toUnicode(converter.get(), &target, buffer.data() + buffer.size(), &source,
                 bytes.data() + bytes.size(), nullptr, 1, &status);
  Converted result;
  if (U_FAILURE(status)) {
    std::array<char, 32> invalid{};
    auto length = static_cast<std::int8_t>(invalid.size());
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter.get(), invalid.data(), &length, &ignored);
    result.fault = static_cast<std::size_t>(source - bytes.data()) -
                   static_cast<std::size_t>(std::max<std::int8_t>(length, 0));
    return result;
  }
  if (std::string_view(encoding) == kCp932) {
    std::transform(buffer.data(), target, buffer.data(), unrotated);
  }
  const icu::UnicodeString text(false, buffer.data(),
                                static_cast<std::int32_t>(target - buffer.data()));
  text.toUTF8String(result.text);
  return result;
}

/// The converter drops what is invisible without a word and writes some private codes outside the
/// 外字 area as other characters.
bool is_lost_silently(char32_t c) {
  return is_invisible(c) || (c > 0xE757 && c < 0xF900);
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

}  // namespace

Converted from_utf8(std::string_view bytes) {
  return convert("UTF-8", bytes);
}
Converted from_utf16le(std::string_view bytes) {
  return convert("UTF-16LE", bytes);
}
Converted from_cp932(std::string_view bytes) {
  return convert(kCp932, bytes);
}

std::u32string code_points(std::string_view utf8) {
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(piece(utf8));
  std::u32string points;
  points.reserve(static_cast<std::size_t>(text.length()));
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    points.push_back(static_cast<char32_t>(text.char32At(i)));
  }
  return points;
}

std::string to_utf8(std::u32string_view points) {
  icu::UnicodeString text;
  for (const char32_t c : points) {
    text.append(static_cast<UChar32>(c));
  }
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

std::string nfkc(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFKCInstance(status);
  check(status, "NFKC");
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  normalizer->normalizeUTF8(0, piece(utf8), sink, nullptr, status);
  check(status, "NFKC");
  return folded;
}

std::string nfc(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFCInstance(status);
  check(status, "NFC");
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  normalizer->normalizeUTF8(0, piece(utf8), sink, nullptr, status);
  check(status, "NFC");
  return composed;
}

bool is_space(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0;
}

bool is_invisible(char32_t c) {
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

void CloseConverter::operator()(UConverter* converter) const {
  ucnv_close(converter);
}

Cp932Writer::Cp932Writer() : converter_(open_strict(kCp932)) {}

std::optional<std::string> Cp932Writer::convert(std::u32string_view points) {
  icu::UnicodeString text;
  for (const char32_t c : points) {
    text.append(static_cast<UChar32>(as_written(c)));
  }
  // No character takes more than two bytes.
  std::string bytes(points.size() * 2 + 1, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length =
      ucnv_fromUChars(converter_.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()),
                      text.getBuffer(), text.length(), &status);
  if (U_FAILURE(status)) {
    return std::nullopt;
  }
  bytes.resize(static_cast<std::size_t>(length));
  return bytes;
}

Cp932Writer::Written Cp932Writer::write(std::string_view utf8) {
  const std::u32string points = code_points(utf8);
  if (std::none_of(points.begin(), points.end(), is_lost_silently)) {
    if (auto bytes = convert(points)) {
      return {*std::move(bytes), false};
    }
  }
  Written written;
  for (const char32_t c : points) {
    if (is_invisible(c)) {
      written.substituted = true;
      continue;
    }
    const auto bytes = is_lost_silently(c) ? std::nullopt : convert(std::u32string_view(&c, 1));
    written.substituted = written.substituted || !bytes;
    written.bytes += bytes ? std::string_view(*bytes) : kGeta;
  }
  return written;
}

}  // namespace registry::unicode
