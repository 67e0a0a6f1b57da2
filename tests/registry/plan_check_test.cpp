// SPDX-License-Identifier: Apache-2.0
#include "registry/plan_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import_text.hpp"

namespace registry {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// A plan that has everything the law asks for; tests take things away.
struct Complete {
  Registrant subject;
  EvacuationPlan plan;
  std::vector<AssignedSupporter> supporters;

  Complete() {
    Person& person = subject.person;
    person.id = {"01JD00000000000000000000P1"};
    person.name = "架空 花子";
    person.birth_date = day(1940, 1, 1);
    person.sex = Sex::Female;
    person.address = "ひかり市北町一丁目";
    person.phone = "0000-00-0001";
    subject.certificates.push_back({CertificateKind::CareLevel, "", "要介護3", {}, {}, {}});
    plan.subject = person.id;
    PlanLeg leg;
    leg.shelter_name = "ひかり小学校";
    leg.route = {{35.7, 139.5}, {35.71, 139.5}};
    plan.courses.emplace_back().legs = {leg};
    AssignedSupporter neighbour;
    neighbour.supporter.name = "架空 太郎";
    neighbour.supporter.address = "ひかり市北町一丁目";
    neighbour.supporter.phone = "0000-00-0002";
    supporters.push_back(neighbour);
  }

  [[nodiscard]] PlanCheck check() const {
    return check_legal_completeness(plan, subject, supporters);
  }
};

TEST(PlanCheck, NothingIsMissingFromACompletePlan) {
  const PlanCheck check = Complete().check();
  EXPECT_THAT(check.missing, IsEmpty());
  EXPECT_TRUE(check.complete());
}

TEST(PlanCheck, EachItemOfTheRegisterIsNamedWithItsClause) {
  Complete empty;
  empty.subject = {};
  empty.plan.subject = {};
  EXPECT_THAT(
      empty.check().missing,
      ElementsAre(HasSubstr("49条の10②一"), HasSubstr("49条の10②二"), HasSubstr("49条の10②三"),
                  HasSubstr("49条の10②四"), HasSubstr("49条の10②五"), HasSubstr("49条の10②六")));
}

TEST(PlanCheck, ResidenceAndOtherContactsSatisfyTheirItems) {
  Complete moved;
  moved.subject.person.address.clear();
  moved.subject.person.actual_residence = "ひかり市南町";
  moved.subject.person.phone.clear();
  moved.subject.person.emergency_contacts.push_back({"架空 次郎", "長男", "0000-00-0003"});
  moved.subject.person.birth_date.reset();
  moved.subject.person.birth_text = "昭和15年頃";
  moved.supporters[0].supporter.phone.clear();
  moved.supporters[0].supporter.mail = "taro@example.jp";
  EXPECT_TRUE(moved.check().complete());
}

TEST(PlanCheck, AnUndecidedSupporterIsCountedApart) {
  Complete alone;
  alone.supporters.clear();
  const PlanCheck check = alone.check();
  EXPECT_THAT(check.missing, IsEmpty());
  EXPECT_TRUE(check.supporter_undecided);
  EXPECT_FALSE(check.complete());
}

TEST(PlanCheck, EverySupporterNeedsNameAddressAndContact) {
  Complete two;
  two.supporters.emplace_back();
  EXPECT_THAT(two.check().missing, SizeIs(3));
  EXPECT_THAT(two.check().missing, Each(HasSubstr("2人目")));
  two.supporters[1].supporter.organisation = "北町自主防災会";
  EXPECT_THAT(two.check().missing, SizeIs(2));
}

TEST(PlanCheck, APlanWithoutAWaySaysWhy) {
  Complete stranded;
  stranded.plan.courses[0].legs.clear();
  stranded.plan.courses[0].gap = Gap::SheltersFull;
  EXPECT_THAT(stranded.check().missing, SizeIs(2));
  EXPECT_THAT(stranded.check().missing, Each(HasSubstr(std::string(to_text(Gap::SheltersFull)))));
  Complete pathless;
  pathless.plan.courses[0].legs[0].route.clear();
  EXPECT_THAT(pathless.check().missing, ElementsAre(HasSubstr("避難路その他の避難経路")));
}

TEST(PlanCheck, NoEntryCarriesPersonalData) {
  Complete person;
  person.plan.courses[0].legs.clear();
  person.subject.person.phone.clear();
  person.supporters[0].supporter.address.clear();
  for (const std::string& entry : person.check().missing) {
    EXPECT_THAT(entry, testing::Not(HasSubstr("架空")));
    EXPECT_THAT(entry, testing::Not(HasSubstr("0000")));
    EXPECT_THAT(entry, testing::Not(HasSubstr("北町")));
  }
}

}  // namespace
}  // namespace registry
