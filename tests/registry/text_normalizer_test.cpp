// SPDX-License-Identifier: Apache-2.0
#include "registry/text_normalizer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace registry {
namespace {

std::string utf8(char32_t c) {
  std::string text;
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0U | (c >> 6U));
    text += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    text += static_cast<char>(0xE0U | (c >> 12U));
    text += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (c & 0x3FU));
  }
  return text;
}

void expect_same_key(const char* a, const char* b) {
  EXPECT_EQ(search_key(a), search_key(b)) << a << " / " << b;
}

void expect_other_key(const char* a, const char* b) {
  EXPECT_NE(search_key(a), search_key(b)) << a << " / " << b;
}

TEST(SearchKey, FormsOfOneKanjiMeet) {
  expect_same_key("髙橋", "高橋");
  expect_same_key("山﨑", "山崎");
  expect_same_key("渡邉", "渡辺");
  expect_same_key("渡邊", "渡辺");
  expect_same_key("齋藤", "斉藤");
  expect_same_key("齊藤", "斎藤");
  expect_same_key("濵田", "浜田");
  expect_same_key("濱田", "浜田");
  expect_same_key("大島", "大嶌");
  expect_same_key("𠮷田", "吉田");
  expect_same_key("德瀨櫻國廣澤冨", "徳瀬桜国広沢富");
}

TEST(SearchKey, DifferentNamesStayApart) {
  expect_other_key("坂本", "阪本");
  expect_other_key("杉山", "椙山");
  expect_other_key("伊藤", "伊東");
  expect_other_key("バンドウ", "ハンドウ");
}

TEST(SearchKey, CompatibilityFormsMeet) {
  expect_same_key("\uFA19田", "神田");  // 神 of the compatibility block
  expect_same_key("\uFA10本", "塚本");
  expect_same_key("㈱ともに", "(株)ともに");
}

TEST(SearchKey, VariationSelectorsDoNotCount) {
  expect_same_key("葛\U000E0100城", "葛城");
  expect_same_key("辻\uFE00", "辻");
  expect_same_key("田\u200B中", "田中");
}

TEST(SearchKey, KanaOfAllKindsMeet) {
  expect_same_key("ｻｲﾄｳ", "サイトウ");
  expect_same_key("ｶﾞｯｺｳ", "ガッコウ");
  expect_same_key("がっこう", "ガツコウ");
  expect_same_key("ヴィオラ", "ブイオラ");
  expect_same_key("龍ヶ崎", "竜ケ崎");
  expect_same_key("タワー", "タワ");
  expect_same_key("サイトウ　タロウ", "ｻｲﾄｳ ﾀﾛｳ");
  expect_same_key("いすゞ", "イスヾ");
  expect_other_key("サトウ", "サイトウ");
}

TEST(SearchKey, NumbersOfBlocksMeet) {
  expect_same_key("緑町五丁目5番12号", "緑町５丁目５番１２号");
  expect_same_key("本町十二丁目", "本町12丁目");
  expect_same_key("本町二十三丁目", "本町23丁目");
  expect_same_key("本町二三丁目", "本町23丁目");
  expect_same_key("本町百二丁目", "本町102丁目");
  expect_same_key("北十条西十丁目", "北十条西10丁目");
  EXPECT_EQ(search_key("一丁目二丁目"), "1丁目2丁目");
  EXPECT_EQ(search_key("丁目"), "丁目");
}

TEST(SearchKey, NumbersInNamesOfPlacesStay) {
  EXPECT_EQ(search_key("八千代四丁目三郷"), "八千代4丁目三郷");
  EXPECT_EQ(search_key("二引ビル"), "二引ビル");
  EXPECT_EQ(search_key("八重洲"), "八重洲");
}

TEST(SearchKey, DashesMeetAndALongVowelBetweenDigitsIsADash) {
  for (const char* text : {"5－12", "5−12", "5‐12", "5–12", "5—12", "5ー12", "５ｰ１２", "5―12"}) {
    EXPECT_EQ(search_key(text), "5-12") << text;
  }
  EXPECT_EQ(search_key("グラントウキョウタワー12"), "グラントウキヨウタワ12");
  expect_same_key("10～12", "10〜12");
}

TEST(SearchKey, LatinLettersMeetInUpperCase) {
  EXPECT_EQ(search_key("Ａbc 荘"), "ABC荘");
}

TEST(SearchKey, KeyOfAKeyIsItself) {
  for (char32_t c = 0x20; c < 0xFFFE; ++c) {
    if (c >= 0xD800 && c < 0xE000) {
      continue;
    }
    const std::string key = search_key(utf8(c));
    ASSERT_EQ(search_key(key), key) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(NormalizedCode, TrimsAndFoldsWidthOnly) {
  EXPECT_EQ(normalized_code("　 ＩＤ\t"), "ID");
  EXPECT_EQ(normalized_code("名称＿カナ"), "名称_カナ");
  EXPECT_EQ(normalized_code("\r\n"), "");
  EXPECT_EQ(normalized_code("a b"), "a b");
  EXPECT_EQ(normalized_code("髙"), "髙");
}

TEST(LooksGarbled, SignsOfALostCharacter) {
  for (const char* text : {"山?太郎", "山？？", "■田", "●川", "〓島", "田\uFFFD", "\xFF\xFE"}) {
    EXPECT_TRUE(looks_garbled(text)) << text;
  }
  for (const char* text : {"", "髙橋", "葛\U000E0100城", "O'Neil", "\uE000田", "ソ連・表"}) {
    EXPECT_FALSE(looks_garbled(text)) << text;
  }
}

}  // namespace
}  // namespace registry
