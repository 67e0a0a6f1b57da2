// SPDX-License-Identifier: Apache-2.0
// What leaves the house names nobody it must not name.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "support/city.hpp"

namespace {

namespace fs = std::filesystem;
using support::City;
using support::sample_file;
using support::tomoni;

constexpr const char* kPrivacyHeader =
    "宛名番号,世帯番号,氏名,氏名カナ,生年月日,性別,住所,番地,電話,住民区分,支援措置区分,"
    "支援措置期限,緯度,経度\r\n";
constexpr const char* kCanary = "金糸雀";

/// A city with one person in it, who needs a stretcher; `measure` is the 支援措置区分.
City city_with_one(const std::string& name, const std::string& measure) {
  City city(name);
  const fs::path folder = city.dir().parent_path();
  city.must_import("roads", sample_file("roads.osm.pbf"));
  city.must_import("shelters", sample_file("shelters.csv"));
  const auto shelters = [&] {
    auto registry = city.open();
    return registry.session({"test", "test"}).shelters();
  }();
  const auto& place = shelters.front().position;
  support::write_all(folder / "residents.csv", std::string(kPrivacyHeader) + "100,1," + kCanary +
                                                   "太郎,カナリアタロウ,1940-01-02,男," + kCanary +
                                                   "町,1番1号,000-0000-0000,住民," + measure +
                                                   (measure == "1" ? ",2099-12-31," : ",,") +
                                                   std::to_string(place.lat) + "," +
                                                   std::to_string(place.lon) + "\r\n");
  support::write_all(folder / "care.csv",
                     "宛名番号,要介護状態区分,有効期限\r\n100,要介護5,2099-12-31\r\n");
  city.must_import("residents", folder / "residents.csv");
  city.must_import("care", folder / "care.csv");
  return city;
}

support::Run form(const City& city, const std::string& id, const fs::path& out) {
  return tomoni({"form", "--dir", city.dir().string(), "--registrant", id, "--out", out.string()});
}

TEST(Privacy, AProtectedPersonIsOnNoFormAndNoMap) {
  const City city = city_with_one("privacy-protected", "1");
  const auto plan = city.plan();
  ASSERT_EQ(plan["plan"]["registrants"], 1);
  const auto out = city.dir().parent_path() / "form.pdf";
  const auto run = form(city, plan["plan"]["plans"][0]["registrant"], out);
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_FALSE(fs::exists(out));
  const auto map = city.dir().parent_path() / "map";
  EXPECT_EQ(tomoni({"export", "--dir", city.dir().string(), "--out", map.string()}).exit_code, 0);
  const auto geojson = nlohmann::json::parse(support::read_all(map / "plans.geojson"));
  EXPECT_TRUE(geojson["features"].empty());
}

TEST(Privacy, SomebodyUnprotectedIsPrintedAndTheAuditLogSaysSo) {
  const City city = city_with_one("privacy-printed", "0");
  const auto plan = city.plan();
  const std::string id = plan["plan"]["plans"][0]["registrant"];
  const auto run = form(city, id, city.dir().parent_path() / "form.pdf");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  auto registry = city.open();
  const auto log = registry.session({"test", "test"}).audit_log();
  EXPECT_FALSE(registry::first_broken(log).has_value());
  const bool printed = std::ranges::any_of(log, [&](const registry::AuditEntry& entry) {
    return entry.action == "output" && entry.detail == "plan_form" && entry.subject == id;
  });
  EXPECT_TRUE(printed);
}

TEST(Privacy, NoNameReachesOutputErrorsOrTheMap) {
  const City city = city_with_one("privacy-canary", "0");
  const auto folder = city.dir().parent_path();
  std::string said;
  const auto hear = [&](const support::Run& run) { said += run.out + run.err; };
  hear(tomoni({"plan", "--dir", city.dir().string(), "--json"}));
  hear(tomoni({"export", "--dir", city.dir().string(), "--out", (folder / "map").string()}));
  support::write_all(folder / "bad.csv", std::string(kPrivacyHeader) + "101,2," + kCanary +
                                             "花子,カナリアハナコ," + kCanary + ",女," + kCanary +
                                             "町,2番,000,住民,0,,35.7,139.4\r\n");
  const auto rejected = city.import("residents", folder / "bad.csv");
  EXPECT_EQ(rejected.exit_code, 3);
  hear(rejected);
  for (const auto& entry : fs::directory_iterator(city.dir() / "imports")) {
    said += support::read_all(entry.path());
  }
  said += support::read_all(folder / "map" / "plans.geojson");
  EXPECT_EQ(said.find(kCanary), std::string::npos);
}

TEST(Privacy, RejectedRowsAreExplainedWhileValidOnesAreKept) {
  const City city("privacy-rejected");
  const auto file = city.dir().parent_path() / "residents.csv";
  support::write_all(file, std::string(kPrivacyHeader) +
                               "1,1,見本一郎,ミホンイチロウ,1950-01-01,男,町,1,,住民,0,,,\r\n"
                               "2,1,見本二郎,ミホンジロウ,昭和64年1月8日,男,町,1,,住民,0,,,\r\n");
  const auto run = city.import("residents", file);
  EXPECT_EQ(run.exit_code, 3) << run.err;
  const auto report = nlohmann::json::parse(run.out);
  EXPECT_EQ(report["added"], 1);
  ASSERT_EQ(report["rejected"].size(), 1U);
  EXPECT_EQ(report["rejected"][0]["line"], 3);
  EXPECT_EQ(report["rejected"][0]["column"], "生年月日");
  EXPECT_TRUE(fs::exists(report["error_csv"].get<std::string>()));
}

}  // namespace
