// SPDX-License-Identifier: Apache-2.0
// Two people with unmistakable data go through every command there is, and through every kind of
// bad input. The open one may be read on stdout only, by whoever asked; the protected one nowhere.
#include <gtest/gtest.h>

#include <filesystem>

#include "registry/audit_book.hpp"
#include "support/city.hpp"

namespace {

namespace fs = std::filesystem;
using support::City;
using support::sample_file;
using support::tomoni;

constexpr const char* kHeader =
    "宛名番号,世帯番号,氏名,氏名カナ,生年月日,性別,住所,番地,方書,電話,住民区分,支援措置区分,"
    "支援措置期限,緯度,経度\r\n";

/// Words that stand in no sample file. "open" ones belong to the person anybody may be shown.
const std::vector<std::string> kOpen = {"金糸雀",     "カナリア",     "鶯谷鳴町",  "囀荘",
                                        "0909991234", "090-999-1234", "1931-07-19"};
const std::vector<std::string> kHidden = {"杜鵑",       "ホトトギス",   "隠里町",    "忍荘",
                                          "0908885678", "090-888-5678", "1932-08-21"};

class Canary : public testing::Test {
 protected:
  Canary() : city_("canary"), folder_(city_.dir().parent_path()) {
    city_.must_import("roads", sample_file("roads.osm.pbf"));
    city_.must_import("shelters", sample_file("shelters.csv"));
    const auto place = city_.open().session({"test", "test"}).shelters().front().position;
    const std::string at = std::to_string(place.lat) + "," + std::to_string(place.lon);
    support::write_all(folder_ / "residents.csv",
                       std::string(kHeader) +
                           "100,1,金糸雀太郎,カナリアタロウ,1931-07-19,男,鶯谷鳴町,1番1号,囀荘,"
                           "090-999-1234,住民,0,," +
                           at + "\r\n" +
                           "200,2,杜鵑花子,ホトトギスハナコ,1932-08-21,女,隠里町,2番2号,忍荘,"
                           "090-888-5678,住民,1,2099-12-31," +
                           at + "\r\n");
    support::write_all(folder_ / "care.csv",
                       "宛名番号,要介護状態区分,有効期限\r\n100,要介護5,2099-12-31\r\n"
                       "200,要介護5,2099-12-31\r\n");
    keep(city_.import("residents", folder_ / "residents.csv"));
    keep(city_.import("care", folder_ / "care.csv"));
  }

  support::Run run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--dir", city_.dir().string()});
    const support::Run done = tomoni(arguments);
    keep(done);
    return done;
  }

  void keep(const support::Run& done) {
    spoken_ += done.out;
    complained_ += done.err;
  }

  std::string file(const std::string& name, const std::string& text) {
    support::write_all(folder_ / name, text);
    return (folder_ / name).string();
  }

  static void expect_none(const std::string& text, const std::vector<std::string>& words,
                          const char* where) {
    for (const std::string& word : words) {
      const std::size_t at = text.find(word);
      EXPECT_EQ(at, std::string::npos)
          << word << " in " << where << ": " << text.substr(at < 60 ? 0 : at - 60, 160);
    }
  }

