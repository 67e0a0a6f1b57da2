// SPDX-License-Identifier: Apache-2.0
// A drill of the sample town, from the scenario to the plans that go back for review.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <tuple>

#include "registry/result_file.hpp"
#include "route/geo.hpp"
#include "support/city.hpp"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using support::City;
using testing::HasSubstr;

constexpr const char* kScenario =
    "name = \"秋の訓練\"\nhazard = \"洪水\"\nstart = \"2026-11-20T09:00\"\nhorizon_min = 300\n"
    "step_min = 10\nat_home_percent = 100\nassume_shared = true\n"
    "[[order]]\nlevel = 3\nat_min = 0\n[[order]]\nlevel = 4\nat_min = 150\n";

std::string degrees(double value, int digits) {
  char text[32];
  const int size = std::snprintf(text, sizeof text, "%.*f", digits, value);
  return {text, static_cast<std::size_t>(size)};
}

class Drills : public testing::Test {
 protected:
  Drills()
      : city_(std::string("drill-") + testing::UnitTest::GetInstance()->current_test_info()->name(),
              support::ReadyCity::SampleTown),
        folder_(city_.dir().parent_path()) {
    (void)city_.plan();
    support::write_all(folder_ / "s.toml", kScenario);
  }

  /// Every third person agrees; keeps who did not, protected people among them.
  void collect_consents() {
    {
      auto registry = city_.open();
      std::size_t number = 0;
      for (const auto& subject : registry.session({"test", "test"}).registrants()) {
        const registry::Person& person = subject.registrant.person;
        const bool agrees = !person.is_protected() && ++number % 3 == 0;
        (agrees ? agreed_ : others_).push_back(person);
      }
    }
    for (const registry::Person& person : agreed_) {
      (void)city_.ask({"consent", "record", "--person", person.id.value, "--scope", "訓練参加",
                       "--answer", "同意", "--method", "書面(自署)"});
    }
  }

  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_ / name).string();
  }

  [[nodiscard]] std::vector<std::string> run_words(const std::string& out,
                                                   const std::string& scenario = "s.toml") const {
    return {"drill", "run",    "--scenario", path(scenario), "--runs",
            "40",    "--seed", "7",          "--out",        path(out)};
  }
  Json run(const std::string& out, const std::string& scenario = "s.toml") {
    return city_.ask(run_words(out, scenario));
  }
  /// Commands that read result files only.
  static Json ask(std::vector<std::string> words) {
    words.emplace_back("--json");
    const support::Run done = support::tomoni(words);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return done.exit_code == 0 ? Json::parse(done.out) : Json::object();
  }
  [[nodiscard]] registry::ResultFile read(const std::string& name) const {
    return registry::read_result_file(path(name), 2);
  }

  /// A track along the planned way, at half a metre a second.
  [[nodiscard]] std::string gpx_of(const std::string& person) const {
    auto registry = city_.open();
    const auto plan = registry.session({"test", "test"}).plan_of({person});
    std::string points;
    std::int64_t at = registry::parse_moment("2026-11-01T00:00:00Z")->milliseconds;
    std::optional<route::LatLon> last;
    for (const registry::Position& each : plan->main_course().legs.front().route) {
      const route::LatLon here = route::from_degrees(each.lat, each.lon);
      const int steps =
          last ? std::max(1, static_cast<int>(route::distance_m(*last, here) / 5)) : 1;
      for (int i = 1; i <= steps; ++i) {
        const route::LatLon point = last ? route::interpolate(*last, here, i * 1.0 / steps) : here;
        at += last ? static_cast<std::int64_t>(route::distance_m(*last, here) / steps * 2000) : 0;
        points += "<trkpt lat=\"" + degrees(point.lat(), 7) + "\" lon=\"" +
                  degrees(point.lon(), 7) + "\"><time>" + registry::to_iso(registry::Instant{at}) +
                  "</time></trkpt>\n";
      }
      last = here;
    }
    return "<gpx version=\"1.1\"><trk><trkseg>\n" + points + "</trkseg></trk></gpx>\n";
  }

  void tracks_come_back(const std::string& person) {
    fs::create_directory(path("tracks"));
    const std::string gpx = gpx_of(person);
    support::write_all(folder_ / "tracks" / (person + ".gpx"), gpx);
    support::write_all(folder_ / "tracks" / "walk.gpx", "対象者ID");
    const std::vector<std::string> words = {"drill", "tracks", path("tracks"), "--name", "秋"};
    support::Run taken = city_.run(words);
    EXPECT_EQ(taken.exit_code, 3) << "walk.gpx is nobody's";
    EXPECT_THAT(taken.out, HasSubstr("walk.gpx: 誰の軌跡か分かりません"));
    EXPECT_THAT(taken.out, HasSubstr("取り込んだ軌跡 1"));
    const Json found = city_.ask({"drill", "differences", "--roads-csv", path("roads.csv")});
    EXPECT_GT(found["roads"].size(), 0U);
    EXPECT_GT(found["differences"][0]["track_s"]["measured"], 0);
    EXPECT_EQ(found["roads_hidden"], found["roads"].size()) << "one person walked";
    EXPECT_TRUE(found["differences"][0]["track_contradicts"]) << "90 minutes on the sheet";
    EXPECT_FALSE(found["differences"][1]["track_contradicts"]) << "no track";
    EXPECT_THAT(city_.run({"drill", "differences"}).out,
                HasSubstr("軌跡と計った移動時間が合わない"));
    EXPECT_EQ(support::read_all(path("roads.csv")).find(person), std::string::npos);
    taken = city_.run(words);
    EXPECT_THAT(taken.out, HasSubstr("すでにあります"));
  }

  void findings_are_carried() {
    const std::vector<std::string> words = {
        "drill",   "findings",   "add",   "--finding",  "バスの段差", "--action", "踏み台を置く",
        "--owner", "危機管理課", "--due", "2026-11-02", "--name",     "秋"};
    EXPECT_EQ(city_.ask(words)["number"], 1);
    const support::Run next =
        city_.run({"drill", "new", path("next.toml"), "--start", "2027-11-20T09:00"});
    EXPECT_THAT(next.out, HasSubstr("バスの段差"));
    (void)run("next.db");
    EXPECT_THAT(city_.run({"drill", "report", path("next.db")}).out, HasSubstr("是正"));
    EXPECT_EQ(city_.run({"drill", "findings", "close", "1", "--note", "置いた"}).exit_code, 0);
    EXPECT_EQ(city_.run({"drill", "findings", "close", "1", "--note", "置いた"}).exit_code, 3);
    EXPECT_EQ(city_.ask({"drill", "findings", "list"})["findings"].size(), 0U);
  }

  City city_;
  fs::path folder_;
  std::vector<registry::Person> agreed_;
  std::vector<registry::Person> others_;
};

