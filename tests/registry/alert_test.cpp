// SPDX-License-Identifier: Apache-2.0
// Everything in these documents is invented; only their form is that of the real ones.
#include "registry/alert.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "alert_fixture.hpp"
#include "registry/error.hpp"
#include "registry/order_answer.hpp"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

AlertDocument read(const std::string& xml) {
  return read_alert(xml, shipped_alert_rules(), hikari_city());
}

/// Why a file is refused; empty when it is not.
std::string refusal(const std::string& xml) {
  try {
    static_cast<void>(read(xml));
    return {};
  } catch (const InputError& error) {
    return error.what();
  }
}

std::vector<std::pair<int, HazardKind>> levels(const std::vector<AlertNotice>& notices) {
  std::vector<std::pair<int, HazardKind>> found;
  found.reserve(notices.size());
  for (const AlertNotice& notice : notices) {
    found.emplace_back(notice.level, notice.hazard);
  }
  return found;
}

TEST(Alerts, LevelsComeFromTheNamesBeforeAndAfterMay2026) {
  using enum HazardKind;
  JmaReport old = warnings(kind("03", "大雨警報") + kind("08", "高潮警報"));
  old.time = "2026-05-27T23:50:00+09:00";
  const AlertPlace then{.city_code = "139998", .now = {1'779'895'800'000}};  // a little later
  EXPECT_THAT(
      levels(read_alert(old.xml(), shipped_alert_rules(), then).notices),
      ElementsAre(std::pair(3, InlandFlood), std::pair(3, Landslide), std::pair(4, StormSurge)));
  // What a name meant once is not what it means now: 高潮警報 was level 4 and is level 3.
  const AlertDocument today = read(warnings(kind("03", "大雨警報") + kind("08", "高潮警報")).xml());
  EXPECT_THAT(levels(today.notices), ElementsAre(std::pair(3, InlandFlood)));
  EXPECT_THAT(today.doubts, ElementsAre(HasSubstr("2026-05-28 より前")));
  EXPECT_THAT(levels(read(warnings(kind("03", "レベル３大雨警報")).xml()).notices),
              ElementsAre(std::pair(3, InlandFlood)));
  EXPECT_THAT(levels(read(warnings(kind("43", "レベル4大雨危険警報")).xml()).notices),
              ElementsAre(std::pair(4, InlandFlood)));  // half-width digits are the same word
  EXPECT_THAT(levels(read(warnings(kind("49", "レベル４土砂災害危険警報") +
                                   kind("38", "レベル５高潮特別警報"))
                              .xml())
                         .notices),
              ElementsAre(std::pair(4, Landslide), std::pair(5, StormSurge)));
}

TEST(Alerts, EveryLevelOfTheSchemeOf2026IsReadAndEveryFileOfItIsKnown) {
  using enum HazardKind;
  const std::vector<std::tuple<std::string, std::string, int, HazardKind>> scheme = {
      {"33", "レベル５大雨特別警報", 5, InlandFlood},
      {"43", "レベル４大雨危険警報", 4, InlandFlood},
      {"03", "レベル３大雨警報", 3, InlandFlood},
      {"10", "レベル２大雨注意報", 2, InlandFlood},
      {"39", "レベル５土砂災害特別警報", 5, Landslide},
      {"49", "レベル４土砂災害危険警報", 4, Landslide},
      {"09", "レベル３土砂災害警報", 3, Landslide},
      {"29", "レベル２土砂災害注意報", 2, Landslide},
      {"38", "レベル５高潮特別警報", 5, StormSurge},
      {"48", "レベル４高潮危険警報", 4, StormSurge},
      {"08", "レベル３高潮警報", 3, StormSurge},
      {"19", "レベル２高潮注意報", 2, StormSurge}};
  for (const auto& [code, name, level, hazard] : scheme) {
    const AlertDocument document = read(warnings(kind(code, name)).xml());
    EXPECT_THAT(levels(document.notices), ElementsAre(std::pair(level, hazard))) << name;
    EXPECT_THAT(document.doubts, IsEmpty()) << name;
    // The name under another's code is nobody's.
    EXPECT_THAT(read(warnings(kind("99", name)).xml()).doubts, SizeIs(1)) << name;
  }
  for (const char* part : {"大雨", "土砂", "高潮", "暴風", "波浪", "大雪", "その他注意報"}) {
    JmaReport report = warnings(kind("00", "解除", "解除"));
    report.title = std::string("気象警報・注意報（Ｒ０６）（") + part + "）";
    EXPECT_THAT(read(report.xml()).doubts, IsEmpty()) << part;
  }
}

