// SPDX-License-Identifier: Apache-2.0
// A list goes to the fire service and comes back, with the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <sstream>

#include "registry/handover_desk.hpp"
#include "registry/key_ring.hpp"
#include "share_fixture.hpp"

namespace {

using cli_test::Share;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// The clock on the wall: a decision must be confirmed within the hour.
registry::Surroundings now_and_here() {
  return {[] {
            return registry::Instant{std::chrono::duration_cast<std::chrono::milliseconds>(
                                         std::chrono::system_clock::now().time_since_epoch())
                                         .count()};
          },
          [](std::array<std::uint8_t, 10>& bytes) { bytes.fill(7); }};
}

TEST_F(Share, OnlyWhoConsentedIsOnTheListAndThePreviewSaysWhoIsSeenAnew) {
  EXPECT_EQ(preview()["included"], 0);
  consent(2);
  const json seen = preview();
  EXPECT_EQ(seen["included"], 2);
  EXPECT_EQ(seen["newly_seen"].size(), 2U);
  EXPECT_EQ(seen["profile"], "P-ROSTER7");
  const json issued = issue("list.csv");
  EXPECT_EQ(issued["persons"], 2);
  EXPECT_EQ(issued["legal_basis"], "49-11(2)");
  EXPECT_THAT(support::read_all(folder_ / "list.csv"), HasSubstr(issued["serial"]));
  EXPECT_TRUE(preview()["newly_seen"].empty());  // they have been seen
}

TEST_F(Share, ListMadeOfAnotherPreviewIsRefused) {
  consent(1);
  const std::string code = preview()["code"];
  consent(2);  // somebody more would now be seen
  const auto refused = run(request("issue", {"--code", code, "--out", path("list.csv")}));
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "list.csv"));
  EXPECT_TRUE(ask({"share", "ledger"})["copies"].empty());
}

TEST_F(Share, CopyIsFollowedUntilItComesBack) {
  consent(1);
  const std::string serial = issue("list.csv")["serial"];
  const auto overdue = [&](const char* day) {
    std::vector<std::string> why;
    const json late = ask({"share", "overdue", "--on", day});
    for (const json& each : late["overdue"]) {
      why.push_back(each["why"]);
    }
    return why;
  };
  EXPECT_FALSE(overdue("2099-04-01").empty());
  ask({"share", "receipt", "--serial", serial, "--text", "消防司令"});
  ask({"share", "viewer", "--serial", serial, "--text", "指令員"});
  EXPECT_EQ(ask({"share", "ledger"})["copies"][0]["received"], true);
  EXPECT_EQ(ask({"share", "recall", "--kind", "消防", "--why", "年度の更新", "--due",
                 "2099-01-31"})["recalled"],
            1);
  EXPECT_FALSE(overdue("2099-02-01").empty());
  ask({"share", "return", "--serial", serial, "--text", "受領書12"});
  EXPECT_TRUE(overdue("2099-12-31").empty());
  EXPECT_EQ(ask({"share", "ledger"})["copies"][0]["out"], false);
  EXPECT_THAT(run({"share", "return", "--serial", "無い番号", "--text", "x"}).err,
              Not(testing::IsEmpty()));
}

TEST_F(Share, AMoveNamesTheCopiesItMadeFalse) {
  consent(2);
  const std::string serial = issue("list.csv")["serial"];
  const json person = ask({"person", "show", "--registrant", members_[0]});
  const std::string number = person["宛名番号"];
  std::string residents = support::read_all(support::sample_file("residents.csv"));
  const std::size_t row = residents.find("\n" + number + ",") + 1;
  const std::size_t end = residents.find('\n', row);
  std::vector<std::string> cells;
  std::stringstream line(residents.substr(row, end - row - 1));
  for (std::string cell; std::getline(line, cell, ',');) {
    cells.push_back(cell);
  }
  cells.at(12) = "99番99号";  // 番地
  std::string moved;
  for (const std::string& cell : cells) {
    moved += (moved.empty() ? "" : ",") + cell;
  }
  moved += std::string(
      static_cast<std::size_t>(std::ranges::count(residents.substr(row, end - row), ',') + 1) -
          cells.size(),
      ',');
  support::write_all(folder_ / "moved.csv", residents.replace(row, end - row - 1, moved));
  const json batch = ask({"import", "residents", path("moved.csv"), "--preview"});
  const std::string id = batch["preview"]["batch"];
  EXPECT_EQ(batch["preview"]["counts"], (json{{"転居", 1}}));
  ask({"review", "approve", id});
  ask({"review", "apply", id});
  const json ripple = ask({"review", "show", id})["ripple"];
  ASSERT_EQ(ripple["copies"].size(), 1U) << ripple;
  EXPECT_THAT(ripple["copies"].dump(), HasSubstr(serial));
}

TEST_F(Share, InADisasterTwoPeopleDecideBeforeAnythingLeaves) {
  const std::string decision =
      ask({"share", "emergency", "declare", "--event", "台風19号", "--role", "市長", "--necessity",
           "浸水が始まった", "--whole-city", "--kind", "消防"})["decision"];
  const std::vector<std::string> occurred = {"--phase", "occurred", "--decision", decision};
  EXPECT_EQ(run(request("preview", {"--phase", "occurred"})).exit_code, 4);
  EXPECT_EQ(run(request("preview", occurred)).exit_code, 4);  // one person's word
  EXPECT_EQ(run({"share", "emergency", "confirm", "--decision", decision}).exit_code, 4);
  ask({"user", "add", "second", "--role", "admin"});
  {
    auto registry = registry::open_with_keys(registry::StoreFiles::in(city_.dir()), now_and_here());
    auto session = registry.session({"second", "決定の確認"});
    registry::EmergencyDesk(session).confirm({decision});
  }
  EXPECT_EQ(preview(occurred)["included"], members_.size());
  EXPECT_EQ(issue("emergency.csv", occurred)["legal_basis"], "49-11(3)");
  const json after = ask({"share", "emergency", "list"});
  EXPECT_THAT(after.dump(), HasSubstr(decision));
}

}  // namespace