TEST_F(Drills, TheWrittenScenarioRunsAndEverybodyHasOneOutcomeAndAtMostOneCause) {
  EXPECT_EQ(city_.run({"drill", "new", path("new.toml"), "--start", "2026-11-20T09:00"}).exit_code,
            0);
  EXPECT_EQ(city_.run({"drill", "new", path("new.toml")}).exit_code, 3) << "never overwritten";
  const Json answer = run("new.db", "new.toml");
  EXPECT_GT(answer["players"], 0);
  double sum = 0;
  for (const Json& people : answer["outcomes"]) {
    sum += people.get<double>();
  }
  EXPECT_NEAR(sum, answer["players"].get<double>(), 1e-9);
  double caused = 0;
  for (const Json& cause : answer["causes"]) {
    caused += cause["people"].get<double>();
  }
  const double away = answer["outcomes"]["away"];
  EXPECT_GT(away, 0) << "by day some are not at home";
  EXPECT_NEAR(caused, sum - answer["outcomes"]["safe"].get<double>() - away, 1e-9);
  const registry::ResultFile results = read("new.db");
  for (const std::int64_t violations : results.table("supporter").whole("violations")) {
    EXPECT_EQ(violations, 0) << "nobody is sent past the time to retreat";
  }
}

TEST_F(Drills, OneThreadTwoThreadsAndAnotherTimeGiveTheSameBytes) {
  auto words = run_words("one.db");
  words.insert(words.end(), {"--threads", "1", "--replay", path("one.geojson")});
  EXPECT_EQ(city_.run(words).exit_code, 0);
  words = run_words("two.db");
  words.insert(words.end(), {"--threads", "2", "--replay", path("two.geojson")});
  EXPECT_EQ(city_.run(words).exit_code, 0);
  (void)run("three.db");
  const std::string first = support::read_all(path("one.db"));
  EXPECT_EQ(support::read_all(path("two.db")), first);
  EXPECT_EQ(support::read_all(path("three.db")), first);
  EXPECT_EQ(support::read_all(path("one.geojson")), support::read_all(path("two.geojson")));
  EXPECT_FALSE(Json::parse(support::read_all(path("one.geojson")))["features"].empty());
}