TEST(Alerts, NoticeSaysWhoWhenWhereAndWhat) {
  const AlertDocument document = read(warnings(kind("33", "レベル５大雨特別警報", "継続")).xml());
  ASSERT_THAT(document.notices, SizeIs(1));
  const AlertNotice& notice = document.notices.front();
  EXPECT_EQ(notice.issuer, "架空地方気象台");
  EXPECT_EQ(to_iso(notice.issued), "2026-11-21T02:50:00.000Z");
  EXPECT_EQ(notice.status, AlertStatus::Updated);
  EXPECT_TRUE(notice.whole_city);
  EXPECT_THAT(notice.areas, ElementsAre(AlertArea{"1399900", "ひかり市"}));
  EXPECT_EQ(notice.title, "レベル５大雨特別警報");
  EXPECT_THAT(document.doubts, IsEmpty());
}

TEST(Alerts, KindsWithoutEvacuationAreNoNoticesAndUnknownOnesAreDoubts) {
  EXPECT_THAT(read(warnings(kind("14", "雷注意報")).xml()).notices, IsEmpty());
  const AlertDocument document =
      read(warnings(kind("99", "知らない警報") + kind("03", "レベル３大雨警報")).xml());
  EXPECT_THAT(document.notices, SizeIs(1));  // what is known is taken all the same
  EXPECT_THAT(document.doubts, ElementsAre(HasSubstr("「99」")));
  // A code that has been given another name is not guessed at.
  EXPECT_THAT(read(warnings(kind("33", "大風特別警報")).xml()).doubts, SizeIs(1));
  const AlertDocument odd = read(warnings(kind("33", "大雨特別警報", "謎の状態")).xml());
  EXPECT_EQ(odd.notices.front().status, AlertStatus::Issued);
  EXPECT_THAT(odd.doubts, testing::Not(IsEmpty()));
}

TEST(Alerts, OnlyTheCitysOwnAreasCount) {
  EXPECT_THAT(refusal(warnings(kind("33", "大雨特別警報"), "1310100").xml()),
              HasSubstr("この市の区域がありません"));
  // The six digits of another division (一次細分区域) are not the city's.
  EXPECT_THAT(refusal(warnings(kind("33", "大雨特別警報"), "139990").xml()),
              HasSubstr("この市の区域がありません"));
  EXPECT_EQ(refusal(warnings(kind("33", "大雨特別警報"), "139998").xml()), "");
}

TEST(Alerts, LandslideWarningIsLevelFourAndCanBeLifted) {
  JmaReport report;
  report.title = "土砂災害警戒情報";
  report.headline =
      "<Information type=\"土砂災害警戒情報\"><Item><Kind><Name>警戒</Name><Code>3</Code></Kind>"
      "<Areas><Area><Name>ひかり市</Name><Code>1399900</Code></Area></Areas></Item></Information>";
  const AlertDocument first = read(report.xml());
  EXPECT_THAT(levels(first.notices), ElementsAre(std::pair(4, HazardKind::Landslide)));
  report.time = "2026-11-21T11:55:00+09:00";
  report.headline =
      "<Information type=\"土砂災害警戒情報\"><Item><Kind><Name>解除</Name><Code>1</Code></Kind>"
      "<Areas><Area><Name>ひかり市</Name><Code>1399900</Code></Area></Areas></Item></Information>";
  const AlertDocument second = read(report.xml());
  EXPECT_EQ(second.notices.front().status, AlertStatus::Lifted);
  EXPECT_THAT(alerts_in_force(std::vector{second, first}), IsEmpty());
}

