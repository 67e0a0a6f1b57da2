// SPDX-License-Identifier: Apache-2.0
#include "documents/roster_list.hpp"

#include <gmock/gmock.h>

#include "documents/share_package.hpp"
#include "handover_fixture.hpp"
#include "pdf_tools.hpp"
#include "sample_town.hpp"

namespace documents {
namespace {

using documents_test::PdfFile;
using documents_test::Workbench;
using registry::Answer;
using registry::ConsentScope;
using registry::RecipientKind;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class RosterLists : public registry::HandoverTest {
 protected:
  registry::DisclosureList to_police() {
    for (const registry::PersonId& id : ids_) {
      say(id, Answer::Granted, ConsentScope::ProvideRoster);
    }
    return issued(request(org(RecipientKind::Police, "見本警察署")));
  }

  RosterFile printed(const registry::DisclosureList& list) { return roster_list({list, city_}); }

  /// Residents with long or rare names and addresses among ordinary ones.
  void crowd(int size) {
    std::vector<registry::ResidentRow> rows;
    for (int i = 0; i < size; ++i) {
      rows.push_back(support::resident(std::to_string(i + 1)));
    }
    register_people(support::parsed(std::move(rows)));
    for (int i = 0; i < size; ++i) {
      put_in_area(ids_[static_cast<std::size_t>(i)], registry::AreaLevel::Neighbourhood,
                  i % 3 == 0 ? "ともに一丁目自治会" : "ともに二丁目自治会");
    }
  }

  registry::LocalPlan city_ = documents_test::sample_city();
};

std::size_t times(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

TEST_F(RosterLists, EveryPageSaysWhichCopyItIsForWhomUntilWhenAndWhatTheDutyIs) {
  crowd(60);
  const PdfFile file(printed(to_police()).pdf);
  EXPECT_THAT(file.info(), testing::ContainsRegex("Pages: +3\n"));
  const std::string text = file.text();
  for (const char* words : {"提供先：見本警察署（警察）", "返却期限令和9年3月31日", "第49条の12",
                            "第49条の13", "目的：災害に備えた避難支援等", "根拠49-11(2)"}) {
    EXPECT_EQ(times(text, words), 3U) << words;
  }
  EXPECT_EQ(times(text, "管理番号2026-00001"), 6U);  // above and below
  EXPECT_THAT(text, HasSubstr("2／3ページ"));
}

TEST_F(RosterLists, HasTheFieldsOfTheProfileAndNoOther) {
  people({"1"});
  const std::string text = PdfFile(printed(to_police()).pdf).text();
  EXPECT_THAT(text, HasSubstr("避難支援等を必要とする事由"));
  EXPECT_THAT(text, HasSubstr("見本1"));
  for (const char* hidden : {"要介護3", "避難先", "避難支援等実施者", "守秘義務"}) {
    EXPECT_THAT(text, Not(HasSubstr(hidden))) << hidden;
  }
}

TEST_F(RosterLists, PeopleStandUnderTheHeadingOfTheirAreaAndEveryoneIsThere) {
  crowd(60);
  const std::string text = PdfFile(printed(to_police()).pdf).text();
  EXPECT_THAT(text, HasSubstr("ともに一丁目自治会20人"));
  EXPECT_THAT(text, HasSubstr("ともに二丁目自治会40人"));
  EXPECT_THAT(text, HasSubstr("（続き）"));
  for (int i = 1; i <= 60; ++i) {
    EXPECT_THAT(text, HasSubstr("見本" + std::to_string(i)));
  }
}

TEST_F(RosterLists, NothingIsCutAndNoWordsLieOnEachOther) {
  std::vector<registry::ResidentRow> rows;
  for (const char* number : {"1", "2", "3"}) {
    rows.push_back(support::resident(number));
  }
  const std::string name = "寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末";
  rows[1].person.name = name;
  rows[1].person.building =
      "ともにコーポラスグランドパレス中央第二号棟弐千参百四拾五号室管理人様方";
  register_people(support::parsed(std::move(rows)));
  const RosterFile roster = printed(to_police());
  const PdfFile file(roster.pdf);
  EXPECT_THAT(file.text(), HasSubstr(name));
  EXPECT_THAT(file.text(), HasSubstr("弐千参百四拾五号室管理人様方"));
  EXPECT_THAT(documents_test::overlaps(file.words()), IsEmpty());
  EXPECT_THAT(documents_test::outside(file.words(), 841.9, 595.3), IsEmpty());
  EXPECT_EQ(documents_test::layout_of(file), documents_test::stored_layout("roster list"));
  EXPECT_THAT(file.fonts(), Not(testing::ContainsRegex(" no +(yes|no) +(yes|no) +[0-9]")));
}

TEST_F(RosterLists, ACharacterNoFontHasIsShownByItsCodeWithAWarning) {
  std::vector<registry::ResidentRow> rows = {support::resident("1")};
  rows[0].person.name = "外字\uE123";
  register_people(support::parsed(std::move(rows)));
  const RosterFile roster = printed(to_police());
  EXPECT_THAT(roster.warnings, testing::ElementsAre(HasSubstr("E123")));
  EXPECT_THAT(PdfFile(roster.pdf).text(), HasSubstr("E123"));
}

TEST_F(RosterLists, SameListGivesSameBytes) {
  crowd(5);
  const auto list = to_police();
  EXPECT_EQ(printed(list).pdf, printed(list).pdf);
  EXPECT_EQ(roster_workbook(list), roster_workbook(list));
  EXPECT_EQ(registry::read_xlsx(roster_workbook(list)).rows, list.table().rows);
}

TEST_F(RosterLists, ThePackageHoldsTheSameListThreeTimesAndOpensWithThePassphrase) {
  crowd(5);
  const auto list = to_police();
  const std::string passphrase = "7C4N-ABCD-2QRS-0000-TESU-TOOO";
  const SharePackage package =
      share_package({list, city_}, registry::CsvEncoding::Utf8Bom, passphrase);
  const Workbench bench;
  bench.put("p.zip", package.zip);
  EXPECT_NE(bench.run("7z x -y -pwrong p.zip"), 0);
  ASSERT_EQ(bench.run("7z x -y -p" + passphrase + " p.zip"), 0);
  EXPECT_EQ(bench.get("2026-00001.csv"), list.csv(registry::CsvEncoding::Utf8Bom).bytes);
  EXPECT_EQ(registry::read_xlsx(bench.get("2026-00001.xlsx")).rows, list.table().rows);
  EXPECT_NE(bench.run("qpdf --check 2026-00001.pdf"), 0);  // locked once more
  ASSERT_EQ(bench.run("qpdf --password=" + passphrase + " --decrypt 2026-00001.pdf o.pdf"), 0);
  EXPECT_EQ(PdfFile(bench.get("o.pdf")).text(), PdfFile(printed(list).pdf).text());
}

}  // namespace
}  // namespace documents
