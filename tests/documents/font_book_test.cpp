// SPDX-License-Identifier: Apache-2.0
#include "documents/font_book.hpp"

#include <gmock/gmock.h>

#include "documents/pdf_document.hpp"
#include "documents/text_block.hpp"

namespace documents {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Fonts : public testing::Test {
 protected:
  PdfDocument page_{kA4, "書体", "2000-01-01T00:00:00Z"};
  FontBook fonts_{page_.cairo()};
};

TEST_F(Fonts, OrdinaryTextIsOneSpanOfGothic) {
  const FacedText text = fonts_.faced("西東京市 Tomoni 髙﨑𠮷田", false);
  ASSERT_THAT(text.spans, SizeIs(1));
  EXPECT_EQ(text.spans[0].face, Face::Gothic);
  EXPECT_EQ(text.spans[0].end, text.utf8.size());
  EXPECT_THAT(fonts_.warnings(), IsEmpty());
}

TEST_F(Fonts, VariantOfAdobeJapanIsGothicAndVariantOfMojiJohoIsMincho) {
  EXPECT_EQ(fonts_.faced("葛\U000E0100", false).spans[0].face, Face::Gothic);
  EXPECT_EQ(fonts_.faced("葛\U000E0100", true).spans[0].face, Face::GothicBold);
  const FacedText moji_joho = fonts_.faced("葛\U000E0102", true);
  EXPECT_EQ(moji_joho.spans[0].face, Face::Mincho);
  EXPECT_EQ(moji_joho.utf8, "葛\U000E0102");
  EXPECT_THAT(fonts_.warnings(), IsEmpty());
}

TEST_F(Fonts, OldKanaOfAGivenNameIsMinchoBetweenGothic) {
  const FacedText text = fonts_.faced("山\U0001B001子", false);
  ASSERT_THAT(text.spans, SizeIs(3));
  EXPECT_EQ(text.spans[1].face, Face::Mincho);
  EXPECT_EQ(text.spans[2].face, Face::Gothic);
  EXPECT_THAT(fonts_.warnings(), IsEmpty());
}

TEST_F(Fonts, PrivateUseIsPrintedAsItsCodeAndWarnedOfOnceWithoutItsSurroundings) {
  const FacedText text = fonts_.faced("架空\uE000子\uE000", false);
  EXPECT_EQ(text.utf8, "架空[U+E000]子[U+E000]");
  ASSERT_THAT(fonts_.warnings(), SizeIs(1));
  EXPECT_THAT(fonts_.warnings()[0], HasSubstr("U+E000"));
  EXPECT_THAT(fonts_.warnings()[0], Not(HasSubstr("架空")));
}

TEST_F(Fonts, VariantNoFontHasBecomesThePlainCharacterWithAWarning) {
  EXPECT_EQ(fonts_.faced("葛\U000E01EF", false).utf8, "葛");
  EXPECT_THAT(fonts_.warnings(), ElementsAre(HasSubstr("U+845B U+E01EF")));
}

TEST_F(Fonts, InvisibleCharactersAreTakenOutWithAWarning) {
  const std::string turn_right_to_left{'\xE2', '\x80', '\xAE'};
  EXPECT_EQ(fonts_.faced("架" + turn_right_to_left + "空\u200B", false).utf8, "架空");
  EXPECT_THAT(fonts_.warnings(), ElementsAre(HasSubstr("U+202E"), HasSubstr("U+200B")));
}

TEST_F(Fonts, BytesThatAreNotUtf8AreShownAndWarnedOf) {
  EXPECT_EQ(fonts_.faced("a\xFF\xE6", false).utf8, "a[U+FFFD][U+FFFD]");
  EXPECT_THAT(fonts_.warnings(), ElementsAre(HasSubstr("U+FFFD")));
}

TEST_F(Fonts, FittedTextShrinksBeforeItIsShortened) {
  const std::string text = "長い住所の文字列を二行に収めるための試験";
  const TextBlock natural(fonts_, text, {.size = 12});
  const TextBlock shrunk =
      fitted_text(fonts_, text, {.size = 12}, {.width = natural.width() * 0.7, .height = 13});
  EXPECT_FALSE(shrunk.shortened());
  EXPECT_LE(shrunk.height(), 13);
  const TextBlock cut =
      fitted_text(fonts_, text, {.size = 12}, {.width = natural.width() * 0.2, .height = 13});
  EXPECT_TRUE(cut.shortened());
  EXPECT_LE(cut.height(), 13);
}

}  // namespace
}  // namespace documents
