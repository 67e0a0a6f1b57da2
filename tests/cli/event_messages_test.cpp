// SPDX-License-Identifier: Apache-2.0
// Alerts come in from a folder and mails go out through a real mail server, with the real program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "registry/event_desk.hpp"
#include "registry/handover_desk.hpp"
#include "registry/key_ring.hpp"
#include "share_fixture.hpp"
#include "support/smtp_server.hpp"

namespace {

namespace fs = std::filesystem;
using cli_test::Share;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

registry::Instant now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

/// A real clock; ids that no other program gives.
registry::Surroundings now_and_here() {
  return {now, [count = std::uint8_t{0}](std::array<std::uint8_t, 10>& bytes) mutable {
            bytes.fill(7);
            bytes.back() = count++;
          }};
}

/// An invented report for the sample town, issued now.
std::string report(const std::string& kinds, const std::string& code = "1399900") {
  return "<Report><Control><Title>気象警報・注意報（Ｈ２７）</Title><Status>通常</Status>"
         "<EditorialOffice>架空地方気象台</EditorialOffice></Control><Head><Title>架空</Title>"
         "<ReportDateTime>" +
         to_iso(now()) +
         "</ReportDateTime><InfoType>発表</InfoType></Head><Body><Warning "
         "type=\"気象警報・注意報（市町村等）\"><Item>" +
         kinds + "<Area><Name>ひかり市</Name><Code>" + code +
         "</Code></Area></Item></Warning></Body></Report>";
}

constexpr const char* kLevelFour =
    "<Kind><Name>レベル４大雨危険警報</Name><Code>43</Code><Status>発表</Status></Kind>";

class EventMessages : public Share {
 protected:
  void put(const std::string& name, const std::string& text) {
    support::write_all(alerts_ / name, text);
    // As if it had been there for a while.
    fs::last_write_time(alerts_ / name, fs::file_time_type::clock::now() - std::chrono::minutes(1));
  }
  json look(int exit_code = 0) {
    const auto done = run({"event", "alerts", "--folder", alerts_.string(), "--once", "--json"});
    EXPECT_EQ(done.exit_code, exit_code) << done.err;
    return json::parse(done.out);
  }

  /// A disaster in the whole town, declared by two people who also open plans to supporters.
  void declare(bool drill = false) {
    ask({"user", "add", "second", "--role", "admin"});
    auto store = registry::open_with_keys(registry::StoreFiles::in(city_.dir()), now_and_here());
    auto second = store.session({"second", "災害対応"});
    ask({"user", "add", "third", "--role", "admin"});
    auto third = store.session({"third", "災害対応"});
    registry::DisasterEvent event;
    event.name = "台風";
    event.kind = registry::HazardKind::Flood;
    event.phase = registry::EventPhase::Occurred;
    event.whole_city = true;
    event.is_drill = drill;
    const auto id = registry::EventDesk(second).declare(event);
    registry::EventDesk(third).confirm(id);
    if (!drill) {
      registry::EmergencyDecision decision;
      decision.role = "市長";
      decision.necessity = "避難の支援のため";
      decision.whole_city = true;
      decision.kinds = {registry::RecipientKind::PlanSupporter};
      decision.data = {registry::DataKind::Plan};
      registry::EmergencyDesk(third).confirm(registry::EventDesk(second).decide(id, decision));
    }
  }

