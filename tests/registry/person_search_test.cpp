// SPDX-License-Identifier: Apache-2.0
#include "registry/person_search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database.hpp"
#include "registry/error.hpp"
#include "registry/protected_desk.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using support::parsed;
using support::resident;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Search : public support::RegistryTest {
 protected:
  Search() : registry_(create()), session_(session(registry_)) {}

  static ResidentRow row(const std::string& number, const std::string& name,
                         const std::string& kana, const std::string& address,
                         const std::string& house) {
    ResidentRow row = resident(number);
    row.person.name = name;
    row.person.name_kana = kana;
    row.person.address = address;
    row.person.address_number = house;
    row.person.phone = "042-464-" + std::string(4 - number.size(), '0') + number;
    return row;
  }

  /// 宛名番号 of the people found, best first.
  std::vector<std::string> found(std::string_view query) { return found(session_, query); }
  static std::vector<std::string> found(Session& session, std::string_view query) {
    std::vector<std::string> numbers;
    for (const SearchHit& hit : PersonSearch(session).find(query, 50).hits) {
      numbers.push_back(hit.person.resident_no);
    }
    return numbers;
  }

  void fill() {
    std::vector<ResidentRow> rows = {
        row("1", "髙橋　一郎", "タカハシ　イチロウ", "東京都西東京市緑町五丁目", "5番12号"),
        row("2", "齋藤　花子", "サイトウ　ハナコ", "東京都西東京市谷戸町二丁目", "12番1号"),
        row("3", "大野　三郎", "オオノ　サブロウ", "東京都西東京市霞ケ丘町50番地", "3"),
        row("4", "葛\U000E0100城　\uE001子", "カツラギ　トモコ", "東京都西東京市緑町五丁目",
            "51番3号"),
        row("5", "山田太郎", "ヤマダタロウ", "東京都西東京市八重洲町一丁目", "2番"),
    };
    rows[1].person.building = "グラントウキョウノースタワー 1203号室";
    rows[2].person.building = "二引ビル";
    rows[3].person.name_alias = "KATSURAGI TOMOKO";
    rows[4].person.emergency_contacts = {
        {.name = "山田 次郎", .relation = "子", .phone = "090-1234-5678"}};
    rows[4].person.birth_date =
        Date{std::chrono::year(1931), std::chrono::month(3), std::chrono::day(3)};
    ASSERT_TRUE(session_.import_residents(parsed(std::move(rows))).rejected.empty());
  }

  Registry registry_;
  Session session_;
};

TEST_F(Search, NamesInAnyFormOfTheirKanji) {
  fill();
  for (const char* query : {"高橋", "髙橋", "髙橋一郎", "高橋　一郎", "高橋 一", "一郎", "高"}) {
    EXPECT_THAT(found(query), ElementsAre("1")) << query;
  }
  for (const char* query : {"斉藤", "斎藤花子", "齊藤 花子", "齋藤"}) {
    EXPECT_THAT(found(query), ElementsAre("2")) << query;
  }
  EXPECT_THAT(found("葛城"), ElementsAre("4"));      // without the variation selector
  EXPECT_THAT(found("\uE001子"), ElementsAre("4"));  // 外字 as it stands
  EXPECT_THAT(found("\uE002子"), IsEmpty());         // another 外字 is another name
  EXPECT_THAT(found("太郎"), ElementsAre("5"));      // no blank in the file
  EXPECT_THAT(found("katsuragi"), ElementsAre("4"));
  EXPECT_THAT(found("ＴＯＭＯＫＯ"), ElementsAre("4"));
}

TEST_F(Search, ReadingsInAnyKana) {
  fill();
  for (const char* query : {"ｻｲﾄｳ", "サイトウ", "さいとう", "サイトー", "さいと", "ハナコ",
                            "さいとうはなこ", "サイトウ ハナ"}) {
    EXPECT_THAT(found(query), ElementsAre("2")) << query;
  }
  for (const char* query : {"オオノ", "おおの", "ｵｰﾉ", "オノ"}) {
    EXPECT_THAT(found(query), ElementsAre("3")) << query;
  }
  EXPECT_THAT(found("サトウ"), IsEmpty());
}

