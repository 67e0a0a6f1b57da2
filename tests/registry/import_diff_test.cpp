// SPDX-License-Identifier: Apache-2.0
#include "registry/import_diff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr Date kDay{std::chrono::year{2026}, std::chrono::June, std::chrono::day{1}};

Person someone() {
  Person person;
  person.resident_no = "1";
  person.name = "見本花子";
  person.address = "見本市中町一丁目";
  person.address_number = "2番3号";
  return person;
}

std::vector<ChangeKind> kinds(const Person& before, const Person& after) {
  return difference(before, after).kinds;
}

TEST(PersonDifference, NothingChangedIsNoDifference) {
  EXPECT_THAT(kinds(someone(), someone()), IsEmpty());
}

TEST(PersonDifference, AnotherSpellingOfTheAddressIsNoMove) {
  Person after = someone();
  after.address = "見本市中町１丁目";
  const Difference found = difference(someone(), after);
  EXPECT_THAT(found.kinds, ElementsAre(ChangeKind::Changed));
  EXPECT_THAT(found.fields, ElementsAre("address"));
}

TEST(PersonDifference, AnotherAddressIsAMove) {
  Person after = someone();
  after.address_number = "2番4号";
  EXPECT_THAT(kinds(someone(), after), ElementsAre(ChangeKind::Moved));
  after = someone();
  after.actual_residence = "見本市北町9";
  EXPECT_THAT(kinds(someone(), after), ElementsAre(ChangeKind::Moved));
}

TEST(PersonDifference, EveryEndOfResidenceHasItsKind) {
  const std::vector<std::pair<Residency, ChangeKind>> ends{
      {Residency::Died, ChangeKind::Died},
      {Residency::MovedOut, ChangeKind::Left},
      {Residency::Deleted, ChangeKind::Deleted}};
  for (const auto& [residency, kind] : ends) {
    Person after = someone();
    after.residency = residency;
    EXPECT_THAT(kinds(someone(), after), ElementsAre(kind));
    EXPECT_THAT(kinds(after, someone()), ElementsAre(ChangeKind::BackInTown));
  }
}

TEST(PersonDifference, FacilityAndHospitalAreEnteredAndLeft) {
  Person away = someone();
  away.living_place = LivingPlace::Facility;
  Person hospital = someone();
  hospital.living_place = LivingPlace::Hospital;
  EXPECT_THAT(kinds(someone(), away), ElementsAre(ChangeKind::EnteredFacility));
  EXPECT_THAT(kinds(away, hospital), ElementsAre(ChangeKind::Changed));
  EXPECT_THAT(kinds(hospital, someone()), ElementsAre(ChangeKind::ReturnedHome));
}

TEST(PersonDifference, ProtectionBeginsAndEndsAndMayComeWithOtherNews) {
  Person after = someone();
  after.protective_measure = ProtectiveMeasure::Active;
  EXPECT_THAT(kinds(someone(), after), ElementsAre(ChangeKind::ProtectionSet));
  EXPECT_THAT(kinds(after, someone()), ElementsAre(ChangeKind::ProtectionEnded));
  after.address_number = "9番";
  after.phone = "000-0000-0000";
  EXPECT_THAT(kinds(someone(), after),
              ElementsAre(ChangeKind::Changed, ChangeKind::Moved, ChangeKind::ProtectionSet));
  // Expired but not reviewed still protects: nothing begins or ends.
  Person expired = someone();
  expired.protective_measure = ProtectiveMeasure::ExpiredUnreviewed;
  Person active = someone();
  active.protective_measure = ProtectiveMeasure::Active;
  EXPECT_THAT(kinds(active, expired), ElementsAre(ChangeKind::Changed));
}

Certificate certificate(CertificateKind kind, const std::string& grade) {
  Certificate result;
  result.kind = kind;
  result.grade = grade;
  return result;
}

