// SPDX-License-Identifier: Apache-2.0
#include "documents/consent_letter.hpp"

#include <gmock/gmock.h>

#include "pdf_tools.hpp"
#include "sample_town.hpp"

namespace documents {
namespace {

using documents_test::PdfFile;
using documents_test::sample_city;
using registry::ConsentScope;
using testing::HasSubstr;
using testing::Not;

registry::LetterSet two_letters() {
  registry::LetterSet set;
  set.round.id = {"01BX5ZZKBKACTAV9WEVGEMMVRZ"};
  set.round.name = "令和8年度";
  set.round.scopes = {ConsentScope::ProvideRoster, ConsentScope::ProvidePlan};
  set.round.leaflet_version = "2026-1";
  set.round.explained_by = "福祉総務課";
  set.round.answer_by =
      registry::Date(std::chrono::year(2026), std::chrono::month(12), std::chrono::day(31));
  set.letters = {{.code = "08E6-TSTN-9RE",
                  .mark = "TX4N",
                  .person = {"1"},
                  .name = "見本　花子",
                  .postcode = "000-0033",
                  .address = "ともに市本町四丁目38番7号"},
                 {.code = "1TPV-TC9C-5BT",
                  .mark = "GPSJ",
                  .person = {"2"},
                  .name = "髙橋　一郎",
                  .postcode = "",
                  .address = "ともに市泉町二丁目1番3号"}};
  return set;
}

LetterFile printed(const registry::LetterSet& set,
                   const std::vector<ConsentScope>& silence_counts = {}, bool reminder = false) {
  registry::LocalPlan city = sample_city();
  city.disclosure.ordinance_clause = "見本条例第3条";
  return consent_letters({.letters = set,
                          .local_plan = city,
                          .printed_on = set.round.answer_by,
                          .recipients = {"消防", "民生委員"},
                          .silence_counts = silence_counts,
                          .reminder = reminder});
}

TEST(ConsentLetter, EveryLetterIsOnePageWithItsOwnCodeToScan) {
  const PdfFile file(printed(two_letters()).pdf);
  EXPECT_THAT(file.info(), testing::ContainsRegex("Pages: +2\n"));
  EXPECT_EQ(file.qr(), "08E6-TSTN-9RE\n1TPV-TC9C-5BT\n");
}

TEST(ConsentLetter, SameInputGivesSameBytes) {
  EXPECT_EQ(printed(two_letters()).pdf, printed(two_letters()).pdf);
}

TEST(ConsentLetter, AddressAndAnswerSheetCarryTheSameCodeAndMark) {
  const std::string text = PdfFile(printed(two_letters()).pdf).text();
  const auto times = [&](const std::string& word) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      ++count;
    }
    return count;
  };
  for (const char* word : {"08E6-TSTN-9RE", "TX4N", "見本花子様"}) {
    EXPECT_EQ(times(word), 2U) << word;
  }
  EXPECT_EQ(times("同意します□同意しません"), 4U);  // two scopes for each of two
}

TEST(ConsentLetter, SaysWhatSilenceMeansAndOnWhatGround) {
  const std::string statute = PdfFile(printed(two_letters()).pdf).text();
  EXPECT_THAT(statute, HasSubstr("同意があったものとしては扱いません"));
  const std::string presumed =
      PdfFile(printed(two_letters(), {ConsentScope::ProvideRoster}).pdf).text();
  EXPECT_THAT(presumed, HasSubstr("見本条例第3条により、名簿提供について同意があったもの"));
  EXPECT_THAT(presumed, Not(HasSubstr("ものとしては扱いません")));
}

TEST(ConsentLetter, AReminderSaysThatItIsOne) {
  EXPECT_THAT(PdfFile(printed(two_letters(), {}, true).pdf).text(), HasSubstr("再度のお願い"));
}

TEST(ConsentLetter, NobodyIsNamedWhereThePagesNeedNotBeOpened) {
  EXPECT_THAT(PdfFile(printed(two_letters()).pdf).info(), Not(HasSubstr("見本")));
}

TEST(ConsentLetter, AllFiveScopesStayOnThePage) {
  registry::LetterSet set = two_letters();
  set.round.scopes = {ConsentScope::ProvideRoster, ConsentScope::CreatePlan,
                      ConsentScope::ProvidePlan, ConsentScope::JoinDrill,
                      ConsentScope::ProvideMedical};
  const PdfFile file(printed(set).pdf);
  for (const auto& word : file.words()) {
    EXPECT_LT(word.bottom, 841.9 - 12) << word.text;
  }
  EXPECT_THAT(documents_test::overlaps(file.words()), testing::IsEmpty());
  EXPECT_THAT(documents_test::outside(file.words(), 595.3, 841.9), testing::IsEmpty());
  EXPECT_EQ(documents_test::layout_of(file), documents_test::stored_layout("consent letters"));
}

}  // namespace
}  // namespace documents
