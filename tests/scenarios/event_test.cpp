// SPDX-License-Identifier: Apache-2.0
// The promises for the day itself, one test each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/event_city.hpp"

namespace {

using nlohmann::json;
class Day : public support::EventCity {
 protected:
  Day() : EventCity(support::ReadyCity::Plans) {}
};

/// Closes everything in a rectangle around the town's first shelter way.
void write_block(const std::string& file, double west, double east) {
  const json ring = {{west, 35.0}, {east, 35.0}, {east, 36.0}, {west, 36.0}, {west, 35.0}};
  support::write_all(
      file, json{{"type", "FeatureCollection"},
                 {"features",
                  {{{"type", "Feature"},
                    {"properties", {{"reason", "堤防の決壊"}}},
                    {"geometry", {{"type", "Polygon"}, {"coordinates", json::array({ring})}}}}}}}
                .dump());
}

TEST_F(Day, ClosedRoadsChangeWaysAtOnceAndNeverASettledPlan) {
  const std::string settled = ask({"plan", "queue", "--limit", "1"})["queue"][0]["registrant"];
  ask({"plan", "step", "--registrant", settled, "--to", "調整会議済", "--seen", "1"});
  confirmed();
  write_block(path("closed.geojson"), 139.0, 140.0);
  const json done = ask({"event", "close-roads", path("closed.geojson")});
  EXPECT_GT(done["changes"].size(), members_.size() / 2);
  EXPECT_GE(done["kept"], 1);
  bool told = false;
  for (const json& change : done["changes"]) {
    EXPECT_EQ(change["settled_plan_kept"], change["registrant"] == settled);
    told = told || !change["tell"].empty();
  }
  EXPECT_TRUE(told);
  const json history = ask({"plan", "history", "--registrant", settled});
  EXPECT_EQ(history["revisions"].back()["status"], "調整会議済");
  // Paper does not lead into the closed road, whoever has settled the plan.
  const std::string fire =
      ask({"share", "recipient", "add", "--kind", "消防", "--name", "ひかり消防署", "--clause",
           "第2章第3節", "--manager", "署長", "--storage", "指令室の金庫"})["recipient"];
  EXPECT_EQ(ask({"event", "packets", "--recipient", fire, "--return-due", "2099-03-31", "--out",
                 path("out"), "--dry-run"})["live_ways"],
            1);
  ask({"event", "close", "--unreached", "試験"});
  EXPECT_FALSE(std::filesystem::exists(city_.dir() / "live_closures.geojson"));
}

TEST_F(Day, UnderLevel5NobodyIsSentOutAndNobodyIsSentIn) {
  confirmed();
  ask({"event", "order", "--level", "L5", "--whole-city"});
  report(0, "要救助");
  const json board = ask({"event", "dispatch"});
  for (const json& call : board["calls"]) {
    EXPECT_TRUE(call["send"].empty());
    EXPECT_FALSE(call["reason"].get<std::string>().empty());
  }
  write_block(path("water.geojson"), 139.0, 139.43);
  const json done = ask({"event", "water", path("water.geojson")});
  EXPECT_FALSE(done["changes"].empty());
  for (const json& change : done["changes"]) {
    EXPECT_EQ(change["after"]["shelter"], "");
    EXPECT_THAT(change["after"]["stay"].get<std::string>(),
                testing::AnyOf("垂直避難", "屋内安全確保"));
    EXPECT_THAT(change["after"]["reason"].get<std::string>(), testing::HasSubstr("緊急安全確保"));
  }
}

TEST_F(Day, WhenLevel5IsLiftedPeopleAreToldTheirWaysAgain) {
  confirmed();
  const std::string order = ask({"event", "order", "--level", "L5", "--whole-city"})["order"];
  write_block(path("closed.geojson"), 139.0, 139.43);
  const auto to_tell = [&] {
    return ask({"event", "close-roads", path("closed.geojson")})["to_tell"].get<int>();
  };
  const int indoors = to_tell();
  EXPECT_GT(indoors, 0);
  EXPECT_EQ(to_tell(), 0);
  ask({"event", "lift", "--order", order});
  EXPECT_GT(to_tell(), 0);
  EXPECT_EQ(to_tell(), 0);
}

TEST_F(Day, PacketsGoOutOnlyByTheDecisionOfTwoAndTheEventEndsWhenTheyAreReviewedAndRecalled) {
  const std::string id = confirmed();
  ask({"share", "recipient", "add", "--kind", "消防", "--name", "ひかり消防署", "--clause",
       "第2章第3節", "--manager", "署長", "--storage", "指令室の金庫"});
  const std::string decision =
      ask({"event", "decide", "--role", "市長", "--necessity", "浸水が始まった", "--whole-city",
           "--kind", "消防"})["decision"];
  const std::vector<std::string> print = {"event",        "packets",    "--decision", decision,
                                          "--return-due", "2099-03-31", "--out",      path("out")};
  EXPECT_EQ(ask(print)["copies"][0]["persons"], 0);  // one person's word
  as_second([&](auto& session) { registry::EmergencyDesk(session).confirm({decision}); });
  const json copies = ask(print)["copies"];
  EXPECT_GT(copies[0]["persons"].get<std::size_t>(), 10U);
  EXPECT_TRUE(std::filesystem::exists(copies[0]["file"].get<std::string>()));
  EXPECT_EQ(run({"event", "close", "--recall-due", "2099-03-31"}).exit_code, 4);
  as_second([&](auto& session) {
    registry::EmergencyDesk desk(session);
    desk.review(desk.unreviewed().at(0).id, "適正");
  });
  EXPECT_EQ(run({"event", "close"}).exit_code, 4);
  EXPECT_EQ(ask({"event", "close", "--recall-due", "2099-03-31", "--unreached",
                 "試験"})["copies_recalled"],
            1);
  EXPECT_EQ(ask({"event", "summary", "--event", id})["event"]["state"], "終了");
}

TEST_F(Day, ADrillLetsOutNobodyWhoHasNotConsented) {
  confirmed({"--drill"});
  const std::string fire =
      ask({"share", "recipient", "add", "--kind", "消防", "--name", "ひかり消防署", "--clause",
           "第2章第3節", "--manager", "署長", "--storage", "指令室の金庫"})["recipient"];
  EXPECT_EQ(run({"event", "decide", "--role", "市長", "--necessity", "訓練", "--whole-city",
                 "--kind", "消防"})
                .exit_code,
            4);
  EXPECT_EQ(run({"event", "ledger", "--out", path("ledger.csv")}).exit_code, 4);
  EXPECT_EQ(ask({"event", "status"})["people"]["total"], 0);
  const json copies = ask({"event", "packets", "--recipient", fire, "--data", "ROSTER",
                           "--return-due", "2099-03-31", "--out", path("out")})["copies"];
  EXPECT_EQ(copies[0]["persons"], 0);
  write_block(path("closed.geojson"), 139.0, 140.0);
  EXPECT_EQ(ask({"event", "close-roads", path("closed.geojson")})["stored"], false);
  EXPECT_FALSE(std::filesystem::exists(city_.dir() / "live_closures.geojson"));
}

TEST_F(Day, ClosingADrillOrOneOfTwoDisastersOpensNoRoadOfTheOther) {
  const std::string first = confirmed();
  const auto also = [&](const std::string& name, const std::vector<std::string>& more) {
    std::vector<std::string> words = {"event", "declare",      "--name",    name,     "--kind",
                                      "洪水",  "--whole-city", "--started", started()};
    words.insert(words.end(), more.begin(), more.end());
    const std::string id = ask(words)["event"];
    as_second([&](auto& session) { registry::EventDesk(session).confirm({id}); });
    return id;
  };
  const std::string second = also("豪雨", {});
  const std::string drill = also("訓練の豪雨", {"--drill"});
  write_block(path("closed.geojson"), 139.0, 140.0);
  ask({"event", "close-roads", "--event", first, path("closed.geojson")});
  const auto still_closed = [&] {
    return std::filesystem::exists(city_.dir() / "live_closures.geojson");
  };
  ask({"event", "close", "--event", drill, "--unreached", "試験"});
  EXPECT_TRUE(still_closed());
  ask({"event", "close", "--event", first, "--unreached", "試験"});
  EXPECT_TRUE(still_closed());
  ask({"event", "close", "--event", second, "--unreached", "試験"});
  EXPECT_FALSE(still_closed());
}

}  // namespace