TEST(Alerts, RiverForecastConcernsTheCityItMayFlood) {
  JmaReport report;
  report.title = "指定河川洪水予報";
  report.event = "8909080001";
  report.headline =
      "<Information type=\"指定河川洪水予報（予報区域）\"><Item><Kind><Name>レベル４氾濫危険警報"
      "</Name><Code>40</Code></Kind><Areas><Area><Name>架空川</Name><Code>8909080001</Code></Area>"
      "</Areas></Item></Information>";
  EXPECT_THAT(refusal(report.xml()), HasSubstr("この市の区域がありません"));
  report.body =
      "<Warning type=\"指定河川洪水予報\"><Item><Kind><Name>浸水想定地区</Name><Property><Type>"
      "浸水想定地区</Type></Property></Kind><Areas><Area><Name>架空川</Name><City>ひかり市</City>"
      "<CityCode>1399900</CityCode></Area></Areas></Item></Warning>";
  EXPECT_THAT(levels(read(report.xml()).notices), ElementsAre(std::pair(4, HazardKind::Flood)));
  // A city may name the rivers that concern it in any case.
  report.body.clear();
  AlertRules rules = shipped_alert_rules();
  rules.own_codes = {"8909080001"};
  EXPECT_THAT(levels(read_alert(report.xml(), rules, hikari_city()).notices),
              ElementsAre(std::pair(4, HazardKind::Flood)));
}

TEST(Alerts, EarthquakeCountsByTheIntensityInTheCity) {
  JmaReport report;
  report.title = "震源・震度に関する情報";
  report.event = "20261121115000";
  report.body =
      "<Intensity><Observation><Pref><Area><City><Name>ひかり市</Name><Code>1399900</Code><MaxInt>"
      "6-</MaxInt></City><City><Name>別の市</Name><Code>1310100</Code><MaxInt>7</MaxInt></City>"
      "</Area></Pref></Observation></Intensity>";
  const AlertDocument document = read(report.xml());
  EXPECT_THAT(levels(document.notices), ElementsAre(std::pair(3, HazardKind::Earthquake)));
  EXPECT_THAT(propose_orders(document.notices, shipped_alert_rules()), IsEmpty());
}

TEST(Alerts, OrderOfAMunicipalityIsReadWithItsAreas) {
  const AlertDocument document = read(
      commons_order(order_detail("避難指示", "発令", order_area("川端町") + order_area("橋本町")) +
                        order_detail("高齢者等避難", "解除", order_area("山手町")),
                    "139998", "Actual", "架空川の土砂災害"));
  ASSERT_THAT(document.notices, SizeIs(2));
  const AlertNotice& order = document.notices.front();
  EXPECT_EQ(order.level, 4);
  EXPECT_EQ(order.hazard, HazardKind::Landslide);
  EXPECT_TRUE(order.order);
  EXPECT_FALSE(order.whole_city);
  EXPECT_THAT(order.areas, ElementsAre(AlertArea{"", "川端町"}, AlertArea{"", "橋本町"}));
  EXPECT_EQ(document.notices.back().status, AlertStatus::Lifted);
  EXPECT_THAT(refusal(commons_order(order_detail("避難指示", "発令", order_area("町")), "131016")),
              HasSubstr("この市の区域がありません"));
  EXPECT_THAT(read(commons_order(order_detail("避難命令", "発令", order_area("町")))).doubts,
              SizeIs(1));
}

TEST(Alerts, DrillsTestsAndCancellationsAreRefused) {
  JmaReport report = warnings(kind("33", "大雨特別警報"));
  for (const char* status : {"訓練", "試験", ""}) {
    report.status = status;
    EXPECT_THAT(refusal(report.xml()), HasSubstr("通常の電文ではありません")) << status;
  }
  report.status = "通常";
  report.info = "取消";
  EXPECT_THAT(refusal(report.xml()), HasSubstr("取消"));
  EXPECT_THAT(refusal(commons_order(order_detail("避難指示", "発令", order_area("町")), "139998",
                                    "Exercise")),
              HasSubstr("訓練や試験"));
}