TEST_F(Search, AddressesInAnySpelling) {
  fill();
  for (const char* query :
       {"緑町五丁目5番12号", "緑町5丁目5番12号", "緑町５－５－１２", "緑町5-5-12",
        "緑町五丁目５番１２号", "西東京市緑町5-5-12", "東京都西東京市緑町五丁目5番12",
        "西東京緑町5-5-12", "東京西東京緑町5丁目5の12", "五丁目5番12号", "5-5-12"}) {
    EXPECT_THAT(found(query), ElementsAre("1")) << query;
  }
  EXPECT_THAT(found("緑町5丁目"), UnorderedElementsAre("1", "4"));
  EXPECT_THAT(found("5丁目"), UnorderedElementsAre("1", "4"));
  EXPECT_THAT(found("緑町5-5"), UnorderedElementsAre("1", "4"));  // 5-5 begins 5-5 and 5-51
  EXPECT_THAT(found("緑町5丁目5番"), ElementsAre("1"));           // 5番 is not 51番
  for (const char* query : {"霞ヶ丘町", "霞が丘町50", "霞丘町50番地3"}) {
    EXPECT_THAT(found(query), ElementsAre("3")) << query;
  }
}

TEST_F(Search, NamesOfBuildingsAreNotNumbers) {
  fill();
  EXPECT_THAT(found("二引ビル"), ElementsAre("3"));
  EXPECT_THAT(found("2引ビル"), IsEmpty());
  EXPECT_THAT(found("グラントウキョウノースタワー"), ElementsAre("2"));
  EXPECT_THAT(found("グラントウキョウ"), ElementsAre("2"));
  EXPECT_THAT(found("八重洲町1丁目"), ElementsAre("5"));
  EXPECT_THAT(found("8重洲"), IsEmpty());
}

TEST_F(Search, PhonesNumbersAndBirthDates) {
  fill();
  for (const char* query : {"042-464-0001", "0424640001", "０４２４６４０００１", "464-0001"}) {
    EXPECT_THAT(found(query), ElementsAre("1")) << query;
  }
  EXPECT_THAT(found("0002"), ElementsAre("2"));           // last four digits
  EXPECT_THAT(found("090-1234-5678"), ElementsAre("5"));  // of the son
  EXPECT_THAT(found("+81 90 1234 5678"), ElementsAre("5"));
  EXPECT_THAT(found("3"), testing::Contains("3"));  // 宛名番号
  for (const char* query : {"1931-03-03", "昭和6年3月3日", "S6.3.3", "19310303"}) {
    EXPECT_THAT(found(query), ElementsAre("5")) << query;
  }
}

TEST_F(Search, SeveralWordsMustAllFit) {
  fill();
  EXPECT_THAT(found("緑町 高橋"), ElementsAre("1"));
  EXPECT_THAT(found("高橋 緑町5丁目"), ElementsAre("1"));
  EXPECT_THAT(found("谷戸町 高橋"), IsEmpty());
  EXPECT_THAT(found("カツラギ 緑町"), ElementsAre("4"));
}

TEST_F(Search, ExactNamesComeFirst) {
  (void)session_.import_residents(
      parsed<ResidentRow>({row("1", "林田 一", "ハヤシダ ハジメ", "見本市中町", "1"),
                           row("2", "林 二", "ハヤシ ジ", "見本市中町", "2"),
                           row("3", "小林 三", "コバヤシ サン", "見本市中町", "3"),
                           row("4", "林", "ハヤシ", "見本市中町", "4")}));
  const auto result = PersonSearch(session_).find("林", 50);
  ASSERT_EQ(result.hits.size(), 3U);  // 小林 does not begin with it
  EXPECT_EQ(result.hits[0].person.resident_no, "4");
  EXPECT_TRUE(result.hits[0].exact);
  EXPECT_FALSE(result.hits[1].exact);
}

