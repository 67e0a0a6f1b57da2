// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "support/city.hpp"

namespace {

using support::City;
using support::tomoni;

TEST(Usage, AnUnknownCommandIsWrongUse) {
  EXPECT_EQ(tomoni({"frobnicate"}).exit_code, 2);
}

TEST(Usage, NoCommandIsWrongUse) {
  EXPECT_EQ(tomoni({}).exit_code, 2);
}

TEST(Usage, HelpAndVersionAreNotErrors) {
  EXPECT_EQ(tomoni({"--help"}).exit_code, 0);
  EXPECT_EQ(tomoni({"--version"}).exit_code, 0);
}

TEST(Usage, APlaceThatIsNotLatitudeAndLongitudeIsWrongUse) {
  const City city("usage-place");
  const auto route = [&](const std::string& from) {
    return tomoni({"route", "--dir", city.dir().string(), "--from", from, "--to", "35.7,139.4"});
  };
  EXPECT_EQ(route("here").exit_code, 2);
  EXPECT_EQ(route("35.7").exit_code, 2);
  EXPECT_EQ(route("139.4,35.7").exit_code, 2);  // swapped: no such latitude
}

TEST(Usage, AFolderThatIsNoCityIsNamed) {
  const auto run = tomoni({"plan", "--dir", "/nonexistent"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_NE(run.err.find("/nonexistent"), std::string::npos);
  EXPECT_NE(run.err.find("tomoni init"), std::string::npos);
}

TEST(Usage, ADryRunReportsAndWritesNothing) {
  const City city("usage-dry");
  const auto before = support::listing(city.dir());
  const auto run = tomoni({"import", "roads", support::sample_file("roads.osm.pbf").string(),
                           "--dir", city.dir().string(), "--dry-run", "--json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_GT(nlohmann::json::parse(run.out).at("edges").get<int>(), 0);
  EXPECT_EQ(support::listing(city.dir()), before);
}

TEST(Usage, EnglishIsSpokenWhenAskedFor) {
  const auto folder = support::fresh_folder("usage-en");
  const auto run = tomoni({"--lang", "en", "init", "--dir", (folder / "city").string(),
                           "--local-plan", support::sample_file("local_plan.toml").string()});
  EXPECT_NE(run.out.find("Created an encrypted registry"), std::string::npos) << run.err;
}

}  // namespace