TEST(WelfareDifference, CertificatesComeChangeAndEnd) {
  WelfareState none;
  WelfareState level3 = none;
  level3.certificates = {certificate(CertificateKind::CareLevel, "要介護3")};
  WelfareState level4 = none;
  level4.certificates = {certificate(CertificateKind::CareLevel, "要介護4")};
  EXPECT_THAT(difference(none, level3, kDay).kinds, ElementsAre(ChangeKind::CertificateNew));
  EXPECT_THAT(difference(level3, level4, kDay).kinds, ElementsAre(ChangeKind::CertificateChanged));
  EXPECT_THAT(difference(level4, none, kDay).kinds, ElementsAre(ChangeKind::CertificateExpired));
  EXPECT_THAT(difference(level4, level4, kDay).kinds, IsEmpty());
}

TEST(WelfareDifference, CertificateThatCameOutOfDateIsAnExpiry) {
  WelfareState before;
  before.certificates = {certificate(CertificateKind::CareLevel, "要介護3")};
  WelfareState after = before;
  after.certificates[0].valid_to =
      Date{std::chrono::year{2026}, std::chrono::May, std::chrono::day{31}};
  EXPECT_THAT(difference(before, after, kDay).kinds, ElementsAre(ChangeKind::CertificateExpired));
}

// --- ripple

PersonChange change(const char* person, std::vector<ChangeKind> kinds,
                    std::vector<std::string> fields = {}) {
  PersonChange result;
  result.person = {person};
  result.kinds = std::move(kinds);
  result.fields = std::move(fields);
  return result;
}

RegistryView small_view() {
  RegistryView view;
  view.plans = {{{"plan1"}, {"p1"}, PlanStatus::Active},
                {{"plan2"}, {"p2"}, PlanStatus::Draft},
                {{"plan3"}, {"p3"}, PlanStatus::Withdrawn}};
  view.helpers = {{{"s1"}, "支援一", "東町5", {{"p2"}}}};
  view.members = {{RegisterKind::Statutory, {"p1"}}, {RegisterKind::Voluntary, {"p1"}}};
  view.copies = {{"h1", "0001", {"p1"}}, {"h2", "0002", {"p1"}}, {"h1", "0001", {"p2"}}};
  return view;
}

TEST(Ripple, DeathMakesPlanListsAndEveryCopyFalse) {
  const Ripple ripple = ripple_from_import({{change("p1", {ChangeKind::Died})}}, small_view());
  EXPECT_THAT(ripple.plans, ElementsAre(Invalidation{{"plan1"}, {"p1"}, StaleReason::SubjectDied}));
  EXPECT_EQ(ripple.lists.size(), 2U);
  EXPECT_THAT(ripple.copies, ElementsAre(StaleCopy{"h1", "0001", {"p1"}, ChangeKind::Died},
                                         StaleCopy{"h2", "0002", {"p1"}, ChangeKind::Died}));
}

TEST(Ripple, EachReasonOfTheLawIsReached) {
  const std::vector<std::pair<ChangeKind, StaleReason>> reasons{
      {ChangeKind::Moved, StaleReason::SubjectMoved},
      {ChangeKind::Died, StaleReason::SubjectDied},
      {ChangeKind::Left, StaleReason::SubjectLeft},
      {ChangeKind::Deleted, StaleReason::SubjectLeft},
      {ChangeKind::EnteredFacility, StaleReason::EnteredFacility},
      {ChangeKind::CertificateNew, StaleReason::CertificateChanged},
      {ChangeKind::CertificateChanged, StaleReason::CertificateChanged},
      {ChangeKind::CertificateExpired, StaleReason::CertificateChanged}};
  for (const auto& [kind, reason] : reasons) {
    const Ripple ripple = ripple_from_import({{change("p2", {kind})}}, small_view());
    EXPECT_THAT(ripple.plans, ElementsAre(Invalidation{{"plan2"}, {"p2"}, reason}));
  }
}

TEST(Ripple, PlanThatIsOverCannotBecomeFalse) {
  EXPECT_THAT(ripple_from_import({{change("p3", {ChangeKind::Died})}}, small_view()).plans,
              IsEmpty());
}

TEST(Ripple, NewsThatStandOnNoListTouchNothing) {
  const Ripple ripple = ripple_from_import(
      {{change("p1", {ChangeKind::Changed}, {"household_no", "relation_to_head"}),
        change("p2", {ChangeKind::Missing}), change("p9", {ChangeKind::New})}},
      small_view());
  EXPECT_EQ(ripple, Ripple{});
}