TEST_F(Search, KeysFollowEveryChangeOfTheFile) {
  fill();
  ResidentRow moved = row("1", "髙橋　桜", "タカハシ　サクラ", "東京都西東京市泉町一丁目", "1番");
  (void)session_.import_residents(parsed<ResidentRow>({moved}));
  EXPECT_THAT(found("一郎"), IsEmpty());
  EXPECT_THAT(found("緑町5-5-12"), IsEmpty());
  EXPECT_THAT(found("櫻"), ElementsAre("1"));
  EXPECT_THAT(found("泉町1"), ElementsAre("1"));
}

TEST_F(Search, ProtectedPeopleAreFoundByNobodyUntilOpened) {
  ResidentRow hidden = row("1", "金糸雀 太郎", "カナリア タロウ", "見本市隠町一丁目", "1番");
  hidden.person.protective_measure = ProtectiveMeasure::Active;
  hidden.person.birth_date =
      Date{std::chrono::year(1933), std::chrono::month(3), std::chrono::day(3)};
  register_all(session_, parsed<ResidentRow>({hidden}));
  const PersonId id = session_.registrants()[0].registrant.person.id;
  for (const char* query :
       {"金糸雀", "カナリア", "見本市隠町", "隠町1", "0424640001", "1", "1933-03-03"}) {
    EXPECT_THAT(found(query), IsEmpty()) << query;
  }
  open_protected(registry_, id);
  EXPECT_THAT(found("金糸雀"), ElementsAre("1"));
}

TEST_F(Search, RolesFindOnlyWhomTheySeeByWhatTheySee) {
  AreaFile areas;
  areas.areas.push_back(
      {.code = "01",
       .level = AreaLevel::SchoolDistrict,
       .name = "第一小",
       .parent = {},
       .rings = {{{35.0, 139.0}, {36.0, 139.0}, {36.0, 140.0}, {35.0, 140.0}, {35.0, 139.0}}},
       .population = {}});
  (void)session_.import_areas(areas);
  auto rows = std::vector<ResidentRow>{row("1", "佐藤 内", "サトウ ウチ", "見本市中町", "1"),
                                       row("2", "佐藤 外", "サトウ ソト", "見本市中町", "2")};
  rows[1].person.position = Position{.lat = 34.0, .lon = 139.5};
  (void)session_.import_residents(parsed(std::move(rows)));
  Account account;
  account.name = "reader";
  account.role = Role::Reader;
  account.scopes = {{AreaLevel::SchoolDistrict, "01"}};
  StaffDesk(session_).add(account);
  Session reader = registry_.session({.name = "reader", .purpose = "試験"});
  const auto seen = PersonSearch(reader).find("佐藤");
  ASSERT_EQ(seen.hits.size(), 1U);
  EXPECT_EQ(seen.hits[0].person.name, "佐藤 内");
  EXPECT_TRUE(seen.hits[0].person.resident_no.empty());
  EXPECT_THAT(found(reader, "1").size(), 1U);  // by the house, not by the 宛名番号
  EXPECT_NE(PersonSearch(reader).find("1").hits[0].matched, Matched::ResidentNumber);
}

TEST_F(Search, WhatWasTypedIsNotLogged) {
  fill();
  (void)found("髙橋");
  const AuditEntry row = session_.audit_log().back();
  EXPECT_EQ(row.action, "search_people");
  EXPECT_EQ(row.detail, "hits=1");
  EXPECT_TRUE(is_ulid(row.subject));
}

TEST_F(Search, EmptyQuestionsAreRefusedAndLongListsCut) {
  EXPECT_THROW((void)PersonSearch(session_).find(""), InputError);
  EXPECT_THROW((void)PersonSearch(session_).find(" 　"), InputError);
  std::vector<ResidentRow> rows;
  for (int i = 1; i <= 30; ++i) {
    rows.push_back(
        row(std::to_string(i), "佐藤 " + std::to_string(i), "サトウ", "見本市中町", "1"));
  }
  (void)session_.import_residents(parsed(std::move(rows)));
  const auto result = PersonSearch(session_).find("佐藤", 10);
  EXPECT_EQ(result.hits.size(), 10U);
  EXPECT_TRUE(result.more);
}

}  // namespace
}  // namespace registry