  std::vector<std::string> notify(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"event", "notify",    "--event",
                                      "台風",  "--purpose", "高齢者等避難"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  fs::path alerts_ = [this] {
    fs::create_directories(folder_ / "alerts");
    return folder_ / "alerts";
  }();
};

TEST_F(EventMessages, AlertFilesAreTakenOnceProposeAnOrderAndNothingIsLost) {
  put("a.xml", report(kLevelFour));
  put("b.xml", report(kLevelFour, "1310100"));
  put("c.xml", "broken <");
  put("d.xml", report("<Kind><Name>謎の警報</Name><Code>98</Code><Status>発表</Status></Kind>"));
  put("e.tmp", "still being written");
  const json first = look(3);
  EXPECT_THAT(first["files"], SizeIs(4));
  EXPECT_TRUE(fs::exists(alerts_ / "done" / "a.xml"));
  for (const char* name : {"b.xml", "c.xml", "d.xml"}) {
    EXPECT_TRUE(fs::exists(alerts_ / "quarantine" / name)) << name;
    EXPECT_THAT(support::read_all(alerts_ / "quarantine" / (name + std::string(".reason.txt"))),
                Not(IsEmpty()));
  }
  EXPECT_TRUE(fs::exists(alerts_ / "e.tmp"));
  fs::copy(alerts_ / "done" / "a.xml", alerts_ / "again.xml");
  fs::last_write_time(alerts_ / "again.xml",
                      fs::file_time_type::clock::now() - std::chrono::minutes(1));
  const json second = look();
  ASSERT_THAT(second["files"], SizeIs(1));
  EXPECT_EQ(second["files"][0]["outcome"], "known");
  EXPECT_TRUE(fs::exists(alerts_ / "done" / "again.xml"));
  // d came after a and was not understood: it lifts nothing.
  EXPECT_THAT(ask({"event", "alerts"})["proposals"], SizeIs(1));
}

TEST_F(EventMessages, ProposalNamesTheOrderAndDryRunLeavesTheFileWhereItIs) {
  put("a.xml", report(kLevelFour));
  const auto dry = run({"event", "alerts", "--folder", alerts_.string(), "--dry-run"});
  EXPECT_EQ(dry.exit_code, 0) << dry.err;
  EXPECT_TRUE(fs::exists(alerts_ / "a.xml"));
  const json taken = look();
  ASSERT_THAT(taken["proposals"], SizeIs(1));
  EXPECT_EQ(taken["proposals"][0]["order"], "避難指示");
  EXPECT_EQ(taken["proposals"][0]["whole_city"], true);
  EXPECT_THAT(run({"event", "alerts"}).out, HasSubstr("提案（発令は市長）: 避難指示"));
  // What the mayor has ordered, and is on record, is not proposed again.
  declare();
  ask({"event", "order", "--event", "台風", "--level", "L4", "--whole-city"});
  const json ordered = ask({"event", "alerts"});
  EXPECT_THAT(ordered["proposals"], IsEmpty());
  ASSERT_THAT(ordered["already_given"], SizeIs(1));
  EXPECT_EQ(ordered["already_given"][0]["given"][0]["event"], "台風");
}

TEST_F(EventMessages, DryRunCountsAndShowsASampleAboutNobody) {
  declare();
  const auto dry = run(notify({"--dry-run"}));
  EXPECT_EQ(dry.exit_code, 0) << dry.err;
  EXPECT_THAT(dry.out, HasSubstr("〇〇 〇〇 さん"));
  EXPECT_THAT(dry.out, Not(HasSubstr("@")));
  EXPECT_THAT(ask({"event", "outbox"})["messages"], IsEmpty());
}

TEST_F(EventMessages, MailsReachARealServerOnceAndBouncesAreRecorded) {
  if (!support::SmtpServer::installed()) {
    GTEST_SKIP() << "[  SKIPPED ] aiosmtpd is not installed: apt-get install python3-aiosmtpd";
  }
  declare();
  const support::SmtpServer server(folder_ / "mails");
  support::write_all(
      folder_ / "smtp.toml",
      "[server]\nhost='localhost'\nsecurity='none'\nport=" + std::to_string(server.port()) +
          "\n[sender]\naddress='bousai@city.example.jp'\nname='ひかり市'\n");
  const json sent = ask(notify({"--to", "支援者", "--smtp", path("smtp.toml")}));
  const std::size_t mails = sent["counts"]["supporters"];
  EXPECT_GT(mails, 0U);
  EXPECT_EQ(sent["sending"]["sent"], mails);
  EXPECT_THAT(server.mails(), SizeIs(mails));
  EXPECT_EQ(ask(notify({"--to", "支援者", "--smtp", path("smtp.toml")}))["sending"]["sent"], 0);
  const std::string id = server.mails().front()["headers"]["message-id"];
  support::write_all(folder_ / "bounce.eml",
                     "Content-Type: multipart/report; boundary=b\n\n--b\n"
                     "Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n\n"
                     "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: " +
                         id + "\n\n--b--\n");
  EXPECT_EQ(ask({"event", "bounces", path("bounce.eml")})["bounced"], 1);
  EXPECT_EQ(ask({"event", "bounces", path("bounce.eml")})["already"], 1);
  const std::string board = run({"event", "outbox"}).out;
  EXPECT_THAT(board, HasSubstr("不達 5.1.1  1"));
  EXPECT_THAT(board, Not(HasSubstr("@")));
}

TEST_F(EventMessages, CityCanSendByItsOwnSystems) {
  declare();
  const json written = ask(notify({"--out", path("mails.csv"), "--encoding", "cp932"}));
  const std::size_t mails = written["counts"]["supporters"];
  EXPECT_EQ(written["sending"]["written"], mails);
  const std::string csv = support::read_all(path("mails.csv"));
  EXPECT_THAT(csv, HasSubstr("@"));
  EXPECT_THAT(csv, Not(HasSubstr("\xEF\xBB\xBF")));
  EXPECT_NE(run(notify({"--out", path("mails.csv")})).exit_code, 0);  // never over another file
  EXPECT_EQ(ask(notify({"--out", path("next.csv")}))["sending"]["written"], 0);
  const std::vector<std::string> words = {
      "event",    "radio",           "--event",        "台風",  "--purpose",
      "避難指示", "--areas-reading", "しないぜんいき", "--out", path("radio.txt")};
  EXPECT_EQ(run(words).exit_code, 3);  // nobody has said how the city's name is read
  const fs::path rules = city_.dir() / "rules" / "messages.toml";
  std::string toml = support::read_all(rules);
  toml.replace(toml.find("# city_reading"), 2, "");
  support::write_all(rules, toml);
  EXPECT_EQ(run(words).exit_code, 0);
  EXPECT_THAT(support::read_all(path("radio.txt")), HasSubstr("ひかりしです"));
}

TEST_F(EventMessages, NothingIsSaidInAnEventThatIsNotOpen) {
  EXPECT_EQ(run(notify({"--dry-run"})).exit_code, 3);  // there is none
  ask({"user", "add", "second", "--role", "admin"});
  {
    auto store = registry::open_with_keys(registry::StoreFiles::in(city_.dir()), now_and_here());
    auto second = store.session({"second", "災害対応"});
    registry::DisasterEvent event;
    event.name = "台風";
    event.whole_city = true;
    static_cast<void>(registry::EventDesk(second).declare(event));
  }
  EXPECT_EQ(run(notify({"--dry-run"})).exit_code, 4);  // one person alone
}

}  // namespace