  /// Asks the person by letter and on the spot, and hands lists over in peace.
  void consents_and_copies(const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
      run({"consent", "record", "--person", id, "--scope", "名簿提供", "--answer", "同意",
           "--method", "書面(自署)", "--agent-name", "金糸雀"});
      run({"consent", "record", "--person", id, "--scope", "名簿提供", "--answer", "同意",
           "--method", "書面(自署)"});
      run({"consent", "show", "--person", id});
    }
    run({"consent", "show", "--person", "杜鵑花子"});
    const auto round = nlohmann::json::parse(
        run({"consent", "round", "new", "--name", "照会", "--scope", "計画提供", "--leaflet", "1",
             "--explained-by", "係", "--answer-by", "2099-12-31", "--json"})
            .out);
    const std::string id = round["round"];
    run({"consent", "round", "letters", "--round", id, "--list", (folder_ / "l.csv").string(),
         "--pdf", (folder_ / "l.pdf").string()});
    run({"consent", "round", "post", "--round", id});
    run({"consent", "round", "answer", "--round", id, "--input",
         file("answers.csv", "コード,回答,回答日\r\n金糸雀太郎,杜鵑,隠里町\r\n")});
    run({"consent", "round", "check", "--round", id, "--list",
         file("list.csv", "コード,照合記号,氏名,住所\r\n金糸雀,杜鵑,杜鵑花子,隠里町\r\n")});
    run({"consent", "round", "status"});
    const auto fire = nlohmann::json::parse(run({"share", "recipient", "add", "--kind", "消防",
                                                 "--name", "消防署", "--clause", "第1条", "--json"})
                                                .out);
    const std::vector<std::string> request = {"--recipient", fire["recipient"], "--return-due",
                                              "2099-03-31"};
    std::vector<std::string> preview = {"share", "preview", "--json"};
    preview.insert(preview.end(), request.begin(), request.end());
    const std::string code = nlohmann::json::parse(run(preview).out)["code"];
    std::vector<std::string> issue = {"share", "issue", "--code",
                                      code,    "--out", (folder_ / "fire.csv").string()};
    issue.insert(issue.end(), request.begin(), request.end());
    run(issue);
    run({"share", "ledger"});
    run({"share", "overdue", "--on", "2099-04-01"});
    run({"share", "approve", "--recipient", fire["recipient"], "--person", ids[1], "--reason",
         "確認"});
    for (const char* list : {"l.csv", "fire.csv"}) {
      const std::string text = support::read_all(folder_ / list);
      EXPECT_NE(text.find("金糸雀太郎"), std::string::npos) << list;
      expect_none(text, kHidden, list);
    }
  }

  void reviews_and_plans(const std::vector<std::string>& ids) {
    const std::string changed = file(
        "changed.csv",
        std::string(kHeader) +
            "100,1,金糸雀太郎,カナリアタロウ,1931-07-19,男,鶯谷鳴町,9番9号,囀荘,,住民,0,,,\r\n" +
            "200,2,杜鵑花子,ホトトギスハナコ,1932-08-21,女,隠里町,9番9号,忍荘,,住民,1,2099-12-31,"
            ",\r\n");
    const auto preview =
        nlohmann::json::parse(run({"import", "residents", changed, "--preview", "--json"}).out);
    const std::string batch = preview["preview"]["batch"];
    run({"review", "list"});
    run({"review", "show", batch});
    run({"review", "approve", batch});
    run({"review", "apply", batch});
    run({"review", "show", batch, "--json"});
    run({"review", "queue"});
    run({"eligibility", "review"});
    run({"plan", "queue"});
    run({"plan", "gaps"});
    for (const std::string& id : ids) {
      run({"plan", "history", "--registrant", id});
    }
    run({"backup", "--to", (folder_ / "sealed").string()});
    run({"doctor"});
  }

  City city_;
  fs::path folder_;
  std::string spoken_;      ///< stdout of everything
  std::string complained_;  ///< stderr of everything
};

