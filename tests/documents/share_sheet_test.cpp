// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "documents/supporter_sheet.hpp"
#include "handover_fixture.hpp"
#include "pdf_tools.hpp"
#include "sample_town.hpp"

namespace documents {
namespace {

using documents_test::PdfFile;
using registry::Answer;
using registry::ConsentScope;
using registry::DataKind;
using registry::RecipientKind;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A person with a plan, handed over to a neighbourhood (P-ACTION) or to a welfare shelter.
class ShareSheets : public registry::HandoverTest {
 protected:
  ShareSheets() {
    people({"1"});
    put_in_area(ids_[0], registry::AreaLevel::Neighbourhood, "N1");
    sample_.plan.subject = ids_[0];
    sample_.subject.registrant.person.id = ids_[0];
    registry::EvacuationPlan stored = sample_.plan;
    stored.revision = 0;
    stored.id = {};
    session_->store_plans({stored});
    needs_.hands = 2;
    needs_.may_be_carried = true;
    needs_.considerations = {registry::Consideration::HardOfHearing};
    needs_.communication = {registry::Communication::Writing};
    needs_.aids = {registry::Aid::Wheelchair, registry::Aid::HearingAid};
    needs_.medical_care = {registry::MedicalCare::Oxygen};
    needs_.devices = {{.kind = "酸素濃縮器",
                       .power_w = 180,
                       .battery_minutes = 90,
                       .consumables = "",
                       .vendor_phone = ""}};
    needs_.medication.essential = "見本の薬";
  }

  registry::DisclosureList handed(RecipientKind kind, DataKind data) {
    say(ids_[0], Answer::Granted,
        data == DataKind::Plan ? ConsentScope::ProvidePlan : ConsentScope::ProvideRoster);
    return issued(request(org(kind, "見本自治会"), data));
  }

  [[nodiscard]] std::vector<SheetPerson> known() const {
    return {{sample_.subject, sample_.plan, needs_}};
  }

  SheetFile supporter_sheet(const registry::DisclosureList& list) {
    return supporter_sheets(
        {list, sample_.city},
        {sample_.graph, sample_.hazards, "© OpenStreetMap contributors", sample_.profiles},
        known());
  }

  documents_test::Sample sample_;
  registry::Needs needs_;
};

TEST_F(ShareSheets, TheSupporterLearnsWhomWhereHowAndWhen) {
  const auto list = handed(RecipientKind::Jishubo, DataKind::Plan);
  const PdfFile file(supporter_sheet(list).pdf);
  EXPECT_THAT(file.info(), testing::ContainsRegex("Pages: +1\n"));
  const std::string text = file.text();
  for (const char* words :
       {"見本1さん", "見本市中町一丁目1", "2人", "音が聞こえない", "筆談", "背負い", "補聴器",
        "警戒レベル3", "ともに第二小学校", "に曲がって", "法的な責任や義務を負うことはありません",
        "管理番号2026-00001", "第49条の16"}) {
    EXPECT_THAT(text, HasSubstr(words)) << words;
  }
}

TEST_F(ShareSheets, TheSupportersSheetHasTheLayoutThatIsStored) {
  const auto list = handed(RecipientKind::Jishubo, DataKind::Plan);
  const PdfFile file(supporter_sheet(list).pdf);
  EXPECT_THAT(documents_test::overlaps(file.words()), IsEmpty());
  EXPECT_EQ(documents_test::layout_of(file), documents_test::stored_layout("supporter sheet"));
}

TEST_F(ShareSheets, TheSupporterLearnsNoDiagnosisNoGradeAndNobodyElsesData) {
  const auto list = handed(RecipientKind::Jishubo, DataKind::Plan);
  const std::string text = PdfFile(supporter_sheet(list).pdf).text();
  for (const char* hidden :
       {"要介護", "手帳2級", "視覚", "酸素", "見本の薬", "試験太郎", "さくら", "1940", "ミホン"}) {
    EXPECT_THAT(text, Not(HasSubstr(hidden))) << hidden;
  }
}

TEST_F(ShareSheets, TheReceptionLearnsCareDevicesAndMedication) {
  policy_.listed.push_back({RecipientKind::WelfareShelter, "第2編第4章"});
  registry::RecipientOrg home;
  home.kind = RecipientKind::WelfareShelter;
  home.name = "見本福祉園";
  home.listed = true;
  home.plan_clause = "第2編第4章";
  home.shelter = sample_.plan.main_course().legs.at(0).shelter;
  home.agreement_no = "協定2";
  home.agreement_signed_on = support::test_day();
  home.training_done_on = support::test_day();
  home.manager = "園長";
  home.storage_place = "事務室";
  const registry::OrgId id = registry::RecipientBook(*session_).add(home);
  say(ids_[0], Answer::Granted, ConsentScope::ProvidePlan);
  const auto list = issued(request(id, DataKind::Plan));
  ASSERT_EQ(list.handover().profile, registry::Profile::Intake);
  const SheetFile sheets = intake_sheets({list, sample_.city}, known());
  const PdfFile file(sheets.pdf);
  EXPECT_THAT(file.info(), testing::ContainsRegex("Pages: +1\n"));
  for (const char* words : {"福祉避難所受入票", "見本1", "ミホン1", "1940-02-29", "要介護3",
                            "酸素濃縮器180W電池90分", "見本の薬", "筆談", "受付の記入欄"}) {
    EXPECT_THAT(file.text(), HasSubstr(words)) << words;
  }
  EXPECT_THAT(documents_test::overlaps(file.words()), IsEmpty());
  EXPECT_THAT(documents_test::outside(file.words(), 595.3, 841.9), IsEmpty());
  EXPECT_EQ(documents_test::layout_of(file), documents_test::stored_layout("intake sheet"));
}

TEST_F(ShareSheets, StayOnOnePageWithoutOverlapsHoweverLongTheTexts) {
  needs_.other_consideration = std::string();
  for (int i = 0; i < 12; ++i) {
    needs_.other_consideration += "大きな声で正面からゆっくり話しかけ、返事を待ってください。";
  }
  needs_.vehicle_needs = "車いすのまま乗れる車で、後ろのドアから乗ります。";
  const auto list = handed(RecipientKind::Jishubo, DataKind::Plan);
  const SheetFile sheets = supporter_sheet(list);
  const PdfFile file(sheets.pdf);
  EXPECT_THAT(file.info(), testing::ContainsRegex("Pages: +1\n"));
  EXPECT_THAT(documents_test::outside(file.words(), 595.3, 841.9), IsEmpty());
  EXPECT_THAT(file.text(), HasSubstr("見本1さん"));
}

TEST_F(ShareSheets, SameInputGivesSameBytes) {
  const auto list = handed(RecipientKind::Jishubo, DataKind::Plan);
  EXPECT_EQ(supporter_sheet(list).pdf, supporter_sheet(list).pdf);
}

TEST_F(ShareSheets, WithoutAWayThePageSaysWhy) {
  registry::PlanCourse& course = sample_.plan.courses.at(0);
  course.gap = registry::Gap::NoPosition;
  course.legs.clear();
  const auto list = handed(RecipientKind::Jishubo, DataKind::Plan);
  const std::string text = PdfFile(supporter_sheet(list).pdf).text();
  EXPECT_THAT(text, HasSubstr("未定"));
  EXPECT_THAT(text, HasSubstr("自宅の位置が確認できていない"));
}

}  // namespace
}  // namespace documents
