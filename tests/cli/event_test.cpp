// SPDX-License-Identifier: Apache-2.0
// A disaster with the real program: declared by two, reported, decided, printed, closed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/event_city.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;

using EventCommand = support::EventCity;

TEST_F(EventCommand, IsRedUntilASecondAccountConfirms) {
  const std::string id = declare();
  EXPECT_EQ(run({"event", "confirm"}).exit_code, 4);
  EXPECT_THAT(run({"event", "status"}).out, HasSubstr("【赤】"));
  EXPECT_EQ(run({"event", "order", "--level", "L3", "--whole-city"}).exit_code, 4);
  EXPECT_EQ(run({"event", "report", "--person", members_[0], "--status", "無事"}).exit_code, 4);
  as_second([&](auto& session) { registry::EventDesk(session).confirm({id}); });
  EXPECT_EQ(ask({"event", "status"})["event"]["in_force"], true);
  EXPECT_EQ(
      run({"event", "order", "--level", "L4", "--whole-city", "--at", minutes_ago(361)}).exit_code,
      3);  // before the event began
  ask({"event", "order", "--level", "L4", "--whole-city"});
  EXPECT_EQ(run({"event", "order", "--level", "L3", "--whole-city"}).exit_code, 3);
  EXPECT_EQ(run({"event", "order", "--level", "L9", "--whole-city"}).exit_code, 2);
  EXPECT_EQ(ask({"event", "status"})["orders"].size(), 1U);
}

TEST_F(EventCommand, BoardShowsWhoIsNotReachedFirstAndWhereHelpIsShort) {
  confirmed();
  ask({"event", "order", "--level", "L3", "--whole-city"});
  report(0, "避難済");
  report(1, "要救助");
  report(2, "不在");
  const json board = ask({"event", "status", "--level", "町丁目"});
  EXPECT_EQ(board["people"]["needs_help"], 1);
  EXPECT_EQ(board["needs_help"][0]["registrant"], members_[1]);
  EXPECT_EQ(board["people"]["reached"].get<int>() + board["people"]["unreached"].get<int>(),
            board["people"]["total"].get<int>());
  for (const json& person : board["unreached"]) {
    EXPECT_NE(person["registrant"], members_[0]);
  }
  EXPECT_EQ(board["unreached"].back()["registrant"], members_[2]);  // somebody has tried
  EXPECT_FALSE(board["help_short"].empty());
  city_.must_import("roads", support::sample_file("roads.osm.pbf"));
  const json calls = ask({"event", "dispatch"})["calls"];
  ASSERT_FALSE(calls.empty());
  EXPECT_EQ(calls[0]["registrant"], members_[1]);
  // Who is sent is on record, is not proposed again and shows on the board until back.
  auto registry = city_.open();
  const std::string sent = registry.session({"test", "test"}).supporters().at(0).id.value;
  const std::vector<std::string> send = {"event",     "send",        "--person",
                                         members_[1], "--supporter", sent};
  EXPECT_EQ(ask(send)["stored"], true);
  EXPECT_EQ(ask(send)["stored"], false);
  for (const json& call : ask({"event", "dispatch"})["calls"]) {
    for (const json& one : call["send"]) {
      EXPECT_NE(one["supporter"], sent);
    }
  }
  EXPECT_EQ(ask({"event", "status"})["needs_help"][0]["coming"][0]["supporter"], sent);
  ask({"event", "send", "--supporter", sent, "--back"});
  EXPECT_TRUE(ask({"event", "status"})["supporters"].empty());
  // The same report twice, a report from the future, and a file with a bad row.
  const std::string file = path("reports.csv");
  support::write_all(file, "報告番号,対象者,状況,時刻\r\nr1," + members_[3] + ",無事," +
                               minutes_ago(5) + "\r\nr1," + members_[3] + ",無事," +
                               minutes_ago(5) + "\r\nr2," + members_[3] + ",無事,2099-01-01 00:00" +
                               "\r\nr3," + members_[4] + ",ねむい,2026-01-01 00:00\r\n");
  const auto imported = run({"event", "import-reports", file, "--json"});
  EXPECT_EQ(imported.exit_code, 3);
  const json done = json::parse(imported.out);
  EXPECT_EQ(done["added"], 1);
  EXPECT_EQ(done["quarantined"], 1);
  EXPECT_EQ(ask({"event", "quarantine"})["quarantine"].size(), 1U);
}

TEST_F(EventCommand, ContradictionsAreSettledByNamingTheReportsThatWereSeen) {
  confirmed();
  report(0, "要救助", 20);
  report(0, "無事", 10);
  const json open = ask({"event", "conflicts"})["conflicts"];
  ASSERT_EQ(open.size(), 1U);
  std::vector<std::string> words = {"event",    "settle", "--person", members_[0],
                                    "--status", "無事",   "--note",   "本人と話した"};
  for (const json& uuid : open[0]["to_settle"]) {
    words.insert(words.end(), {"--seen", uuid.get<std::string>()});
  }
  ask(words);
  EXPECT_TRUE(ask({"event", "conflicts"})["conflicts"].empty());
  EXPECT_EQ(ask({"event", "status"})["people"]["needs_help"], 0);
}

TEST_F(EventCommand, SheltersOpenFillAndCloseInOrder) {
  confirmed();
  auto registry = city_.open();
  std::string school;
  std::string welfare;
  for (const auto& shelter : registry.session({"test", "test"}).shelters()) {
    (shelter.arrival == registry::ArrivalPolicy::Secondary ? welfare : school) = shelter.id.value;
  }
  const auto step = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"event", "shelters"});
    return run(words).exit_code;
  };
  EXPECT_EQ(step({"close", "--shelter", school}), 3);
  EXPECT_EQ(step({"open", "--shelter", school, "--capacity", "-4"}), 3);
  EXPECT_EQ(step({"open", "--shelter", school, "--capacity", "50"}), 0);
  EXPECT_EQ(step({"in", "--shelter", school, "--heads", "20"}), 0);
  EXPECT_EQ(step({"transfer", "--shelter", school, "--to", welfare, "--heads", "1"}), 3);
  EXPECT_EQ(step({"open", "--shelter", welfare}), 0);
  EXPECT_EQ(step({"in", "--shelter", welfare, "--heads", "1"}), 3);
  EXPECT_EQ(step({"transfer", "--shelter", school, "--to", welfare, "--heads", "1"}), 0);
  const json shelters = ask({"event", "shelters"})["shelters"];
  EXPECT_EQ(shelters[0]["heads"], 19);
  EXPECT_EQ(shelters[0]["remaining"], 31);
  EXPECT_EQ(shelters[1]["heads"], 1);
}

TEST_F(EventCommand, RecordAndLedgerComeOutAndTheLedgerHasTheCitysColumns) {
  confirmed();
  report(0, "避難済");
  const json record = ask({"event", "summary", "--out", path("record.pdf")});
  EXPECT_EQ(support::read_all(path("record.pdf")).substr(0, 5), "%PDF-");
  EXPECT_EQ(record["states"]["避難済"], 1);
  EXPECT_EQ(record["curve"].back()["reached"], 1);
  ask({"event", "ledger", "--out", path("ledger.csv")});
  EXPECT_THAT(support::read_all(path("ledger.csv")), HasSubstr("要配慮者である旨"));
  support::write_all(path("wrong.toml"), "[[column]]\nname = \"a\"\nfield = \"diagnosis\"\n");
  EXPECT_EQ(
      run({"event", "ledger", "--out", path("x.csv"), "--columns", path("wrong.toml")}).exit_code,
      3);
}

}  // namespace
