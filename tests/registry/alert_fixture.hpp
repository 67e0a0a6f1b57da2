// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "registry/alert.hpp"

namespace registry {

/// The rules as shipped.
inline const AlertRules& shipped_alert_rules() {
  static const AlertRules rules = [] {
    std::ifstream in(std::string(TOMONI_SOURCE_DIR) + "/data/rules/alerts.toml");
    std::ostringstream text;
    text << in.rdbuf();
    return parse_alert_rules(text.str());
  }();
  return rules;
}

/// Noon of 2026-11-21 in Tokyo, in the invented city 139998.
inline AlertPlace hikari_city() {
  return {.city_code = "139998", .now = {1'795'230'000'000}};
}

inline std::string kind(const std::string& code, const std::string& name,
                        const std::string& status = "発表") {
  return "<Kind><Name>" + name + "</Name><Code>" + code + "</Code><Status>" + status +
         "</Status></Kind>";
}

/// An invented report in the form of 気象庁防災情報XML.
struct JmaReport {
  std::string title = "気象警報・注意報（Ｈ２７）";
  std::string status = "通常";
  std::string info = "発表";
  std::string event;
  std::string serial;
  std::string time = "2026-11-21T11:50:00+09:00";
  std::string headline;
  std::string body;

  [[nodiscard]] std::string xml() const {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<Report xmlns=\"http://xml.kishou.go.jp/jmaxml1/\"><Control><Title>" +
           title + "</Title><DateTime>2026-11-21T02:50:10Z</DateTime><Status>" + status +
           "</Status><EditorialOffice>架空地方気象台</EditorialOffice></Control>"
           "<Head xmlns=\"http://xml.kishou.go.jp/jmaxml1/informationBasis1/\"><Title>架空県" +
           title + "</Title><ReportDateTime>" + time + "</ReportDateTime><EventID>" + event +
           "</EventID><InfoType>" + info + "</InfoType><Serial>" + serial +
           "</Serial><Headline><Text>架空の電文です。</Text>" + headline +
           "</Headline></Head><Body>" + body + "</Body></Report>";
  }
};

/// A report of warnings for one area.
inline JmaReport warnings(const std::string& kinds, const std::string& area = "1399900") {
  JmaReport report;
  report.body = "<Warning type=\"気象警報・注意報（市町村等）\"><Item>" + kinds +
                "<Area><Name>ひかり市</Name><Code>" + area + "</Code></Area></Item></Warning>";
  return report;
}

/// An invented order of a municipality in the form of the 公共情報コモンズ.
inline std::string commons_order(const std::string& details, const std::string& code = "139998",
                                 const std::string& status = "Actual",
                                 const std::string& disaster = "令和8年台風第99号") {
  return "<edxlde:EDXLDistribution xmlns:edxlde=\"urn:e\" xmlns:c=\"urn:c\" xmlns:pcx_ev=\"urn:ev\""
         " xmlns:pcx_eb=\"urn:eb\"><edxlde:distributionStatus>" +
         status +
         "</edxlde:distributionStatus><c:targetArea><c:areaName>ひかり市</c:areaName>"
         "<c:jisX0402>" +
         code +
         "</c:jisX0402></c:targetArea><Report><Control><pcx_eb:OfficeName>ひかり市"
         "</pcx_eb:OfficeName></Control><Head><Title>避難情報</Title><ReportDateTime>"
         "2026-11-21T11:40:00+09:00</ReportDateTime><documentID>doc-1</documentID>"
         "<documentRevision>2</documentRevision></Head><pcx_ev:EvacuationOrder>"
         "<pcx_eb:Disaster><pcx_eb:DisasterName>" +
         disaster + "</pcx_eb:DisasterName></pcx_eb:Disaster>" + details +
         "</pcx_ev:EvacuationOrder></Report></edxlde:EDXLDistribution>";
}

inline std::string order_detail(const std::string& sort, const std::string& issue,
                                const std::string& areas) {
  return "<pcx_ev:Detail><pcx_ev:Sort>" + sort + "</pcx_ev:Sort><pcx_ev:IssueOrLift>" + issue +
         "</pcx_ev:IssueOrLift><pcx_ev:Areas>" + areas + "</pcx_ev:Areas></pcx_ev:Detail>";
}

inline std::string order_area(const std::string& name) {
  return "<pcx_ev:Area><pcx_eb:Location><c:areaName>" + name +
         "</c:areaName></pcx_eb:Location></pcx_ev:Area>";
}

}  // namespace registry
