// SPDX-License-Identifier: Apache-2.0
// The program as a whole: it runs, says what it promises, and notices what is wrong. How fast it is
// is no matter of tests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

#include "../support/scratch_folder.hpp"
#include "generated_roads.hpp"
#include "net.hpp"
#include "route_bench_run.hpp"

namespace {

namespace fs = std::filesystem;
using bench::write_order;
using nlohmann::json;
using support::read_file;
using support::route_bench;
using support::ScratchFolder;
using support::write_file;
using testing::Contains;
using testing::HasSubstr;

const std::string kSmall = " --generated 900 --queries 200";

/// A vector folder of some hundred crossings.
class RouteBench : public testing::Test {
 protected:
  void SetUp() override {
    const auto run = route_bench("--export '" + net().string() + "'" + kSmall);
    ASSERT_EQ(run.exit_code, 0) << run.err;
  }
  [[nodiscard]] fs::path net() const { return folder_ / "net"; }
  [[nodiscard]] support::Outcome measure(const std::string& more = {}) const {
    return route_bench("--graph '" + net().string() + "' --quick" + more);
  }
  /// Writes a number over the entry of a vector.
  void tamper(const std::string& file, std::size_t entry, std::uint32_t value) const {
    std::string bytes = read_file(net() / file);
    std::memcpy(&bytes.at(entry * sizeof value), &value, sizeof value);
    write_file(net() / file, bytes);
  }
  void cut(const std::string& file, std::size_t bytes) const {
    const std::string whole = read_file(net() / file);
    write_file(net() / file, whole.substr(0, whole.size() - bytes));
  }
  void expect_refused(const std::string& words) const {
    const auto run = measure();
    EXPECT_EQ(run.exit_code, 3) << run.err;
    EXPECT_THAT(run.err, HasSubstr(words));
    EXPECT_EQ(run.out, "");
  }
  [[nodiscard]] fs::path beside(const std::string& name) const { return folder_ / name; }

