// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import_text.hpp"
#include "registry/city_import.hpp"

namespace registry {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

LocalPlan plan_with(ArrivalPolicy designated) {
  LocalPlan plan;
  plan.designated_welfare_arrival = designated;
  return plan;
}

const Cells& usual_shelter() {
  static const Cells kCells{{"ID", "A1"},
                            {"名称", "ひかり小学校"},
                            {"所在地_連結表記", "ひかり市北町1"},
                            {"緯度", "35.7"},
                            {"経度", "139.5"},
                            {"災害種別_洪水", "1"},
                            {"災害種別_地震", ""},
                            {"指定避難所との重複", ""},
                            {"想定収容人数", ""},
                            {"施設種別", ""},
                            {"受入対象者", ""},
                            {"到着区分", ""},
                            {"全国地方公共団体コード", "139998"}};
  return kCells;
}

ParsedRows<ShelterRow> parse_sites(const std::vector<Cells>& rows) {
  return parse_shelters(read_csv(csv_of(usual_shelter(), rows)), {});
}

Shelter shelter_with(const Cells& cells) {
  const auto parsed = parse_sites({cells});
  EXPECT_THAT(faults(parsed.report), IsEmpty());
  return parsed.rows.empty() ? Shelter{} : parsed.rows[0].shelter;
}

TEST(ShelterImport, AListWithHazardColumnsIsOneOfEmergencySites) {
  const Shelter shelter = shelter_with({});
  EXPECT_EQ(shelter.common_id, "A1");
  EXPECT_EQ(shelter.address, "ひかり市北町1");
  EXPECT_EQ(shelter.position, (Position{35.7, 139.5}));
  EXPECT_TRUE(shelter.kinds.emergency_site);
  EXPECT_FALSE(shelter.kinds.shelter);
  EXPECT_TRUE(shelter.rated);
  EXPECT_TRUE(shelter.suited[static_cast<std::size_t>(HazardKind::Flood)]);
  EXPECT_FALSE(shelter.suited[static_cast<std::size_t>(HazardKind::Earthquake)]);
  EXPECT_EQ(shelter.arrival, ArrivalPolicy::Direct);
  EXPECT_FALSE(shelter.capacity);
  EXPECT_TRUE(shelter_with({{"指定避難所との重複", "1"}}).kinds.shelter);
}

TEST(ShelterImport, TheOlderDataSetHasOtherColumnNames) {
  const auto parsed = parse_shelters(
      read_csv("NO,名称,住所,方書,緯度,経度\r\n7,ひかり公民館,ひかり市南町2,2階,35.7,139.5\r\n"),
      {});
  ASSERT_THAT(parsed.rows, SizeIs(1));
  const Shelter& shelter = parsed.rows[0].shelter;
  EXPECT_EQ(shelter.common_id, "7");
  EXPECT_EQ(shelter.address, "ひかり市南町2 2階");
  EXPECT_TRUE(shelter.kinds.shelter);
  EXPECT_FALSE(shelter.rated);
  EXPECT_THAT(parsed.report.notes, Contains(HasSubstr("指定避難所の一覧として")));
}

TEST(ShelterImport, AWelfareShelterFollowsTheCitysPlanUnlessTheRowSaysOtherwise) {
  const Cells welfare{{"施設種別", "指定福祉避難所"}, {"受入対象者", "高齢者；障害者 ; "}};
  const Shelter closed = shelter_with(welfare);
  EXPECT_TRUE(closed.kinds.designated_welfare);
  EXPECT_FALSE(closed.kinds.emergency_site);
  EXPECT_EQ(closed.arrival, ArrivalPolicy::Secondary);
  EXPECT_THAT(closed.acceptance, ElementsAre("高齢者", "障害者 "));

  const Table table = read_csv(csv_of(usual_shelter(), {welfare}));
  const auto direct = parse_shelters(table, plan_with(ArrivalPolicy::Direct));
  EXPECT_EQ(direct.rows.at(0).shelter.arrival, ArrivalPolicy::Direct);

  Cells stated = welfare;
  stated["到着区分"] = "直接避難";
  EXPECT_EQ(shelter_with(stated).arrival, ArrivalPolicy::Direct);
}

TEST(ShelterImport, AGeneralShelterThatIsAlsoAWelfareShelterIsOpenToDirectArrival) {
  const Shelter both = shelter_with({{"施設種別", "指定避難所;協定福祉避難所"}});
  EXPECT_TRUE(both.kinds.shelter && both.kinds.agreement_welfare);
  EXPECT_EQ(both.arrival, ArrivalPolicy::Direct);
}

TEST(ShelterImport, CapacitiesAreReadOrLeftUnpublishedNeverGuessed) {
  EXPECT_EQ(shelter_with({{"想定収容人数", "１,２３４人"}}).capacity, 1234);
  EXPECT_EQ(shelter_with({{"想定収容人数", "191.0"}}).capacity, 191);
  const auto split = parse_sites({{{"想定収容人数", "屋内191人／屋外0人(面積の1/2)"}}});
  EXPECT_FALSE(split.rows.at(0).shelter.capacity);
  EXPECT_THAT(split.report.notes, ElementsAre(HasSubstr("想定収容人数")));
  EXPECT_EQ(shelter_with({{"想定収容人数", "0"}}).capacity, 0);
}

TEST(ShelterImport, UnusableRowsAreRejected) {
  EXPECT_THAT(faults(parse_sites({{{"名称", ""}},
                                  {{"緯度", ""}, {"経度", ""}},
                                  {{"緯度", "139.5"}, {"経度", "35.7"}},
                                  {{"災害種別_洪水", "たぶん"}},
                                  {{"施設種別", "公園"}},
                                  {{"到着区分", "徒歩"}}})
                         .report),
              ElementsAre("NAME_MISSING@2:名称", "POSITION_MISSING@3:緯度",
                          "POSITION_SWAPPED@4:緯度", "FLAG_UNKNOWN@5:災害種別_洪水",
                          "SHELTER_KIND_UNKNOWN@6:施設種別", "ARRIVAL_UNKNOWN@7:到着区分"));
}

TEST(ShelterImport, CityCodesThatLostTheirZeroAreReported) {
  EXPECT_THAT(parse_sites({{{"全国地方公共団体コード", "92011"}}}).report.notes,
              ElementsAre("全国地方公共団体コード: 先頭の0を補いました（行: 2）"));
  EXPECT_THAT(parse_sites({{{"全国地方公共団体コード", "132291"}}}).report.notes,
              ElementsAre(HasSubstr("検査数字")));
}

// GeoJSON of the national lists.

std::string feature(const std::string& properties,
                    const std::string& coordinates = "[139.5,35.7]") {
  return R"({"type":"Feature","geometry":{"type":"Point","coordinates":)" + coordinates +
         R"(},"properties":{)" + properties + "}}";
}

ParsedRows<ShelterRow> gsi(const std::string& features) {
  return parse_gsi_shelters(R"({"type":"FeatureCollection","features":[)" + features + "]}", {});
}

const std::string kSite =
    R"("NO":1,"共通ID":"E1399900001201","施設・場所名":"ひかり公園","住所":"ひかり市","洪水":"1","津波":"")";

std::string shelter_for(const std::string& acceptance) {
  return feature(R"("共通ID":"E2","施設・場所名":"ひかり園","住所":"ひかり市","受入対象者":)" +
                 acceptance);
}

TEST(GsiImport, FeaturesAreToldApartByTheirProperties) {
  const auto parsed = gsi(feature(kSite) + "," + shelter_for("null"));
  ASSERT_THAT(parsed.rows, SizeIs(2));
  const Shelter& site = parsed.rows[0].shelter;
  EXPECT_TRUE(site.kinds.emergency_site && site.rated);
  EXPECT_TRUE(site.suited[static_cast<std::size_t>(HazardKind::Flood)]);
  EXPECT_FALSE(site.suited[static_cast<std::size_t>(HazardKind::Tsunami)]);
  EXPECT_EQ(site.common_id, "E1399900001201");
  const Shelter& shelter = parsed.rows[1].shelter;
  EXPECT_TRUE(shelter.kinds.shelter);
  EXPECT_FALSE(shelter.rated);
  EXPECT_THAT(shelter.acceptance, IsEmpty());
}

TEST(GsiImport, PublishedGroupsInNeedOfCareMakeAWelfareShelter) {
  for (const char* group : {"要配慮者及びその家族", "高齢者", "障害者、高齢者等", "妊婦・乳幼児",
                            "事前に市と施設で特定した者（高齢者）"}) {
    const auto parsed = gsi(shelter_for("\"" + std::string(group) + "\""));
    const Shelter& shelter = parsed.rows.at(0).shelter;
    EXPECT_TRUE(shelter.kinds.designated_welfare) << group;
    EXPECT_FALSE(shelter.kinds.shelter) << group;
    EXPECT_EQ(shelter.arrival, ArrivalPolicy::Secondary) << group;
    EXPECT_THAT(shelter.acceptance, ElementsAre(group)) << "as published";
  }
}

TEST(GsiImport, PlacesForOtherGroupsKeepTheirRestriction) {
  for (const char* group :
       {"県立架空特別支援学校の在校生及び卒業生とその家族", "本校の生徒", "従業員"}) {
    const Shelter shelter = gsi(shelter_for("\"" + std::string(group) + "\"")).rows.at(0).shelter;
    EXPECT_FALSE(shelter.kinds.welfare()) << group;
    EXPECT_THAT(shelter.acceptance, ElementsAre(group));
  }
}

TEST(GsiImport, FeaturesWithoutAPlaceAreRejected) {
  const auto parsed =
      gsi(R"({"type":"Feature","geometry":null,"properties":{)" + kSite + "}}," +
          feature(kSite, "[35.7,139.5]") + "," + feature(kSite, "[0,0]") + "," +
          feature(kSite, "\"?\"") + "," + feature(R"("別":1)") + "," + feature(kSite));
  EXPECT_THAT(parsed.rows, SizeIs(1));
  EXPECT_THAT(faults(parsed.report),
              ElementsAre("POSITION_MISSING@1:geometry", "POSITION_SWAPPED@2:geometry",
                          "POSITION_OUTSIDE_JAPAN@3:geometry", "POSITION_MISSING@4:geometry",
                          "NAME_MISSING@5:施設・場所名", "LIST_UNKNOWN@5:受入対象者"));
}

TEST(GsiImport, AnotherFileIsRefusedWithWhatItHolds) {
  for (const std::string text : {"", "{", "[]", R"({"features":[]})", R"({"features":{}})"}) {
    EXPECT_THROW((void)parse_gsi_shelters(text, {}), InputError) << text;
  }
  try {
    (void)gsi(feature(R"("町名":"北町")"));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("町名"));
  }
}

}  // namespace
}  // namespace registry