TEST_F(Canary, SingsNowhere) {
  const auto plan = nlohmann::json::parse(run({"plan", "--json"}).out);
  std::vector<std::string> ids;
  for (const auto& each : plan["plan"]["plans"]) {
    ids.push_back(each["registrant"]);
  }
  ASSERT_EQ(ids.size(), 2U);
  run({"export", "--out", (folder_ / "map").string()});
  for (const std::string& id : ids) {
    run({"form", "--registrant", id, "--out", (folder_ / (id + ".pdf")).string()});
    run({"person", "show", "--registrant", id});
    run({"person", "show", "--registrant", id, "--json"});
    run({"person", "edit", "--registrant", id, "--revision", "0", "--set", "必要人数=2"});
    run({"person", "edit", "--registrant", id, "--revision", "9", "--set", "必要人数=3"});
    run({"person", "edit", "--registrant", id, "--revision", "1", "--set", "必要人数=金糸雀"});
    run({"person", "edit", "--registrant", id, "--revision", "1", "--set", "杜鵑花子"});
    run({"person", "join", "--registrant", id, "--on", "2026-04-01", "--reason", "申請", "--told"});
    run({"person", "leave", "--registrant", id, "--on", "2026-05-01", "--reason", "取消"});
    run({"audit", "who-saw", "--registrant", id});
    run({"protected", "request", "--registrant", id, "--reason", "確認"});
  }
  std::vector<std::string> searches = kHidden;
  searches.insert(searches.end(), {"200", "5678", "杜鵑 隠里町", "ほととぎす", "隠里町2-2"});
  for (const std::string& query : searches) {
    const support::Run found = run({"person", "search", query, "--json"});
    EXPECT_EQ(found.exit_code, 0);
    EXPECT_TRUE(nlohmann::json::parse(found.out)["hits"].empty()) << query;
  }
  for (const std::string& query : kOpen) {
    const support::Run found = run({"person", "search", query, "--json"});
    EXPECT_EQ(nlohmann::json::parse(found.out)["hits"].size(), 1U) << query;
  }
  run({"person", "members"});
  run({"person", "members", "--json", "--register", "voluntary"});
  run({"person", "completeness", "--json"});
  run({"protected", "list", "--json"});
  run({"user", "list"});
  run({"audit", "list", "--limit", "1000"});
  run({"audit", "verify"});
  run({"audit", "anchor"});

  consents_and_copies(ids);
  reviews_and_plans(ids);

  // Bad input with the canaries in it, also where they do not belong.
  const std::string head = kHeader;
  const std::vector<std::pair<const char*, std::string>> bad = {
      {"residents",
       head + "300,3,金糸雀次郎,カナリアジロウ,金糸雀,男,鶯谷鳴町,1,,090-999-1234,住民,0,,,\r\n"},
      {"residents",
       head +
           "301,3,,カナリア,1931-07-19,金糸雀,鶯谷鳴町,1,,杜鵑,杜鵑,忍荘,隠里町,杜鵑,金糸雀\r\n"},
      {"residents",
       head + "100,1,杜鵑?子,ホトトギス,昭和64年1月8日,女,隠里町,1,,090-888-5678,住民,1,,,\r\n"},
      {"residents", "氏名,住所\r\n金糸雀太郎,鶯谷鳴町\r\n"},
      {"residents", "金糸雀太郎,杜鵑花子,隠里町\r\n1,2,3\r\n"},
      {"residents", head + "\"金糸雀太郎,鶯谷鳴町\r\n"},
      {"care",
       "宛名番号,要介護状態区分,有効期限\r\n金糸雀,杜鵑,隠里町\r\n999,要介護5,2099-12-31\r\n"},
      {"disability", "宛名番号,制度区分,等級,部位,部位等級\r\n100,金糸雀,杜鵑,忍荘,囀荘\r\n"},
      {"supporters",
       "支援者番号,氏名,住所,電話,対象宛名番号,受持上限\r\n"
       "1,金糸雀,隠里町,杜鵑,金糸雀太郎,忍荘\r\n"},
      {"shelters", "名称,緯度,経度\r\n金糸雀,杜鵑,隠里町\r\n"},
      {"areas", "{\"杜鵑花子\": \"金糸雀\"}"}};
  int number = 0;
  for (const auto& [kind, text] : bad) {
    keep(city_.import(kind, file("bad" + std::to_string(++number), text)));
  }
  run({"person", "import-needs",
       file("needs.csv",
            "宛名番号,階段,必要人数,備考\r\n100,金糸雀,杜鵑,隠里町\r\n忍荘,可,1,\r\n")});
  run({"person", "show", "--registrant", "金糸雀太郎"});
  run({"form", "--registrant", "杜鵑花子", "--out", (folder_ / "x.pdf").string()});
  run({"audit", "verify", "--anchor", file("anchor", "金糸雀 杜鵑花子 隠里町")});
  run({"user", "scope", "test", "--scope", "小学校区:99"});

  // What may be spoken: the open person to the one who asked. What never: the hidden one.
  expect_none(spoken_, kHidden, "stdout");
  expect_none(complained_, kHidden, "stderr");
  expect_none(complained_, kOpen, "stderr");
  std::string written;
  for (const auto& entry : fs::recursive_directory_iterator(city_.dir())) {
    written += entry.path().filename().string() + "\n";
    if (entry.is_regular_file() && entry.path().string().find("imports") != std::string::npos) {
      written += support::read_all(entry.path());
    }
  }
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "map")) {
    written += entry.path().filename().string() + "\n";
  }
  written += support::read_all(folder_ / "map" / "plans.geojson");
  auto registry = city_.open();
  for (const auto& entry : registry.session({"test", "test"}).audit_log()) {
    written += entry.actor + entry.purpose + entry.subject + entry.detail + "\n";
  }
  expect_none(written, kHidden, "files and audit rows");
  expect_none(written, kOpen, "files and audit rows");
  EXPECT_NE(spoken_.find("支援措置対象: 窓口へ照会"), std::string::npos);
  EXPECT_NE(spoken_.find("金糸雀太郎"), std::string::npos);  // the open one is really shown
}

TEST_F(Canary, StoreItselfIsEncrypted) {
  for (const char* name : {"registry.db", "registry.db-wal"}) {
    if (fs::exists(city_.dir() / name)) {
      expect_none(support::read_all(city_.dir() / name), kHidden, name);
      expect_none(support::read_all(city_.dir() / name), kOpen, name);
    }
  }
}

}  // namespace