TEST_F(Drills, AScenarioInJsonIsTheSameScenario) {
  support::write_all(
      folder_ / "s.json",
      R"({"name":"秋の訓練","hazard":"洪水","start":"2026-11-20T09:00","horizon_min":300,
          "step_min":10,"at_home_percent":100,"assume_shared":true,
          "order":[{"level":3,"at_min":0},{"level":4,"at_min":150}]})");
  const Json toml = run("toml.db");
  const Json json = run("json.db", "s.json");
  EXPECT_EQ(json["outcomes"], toml["outcomes"]);
  EXPECT_EQ(json["data_hash"], toml["data_hash"]);
  support::write_all(folder_ / "bad.json", R"({"name": null})");
  EXPECT_EQ(city_.run(run_words("bad.db", "bad.json")).exit_code, 3);
  EXPECT_FALSE(fs::exists(path("bad.db")));
}

TEST_F(Drills, NobodyWithoutConsentIsAnywhereInWhatADrillLeaves) {
  collect_consents();
  ASSERT_GE(others_.size(), 5U);
  auto words = run_words("d.db");
  words.insert(words.end(), {"--replay", path("d.geojson")});
  const support::Run played = city_.run(words);
  ASSERT_EQ(played.exit_code, 0) << played.err;
  const support::Run told =
      support::tomoni({"drill", "report", path("d.db"), "--pdf", path("d.pdf"), "--html",
                       path("d.html"), "--csv", path("d.zip"), "--netcdf", path("d.nc")});
  ASSERT_EQ(told.exit_code, 0) << told.err;
  ASSERT_EQ(std::system(("cd '" + folder_.string() +
                         "' && pdftotext d.pdf d.txt && mkdir csv && cd csv && unzip -q ../d.zip "
                         "&& ncdump ../d.nc >nc")
                            .c_str()),
            0);
  std::string all = played.out + played.err + told.out + told.err;
  for (const char* name : {"d.db", "d.geojson", "d.html", "d.txt", "d.pdf"}) {
    all += support::read_all(path(name));
  }
  for (const auto& entry : fs::directory_iterator(folder_ / "csv")) {
    all += support::read_all(entry.path());
  }
  const auto sings = [&](const registry::Person& person) {
    return all.find(person.id.value) != std::string::npos;
  };
  EXPECT_TRUE(std::ranges::any_of(agreed_, sings)) << "the canaries can sing";
  for (const registry::Person& person : agreed_) {
    EXPECT_EQ(sings(person), person.position.has_value()) << "who has a place plays";
  }
  const auto absent = [&](const std::string& text) {
    if (text.size() > 4) {
      EXPECT_EQ(all.find(text), std::string::npos);
    }
  };
  for (const registry::Person& person : others_) {
    absent(person.id.value);
    absent(person.name);
    absent(person.name_kana);
    absent(person.full_address());
    absent(person.phone);
    absent(person.resident_no);
    if (person.position) {
      absent(degrees(person.position->lon, 5) + "," + degrees(person.position->lat, 5));
      absent(degrees(person.position->lat, 7));
    }
  }
  for (const registry::Person& person : agreed_) {
    absent(person.name);
    absent(person.full_address());
  }
}

TEST_F(Drills, WhatStandInsNeedIsSharedByAtLeastFive) {
  collect_consents();
  (void)run("d.db");
  const registry::ResultFile results = read("d.db");
  const auto& people = results.table("person");
  std::map<std::tuple<std::string, std::int64_t, std::int64_t>, int> kinds;
  std::set<std::string> real;
  for (std::size_t i = 0; i < people.rows(); ++i) {
    if (people.text("registrant")[i].empty()) {
      ++kinds[{people.text("profile")[i], people.whole("hands")[i], people.whole("seats")[i]}];
    } else {
      real.insert(people.text("registrant")[i]);
    }
  }
  for (const auto& [kind, count] : kinds) {
    EXPECT_GE(count, 5) << std::get<0>(kind);
  }
  EXPECT_FALSE(real.empty());
  for (const registry::Person& person : others_) {
    EXPECT_FALSE(real.contains(person.id.value));
  }
}