 private:
  ScratchFolder folder_;
};

TEST_F(RouteBench, SaysEverythingItPromisesInOneDocument) {
  const auto run = measure();
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json document = json::parse(run.out);
  for (const char* const field : {"/date",
                                  "/machine/cpu",
                                  "/machine/simd",
                                  "/machine/copy_gb_per_s/128_MiB",
                                  "/graph/nodes",
                                  "/graph/arcs",
                                  "/order/median_ms",
                                  "/order/source",
                                  "/hierarchy/arcs",
                                  "/hierarchy/triangles",
                                  "/hierarchy/levels",
                                  "/hierarchy/build/median_ms",
                                  "/memory/0/resident_mib",
                                  "/memory/6/peak_mib_per_million_arcs",
                                  "/customization/1/plain/median_ms",
                                  "/customization/4/plain/min_ms",
                                  "/customization/8/plain/rounds",
                                  "/updates/0/close/median_ms",
                                  "/point_to_point/random/distance/median_us",
                                  "/point_to_point/random/way/median_us",
                                  "/point_to_point/near/distance/median_us",
                                  "/point_to_point/random/same_pairs/times_faster_than_plain",
                                  "/point_to_point/random/same_pairs/times_faster_than_boost",
                                  "/tables/1/plain/median_ms",
                                  "/tables/1/boost_dijkstra/median_ms",
                                  "/tables/1/times_faster_than_boost",
                                  "/nearest/hierarchy/median_ms",
                                  "/nearest/times_faster_than_plain",
                                  "/processor_share"}) {
    EXPECT_TRUE(document.contains(json::json_pointer(field))) << field;
  }
  EXPECT_EQ(document["point_to_point"]["random"]["answers"], "given");
  EXPECT_EQ(document["all_right"], true);
}

TEST_F(RouteBench, ComparesEveryAnswerByEveryMeans) {
  const json document = json::parse(measure().out);
  const json& checks = document.at("checks");
  EXPECT_TRUE(std::all_of(checks.begin(), checks.end(), [](const json& tally) {
    return tally["wrong"] == 0 && tally["compared"] > 0;
  })) << checks;
  EXPECT_EQ(checks["distances"]["compared"], 200 + 300);  // given and near
  EXPECT_EQ(checks["ways arc by arc"]["compared"], 200 + 300);
  EXPECT_EQ(checks["tables"]["compared"], (100 + 200) * 50);
  EXPECT_EQ(checks["nearest targets"]["compared"], document["graph"]["nodes"]);
  EXPECT_EQ(checks["profiles of a metric"]["compared"], (1 + 4 + 8) * 50);
}

TEST_F(RouteBench, ATamperedAnswerIsListedAndExitsWithOne) {
  tamper("travel_time_length", 17, 1);
  const auto run = measure();
  EXPECT_EQ(run.exit_code, 1);
  const json document = json::parse(run.out);
  EXPECT_EQ(document["all_right"], false);
  EXPECT_EQ(document["checks"]["distances"]["wrong"], 1);
  EXPECT_THAT(document["differences"], Contains(HasSubstr("random pair 17")));
  EXPECT_THAT(run.err, HasSubstr("random pair 17"));
}

TEST_F(RouteBench, ExportingTwiceGivesTheSameBytes) {
  const auto run = route_bench("--export '" + (beside("again")).string() + "'" + kSmall);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  for (const char* const file : {"first_out", "head", "travel_time", "latitude", "longitude",
                                 "source", "target", "travel_time_length"}) {
    EXPECT_EQ(read_file(beside("again") / file), read_file(net() / file)) << file;
  }
}

TEST_F(RouteBench, AnOrderCanBeWrittenAndGivenBack) {
  const std::string file = "'" + (beside("order")).string() + "'";
  const json first = json::parse(measure(" --write-order " + file).out);
  const json second = json::parse(measure(" --order " + file).out);
  EXPECT_EQ(first["order"]["source"], "computed");
  EXPECT_EQ(second["order"]["source"], "given");
  EXPECT_EQ(first["hierarchy"]["triangles"], second["hierarchy"]["triangles"]);
}

TEST_F(RouteBench, AnOrderInTheFolderIsUsed) {
  std::vector<route::NodeId> order;
  for (std::uint32_t node = json::parse(measure().out)["graph"]["nodes"]; node-- > 0;) {
    order.push_back(route::NodeId{node});
  }
  write_order(net() / "order", order);
  EXPECT_EQ(json::parse(measure().out)["order"]["source"], "given");
  order.front() = order.back();
  write_order(net() / "order", order);
  expect_refused("twice");
}

TEST_F(RouteBench, ATruncatedVectorIsRefused) {
  cut("travel_time", 1);
  expect_refused("travel_time has");
}

TEST_F(RouteBench, VectorsOfDifferentSizesAreRefused) {
  cut("head", 4);
  expect_refused("last entry of first_out");
}

TEST_F(RouteBench, PositionsForFewerNodesAreRefused) {
  cut("longitude", 4);
  expect_refused("longitude has");
}

TEST_F(RouteBench, AnArcToNowhereIsRefused) {
  tamper("head", 3, 1'000'000);
  expect_refused("head[3] names node 1000000");
}

TEST_F(RouteBench, ArcsThatRunBackwardsThroughTheFileAreRefused) {
  tamper("first_out", 2, 4'000'000);
  expect_refused("never fall");
}

TEST_F(RouteBench, AWeightAboveClosedIsRefused) {
  tamper("travel_time", 5, route::kInfinity + 1);
  expect_refused("travel_time[5] is 2147483648");
}

TEST_F(RouteBench, APlaceThatIsNoNumberIsRefused) {
  tamper("latitude", 0, 0x7FC00000);
  expect_refused("node 0 does not lie on the Earth");
}

TEST_F(RouteBench, AJourneyToNowhereIsRefused) {
  tamper("target", 0, 1'000'000);
  expect_refused("target[0] names node 1000000");
}

TEST_F(RouteBench, SourcesWithoutTargetsAreRefused) {
  fs::remove(net() / "target");
  expect_refused("belong together");
}

TEST_F(RouteBench, ClosedArcsAndTornApartNetsAreMeasuredToo) {
  for (std::size_t arc = 0; arc < 200; ++arc) {
    tamper("travel_time", arc, route::kInfinity);
  }
  fs::remove(net() / "travel_time_length");
  const auto run = measure();
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(json::parse(run.out)["point_to_point"]["random"]["answers"],
            "plain Dijkstra of this run");
}

TEST_F(RouteBench, ASavedCityIsMeasuredWithItsProfile) {
  const fs::path city = beside("city");
  fs::create_directories(city);
  const auto graph = bench::generated_roads(400, 3);
  const auto image = graph.image();
  write_file(city / "roads.graph",
             std::string(reinterpret_cast<const char*>(image.data()), image.size()));
  const std::string arguments = "--quick --graph '" + city.string() + "' --profile ";
  const auto run = route_bench(arguments + "wheelchair");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json document = json::parse(run.out);
  EXPECT_EQ(document["graph"]["kind"], "city");
  EXPECT_EQ(document["graph"]["profile"], "wheelchair");
  EXPECT_EQ(document["graph"]["arcs"], graph.arc_count());
  EXPECT_GT(document["checks"]["trees of libroute's Dijkstra"]["compared"], 0);
  EXPECT_EQ(route_bench(arguments + "nobody").exit_code, 3);
  write_file(city / "roads.graph", "TOMONIRG");
  EXPECT_EQ(route_bench(arguments + "walk").exit_code, 3);
}

TEST_F(RouteBench, TheSmallestNetIsMeasured) {
  fs::remove(net() / "source");
  fs::remove(net() / "target");
  fs::remove(net() / "travel_time_length");
  const std::string zero(4, '\0');
  write_file(net() / "first_out", zero + zero);
  for (const char* const file : {"head", "travel_time"}) {
    write_file(net() / file, "");
  }
  for (const char* const file : {"latitude", "longitude"}) {
    write_file(net() / file, zero);
  }
  const auto run = measure();
  EXPECT_EQ(run.exit_code, 0) << run.err;
}

TEST(RouteBenchUsage, WrongUseExitsWithTwo) {
  EXPECT_EQ(route_bench("").exit_code, 2);
  EXPECT_EQ(route_bench("--frobnicate").exit_code, 2);
  EXPECT_EQ(route_bench("--graph a --export b").exit_code, 2);
  EXPECT_EQ(route_bench("--export b").exit_code, 2);
  EXPECT_EQ(route_bench("--help").exit_code, 0);
}

TEST(RouteBenchUsage, AFolderThatIsNeitherIsNamed) {
  const ScratchFolder folder;
  const auto run = route_bench("--graph '" + folder.path().string() + "'");
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("neither roads.graph"));
}

}  // namespace
