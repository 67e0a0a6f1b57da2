// SPDX-License-Identifier: Apache-2.0
#include "registry/registrant.hpp"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string_view>

#include "registry/evacuation_plan.hpp"
#include "registry/shelter.hpp"

namespace registry {
namespace {

/// Texts of the first `count` enumerators; a set, so that equal texts would be missed.
template <class Enum>
std::set<std::string_view> texts(int count) {
  std::set<std::string_view> all;
  for (int i = 0; i < count; ++i) {
    all.insert(to_text(static_cast<Enum>(i)));
  }
  return all;
}

TEST(Registrant, AddressIsOneLine) {
  Person person;
  EXPECT_EQ(person.full_address(), "");
  person.address = "架空市緑町一丁目";
  EXPECT_EQ(person.full_address(), "架空市緑町一丁目");
  person.building = "みどり荘101";
  EXPECT_EQ(person.full_address(), "架空市緑町一丁目 みどり荘101");
  person.address_number = "5番12号";
  EXPECT_EQ(person.full_address(), "架空市緑町一丁目5番12号 みどり荘101");
  person.building = "";
  EXPECT_EQ(person.full_address(), "架空市緑町一丁目5番12号");
}

TEST(Registrant, ExpiredProtectionStillProtects) {
  Person person;
  EXPECT_FALSE(person.is_protected());
  person.protective_measure = ProtectiveMeasure::ExpiredUnreviewed;
  EXPECT_TRUE(person.is_protected());
}

TEST(Registrant, EveryCodeHasItsOwnText) {
  EXPECT_EQ(texts<Sex>(4), (std::set<std::string_view>{"男性", "女性", "その他", "未記載"}));
  EXPECT_EQ(texts<Residency>(4), (std::set<std::string_view>{"住民", "転出", "死亡", "職権消除"}));
  EXPECT_EQ(texts<LivingPlace>(4),
            (std::set<std::string_view>{"在宅", "施設入所", "長期入院", "一時不在"}));
  EXPECT_EQ(texts<Mobility>(9).size(), 9U);
  EXPECT_EQ(to_text(Mobility::WheelchairPushed), "車いす介助");
  EXPECT_EQ(texts<CertificateKind>(6).size(), 6U);
  EXPECT_EQ(texts<PlanStatus>(11).size(), 11U);
  EXPECT_EQ(to_text(PlanStatus::NeedsReview), "要見直し");
  EXPECT_EQ(texts<Gap>(5).size(), 5U);
  EXPECT_EQ(texts<ArrivalPolicy>(2), (std::set<std::string_view>{"直接避難", "二次避難"}));
}

TEST(Registrant, CodeOutsideTheListIsABug) {
  EXPECT_THROW((void)to_text(static_cast<Sex>(200)), std::logic_error);
}

TEST(Shelter, HazardNamesOfTheLawReadBack) {
  EXPECT_EQ(to_text(HazardKind::Landslide), "崖崩れ、土石流及び地滑り");
  EXPECT_EQ(texts<HazardKind>(8).size(), kHazardKinds);
  for (int i = 0; i < 8; ++i) {
    const auto kind = static_cast<HazardKind>(i);
    EXPECT_EQ(parse_hazard_kind(to_text(kind)), kind);
  }
}

TEST(Shelter, EverydayHazardNamesAreUnderstood) {
  EXPECT_EQ(parse_hazard_kind(" 土砂災害"), HazardKind::Landslide);
  EXPECT_EQ(parse_hazard_kind("flood"), HazardKind::Flood);
  EXPECT_EQ(parse_hazard_kind("inland_flood"), HazardKind::InlandFlood);
  EXPECT_EQ(parse_hazard_kind(""), std::nullopt);
  EXPECT_EQ(parse_hazard_kind("隕石"), std::nullopt);
}

}  // namespace
}  // namespace registry
