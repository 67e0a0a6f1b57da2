// SPDX-License-Identifier: Apache-2.0
#include "documents/address_labels.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "pdf_tools.hpp"
#include "registry/error.hpp"

namespace documents {
namespace {

using namespace std::chrono_literals;
using documents_test::PdfFile;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double kMm = 72 / 25.4;

std::vector<LabelSheet> shipped_sheets() {
  std::ifstream in(std::string(TOMONI_SOURCE_DIR) + "/data/rules/label_sheets.toml");
  return parse_label_sheets(std::string(std::istreambuf_iterator<char>(in), {}));
}

AddressLabel label(const std::string& name) {
  return {.postcode = "000-0033",
          .address = "ともに市本町四丁目38番7号",
          .name = name + "　様",
          .note = "08E6-TSTN-9RE　TX4N"};
}

LabelFile printed(const LabelSheet& sheet, const std::vector<AddressLabel>& labels, int first = 1) {
  return address_labels({.sheet = sheet,
                         .labels = labels,
                         .printed_on = 2026y / 11 / 21,
                         .first = first,
                         .outline = true});
}

TEST(AddressLabels, EveryShippedSheetKeepsEveryTextInsideItsLabel) {
  for (const LabelSheet& sheet : shipped_sheets()) {
    std::vector<AddressLabel> labels;
    for (int i = 0; i < sheet.labels(); ++i) {
      labels.push_back(label("見本" + std::to_string(i)));
    }
    labels[1].address =
        "ともに市ともに町二丁目三千五百番地の二十四ともにコーポラスグランドパレス中央第二号棟"
        "弐千参百四拾五号室管理人様方";
    labels[1].name = "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末　様";
    const PdfFile file(printed(sheet, labels).pdf);
    EXPECT_THAT(file.info(), testing::ContainsRegex("Pages: +1\n")) << sheet.name;
    EXPECT_THAT(file.text(), HasSubstr("雲来末風来末様")) << sheet.name;
    EXPECT_THAT(file.text(), HasSubstr("管理人様方")) << sheet.name;
    EXPECT_THAT(documents_test::overlaps(file.words()), IsEmpty()) << sheet.name;
    EXPECT_EQ(documents_test::layout_of(file),
              documents_test::stored_layout("labels " + sheet.name));
    for (const auto& word : file.words()) {
      const double middle = (word.left + word.right) / 2;
      const int column =
          static_cast<int>((middle / kMm - sheet.left) / (sheet.width + sheet.gap_x));
      const double left = (sheet.left + column * (sheet.width + sheet.gap_x)) * kMm;
      EXPECT_GE(word.left, left) << sheet.name << ' ' << word.text;
      EXPECT_LE(word.right, left + sheet.width * kMm) << sheet.name << ' ' << word.text;
    }
  }
}

TEST(AddressLabels, ABegunSheetIsContinuedWhereItWasLeft) {
  const LabelSheet sheet = sheet_called(shipped_sheets(), "12面");
  const std::vector<AddressLabel> labels = {label("甲"), label("乙")};
  const PdfFile file(printed(sheet, labels, 12).pdf);
  EXPECT_THAT(file.info(), testing::ContainsRegex("Pages: +2\n"));
  for (const auto& word : file.words()) {
    if (word.page == 1) {  // the last label of the first sheet
      EXPECT_GT(word.top, (sheet.top + 5 * sheet.height) * kMm) << word.text;
      EXPECT_GT(word.left, (sheet.left + sheet.width) * kMm) << word.text;
    }
  }
  EXPECT_THROW(static_cast<void>(printed(sheet, labels, 13)), registry::InputError);
}

TEST(AddressLabels, SameInputGivesSameBytes) {
  const LabelSheet sheet = sheet_called(shipped_sheets(), "21面");
  EXPECT_EQ(printed(sheet, {label("甲")}).pdf, printed(sheet, {label("甲")}).pdf);
}

TEST(AddressLabels, AnAddressThatNoTypeFitsIsRefusedWithoutRepeatingIt) {
  const LabelSheet sheet = sheet_called(shipped_sheets(), "24面");
  AddressLabel endless = label("甲");
  for (int i = 0; i < 9; ++i) {
    endless.address += endless.address;
  }
  try {
    static_cast<void>(printed(sheet, {label("乙"), endless}));
    FAIL() << "an endless address was printed";
  } catch (const registry::InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("2 枚目"));
    EXPECT_THAT(error.what(), testing::Not(HasSubstr("ともに市")));
  }
}

TEST(LabelSheets, AMistakeInTheFileIsNamed) {
  const auto complaint = [](const std::string& toml) -> std::string {
    try {
      static_cast<void>(parse_label_sheets(toml));
    } catch (const registry::InputError& error) {
      return error.what();
    }
    return "";
  };
  const std::string good =
      "[[sheet]]\nname='a'\ncolumns=2\nrows=2\nleft=1\ntop=1\nwidth=50\nheight=50\ngap_x=0\n"
      "gap_y=0\npadding=2\n";
  EXPECT_EQ(complaint(good), "");
  EXPECT_THAT(complaint(good + "colour='red'\n"), HasSubstr("colour"));
  EXPECT_THAT(complaint(std::string(good).replace(good.find("width=50"), 8, "width=150")),
              HasSubstr("A4"));
  EXPECT_THAT(complaint(std::string(good).replace(good.find("rows=2\n"), 7, "")),
              HasSubstr("rows"));
  EXPECT_THROW(static_cast<void>(sheet_called(shipped_sheets(), "99面")), registry::InputError);
}

}  // namespace
}  // namespace documents