TEST(Alerts, DocumentsFromTheFutureOrLongAgoAreRefused) {
  JmaReport report = warnings(kind("33", "大雨特別警報"));
  for (const char* time : {"1970-01-01T00:00:00+09:00", "2026-11-19T11:59:00+09:00"}) {
    report.time = time;
    EXPECT_THAT(refusal(report.xml()), HasSubstr("古すぎます")) << time;
  }
  report.time = "2026-11-21T12:11:00+09:00";
  EXPECT_THAT(refusal(report.xml()), HasSubstr("未来"));
  report.time = "2026-11-21T12:09:00+09:00";  // a clock may be wrong by a little
  EXPECT_EQ(refusal(report.xml()), "");
  for (const char* time : {"", "昨日", "2026-11-21T12:00:00", "2026-02-30T12:00:00+09:00"}) {
    report.time = time;
    EXPECT_THAT(refusal(report.xml()), HasSubstr("読めません")) << time;
  }
}

TEST(Alerts, WhatIsNoAlertIsRefusedWithAReason) {
  EXPECT_THAT(refusal(""), HasSubstr("XML として読めません"));
  EXPECT_THAT(refusal("<Report><Control>"), HasSubstr("XML として読めません"));
  EXPECT_THAT(refusal("<html/>"), HasSubstr("L-ALERT の避難情報でもありません"));
  JmaReport report = warnings(kind("33", "大雨特別警報"));
  report.title = "府県週間天気予報";
  EXPECT_THAT(refusal(report.xml()), HasSubstr("府県週間天気予報"));
}

TEST(Alerts, EntitiesDepthAndSizeHaveLimits) {
  EXPECT_THAT(refusal("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>"),
              HasSubstr("DOCTYPE"));
  std::string deep;
  for (int i = 0; i < 100'000; ++i) {
    deep += "<a>";
  }
  EXPECT_THAT(refusal(deep), HasSubstr("深すぎます"));
  std::string wide = "<a>";
  for (int i = 0; i < 500'000; ++i) {
    wide += "<b/>";
  }
  EXPECT_THAT(refusal(wide + "</a>"), HasSubstr("多すぎます"));
  EXPECT_THAT(refusal(std::string(9'000'000, ' ')), HasSubstr("大きすぎます"));
}

TEST(Alerts, NewestDocumentOfASeriesIsTheWholeState) {
  const AlertDocument high = read(warnings(kind("43", "レベル４大雨危険警報")).xml());
  JmaReport report = warnings(kind("10", "レベル２大雨注意報", "危険警報から注意報"));
  report.time = "2026-11-21T11:58:00+09:00";
  const AlertDocument low = read(report.xml());
  EXPECT_THAT(levels(alerts_in_force(std::vector{high, low})),
              ElementsAre(std::pair(2, HazardKind::InlandFlood)));
  EXPECT_THAT(levels(alerts_in_force(std::vector{low, high})),
              ElementsAre(std::pair(2, HazardKind::InlandFlood)));  // late arrivals change nothing
  report = warnings("<Kind><Status>発表警報・注意報はなし</Status></Kind>");
  report.time = "2026-11-21T11:59:00+09:00";
  EXPECT_THAT(alerts_in_force(std::vector{high, low, read(report.xml())}), IsEmpty());
}

TEST(Alerts, DocumentThatWasNotUnderstoodLiftsNothing) {
  const AlertDocument high = read(warnings(kind("43", "レベル４大雨危険警報")).xml());
  JmaReport report = warnings(kind("98", "謎の警報") + kind("09", "レベル３土砂災害警報"));
  report.time = "2026-11-21T11:58:00+09:00";
  const AlertDocument doubtful = read(report.xml());
  EXPECT_THAT(
      levels(alerts_in_force(std::vector{high, doubtful})),
      ElementsAre(std::pair(4, HazardKind::InlandFlood), std::pair(3, HazardKind::Landslide)));
  report = warnings(kind("10", "レベル２大雨注意報"));
  report.time = "2026-11-21T11:59:00+09:00";
  EXPECT_THAT(levels(alerts_in_force(std::vector{high, doubtful, read(report.xml())})),
              ElementsAre(std::pair(2, HazardKind::InlandFlood)));
}

