// SPDX-License-Identifier: Apache-2.0
#include "documents/plan_form.hpp"

#include <gmock/gmock.h>

#include <regex>

#include "documents/form_words.hpp"
#include "pdf_tools.hpp"
#include "sample_town.hpp"

namespace documents {
namespace {

using documents_test::PdfFile;
using documents_test::Sample;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) {
    result += text;
  }
  return result;
}

/// Everything printed lies within the page's margins.
void expect_inside_the_page(const PdfFile& file) {
  const auto words = file.words();
  EXPECT_GT(words.size(), 50U);
  for (const auto& word : words) {
    const bool inside =
        word.left >= 20 && word.top >= 12 && word.right <= 595.3 - 20 && word.bottom <= 841.9 - 12;
    EXPECT_TRUE(inside) << word.text << " at " << word.left << ", " << word.top;
  }
  EXPECT_THAT(documents_test::overlaps(words), IsEmpty());
}

TEST(PlanForm, SameInputGivesSameBytes) {
  EXPECT_EQ(Sample().form().pdf, Sample().form().pdf);
}

TEST(PlanForm, HasTheLayoutThatIsStored) {
  const PdfFile file(Sample().form().pdf);
  expect_inside_the_page(file);
  EXPECT_EQ(documents_test::layout_of(file), documents_test::stored_layout("plan form"));
}

TEST(PlanForm, IsOnA4WithThePlansNumberAndNoNameInItsTitle) {
  const std::string info = PdfFile(Sample().form().pdf).info();
  EXPECT_TRUE(std::regex_search(info, std::regex("Pages: +2\n"))) << info;
  EXPECT_THAT(info, AllOf(HasSubstr("(A4)"), HasSubstr("01BX5ZZKBKACTAV9WEVGEMMVRZ"),
                          Not(HasSubstr("架空"))));
}

/// The column "emb" of every font pdffonts lists.
std::vector<std::string> embedded(const std::string& fonts) {
  const std::regex line("\\+[^\n]* (yes|no) +(yes|no) +(yes|no) +[0-9]+ +0\n");
  std::vector<std::string> flags;
  for (std::sregex_iterator it(fonts.begin(), fonts.end(), line), end; it != end; ++it) {
    flags.push_back((*it)[1]);
  }
  return flags;
}

TEST(PlanForm, EveryFontIsEmbeddedAndIsOneOfOurs) {
  Sample sample;
  sample.person().name = "葛\U000E0102城 花枝";
  const std::string fonts = PdfFile(sample.form().pdf).fonts();
  EXPECT_THAT(embedded(fonts), ElementsAre("yes", "yes", "yes")) << fonts;
  EXPECT_THAT(fonts, AllOf(HasSubstr("+NotoSansCJKjp-Regular"), HasSubstr("+NotoSansCJKjp-Bold"),
                           HasSubstr("+IPAmjMincho")));
}

TEST(PlanForm, HoldsTheItemsOfTheRegisterAndOfThePlan) {
  const auto form = Sample().form();
  EXPECT_THAT(form.warnings, IsEmpty());
  const std::string text = PdfFile(form.pdf).text();
  for (const char* item :
       {"個別避難計画（案）", "想定災害：洪水",
        // 49条の10②: 氏名, 生年月日, 性別, 住所又は居所, 電話番号その他の連絡先, 事由
        "架空花枝", "カクウハナエ", "昭和13年3月2日", "満88歳", "女性",
        "西東京市ともに町二丁目3番14号みどり荘101号室", "042-000-1234", "要介護3",
        "身体障害者手帳2級（視覚2級）",
        // the city's own items: 世帯構成, 緊急時の連絡先
        "単身世帯", "架空一郎（長男）", "090-0000-1111",
        // 49条の14③一
        "試験太郎", "西東京市ともに町二丁目3番15号", "042-000-5678", "近所", "同行・車両",
        "見本さくら（ともに町自治会）", "080-0000-2222",
        // 49条の14③二
        "ともに第二小学校", "西東京市ともに町五丁目6番7号", "直接避難", "介助を受けて歩く",
        "約810m", "約28分", "階段なし", "上り6.2％", "約240m", "洪水浸水0.5m未満",
        "法的な責任や義務を負うことはありません", "避難や救助を保証するものではありません",
        "©OpenStreetMapcontributors", "1／2ページ", "2／2ページ", "令和8年11月21日",
        "法定の項目はすべて記入されています"}) {
    EXPECT_THAT(text, HasSubstr(item));
  }
  EXPECT_THAT(text, Not(HasSubstr("0098765432")));  // 宛名番号 is never printed
}