TEST_F(Drills, MoreTimeIsAMeasuredImprovementAndTheReportShowsIt) {
  std::string later = kScenario;
  later.replace(later.find("at_min = 150"), 12, "at_min = 40");
  support::write_all(folder_ / "short.toml", later);
  (void)run("short.db", "short.toml");
  (void)run("long.db");
  const Json found = ask({"drill", "compare", path("short.db"), path("long.db")});
  EXPECT_GT(found["safe"]["difference"], 0);
  EXPECT_TRUE(found["safe"]["significant"]);
  EXPECT_LT(found["worse"].size(), found["better"].size());
  EXPECT_FALSE(found["better"].empty());
  const Json itself = ask({"drill", "compare", path("long.db"), path("long.db")});
  EXPECT_EQ(itself["safe"]["difference"], 0);
  EXPECT_FALSE(itself["safe"]["significant"]);
  (void)ask({"drill", "report", path("long.db"), "--before", path("short.db"), "--pdf",
             path("r.pdf"), "--html", path("r.html")});
  ASSERT_EQ(std::system(("cd '" + folder_.string() + "' && pdftotext r.pdf r.txt").c_str()), 0);
  const std::string text = support::read_all(path("r.txt"));
  const std::string html = support::read_all(path("r.html"));
  for (const char* title :
       {"前提", "前回との比較", "完了率曲線", "完了の時刻", "取り残しの理由", "地区別の完了",
        "四段階の時間", "支援者の負荷", "避難所の過不足", "避難所の席", "ボトルネック道路",
        "出発の期限", "弱い計画の順位", "歩く距離が長い人"}) {
    EXPECT_THAT(text, HasSubstr(title));
    EXPECT_THAT(html, HasSubstr(title));
  }
  EXPECT_THAT(html, HasSubstr("<svg"));
  EXPECT_THAT(html, testing::Not(HasSubstr("http"))) << "loads nothing";
}

TEST_F(Drills, AClosureThatEndsHoldsPeopleUpAndOneThatDoesNotKeepsThem) {
  const std::string open =
      std::string("city_hazards = false\nclosures = \"c.geojson\"\n") + kScenario;
  support::write_all(folder_ / "closed.toml", open);
  std::set<std::string> hashes;
  const auto safe = [&](const char* times) {
    support::write_all(folder_ / "c.geojson",
                       std::string(R"({"type":"FeatureCollection","features":[)") +
                           R"({"type":"Feature","properties":{"reason":"x")" + times +
                           R"(},"geometry":{"type":"Polygon","coordinates":)" +
                           "[[[139,35],[140,35],[140,36],[139,36],[139,35]]]}}]}");
    const Json answer = run("closed.db", "closed.toml");
    EXPECT_TRUE(hashes.insert(answer["scenario_hash"]).second) << "what is drawn counts";
    return answer["outcomes"]["safe"].get<double>();
  };
  const double free = safe(R"(,"from_min":299)");
  const double held_up = safe(R"(,"from_min":1,"until_min":60)");
  EXPECT_GT(free, 0);
  EXPECT_NEAR(held_up, free, 0.2 * free) << "there is time enough after the road opens";
  EXPECT_EQ(safe(R"(,"from_min":1)"), 0);
  EXPECT_TRUE(run("closed.db", "closed.toml")["ninety_percent_min"].is_null())
      << "no time is the time of nobody";
  EXPECT_NEAR(safe(R"(,"until_min":30)"), free, 0.2 * free);
}

