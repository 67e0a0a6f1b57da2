// SPDX-License-Identifier: Apache-2.0
// A scenario of nothing but opening brackets ended the program: the way from JSON to TOML went down
// as deep as the file did.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "planner/scenario_json.hpp"
#include "registry/error.hpp"

namespace {

TEST(DeepScenarioJson, IsRefusedByName) {
  constexpr std::size_t kDeep = 200'000;
  const std::string json =
      R"({"order": )" + std::string(kDeep, '[') + std::string(kDeep, ']') + "}";
  try {
    (void)planner::scenario_toml(json, "s.json");
    FAIL() << "accepted";
  } catch (const registry::InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("s.json: かっこの入れ子が深すぎます"));
  }
}

TEST(DeepScenarioJson, ScenariosAreNotThatDeep) {
  EXPECT_EQ(planner::scenario_toml(R"({"a": 1, "order": [{"areas": ["北"]}]})", "s.json"),
            "\"a\" = 1\n\"order\" = [{ \"areas\" = [\"北\"] }]\n");
}

}  // namespace