TEST(Ripple, NewPhoneNumberMakesCopiesFalseButNoPlan) {
  const Ripple ripple =
      ripple_from_import({{change("p2", {ChangeKind::Changed}, {"phone"})}}, small_view());
  EXPECT_THAT(ripple.plans, IsEmpty());
  EXPECT_THAT(ripple.copies, ElementsAre(StaleCopy{"h1", "0001", {"p2"}, ChangeKind::Changed}));
}

TEST(Ripple, NewlyProtectedPersonsCopiesAreCalledBack) {
  const Ripple ripple =
      ripple_from_import({{change("p1", {ChangeKind::ProtectionSet})}}, small_view());
  EXPECT_THAT(ripple.plans, IsEmpty());
  EXPECT_EQ(ripple.copies.size(), 2U);
}

TEST(Ripple, SupporterWhoMovedOrDiedCountsForThePeopleHelped) {
  PersonChange moved = change("r1", {ChangeKind::Moved});
  moved.former = {"支援一", "東町5", "東町5コ-ポ101"};
  EXPECT_THAT(ripple_from_import({{moved}}, small_view()).plans,
              ElementsAre(Invalidation{{"plan2"}, {"p2"}, StaleReason::SupporterMoved}));
  moved.kinds = {ChangeKind::Died};
  EXPECT_THAT(ripple_from_import({{moved}}, small_view()).plans,
              ElementsAre(Invalidation{{"plan2"}, {"p2"}, StaleReason::SupporterDied}));
  moved.former.address = "西町5";  // somebody else of the same name
  EXPECT_THAT(ripple_from_import({{moved}}, small_view()).plans, IsEmpty());
}

// The oracle asks plan by plan and copy by copy, in the plainest way.
TEST(Ripple, RandomDiffsGiveWhatAskingEachPlanAndCopyGives) {
  const std::set<ChangeKind> stops{ChangeKind::Moved,
                                   ChangeKind::Died,
                                   ChangeKind::Left,
                                   ChangeKind::Deleted,
                                   ChangeKind::EnteredFacility,
                                   ChangeKind::CertificateNew,
                                   ChangeKind::CertificateChanged,
                                   ChangeKind::CertificateExpired};
  for (unsigned seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto person = [&] { return PersonId{"p" + std::to_string(random() % 8)}; };
    RegistryView view;
    for (int i = 0; i < 6; ++i) {
      view.plans.push_back(
          {{"plan" + std::to_string(i)}, person(), static_cast<PlanStatus>(random() % 11)});
      view.copies.push_back({"h" + std::to_string(random() % 3), "s", person()});
    }
    std::map<PersonId, std::set<ChangeKind>> said;
    ImportDiff diff;
    for (int i = 0; i < 4; ++i) {
      const PersonId who = person();
      const auto kind = static_cast<ChangeKind>(random() % 18);
      said[who].insert(kind);
      diff.changes.push_back(change(who.value.c_str(), {kind}));
    }
    const Ripple ripple = ripple_from_import(diff, view);
    std::set<PlanId> want;
    for (const auto& plan : view.plans) {
      const bool over = plan.status == PlanStatus::Refused ||
                        plan.status == PlanStatus::OutOfScope ||
                        plan.status == PlanStatus::Withdrawn;
      for (const ChangeKind kind : said[plan.subject]) {
        if (!over && stops.contains(kind)) {
          want.insert(plan.plan);
        }
      }
    }
    std::set<PlanId> got;
    for (const Invalidation& invalidation : ripple.plans) {
      got.insert(invalidation.plan);
    }
    EXPECT_EQ(got, want);
    for (const auto& copy : view.copies) {
      bool stale = false;
      for (const ChangeKind kind : said[copy.person]) {
        stale = stale || stops.contains(kind) || kind == ChangeKind::ReturnedHome ||
                kind == ChangeKind::ProtectionSet || kind == ChangeKind::Withdrew;
      }
      const bool listed = std::ranges::any_of(ripple.copies, [&](const StaleCopy& found) {
        return found.handover == copy.handover && found.person == copy.person;
      });
      EXPECT_EQ(listed, stale);
    }
  }
}

}  // namespace
}  // namespace registry