TEST(PlanForm, QrCodeReadsBackAsThePlansText) {
  const Sample sample;
  const PdfFile file(sample.form().pdf);
  const std::string serial = plan_qr_text(sample.plan);
  EXPECT_EQ(file.qr(), serial + "\n");
  EXPECT_THAT(file.text(), HasSubstr(serial));
}

TEST(PlanForm, LongestNamesAndAddressesStayOnThePageUncut) {
  Sample sample;
  const std::string name = repeated("寿限無寿限無五劫のすりきれ", 5);       // 65 characters
  const std::string address = repeated("字大字架空平成二丁目南通上る", 5);  // 70 characters
  sample.person().name = name;
  sample.person().name_kana = repeated("ジュゲムジュゲムゴコウノスリキレ", 5);
  sample.person().address = address;
  sample.subject.supporters[0].supporter.name = name;
  sample.subject.supporters[0].supporter.address = address;
  sample.person().emergency_contacts[0].name = name;
  sample.plan.courses[0].legs[0].shelter_name = repeated("特別養護老人ホームともに苑", 5);
  sample.plan.courses[0].legs[0].shelter_address = address;
  const auto form = sample.form();
  EXPECT_THAT(form.warnings, IsEmpty());
  const PdfFile file(form.pdf);
  expect_inside_the_page(file);
  const std::string text = file.text();
  EXPECT_THAT(text, HasSubstr(address + "3番14号"));
  EXPECT_THAT(text, HasSubstr(sample.person().name_kana + name));
  EXPECT_THAT(text, HasSubstr(sample.plan.courses[0].legs[0].shelter_name + address));
}

TEST(PlanForm, WhatCannotFitIsShortenedThereAndStandsInFullInTheAppendix) {
  Sample sample;
  for (int i = 0; i < 4; ++i) {
    sample.subject.supporters.push_back(sample.subject.supporters[0]);
    sample.plan.courses[0].legs.push_back(sample.plan.courses[0].legs[0]);
  }
  for (auto& leg : sample.plan.courses[0].legs) {
    leg.shelter_address = repeated("とても長い避難先の所在地の説明", 60);
  }
  const auto form = sample.form();
  EXPECT_THAT(form.warnings, IsEmpty());
  const PdfFile file(form.pdf);
  expect_inside_the_page(file);
  const std::string text = file.text();
  EXPECT_THAT(text, AllOf(HasSubstr("別紙あり："), HasSubstr("2名（別紙あり）"), HasSubstr("…")));
  EXPECT_THAT(text, HasSubstr(repeated("とても長い避難先の所在地の説明", 60)))
      << "the appendix has it in full";
  EXPECT_THAT(text, HasSubstr("支援者6"));
  EXPECT_THAT(text, Not(HasSubstr("1／2ページ"))) << "there are more";
}

TEST(PlanForm, EveryCourseHasAPageOfItsOwnWithVerdictMinutesAndHelpers) {
  Sample sample;
  registry::PlanCourse& flood = sample.plan.courses[0];
  flood.timing = {.notify_s = 600,
                  .supporter_s = 420,
                  .preparation_s = 900,
                  .travel_s = 1630,
                  .total_p90_s = 5000,
                  .limit_s = 7200,
                  .limit_cause = "避難指示までに避難を終える",
                  .latest_start_s = 5570};
  flood.verdict = registry::PlanVerdict::AtRisk;
  flood.cause = "代わりの支援者がいない（1人）";
  flood.second = {.route = {flood.legs[0].route.front(), flood.legs[0].route.back()},
                  .extra_s = 240,
                  .shared_m = 0};
  sample.subject.supporters[0].supporter.id.value = "S1";
  flood.helpers = {{.supporter = {"S1"}, .backup = false, .trip = 2, .arrives_s = 1020}};
  registry::PlanCourse& fire = sample.plan.courses.emplace_back();
  fire.hazard = registry::HazardKind::GreatFire;
  fire.gap = registry::Gap::NoPermittedShelter;
  fire.verdict = registry::PlanVerdict::NotExecutable;
  fire.cause = to_text(fire.gap);
  fire.stay_reason = "屋内にとどまれるのは浸水に対してだけです";
  const auto form = sample.form();
  EXPECT_THAT(form.warnings, IsEmpty());
  const PdfFile file(form.pdf);
  expect_inside_the_page(file);
  const std::string text = file.text();
  for (const char* item :
       {"3／3ページ", "風水害（洪水）", "危うい：代わりの支援者がいない（1人）", "約4分長い",
        "合図から120分後", "合図から92分後", "合図から17分後に自宅に着く（2人目の支援）",
        "火災（大規模な火事）", "実行できない", "屋内にとどまれるのは浸水に対してだけです"}) {
    EXPECT_THAT(text, HasSubstr(item));
  }
  EXPECT_EQ(form.pdf, sample.form().pdf) << "same input, same bytes";
}

