// SPDX-License-Identifier: Apache-2.0
// A clerk previews a file, looks, approves, applies and takes it back, with the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/city.hpp"
#include "support/workbook.hpp"

namespace {

using nlohmann::json;
using support::City;
using support::tomoni;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kReviewHeader =
    "宛名番号,世帯番号,氏名,氏名カナ,生年月日,性別,住所,番地,電話,住民区分,支援措置区分,"
    "支援措置期限\r\n";

std::string resident(const std::string& number, const std::string& street) {
  return number + "," + number + ",金糸雀" + number + ",カナリア" + number +
         ",1940-01-02,男,見本町," + street + ",,住民,0,\r\n";
}

struct Desk {
  explicit Desk(const std::string& name) : city(name) {}

  std::filesystem::path file(const std::string& name, const std::string& bytes) const {
    const auto path = city.dir().parent_path() / name;
    support::write_all(path, bytes);
    return path;
  }

  support::Run run(std::vector<std::string> words) const {
    words.insert(words.end(), {"--dir", city.dir().string()});
    support::Run run = tomoni(words);
    said += run.err;
    return run;
  }

  json ask(std::vector<std::string> words) const {
    words.emplace_back("--json");
    const auto answer = run(words);
    EXPECT_EQ(answer.exit_code, 0) << answer.err;
    said += answer.out;
    return json::parse(answer.out);
  }

