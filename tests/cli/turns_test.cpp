// SPDX-License-Identifier: Apache-2.0
// Turn restrictions from the road file to the route of a vehicle.
#include <gtest/gtest.h>

#include <fstream>

#include "support/city.hpp"
#include "support/scratch_folder.hpp"

namespace {

using Json = nlohmann::json;
using support::City;
using support::tomoni;

/// Streets 1-2-3 and, off it, 2-4; round the block 3-5-4. Nobody may turn from 1-2 into 2-4, nor
/// round at 3.
const char* const kTown = R"(<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="35.7250" lon="139.5380"/><node id="2" lat="35.7250" lon="139.5390"/>
<node id="3" lat="35.7250" lon="139.5395"/><node id="4" lat="35.7240" lon="139.5390"/>
<node id="5" lat="35.7240" lon="139.5395"/><node id="6" lat="35.7230" lon="139.5390"/>
<way id="12"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/><tag k="width" v="4"/></way>
<way id="23"><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="width" v="4"/></way>
<way id="24"><nd ref="2"/><nd ref="4"/><tag k="highway" v="residential"/><tag k="width" v="4"/></way>
<way id="35"><nd ref="3"/><nd ref="5"/><tag k="highway" v="residential"/><tag k="width" v="4"/></way>
<way id="54"><nd ref="5"/><nd ref="4"/><tag k="highway" v="residential"/><tag k="width" v="4"/></way>
<way id="46"><nd ref="4"/><nd ref="6"/><tag k="highway" v="residential"/><tag k="width" v="4"/></way>
<relation id="1"><member type="way" ref="12" role="from"/><member type="node" ref="2" role="via"/>
<member type="way" ref="24" role="to"/>
<tag k="type" v="restriction"/><tag k="restriction" v="no_right_turn"/></relation>
<relation id="2"><member type="way" ref="23" role="from"/><member type="node" ref="3" role="via"/>
<member type="way" ref="35" role="to"/>
<tag k="type" v="restriction"/><tag k="restriction" v="only_right_turn"/></relation>
<relation id="3"><member type="way" ref="12" role="from"/><member type="way" ref="23" role="via"/>
<member type="way" ref="35" role="to"/>
<tag k="type" v="restriction"/><tag k="restriction" v="no_u_turn"/></relation></osm>)";

class Turns : public testing::Test {
 protected:
  Turns()
      : city_("turns-" +
              std::string(testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::ofstream(folder_ / "town.osm", std::ios::binary) << kTown;
  }

  [[nodiscard]] support::Run run(const char* profile) const {
    return tomoni({"route", "--dir", city_.dir().string(), "--from", "35.7250,139.5385", "--to",
                   "35.7235,139.5390", "--profile", profile, "--json"});
  }
  [[nodiscard]] std::size_t points_of_way(const char* profile) const {
    const auto result = run(profile);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.exit_code == 0 ? Json::parse(result.out)["geometry"]["coordinates"].size() : 0;
  }

  support::ScratchFolder folder_;
  City city_;
};

TEST_F(Turns, AreImportedWithAReportAndObeyedByVehiclesOnly) {
  const Json report = city_.must_import("roads", folder_ / "town.osm");
  EXPECT_EQ(report["turn_relations_read"], 3);
  EXPECT_EQ(report["turn_relations_used"], 2);
  EXPECT_EQ(report["turn_relations_dropped"].size(), 1U);
  EXPECT_EQ(report["turns_banned"], 2);
  EXPECT_EQ(points_of_way("walk"), 4U);     // start, 2, 4, goal
  EXPECT_EQ(points_of_way("vehicle"), 6U);  // start, 2, 3, 5, 4, goal
}

TEST_F(Turns, OfOtherRoadsStopTheProgramInsteadOfMisleadingIt) {
  city_.must_import("roads", folder_ / "town.osm");
  std::ofstream(city_.dir() / "turns.txt", std::ios::app) << "0 1 2 3 4\n";
  const auto result = run("vehicle");
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(result.err.find("規制"), std::string::npos) << result.err;
}

TEST_F(Turns, ACityWithoutTheFileHasNone) {
  city_.must_import("roads", folder_ / "town.osm");
  std::filesystem::remove(city_.dir() / "turns.txt");
  EXPECT_EQ(points_of_way("vehicle"), 4U);
}

}  // namespace