TEST(PlanForm, RareCharactersArePrintedAndPrivateOnesWarnedOf) {
  Sample sample;
  sample.person().name = "葛\U000E0100城 𠮷\uE000子";
  const auto form = sample.form();
  ASSERT_THAT(form.warnings, ElementsAre(HasSubstr("U+E000")));
  EXPECT_THAT(form.warnings[0], Not(HasSubstr("葛")));
  const std::string text = PdfFile(form.pdf).text();
  EXPECT_THAT(text, HasSubstr("𠮷"));
  EXPECT_THAT(text, HasSubstr("[U+E000]"));
  EXPECT_THAT(text, Not(HasSubstr("〓")));
}

TEST(PlanForm, WithoutDestinationItSaysSoWithTheReason) {
  Sample sample;
  sample.plan.courses[0].legs.clear();
  for (const auto gap :
       {registry::Gap::NoPosition, registry::Gap::OffTheRoads, registry::Gap::NoPermittedShelter,
        registry::Gap::SheltersFull, registry::Gap::RoadsClosed}) {
    sample.plan.courses[0].gap = gap;
    const std::string text = PdfFile(sample.form().pdf).text();
    EXPECT_THAT(text, HasSubstr("避難先未定"));
    EXPECT_THAT(text, HasSubstr(std::string(registry::to_text(gap))));
    EXPECT_THAT(text, Not(HasSubstr("ともに第二小学校")));
  }
}

TEST(PlanForm, WithoutAPlaceOfTheHomeThereIsNoMapButAFormAllTheSame) {
  Sample sample;
  sample.plan.courses[0].legs.clear();
  sample.plan.courses[0].gap = registry::Gap::NoPosition;
  sample.person().position.reset();
  const std::string text = PdfFile(sample.form().pdf).text();
  EXPECT_THAT(text, HasSubstr("地図を示せません"));
  EXPECT_THAT(text, Not(HasSubstr("OpenStreetMap")));
}

TEST(PlanForm, WithoutSupportersItSaysUndecidedAndListsTheGap) {
  Sample sample;
  sample.subject.supporters.clear();
  const std::string text = PdfFile(sample.form().pdf).text();
  EXPECT_THAT(text, HasSubstr("未定"));
  EXPECT_THAT(text, HasSubstr("避難支援等実施者が未定（49条の14③一）"));
}

TEST(PlanForm, MissingItemsOfThePersonAreMarkedAndListed) {
  Sample sample;
  sample.person().phone.clear();
  sample.person().emergency_contacts.clear();
  sample.person().birth_date.reset();
  sample.person().birth_text = "昭和13年月日不詳";
  const std::string text = PdfFile(sample.form().pdf).text();
  EXPECT_THAT(text, HasSubstr("（未記入）"));
  EXPECT_THAT(text, HasSubstr("49条の10②五"));
  EXPECT_THAT(text, HasSubstr("昭和13年月日不詳"));
}

TEST(PlanForm, OnlyAConfirmedPlanIsNoProposal) {
  Sample sample;
  sample.plan.status = registry::PlanStatus::Active;
  EXPECT_EQ(form_title(sample.plan), "個別避難計画");
  EXPECT_THAT(PdfFile(sample.form().pdf).text(), Not(HasSubstr("確かめる前の案")));
}

TEST(FormWords, FiguresAreRoundedTheSafeWay) {
  EXPECT_EQ(distance_words(4), "10m未満");
  EXPECT_EQ(distance_words(994), "約990m");
  EXPECT_EQ(distance_words(996), "約1.0km");
  EXPECT_EQ(duration_words(61), "約2分");
  EXPECT_EQ(duration_words(0), "約1分");
  EXPECT_EQ(duration_words(7'260), "約2時間1分");
}

TEST(FormWords, ExpiredCertificatesSaySo) {
  const registry::Certificate care{
      registry::CertificateKind::CareLevel, "", "要介護4", {}, {}, 2026y / 3 / 31};
  EXPECT_EQ(certificate_words(care, 2026y / 3 / 31), "要介護4");
  EXPECT_EQ(certificate_words(care, 2026y / 4 / 1), "要介護4（令和8年3月31日で期限切れ）");
  const registry::Certificate card{
      registry::CertificateKind::Intellectual, "愛の手帳", "1度", {}, {}, {}};
  EXPECT_EQ(certificate_words(card, 2026y / 4 / 1), "愛の手帳 1度");
}

}  // namespace
}  // namespace documents