  City city;
  mutable std::string said;
};

TEST(Review, FromPreviewToRevert) {
  const Desk desk("review-whole");
  desk.city.must_import(
      "residents", desk.file("a.csv", kReviewHeader + resident("1", "1番") + resident("2", "2番")));
  const auto b = desk.file(
      "b.csv", kReviewHeader + resident("1", "9番") + resident("2", "8番") + resident("3", "3番"));
  const json preview = desk.ask({"import", "residents", b.string(), "--preview"});
  EXPECT_EQ(preview["stored"], false);
  EXPECT_EQ(preview["preview"]["counts"], (json{{"新規", 1}, {"転居", 2}}));
  const std::string batch = preview["preview"]["batch"];
  EXPECT_EQ(desk.run({"review", "apply", batch}).exit_code, 3);  // nobody has approved

  const json shown = desk.ask({"review", "show", batch});
  const std::string person = shown["changes"][1]["person"];
  EXPECT_EQ(desk.run({"review", "exclude", batch, "--person", person}).exit_code, 0);
  EXPECT_EQ(desk.run({"review", "approve", batch}).exit_code, 0);
  EXPECT_EQ(desk.ask({"review", "apply", batch})["applied"], true);
  EXPECT_EQ(desk.ask({"review", "list"})["batches"][0]["state"], "反映済み");

  // The one left out is still a change, the others are known.
  const json again = desk.ask({"import", "residents", b.string(), "--preview"});
  EXPECT_EQ(again["unchanged"], 2);
  EXPECT_EQ(again["changed"], 1);
  EXPECT_EQ(desk.run({"review", "drop", again["preview"]["batch"]}).exit_code, 0);
  EXPECT_EQ(desk.ask({"review", "revert", batch})["reverted"], true);
  EXPECT_EQ(desk.ask({"import", "residents", b.string(), "--preview"})["changed"], 2);
  EXPECT_THAT(desk.said, Not(HasSubstr("金糸雀")));
}

TEST(Review, NamesAreShownOnlyWhenAskedFor) {
  const Desk desk("review-names");
  const auto file = desk.file("a.csv", kReviewHeader + resident("1", "1番"));
  EXPECT_THAT(desk.run({"import", "residents", file.string(), "--preview"}).out,
              Not(HasSubstr("金糸雀")));
  EXPECT_THAT(desk.run({"import", "residents", file.string(), "--preview", "--show"}).out,
              HasSubstr("金糸雀1"));
}

TEST(Review, UncertainRowWaitsForADecisionAndIsThenTaken) {
  const Desk desk("review-queue");
  desk.city.must_import("residents", desk.file("a.csv", kReviewHeader + resident("1", "1番")));
  const auto disease = desk.file("d.csv",
                                 "氏名,氏名カナ,生年月日,住所,番地,疾病名,有効期限\r\n"
                                 "金糸雀1,カナリア1,1940-01-02,見本町,1番,見本病,2099-12-31\r\n");
  const auto first = desk.run({"import", "intractable", disease.string(), "--json"});
  EXPECT_EQ(first.exit_code, 3);
  const json report = json::parse(first.out);
  EXPECT_EQ(report["queued"], 1);
  EXPECT_THAT(support::read_all(report["error_csv"].get<std::string>()),
              HasSubstr("IN_REVIEW_QUEUE"));
  const json items = desk.ask({"review", "queue"})["items"];
  ASSERT_EQ(items.size(), 1U);
  EXPECT_FALSE(items[0].contains("people"));
  EXPECT_THAT(desk.run({"review", "queue", "--show"}).out, HasSubstr("金糸雀1"));
  const std::string item = std::to_string(items[0]["item"].get<int>());
  EXPECT_EQ(desk.run({"review", "decide", item}).exit_code, 3);
  EXPECT_EQ(desk.run({"review", "decide", item, "--same", items[0]["proposed"]}).exit_code, 0);
  EXPECT_EQ(desk.ask({"import", "intractable", disease.string()})["added"], 1);
  EXPECT_TRUE(desk.ask({"review", "queue"})["items"].empty());
}

TEST(Review, MappingEncodingAndWorkbooksAreTaken) {
  const Desk desk("review-sources");
  const auto mapping = desk.file("m.toml",
                                 "source = \"x\"\nkind = \"voluntary\"\n"
                                 "[[column]]\nours = \"宛名番号\"\ntheirs = \"NO\"\n"
                                 "[[column]]\nours = \"申請日\"\ntheirs = \"DAY\"\n");
  desk.city.must_import("residents", desk.file("a.csv", kReviewHeader + resident("1", "1番")));
  const auto csv = desk.file("v.csv", "NO,DAY\r\n1,2026-04-01\r\n");
  EXPECT_EQ(desk.run({"import", "voluntary", csv.string()}).exit_code, 3);
  EXPECT_EQ(desk.run({"import", "care", csv.string(), "--mapping", mapping.string()}).exit_code, 3);
  const auto book = desk.file(
      "v.xlsx", support::workbook("<row r=\"1\"><c t=\"inlineStr\"><is><t>NO</t></is></c>"
                                  "<c t=\"inlineStr\"><is><t>DAY</t></is></c></row>"
                                  "<row r=\"2\"><c><v>1</v></c><c s=\"1\"><v>46113</v></c></row>"));
  const json taken =
      desk.ask({"import", "voluntary", book.string(), "--mapping", mapping.string()});
  EXPECT_EQ(taken["encoding"], "XLSX");
  EXPECT_EQ(taken["added"], 1);
  EXPECT_EQ(desk.ask({"import", "voluntary", csv.string(), "--mapping", mapping.string(),
                      "--encoding", "CP932"})["unchanged"],
            1);
  EXPECT_EQ(desk.run({"import", "voluntary", csv.string(), "--encoding", "EBCDIC"}).exit_code, 3);
  EXPECT_EQ(desk.run({"import", "voluntary", book.string(), "--encoding", "UTF-8"}).exit_code, 3);
}

TEST(Review, DryRunWritesNothing) {
  const Desk desk("review-dry");
  const auto file = desk.file("a.csv", kReviewHeader + resident("1", "1番"));
  const auto before = support::listing(desk.city.dir());
  EXPECT_EQ(desk.run({"import", "residents", file.string(), "--preview", "--dry-run"}).exit_code,
            0);
  EXPECT_EQ(support::listing(desk.city.dir()), before);
}

}  // namespace