TEST(Alerts, ProposalIsTheHighestLevelOfAHazardAndNotWhatHasBeenOrdered) {
  const auto& rules = shipped_alert_rules();
  const AlertDocument rain =
      read(warnings(kind("43", "レベル４大雨危険警報") + kind("09", "レベル３土砂災害警報") +
                    kind("19", "レベル２高潮注意報"))
               .xml());
  const auto proposals = propose_orders(rain.notices, rules);
  ASSERT_THAT(proposals, SizeIs(2));  // nothing is ordered on level 2
  EXPECT_EQ(order_name(proposals[0].level), "避難指示");
  EXPECT_EQ(proposals[0].hazard, HazardKind::InlandFlood);
  EXPECT_EQ(order_name(proposals[1].level), "高齢者等避難");
  EXPECT_THAT(proposals[1].because, ElementsAre("レベル３土砂災害警報"));
  // The mayor has ordered evacuation because of landslides, everywhere.
  const AlertDocument order = read(commons_order(
      order_detail("高齢者等避難", "発令", order_area("市内全域")), "139998", "Actual", "土砂"));
  std::vector<AlertNotice> both = rain.notices;
  both.push_back(order.notices.front());
  EXPECT_THAT(propose_orders(both, rules), SizeIs(1));
  // In one quarter only: the rest of the city still waits.
  both.back().whole_city = false;
  EXPECT_THAT(propose_orders(both, rules), SizeIs(2));
}

TEST(Alerts, OrdersOnRecordAnswerWhatTheyCover) {
  const auto area = [](const std::string& code, const std::string& parent) {
    Area made;
    made.level = parent.empty() ? AreaLevel::SchoolDistrict : AreaLevel::Town;
    made.code = code;
    made.parent = parent;
    return made;
  };
  const AreaTree tree({area("S1", ""), area("T1", "S1"), area("T2", "S1"), area("T9", "")});
  const auto given = [](EvacLevel level, bool whole, std::vector<AreaRef> areas) {
    return GivenOrder{.event = "台風",
                      .hazard = HazardKind::Flood,
                      .order = {.level = level, .whole_city = whole, .areas = std::move(areas)}};
  };
  const AreaRef s1{AreaLevel::SchoolDistrict, "S1"};
  const AreaRef t1{AreaLevel::Town, "T1"};
  const AreaRef t2{AreaLevel::Town, "T2"};
  OrderProposal city{.level = 4, .hazard = HazardKind::Landslide, .whole_city = true};
  EXPECT_FALSE(answer_to(city, {}, {}, tree).covers);
  EXPECT_TRUE(answer_to(city, {}, {given(EvacLevel::L4, true, {})}, tree).covers);
  EXPECT_TRUE(answer_to(city, {}, {given(EvacLevel::L5, true, {})}, tree).covers);
  EXPECT_FALSE(answer_to(city, {}, {given(EvacLevel::L3, true, {})}, tree).covers);
  const auto part = answer_to(city, {}, {given(EvacLevel::L4, false, {s1})}, tree);
  EXPECT_FALSE(part.covers);
  EXPECT_THAT(part.given, SizeIs(1));  // shown beside the proposal
  OrderProposal towns{.level = 3, .hazard = HazardKind::Flood, .whole_city = false};
  EXPECT_TRUE(answer_to(towns, {{t1}, {t2}}, {given(EvacLevel::L3, false, {s1})}, tree).covers);
  EXPECT_TRUE(answer_to(towns, {{t1}, {t2}},
                        {given(EvacLevel::L3, false, {t1}), given(EvacLevel::L4, false, {t2})},
                        tree)
                  .covers);
  EXPECT_FALSE(answer_to(towns, {{t1}, {t2}}, {given(EvacLevel::L5, false, {t1})}, tree).covers);
  EXPECT_FALSE(answer_to(towns, {{t1}, {}}, {given(EvacLevel::L5, false, {s1})}, tree).covers);
}

TEST(Alerts, RulesAreRefusedForUnknownWords) {
  EXPECT_THROW(static_cast<void>(parse_alert_rules("[limits]\n")), InputError);
  EXPECT_THROW(static_cast<void>(parse_alert_rules("nonsense = 1\n")), InputError);
}

}  // namespace
}  // namespace registry
