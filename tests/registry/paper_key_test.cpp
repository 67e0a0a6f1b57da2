// SPDX-License-Identifier: Apache-2.0
#include "registry/paper_key.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <sstream>

#include "registry/error.hpp"

namespace registry {
namespace {

using testing::HasSubstr;

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

PaperKey numbered_key(unsigned char first, PaperKeyUse use = PaperKeyUse::Recovery) {
  PaperKey key{.use = use, .secret = {}};
  for (std::size_t i = 0; i < key.secret.size(); ++i) {
    key.secret.at(i) = static_cast<unsigned char>(first + 37 * i);
  }
  return key;
}

std::string error_of(const std::string& text, PaperKeyUse use = PaperKeyUse::Recovery) {
  try {
    (void)parse_paper_key(text, use);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(PaperKey, IsReadBackAsPrinted) {
  for (int i = 0; i < 256; ++i) {
    const PaperKey key = numbered_key(static_cast<unsigned char>(i));
    EXPECT_EQ(parse_paper_key(to_text(key), PaperKeyUse::Recovery).secret, key.secret);
  }
}

TEST(PaperKey, IsThirteenGroupsOfFiveInThreeLines) {
  std::istringstream lines(to_text(numbered_key(1)));
  std::vector<std::size_t> lengths;
  for (std::string line; std::getline(lines, line);) {
    lengths.push_back(line.size());
  }
  EXPECT_EQ(lengths, (std::vector<std::size_t>{29, 29, 17}));
}

TEST(PaperKey, TwoNewKeysDiffer) {
  EXPECT_NE(make_paper_key(PaperKeyUse::Recovery).secret,
            make_paper_key(PaperKeyUse::Recovery).secret);
}

TEST(PaperKey, IsReadAsPeopleTypeIt) {
  const PaperKey key = numbered_key(9);
  std::string typed;
  std::string wide;
  for (const char c : to_text(key)) {
    if (c == '-' || c == '\n') {
      typed += " ";
      wide += "　ー";  // an ideographic space, and what a Japanese keyboard gives for a hyphen
      continue;
    }
    typed += c == '0'   ? 'o'
             : c == '1' ? 'l'
                        : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool digit = c >= '0' && c <= '9';
    // U+FF10 to U+FF19 and U+FF21 to U+FF3A
    wide += {'\xEF', '\xBC', static_cast<char>(digit ? 0x90 + (c - '0') : 0xA1 + (c - 'A'))};
  }
  EXPECT_EQ(parse_paper_key(typed, PaperKeyUse::Recovery).secret, key.secret);
  EXPECT_EQ(parse_paper_key(wide, PaperKeyUse::Recovery).secret, key.secret);
}

TEST(PaperKey, EveryWrongDigitIsNoticedInItsGroup) {
  const std::string text = to_text(numbered_key(3));
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '-' || text[at] == '\n') {
      continue;
    }
    for (const char digit : kDigits) {
      if (digit == text[at]) {
        continue;
      }
      std::string wrong = text;
      wrong[at] = digit;
      EXPECT_THAT(error_of(wrong), HasSubstr(std::to_string(at / 6 + 1) + " 番目の組")) << at;
    }
  }
}

TEST(PaperKey, SwappedNeighboursAndSwappedGroupsAreNoticed) {
  const std::string text = to_text(numbered_key(5));
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    std::string swapped = text;
    std::swap(swapped[at], swapped[at + 1]);
    const auto is_separator = [](char c) { return c == '-' || c == '\n'; };
    if (text[at] != text[at + 1] && !is_separator(text[at]) && !is_separator(text[at + 1])) {
      EXPECT_NE(error_of(swapped), "") << at;
    }
  }
  for (std::size_t a = 0; a < 13; ++a) {
    for (std::size_t b = a + 1; b < 13; ++b) {
      std::string swapped = text;
      std::swap_ranges(swapped.begin() + static_cast<std::ptrdiff_t>(6 * a),
                       swapped.begin() + static_cast<std::ptrdiff_t>(6 * a + 5),
                       swapped.begin() + static_cast<std::ptrdiff_t>(6 * b));
      EXPECT_TRUE(error_of(swapped) != "" || swapped == text) << a << " and " << b;
    }
  }
}

TEST(PaperKey, MissingAndForeignCharactersAreSaidToBe) {
  const std::string text = to_text(numbered_key(5));
  EXPECT_THAT(error_of(""), HasSubstr("0 文字"));
  EXPECT_THAT(error_of(text.substr(1)), HasSubstr("64 文字"));
  EXPECT_THAT(error_of(text + "0"), HasSubstr("66 文字"));
  EXPECT_THAT(error_of("U" + text.substr(1)), HasSubstr("1 番目の組に"));
  EXPECT_THAT(error_of(text.substr(0, 6) + "か" + text.substr(7)), HasSubstr("2 番目の組に"));
  EXPECT_THAT(error_of("\xFF\xFE" + text), testing::Not(testing::IsEmpty()));
}

TEST(PaperKey, KeyForAnotherUseIsRefusedByName) {
  // Four bits tell the uses apart: fifteen of sixteen mix-ups are noticed here, the rest by the
  // box.
  int noticed = 0;
  for (int i = 0; i < 64; ++i) {
    const std::string text = to_text(numbered_key(static_cast<unsigned char>(i)));
    noticed +=
        error_of(text, PaperKeyUse::Backup).find("控え用の鍵ではありません") != std::string::npos
            ? 1
            : 0;
  }
  EXPECT_GT(noticed, 50);
}

TEST(PaperKey, ErrorsNeverRepeatWhatWasTyped) {
  std::string wrong = to_text(numbered_key(7));
  wrong[0] = wrong[0] == 'Z' ? 'Y' : 'Z';
  EXPECT_EQ(error_of(wrong).find(wrong.substr(0, 4)), std::string::npos);
}

}  // namespace
}  // namespace registry
