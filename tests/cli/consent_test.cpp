// SPDX-License-Identifier: Apache-2.0
// A clerk asks by post who consents, and takes the answers in, with the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/table_io.hpp"
#include "support/city.hpp"

namespace {

using nlohmann::json;
using support::City;
using testing::HasSubstr;

class Consents : public testing::Test {
 protected:
  explicit Consents()
      : city_("consents", support::ReadyCity::SampleTown), folder_(city_.dir().parent_path()) {
    EXPECT_EQ(run({"eligibility", "run"}).exit_code, 0);
    const json round = ask({"consent", "round", "new", "--name", "令和8年度", "--scope", "名簿提供",
                            "--scope", "計画提供", "--leaflet", "2026-1", "--explained-by",
                            "福祉総務課", "--answer-by", "2099-12-31"});
    round_ = round["round"];
    letters_ = round["letters"];
  }

  support::Run run(const std::vector<std::string>& words) const { return city_.run(words); }
  json ask(const std::vector<std::string>& words) const { return city_.ask(words); }

  json step(const std::string& name, const std::vector<std::string>& options = {}) const {
    std::vector<std::string> words = {"consent", "round", name, "--round", round_};
    words.insert(words.end(), options.begin(), options.end());
    return ask(words);
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  registry::Table list(const std::string& name) const {
    return registry::read_csv(support::read_all(folder_ / name));
  }

  std::string answers(const std::string& name, const std::string& rows) const {
    support::write_all(folder_ / name, "コード,回答,回答日\r\n" + rows);
    return path(name);
  }

  City city_;
  std::filesystem::path folder_;
  std::string round_;
  std::size_t letters_ = 0;
};

TEST_F(Consents, FromLettersToAnswersAndReminders) {
  ASSERT_GT(letters_, 2U);
  EXPECT_EQ(step("letters", {"--list", path("l.csv"), "--pdf", path("l.pdf")})["letters"],
            letters_);
  EXPECT_THAT(support::read_all(folder_ / "l.pdf"), testing::StartsWith("%PDF"));
  EXPECT_EQ(step("check", {"--list", path("l.csv")})["mismatches"], 0);
  EXPECT_EQ(step("post")["posted"], letters_);
  EXPECT_EQ(step("post")["posted"], 0);  // a letter goes once

  const registry::Table letters = list("l.csv");
  const auto code = [&](std::size_t row) { return letters.rows[row][0]; };
  const auto taken = run({"consent", "round", "answer", "--round", round_, "--json", "--input",
                          answers("a.csv", code(0) + ",同意,2026-01-05\r\n" + code(1) +
                                               ",不同意,2026-01-05\r\nAAAA-BBBB-CCC,同意,"
                                               "2026-01-05\r\n")});
  EXPECT_EQ(taken.exit_code, 3);  // one code was mistyped; the others stay
  EXPECT_EQ(json::parse(taken.out)["taken"], 0) << "an answer cannot be older than its letter";
  const auto today = registry::to_iso(
      registry::tokyo_date({std::chrono::duration_cast<std::chrono::milliseconds>(
                                std::chrono::system_clock::now().time_since_epoch())
                                .count()}));
  const auto now =
      run({"consent", "round", "answer", "--round", round_, "--json", "--input",
           answers("b.csv", code(0) + ",同意," + today + "\r\n" + code(1) + ",不同意," + today +
                                "\r\nAAAA-BBBB-CCC,同意," + today + "\r\n")});
  EXPECT_EQ(now.exit_code, 3);
  EXPECT_EQ(json::parse(now.out)["taken"], 2);
  EXPECT_THAT(support::read_all(path("b.csv") + ".errors.csv"), HasSubstr("検査文字"));

  const json status = ask({"consent", "round", "status"})["rounds"][0];
  for (const json& scope : status["scopes"]) {
    EXPECT_EQ(scope["granted"], 1);
    EXPECT_EQ(scope["refused"], 1);
    EXPECT_EQ(scope["silent"], letters_ - 2);
    EXPECT_EQ(scope["silence_counts"], false);
  }
  EXPECT_EQ(step("letters", {"--reminders", "--list", path("r.csv")})["letters"], letters_ - 2);
  EXPECT_EQ(step("post", {"--reminders"})["posted"], letters_ - 2);
}

TEST_F(Consents, AListSortedInOneColumnOnlyIsFoundBeforeItIsPrinted) {
  step("letters", {"--list", path("l.csv")});
  registry::Table letters = list("l.csv");
  std::swap(letters.rows[0][4], letters.rows[1][4]);  // the names of two people
  support::write_all(folder_ / "sorted.csv",
                     write_csv(letters, registry::CsvEncoding::Utf8Bom).bytes);
  const auto checked =
      run({"consent", "round", "check", "--round", round_, "--list", path("sorted.csv"), "--json"});
  EXPECT_EQ(checked.exit_code, 3);
  EXPECT_EQ(json::parse(checked.out)["mismatches"], 2);
}

TEST_F(Consents, AnExistingFileIsNeverWrittenOver) {
  support::write_all(folder_ / "l.csv", "mine");
  const auto refused =
      run({"consent", "round", "letters", "--round", round_, "--list", path("l.csv")});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_EQ(support::read_all(folder_ / "l.csv"), "mine");
}

TEST_F(Consents, OneStatementIsRecordedAndShownAndATypeOfScopeNamedWhenUnknown) {
  const json registrants = ask({"person", "members"})["members"];
  const std::string person = registrants[0]["registrant"];
  ask({"consent", "record", "--person", person, "--scope", "訓練参加", "--answer", "同意",
       "--method", "口頭(記録)"});
  const json shown = ask({"consent", "show", "--person", person})["statements"];
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0]["scope"], "訓練参加");
  EXPECT_EQ(run({"consent", "record", "--person", person, "--scope", "全部", "--answer", "同意",
                 "--method", "電子"})
                .exit_code,
            2);
}

}  // namespace
