// SPDX-License-Identifier: Apache-2.0
// Published lists of real places (国土地理院, 焼津市, 七尾市); they hold no people.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "import_text.hpp"
#include "registry/city_import.hpp"

namespace registry {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

std::string shared(const std::string& name) {
  return file_bytes(std::string(TOMONI_SHARED_DATA_DIR) + "/shelters/" + name);
}

std::size_t count(const ParsedRows<ShelterRow>& parsed, bool (*wanted)(const Shelter&)) {
  return static_cast<std::size_t>(std::ranges::count_if(
      parsed.rows, [&](const ShelterRow& row) { return wanted(row.shelter); }));
}

bool is_welfare(const Shelter& shelter) {
  return shelter.kinds.welfare();
}
bool is_restricted(const Shelter& shelter) {
  return !shelter.acceptance.empty();
}
bool is_site(const Shelter& shelter) {
  return shelter.kinds.emergency_site && shelter.rated;
}

#define NEED(text)                                                \
  if ((text).empty()) {                                           \
    GTEST_SKIP() << "the folder of published lists is not there"; \
  }

TEST(RealShelters, NishitokyoRestrictsTwentyEightOfItsShelters) {
  const std::string text = shared("gsi/132292_evacuation.geojson");
  NEED(text);
  const auto parsed = parse_gsi_shelters(text, {});
  EXPECT_THAT(parsed.rows, SizeIs(61));
  EXPECT_EQ(count(parsed, is_restricted), 28U);
  EXPECT_EQ(count(parsed, is_welfare), 28U);
  std::set<std::string> spellings;
  for (const ShelterRow& row : parsed.rows) {
    spellings.insert(row.shelter.acceptance.begin(), row.shelter.acceptance.end());
    EXPECT_EQ(row.shelter.arrival,
              is_welfare(row.shelter) ? ArrivalPolicy::Secondary : ArrivalPolicy::Direct);
  }
  EXPECT_THAT(spellings, SizeIs(12));
}

TEST(RealShelters, EveryNationalListIsReadWhole) {
  struct List {
    const char* file;
    std::size_t places, restricted, welfare, sites;
  };
  for (const List& list : {List{"132021_emergency", 46, 0, 0, 46},
                           {"132021_evacuation", 43, 0, 0, 0},
                           {"132292_emergency", 49, 0, 0, 49},
                           {"172022_emergency", 109, 0, 0, 109},
                           {"172022_evacuation", 82, 21, 21, 0},
                           {"222038_emergency", 105, 0, 0, 105},
                           {"222038_evacuation", 51, 1, 0, 0},
                           {"222127_emergency", 31, 0, 0, 31},
                           {"222127_evacuation", 56, 0, 0, 0},
                           {"431001_emergency", 317, 0, 0, 317},
                           {"431001_evacuation", 182, 0, 0, 0}}) {
    SCOPED_TRACE(list.file);
    const std::string text = shared("gsi/" + std::string(list.file) + ".geojson");
    NEED(text);
    const auto parsed = parse_gsi_shelters(text, {});
    EXPECT_THAT(faults(parsed.report), IsEmpty());
    EXPECT_THAT(parsed.rows, SizeIs(list.places));
    EXPECT_EQ(count(parsed, is_restricted), list.restricted);
    EXPECT_EQ(count(parsed, is_welfare), list.welfare);
    EXPECT_EQ(count(parsed, is_site), list.sites);
  }
}

TEST(RealShelters, YaizuPublishesSitesAndSheltersInTheOlderDataSet) {
  const std::string sites_text = shared("yaizu/222127_evacuation_space.csv");
  NEED(sites_text);
  const auto sites = parse_shelters(read_csv(sites_text), {});
  EXPECT_THAT(faults(sites.report), IsEmpty());
  EXPECT_THAT(sites.rows, SizeIs(31));
  EXPECT_EQ(count(sites, is_site), 31U);
  EXPECT_EQ(sites.rows[0].shelter.address, "焼津市中港5-463");
  EXPECT_TRUE(sites.rows[0].shelter.suited[static_cast<std::size_t>(HazardKind::Tsunami)]);

  const auto shelters = parse_shelters(read_csv(shared("yaizu/222127_hinannjo.csv")), {});
  EXPECT_THAT(shelters.rows, SizeIs(56));
  EXPECT_EQ(count(shelters,
                  [](const Shelter& shelter) {
                    return shelter.kinds.shelter && !shelter.rated && !shelter.capacity;
                  }),
            56U);
}

TEST(RealShelters, NanaoWritesCapacitiesInWordsThatAreNotGuessed) {
  const std::string text = shared("nanao_2024_noto/reference_data.csv");
  NEED(text);
  const auto parsed = parse_shelters(read_csv(text), {});
  EXPECT_THAT(faults(parsed.report), IsEmpty());
  EXPECT_THAT(parsed.rows, SizeIs(112));
  EXPECT_EQ(count(parsed, [](const Shelter& shelter) { return shelter.capacity.has_value(); }), 0U);
}

// The city's facility list in CP932 is not a list of shelters: the columns say so.
TEST(RealShelters, AFacilityListIsNotTakenForAShelterList) {
  const std::string text = shared("yaizu/yohairyosya.csv");
  NEED(text);
  EXPECT_THROW((void)parse_shelters(read_csv(text), {}), InputError);
}

}  // namespace
}  // namespace registry
