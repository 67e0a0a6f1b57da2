// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "route_bench_run.hpp"

namespace {

TEST(RouteBenchOnRealRoads, MonacoIsExportedAndEveryAnswerIsRight) {
  const std::filesystem::path roads =
      std::filesystem::path(TOMONI_SHARED_DATA_DIR) / "roads" / "monaco.osm.pbf";
  if (!std::filesystem::exists(roads)) {
    GTEST_SKIP() << roads.string() << " is not on this machine";
  }
  const support::ScratchFolder folder;
  const std::string net = "'" + (folder / "net").string() + "'";
  const auto exported = support::route_bench("--export " + net + " --roads '" + roads.string() +
                                             "' --profile wheelchair --queries 10000");
  ASSERT_EQ(exported.exit_code, 0) << exported.err;
  const auto run = support::route_bench("--quick --graph " + net);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto document = nlohmann::json::parse(run.out);
  EXPECT_EQ(document["checks"]["ways arc by arc"]["compared"], 10'000 + 300);
  EXPECT_GT(document["graph"]["nodes"], 1000);
}

}  // namespace
