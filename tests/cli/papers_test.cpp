// SPDX-License-Identifier: Apache-2.0
// Labels, sheets, summaries and lists as files, with the real program.
#include <gmock/gmock.h>

#include "registry/table_io.hpp"
#include "share_fixture.hpp"

namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

class Papers : public cli_test::Share {
 protected:
  registry::Table workbook(const std::string& name, const std::string& sheet = {}) const {
    return registry::read_xlsx(support::read_all(folder_ / name), {.sheet = sheet, .limits = {}});
  }
};

TEST_F(Papers, LabelsForEverybodyOrForAnyListButForNobodyProtected) {
  const json all = ask({"labels", "--all", "--out", path("all.pdf"), "--first", "5"});
  EXPECT_EQ(all["labels"].get<std::size_t>() + all["protected_not_printed"].get<std::size_t>(),
            members_.size());
  EXPECT_THAT(support::read_all(folder_ / "all.pdf"), StartsWith("%PDF"));
  support::write_all(folder_ / "l.csv", "氏名,住所,敬称\r\n見本消防署,ひかり市本町1,御中\r\n");
  EXPECT_EQ(
      ask({"labels", "--list", path("l.csv"), "--sheet", "24面", "--out", path("l.pdf")})["labels"],
      1);
  EXPECT_EQ(run({"labels", "--out", path("x.pdf")}).exit_code, 2);
  const auto unknown = run({"labels", "--all", "--sheet", "13面", "--out", path("x.pdf")});
  EXPECT_EQ(unknown.exit_code, 3);
  EXPECT_THAT(unknown.err, HasSubstr("12面"));
  EXPECT_EQ(run({"labels", "--all", "--first", "13", "--out", path("x.pdf")}).exit_code, 3);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "x.pdf"));
}

TEST_F(Papers, TheCouncilSeesNumbersOnPaperAndAsAWorkbook) {
  static_cast<void>(city_.plan());
  const json told = ask({"summary", "--out", path("c.xlsx")});
  EXPECT_EQ(told["市全体"][0]["名簿の人"], std::to_string(members_.size()));
  EXPECT_EQ(workbook("c.xlsx", "市全体").rows[0][1], std::to_string(members_.size()));
  EXPECT_GT(workbook("c.xlsx", "地区別").rows.size(), 1U);
  EXPECT_EQ(run({"summary", "--out", path("c.pdf")}).exit_code, 0);
  EXPECT_THAT(support::read_all(folder_ / "c.pdf"), StartsWith("%PDF"));
  EXPECT_EQ(run({"summary", "--out", path("c.txt")}).exit_code, 2);
  EXPECT_EQ(run({"summary", "--level", "町"}).exit_code, 2);
}

TEST_F(Papers, QueueRoundsAndLedgerAreWrittenAsListsToo) {
  const json queue = ask({"plan", "queue", "--out", path("q.xlsx")});
  const registry::Table written = workbook("q.xlsx");
  ASSERT_EQ(written.rows.size(), queue["queue"].size());
  EXPECT_EQ(written.rows.at(0).at(1), queue["queue"][0]["registrant"]);
  const json round = ask({"consent", "round", "new", "--name", "令和8年度", "--scope", "名簿提供",
                          "--leaflet", "1", "--explained-by", "係", "--answer-by", "2099-12-31"});
  const std::string id = round["round"];
  ask({"consent", "round", "letters", "--round", id, "--list", path("m.xlsx"), "--labels",
       path("m.pdf")});
  EXPECT_EQ(workbook("m.xlsx").rows.size(), round["letters"].get<std::size_t>());
  EXPECT_EQ(
      ask({"consent", "round", "check", "--round", id, "--list", path("m.xlsx")})["mismatches"], 0);
  ask({"consent", "round", "status", "--out", path("s.xlsx")});
  EXPECT_EQ(workbook("s.xlsx").rows.size(), 1U);
  consent(1);
  const std::string serial = issue("list.csv")["serial"];
  ask({"share", "ledger", "--out", path("ledger.xlsx")});
  EXPECT_EQ(workbook("ledger.xlsx").rows.at(0).at(0), serial);
}

TEST_F(Papers, SheetsGoToWhomTheRulesAllowAndToNobodyElse) {
  static_cast<void>(city_.plan());
  support::write_all(
      city_.dir() / "local_plan.toml",
      support::read_all(city_.dir() / "local_plan.toml") +
          "\n[disclosure]\nroster_ordinance = \"STATUTE\"\nplan_ordinance = "
          "\"NO_CONSENT\"\nordinance_clause = \"見本条例第3条\"\nagreement_for = "
          "[\"福祉避難所\"]\ntraining_months = 36\nrefusing_supporter = \"提供しない\"\n"
          "[[disclosure.recipient]]\nkind = \"自主防災組織\"\nclause = \"第2章\"\n"
          "[[disclosure.recipient]]\nkind = \"消防\"\nclause = \"第2章\"\n");
  std::vector<std::string> add = {"share",  "recipient", "add",      "--kind", "自主防災組織",
                                  "--name", "見本会",    "--clause", "第2章"};
  for (const char* number : {"01", "02", "03", "04", "05", "06", "07", "08", "09"}) {
    add.emplace_back("--area");
    add.push_back(std::string("自治会:J") + number);
  }
  const std::string neighbours = ask(add)["recipient"];
  const auto sheets = [&](const std::string& recipient, const std::string& file) {
    const std::vector<std::string> asked = {"--recipient", recipient,      "--data",
                                            "PLAN",        "--return-due", "2099-03-31"};
    std::vector<std::string> look = {"share", "preview"};
    look.insert(look.end(), asked.begin(), asked.end());
    std::vector<std::string> hand = {"share",           "issue",    "--code",
                                     ask(look)["code"], "--sheets", path(file)};
    hand.insert(hand.end(), asked.begin(), asked.end());
    return run(hand);
  };
  const auto done = sheets(neighbours, "s.pdf");
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_THAT(support::read_all(folder_ / "s.pdf"), StartsWith("%PDF"));
  EXPECT_EQ(sheets(fire_, "f.pdf").exit_code, 3);  // the fire service gets whole plans
  EXPECT_EQ(ask({"share", "ledger"})["copies"].size(), 1U);
}

}  // namespace
