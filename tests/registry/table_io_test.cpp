// SPDX-License-Identifier: Apache-2.0
#include "registry/table_io.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "registry/error.hpp"

namespace registry {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string csv_refusal(std::string_view bytes) {
  try {
    (void)read_csv(bytes);
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

std::string utf16le(std::u16string_view text) {
  std::string bytes;
  for (const char16_t c : text) {
    bytes.push_back(static_cast<char>(c & 0xFF));
    bytes.push_back(static_cast<char>(c >> 8));
  }
  return bytes;
}

Table one_cell(std::string text) {
  return {{"氏名"}, {{std::move(text)}}, {}, ""};
}

/// What one cell becomes in a CP932 file, without header and line end.
std::string cp932_cell(const std::string& text) {
  const std::string bytes = write_csv(one_cell(text), CsvEncoding::Cp932).bytes;
  const std::size_t begin = bytes.find("\r\n") + 2;
  return bytes.substr(begin, bytes.size() - begin - 2);
}

// --- encodings

TEST(DecodeText, EachEncodingIsFoundByItsBytes) {
  EXPECT_EQ(decode_text("id,name\n").encoding, "UTF-8");
  EXPECT_EQ(decode_text("氏名").encoding, "UTF-8");
  EXPECT_EQ(decode_text("\xEF\xBB\xBF氏名").encoding, "UTF-8-BOM");
  EXPECT_EQ(decode_text("\xEF\xBB\xBF氏名").text, "氏名");
  EXPECT_EQ(decode_text("\x8E\x81\x96\xBC").encoding, "CP932");
  EXPECT_EQ(decode_text("\x8E\x81\x96\xBC").text, "氏名");
  EXPECT_EQ(decode_text("\xFF\xFE" + utf16le(u"氏名")).text, "氏名");
  EXPECT_EQ(decode_text("\xFF\xFE" + utf16le(u"氏名")).encoding, "UTF-16LE");
}

TEST(DecodeText, Utf16WithoutMarkIsFoundByItsNulBytes) {
  const Decoded decoded = decode_text(utf16le(u"番号,氏名\r\n1,一一一一\r\n"));
  EXPECT_EQ(decoded.encoding, "UTF-16LE");
  EXPECT_EQ(decoded.text, "番号,氏名\r\n1,一一一一\r\n");
}

TEST(DecodeText, BothEncodingsOfOneKanjiAreThatKanji) {
  EXPECT_EQ(decode_text("\xEE\xE0").text, "髙");
  EXPECT_EQ(decode_text("\xFB\xFC").text, "髙");
}

TEST(DecodeText, SecondByte5CIsPartOfItsCharacter) {
  EXPECT_EQ(decode_text("\x83\x5C\x95\x5C\x94\x5C").text, "ソ表能");
  EXPECT_EQ(decode_text("\x5C").text, "\\");
}

TEST(DecodeText, WaveDashAndMinusAreReadAsWindowsReadsThem) {
  EXPECT_EQ(decode_text("\x81\x60\x81\x7C\x81\x61").text, "\uFF5E\uFF0D\u2225");
}

TEST(DecodeText, CharactersOfTheCityFontKeepTheirCode) {
  EXPECT_EQ(decode_text("\xF0\x40").text, "\uE000");
  EXPECT_EQ(decode_text("\xF9\xFC").text, "\uE757");
}

TEST(DecodeText, ControlCodesStayWhatTheyAre) {
  EXPECT_EQ(decode_text("\x8E\x81\x1A\x1C\x7F").text, "氏\x1A\x1C\x7F");
}

TEST(DecodeText, BytesThatFitNoEncodingAreRefusedWithTheirPlace) {
  const std::string message = csv_refusal("abc\x80\xFF");
  EXPECT_THAT(message, HasSubstr("UTF-8 としては 4 バイト目"));
  EXPECT_THAT(message, HasSubstr("CP932 としては 4 バイト目"));
  EXPECT_THAT(csv_refusal("\x8E\x81,\x8E"), HasSubstr("CP932 としては 4 バイト目"));
  EXPECT_THAT(csv_refusal("\xEF\xBB\xBF"
                          "ab\x8E\x81"),
              HasSubstr("6 バイト目"));
  EXPECT_THAT(csv_refusal("\xFF\xFE"
                          "a"),
              HasSubstr("UTF-16LE"));
  EXPECT_THAT(csv_refusal("\xFE\xFF"
                          "a"),
              HasSubstr("UTF-16BE"));
  EXPECT_THAT(csv_refusal("PK\x03\x04\0\0\0"s), HasSubstr("5 バイト目"));
}

// --- reading

TEST(ReadCsv, QuotesCommasAndLineBreaksInsideCells) {
  const Table table = read_csv("a,b\r\n\"x,\"\"y\"\"\",\"1\n2\r\n3\"\r\nz,\r\n");
  EXPECT_THAT(table.header, ElementsAre("a", "b"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0], ElementsAre("x,\"y\"", "1\n2\r\n3"));
  EXPECT_THAT(table.rows[1], ElementsAre("z", ""));
}

TEST(ReadCsv, LinesAreThoseOfTheFile) {
  const Table table = read_csv("a,b\r\n1,\"x\r\ny\nz\"\r\n\r\n2,\n3,\n");
  EXPECT_THAT(table.lines, ElementsAre(2, 6, 7));
}

TEST(ReadCsv, EveryKindOfLineEndIsUnderstood) {
  for (const char* text : {"a\n1\n2", "a\r\n1\r\n2\r\n", "a\r1\r2\r", "\na\n\n1\n2\n\n\n"}) {
    EXPECT_THAT(read_csv(text).rows, ElementsAre(ElementsAre("1"), ElementsAre("2"))) << text;
  }
}

TEST(ReadCsv, ShortRowsArePaddedAndEmptyOnesAtTheEndDropped) {
  const Table table = read_csv("a,b,c\n1\n,,\n2,3\n,,\n,,,,\n");
  EXPECT_THAT(table.rows, ElementsAre(ElementsAre("1", "", ""), ElementsAre("", "", ""),
                                      ElementsAre("2", "3", "")));
  EXPECT_THAT(table.lines, ElementsAre(2, 3, 4));
}

TEST(ReadCsv, ExtraCellsMustBeEmpty) {
  EXPECT_THAT(read_csv("a,b\n1,2,,\n").rows, ElementsAre(ElementsAre("1", "2")));
  const std::string message = csv_refusal("a,b\n1,2\n1,秘密,3\n");
  EXPECT_THAT(message, HasSubstr("3 行目"));
  EXPECT_THAT(message, Not(HasSubstr("秘密")));
}

TEST(ReadCsv, BrokenQuotesAreRefusedWithTheirLine) {
  EXPECT_THAT(csv_refusal("a\n1\n\"2\n3\n"), HasSubstr("3 行目で始まる引用符"));
  EXPECT_THAT(csv_refusal("a\n1\n\"2\"x\n"), HasSubstr("3 行目"));
  EXPECT_THAT(read_csv("a\n5\" x\n").rows, ElementsAre(ElementsAre("5\" x")));
}

TEST(ReadCsv, EmptyFileIsRefusedAndAHeaderAloneIsNot) {
  for (const char* text : {"", "\xEF\xBB\xBF", "\r\n\r\n"}) {
    EXPECT_THAT(csv_refusal(text), HasSubstr("行がありません")) << text;
  }
  EXPECT_TRUE(read_csv("a,b\r\n").rows.empty());
}

TEST(ReadCsv, ColumnsAreFoundInAnyWidth) {
  const Table table = read_csv("　ＩＤ ,名称_カナ,,\n");
  EXPECT_EQ(table.column("ID"), 0U);
  EXPECT_EQ(table.column("名称＿カナ"), 1U);
  EXPECT_EQ(table.column("氏名"), std::nullopt);
  EXPECT_EQ(table.column(""), std::nullopt);
}

TEST(ReadCsv, TwoColumnsOfOneNameAreRefused) {
  EXPECT_THAT(csv_refusal("ID,氏名,ＩＤ\n"), HasSubstr("3 列目"));
}

// --- writing

TEST(WriteCsv, CellsAreQuotedWhenNeeded) {
  const Table table{{"a", "b"}, {{"x,y", "\"z\""}, {"1\n2", "0424641311"}}, {}, ""};
  EXPECT_EQ(write_csv(table, CsvEncoding::Utf8Bom).bytes,
            "\xEF\xBB\xBF"
            "a,b\r\n\"x,y\",\"\"\"z\"\"\"\r\n\"1\n2\",0424641311\r\n");
}

TEST(WriteCsv, FormulasAreDisarmedAndNumbersLeftAlone) {
  for (const char* text :
       {"=1+1", "+81-42", "@x", "\tx", "\rx", "-1+2", "-x", "＝1", "--5", "-1.2.3", "=", "+5"}) {
    const Table back = read_csv(write_csv(one_cell(text), CsvEncoding::Utf8Bom).bytes);
    EXPECT_EQ(back.rows.at(0).at(0), "'"s + text);
  }
  for (const char* text : {"-5", "-5.25", "-", "1-2", "5", "x=1", "'x"}) {
    const Table back = read_csv(write_csv(one_cell(text), CsvEncoding::Utf8Bom).bytes);
    EXPECT_EQ(back.rows.at(0).at(0), text);
  }
}

TEST(WriteCsv, Cp932IsWrittenAsWindowsWritesIt) {
  EXPECT_EQ(cp932_cell("髙"), "\xFB\xFC");
  EXPECT_EQ(cp932_cell("﨑①№ⅠⅠ㈱"), "\xFA\xB1\x87\x40\x87\x82\x87\x54\x87\x54\x87\x8A");
  EXPECT_EQ(cp932_cell("ソ表"), "\x83\x5C\x95\x5C");
  EXPECT_EQ(cp932_cell("〜−‖"), "\x81\x60\x81\x7C\x81\x61");
  EXPECT_EQ(cp932_cell("～－∥"), "\x81\x60\x81\x7C\x81\x61");
  EXPECT_EQ(cp932_cell("ｻｲﾄｳ"), "\xBB\xB2\xC4\xB3");
  EXPECT_EQ(cp932_cell("\uE000\uE757"), "\xF0\x40\xF9\xFC");
}

TEST(WriteCsv, CharactersThatDoNotFitAreListedWithoutTheValue) {
  const Table table{
      {"番号", "氏名"}, {{"1", "吉田"}, {"2", "𠮷田"}, {"—", "葛\U000E0100城"}}, {}, ""};
  const CsvOutput output = write_csv(table, CsvEncoding::Cp932);
  EXPECT_THAT(output.substitutions, ElementsAre("行 3 列 氏名", "行 4 列 番号", "行 4 列 氏名"));
  EXPECT_THAT(
      read_csv(output.bytes).rows,
      ElementsAre(ElementsAre("1", "吉田"), ElementsAre("2", "〓田"), ElementsAre("〓", "葛城")));
  EXPECT_TRUE(write_csv(table, CsvEncoding::Utf8Bom).substitutions.empty());
}

TEST(WriteCsv, EveryCharacterComesBackFromCp932OrIsListed) {
  const std::u16string three = u"〜−‖";
  for (unsigned c = 0x20; c < 0xFFFE; ++c) {
    if (c >= 0xD800 && c < 0xE000) {
      continue;
    }
    const std::u16string utf16{u'x', static_cast<char16_t>(c)};
    const std::string cell = decode_text("\xFF\xFE" + utf16le(utf16)).text;
    const CsvOutput output = write_csv({{"x"}, {{cell}}, {}, ""}, CsvEncoding::Cp932);
    const bool listed = !output.substitutions.empty();
    const bool returns = read_csv(output.bytes).rows.at(0).at(0) == cell;
    const bool folded = three.find(static_cast<char16_t>(c)) != std::u16string::npos;
    EXPECT_TRUE(listed != (returns || folded)) << std::hex << c;
  }
}

TEST(WriteCsv, RandomTablesReadBack) {
  constexpr unsigned kSeed = 4180;
  SCOPED_TRACE(kSeed);
  std::mt19937 engine(kSeed);
  const auto random = [&engine] { return static_cast<std::size_t>(engine()); };
  const std::vector<std::string> pieces{"\"", ",",  "\r\n", "\n", "\r", " ",
                                        "氏", "ソ", "a",    "髙", ""};
  for (int round = 0; round < 500; ++round) {
    Table table{{"a", "b", "c"}, {}, {}, ""};
    for (std::size_t row = random() % 5; row > 0; --row) {
      std::vector<std::string> cells{"k", "", ""};
      for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t n = random() % 6; n > 0; --n) {
          cells[i] += pieces[random() % pieces.size()];
        }
        // A leading line break is disarmed like a formula.
        cells[i].insert(0, i == 0 ? "" : "v");
      }
      table.rows.push_back(cells);
    }
    for (const CsvEncoding encoding : {CsvEncoding::Utf8Bom, CsvEncoding::Cp932}) {
      const Table back = read_csv(write_csv(table, encoding).bytes);
      ASSERT_EQ(back.header, table.header);
      ASSERT_EQ(back.rows, table.rows);
    }
  }
}

}  // namespace
}  // namespace registry