TEST_F(Drills, ImproveRanksWhatSavesPeopleAndTheReportShowsIt) {
  std::string hasty = kScenario;
  hasty.replace(hasty.find("at_min = 150"), 12, "at_min = 40");
  support::write_all(folder_ / "s.toml", hasty);
  collect_consents();
  const Json found = city_.ask({"drill", "improve", "--scenario", path("s.toml"), "--runs", "8",
                                "--most", "2", "--out", path("improved.db")});
  ASSERT_FALSE(found["actions"].empty());
  bool helped = true;
  for (const Json& action : found["actions"]) {
    EXPECT_EQ(action["helps"].get<bool>(), action["interval"][0].get<double>() > 0);
    EXPECT_FALSE(!helped && action["helps"].get<bool>()) << "those that help come first";
    helped = action["helps"].get<bool>();
  }
  double before = 1e9;
  for (const Json& point : found["single_points"]) {
    EXPECT_LE(point["lost"].get<double>(), before);
    before = point["lost"].get<double>();
  }
  auto words = run_words("plain.db");
  words[5] = "8";  // --runs
  words[7] = "1";  // --seed
  (void)city_.ask(words);
  const registry::ResultFile plain = read("plain.db");
  const registry::ResultFile improved = read("improved.db");
  for (const registry::ResultTable& table : plain.tables) {
    if (table.name == "alternative") {  // only improve looks for the second ways of stand-ins
      continue;
    }
    EXPECT_EQ(registry::to_table(table).rows, registry::to_table(improved.table(table.name)).rows)
        << table.name << ": the base is the run itself";
  }
  const Json report = ask({"drill", "report", path("improved.db"), "--csv", path("improved.zip")});
  std::set<std::string> titles;
  for (const Json& section : report["sections"]) {
    titles.insert(section["title"].get<std::string>());
  }
  for (const char* title : {"改善案", "単一障害点", "代替経路（地区別）", "代替経路の弱い人",
                            "完了時間の下限と結果", "孤立する地区"}) {
    EXPECT_TRUE(titles.contains(title)) << title;
  }
}

TEST_F(Drills, SheetsAreForWhoAgreedAndResultsComeBack) {
  EXPECT_EQ(city_.run({"drill", "sheet", "--pdf", path("none.pdf")}).exit_code, 3);
  collect_consents();
  const Json sheet =
      city_.ask({"drill", "sheet", "--pdf", path("sheet.pdf"), "--csv", path("sheet.csv")});
  EXPECT_EQ(sheet["participants"], agreed_.size());
  std::string rows = "対象者ID,準備,移動1\r\n";
  for (const registry::Person& person : agreed_) {
    rows += person.id.value + ",30,90\r\n";
  }
  support::write_all(folder_ / "results.csv", rows + others_.front().id.value + ",1,1\r\n");
  const support::Run taken =
      city_.run({"drill", "import", path("results.csv"), "--name", "秋", "--held", "2026-11-01",
                 "--proposal", path("proposal.txt"), "--json"});
  EXPECT_EQ(taken.exit_code, 3) << taken.err;
  const Json document = Json::parse(taken.out);
  EXPECT_GT(document["report"]["added"], 0);
  EXPECT_GT(document["late"], 0);
  EXPECT_EQ(taken.out.find(others_.front().id.value), std::string::npos);
  EXPECT_THAT(support::read_all(path("proposal.txt")), HasSubstr("自動では何も変わりません"));
  const Json found = city_.ask({"drill", "differences"});
  EXPECT_EQ(found["differences"].size(), document["report"]["added"]);
  EXPECT_EQ(found["differences"][0]["travel_s"]["measured"], 5400);
  EXPECT_EQ(
      city_.run({"drill", "import", path("results.csv"), "--name", "秋", "--held", "2026-11-01"})
          .exit_code,
      3);
  tracks_come_back(found["differences"][0]["registrant"]);
  findings_are_carried();
}

TEST_F(Drills, WrongScenariosAndFilesAreRefusedInWords) {
  support::write_all(folder_ / "bad.toml",
                     std::string(kScenario) + "[[shelter]]\nname = \"無い\"\n");
  const support::Run bad = city_.run(run_words("bad.db", "bad.toml"));
  EXPECT_EQ(bad.exit_code, 3);
  EXPECT_THAT(bad.err, HasSubstr("無い"));
  EXPECT_FALSE(fs::exists(path("bad.db")));
  const support::Run report = support::tomoni({"drill", "report", path("s.toml")});
  EXPECT_EQ(report.exit_code, 3);
  EXPECT_THAT(report.err, HasSubstr("結果ファイルではありません"));
  EXPECT_EQ(city_.run({"drill", "run", "--scenario", path("s.toml"), "--runs", "0"}).exit_code, 2);
}

}  // namespace
