// SPDX-License-Identifier: Apache-2.0
// A city's worth of invented people: how long deriving keys and areas takes, and how long the desk
// waits for an answer. TOMONI_PEOPLE=200000 for the full measure.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

#include "database.hpp"
#include "people_index.hpp"
#include "registry/person_search.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using Seconds = std::chrono::duration<double>;

double since(std::chrono::steady_clock::time_point begin) {
  return Seconds(std::chrono::steady_clock::now() - begin).count();
}

constexpr const char* kFamily[] = {"佐藤 サトウ",   "鈴木 スズキ", "髙橋 タカハシ", "田中 タナカ",
                                   "渡邉 ワタナベ", "伊藤 イトウ", "山本 ヤマモト", "中村 ナカムラ",
                                   "小林 コバヤシ", "加藤 カトウ", "吉田 ヨシダ",   "齋藤 サイトウ",
                                   "大野 オオノ",   "河野 コウノ", "林 ハヤシ",     "清水 シミズ"};
constexpr const char* kLetters[] = {"一", "美", "太", "花", "正", "和", "幸", "義", "清", "光"};
constexpr const char* kReadings[] = {"イチ", "ミ",   "タ",   "ハナ", "マサ",
                                     "カズ", "ユキ", "ヨシ", "キヨ", "ミツ"};
constexpr const char* kTowns[] = {"緑町",   "谷戸町",   "北原町", "西原町", "田無町", "南町",
                                  "向台町", "芝久保町", "新町",   "柳沢",   "東伏見", "保谷町",
                                  "富士町", "中町",     "東町",   "泉町",   "住吉町", "ひばりが丘",
                                  "栄町",   "北町",     "下保谷"};

class SearchScale : public support::RegistryTest {
 protected:
  SearchScale() : registry_(create()), session_(session(registry_)) {}

  std::size_t pick(std::size_t below) { return random_() % below; }

  ResidentRow person(std::size_t number) {
    ResidentRow row = support::resident(std::to_string(10'000'000 + number));
    const std::string family = kFamily[pick(std::size(kFamily))];
    const std::size_t blank = family.find(' ');
    const std::size_t a = pick(10);
    const std::size_t b = pick(10);
    row.person.name = family.substr(0, blank) + "　" + kLetters[a] + kLetters[b];
    row.person.name_kana = family.substr(blank + 1) + "　" + kReadings[a] + kReadings[b];
    row.person.address = std::string("東京都西東京市") + kTowns[pick(std::size(kTowns))] +
                         std::to_string(1 + pick(6)) + "丁目";
    row.person.address_number =
        std::to_string(1 + pick(20)) + "番" + std::to_string(1 + pick(30)) + "号";
    row.person.phone =
        "042-" + std::to_string(400 + pick(90)) + "-" + std::to_string(1000 + pick(9000));
    row.person.position =
        Position{.lat = 35.70 + 0.05 * static_cast<double>(pick(10'000)) / 10'000,
                 .lon = 139.50 + 0.08 * static_cast<double>(pick(10'000)) / 10'000};
    return row;
  }

  std::mt19937 random_{20261121};
  Registry registry_;
  Session session_;
};

TEST_F(SearchScale, DeskIsAnsweredAtOnce) {
  const char* wanted = std::getenv("TOMONI_PEOPLE");
  const std::size_t people = wanted == nullptr ? 4'000 : std::strtoul(wanted, nullptr, 10);
  std::vector<ResidentRow> rows;
  for (std::size_t i = 0; i < people; ++i) {
    rows.push_back(person(i));
  }
  auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(session_.import_residents(support::parsed(std::move(rows))).added, people);
  std::cout << "import with keys " << since(begin) << " s\n";

  AreaFile areas;  // 1,000 areas: a grid of 20 x 10 on each of five levels
  for (int level = 0; level < 5; ++level) {
    for (int i = 0; i < 200; ++i) {
      const double lat = 35.70 + 0.0025 * (i / 10);
      const double lon = 139.50 + 0.008 * (i % 10);
      areas.areas.push_back({.code = std::to_string(1000 * level + i),
                             .level = static_cast<AreaLevel>(level),
                             .name = "区域",
                             .parent = {},
                             .rings = {{{lat, lon},
                                        {lat + 0.0025, lon},
                                        {lat + 0.0025, lon + 0.008},
                                        {lat, lon + 0.008},
                                        {lat, lon}}},
                             .population = {}});
    }
  }
  begin = std::chrono::steady_clock::now();
  (void)session_.import_areas(areas);
  std::cout << "1,000 areas " << since(begin) << " s\n";

  std::vector<double> waits;
  PersonSearch desk(session_);
  for (int i = 0; i < 400; ++i) {
    const Person someone = person(pick(people)).person;
    const std::size_t blank = someone.name.find("　");
    const std::string queries[] = {someone.name,
                                   someone.name.substr(0, blank),
                                   someone.name_kana.substr(0, 9),
                                   someone.address + someone.address_number,
                                   someone.address.substr(21) + " " + someone.name.substr(0, blank),
                                   someone.phone.substr(8),
                                   someone.address_number};
    begin = std::chrono::steady_clock::now();
    (void)desk.find(queries[static_cast<std::size_t>(i) % std::size(queries)]);
    waits.push_back(since(begin) * 1000);
  }
  std::ranges::sort(waits);
  std::cout << people << " people: p50 " << waits[waits.size() / 2] << " ms, p99 "
            << waits[waits.size() * 99 / 100] << " ms\n";
  EXPECT_LT(waits[waits.size() * 99 / 100], 250);  // the target of 30 ms is measured alone
}

}  // namespace
}  // namespace registry
