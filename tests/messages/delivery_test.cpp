// SPDX-License-Identifier: Apache-2.0
// From the outbox through a real mail server, and what is on record afterwards.
#include "messages/delivery.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "share_fixture.hpp"
#include "support/smtp_server.hpp"

namespace messages {
namespace {

using registry::Instant;
using registry::MessageState;
using support::SmtpServer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

registry::OutboxMail tried(int attempts) {
  return {.id = {"m"}, .address = "a@example.jp", .subject = {}, .text = {}, .attempts = attempts};
}

TEST(Deliveries, WaitsDoubleUpToTheLongestAndEndAfterTheLastAttempt) {
  const RetryRules rules{.attempts = 5,
                         .first = std::chrono::seconds(60),
                         .longest = std::chrono::seconds(300),
                         .patience = {}};
  const SmtpReply later{SmtpOutcome::TryLater, "451"};
  std::vector<std::int64_t> waits;
  for (int attempts = 0; attempts < 4; ++attempts) {
    waits.push_back(record_of(tried(attempts), later, rules, {0})->not_before->milliseconds / 1000);
  }
  EXPECT_THAT(waits, ElementsAre(60, 120, 240, 300));
  EXPECT_EQ(record_of(tried(4), later, rules, {0})->state, MessageState::Failed);
  EXPECT_EQ(record_of(tried(0), {SmtpOutcome::Refused, "550"}, rules, {0})->state,
            MessageState::Failed);
  EXPECT_EQ(record_of(tried(0), {SmtpOutcome::Unreachable, ""}, rules, {0}), std::nullopt);
  EXPECT_EQ(record_of(tried(0), {SmtpOutcome::Misconfigured, ""}, rules, {0}), std::nullopt);
}

class Delivery : public registry::ShareTest {
 protected:
  void SetUp() override {
    if (!SmtpServer::installed()) {
      GTEST_SKIP() << "[  SKIPPED ] aiosmtpd is not installed: apt-get install python3-aiosmtpd";
    }
  }

  /// One person who agreed, with a supporter at each address; all is queued.
  void supporters_at(const std::vector<std::string>& addresses) {
    people({"1"});
    say(ids_[0], registry::Answer::Granted, registry::ConsentScope::ProvidePlan);
    std::vector<registry::SupporterRow> rows;
    for (const std::string& address : addresses) {
      rows.push_back(support::supporter("S" + std::to_string(rows.size()), "1"));
      rows.back().supporter.mail = address;
    }
    session_->import_supporters(support::parsed(rows));
    std::ifstream in(std::string(TOMONI_SOURCE_DIR) + "/data/rules/messages.toml");
    std::ostringstream text;
    text << in.rdbuf();
    registry::MessageRequest request;
    request.event = {"event-1"};
    request.audiences = {registry::Audience::Supporter};
    request.whole_city = true;
    request.facts.city = "ひかり市";
    registry::MessageDesk(*session_).queue(request, registry::parse_message_templates(text.str()));
  }

  static SmtpConfig config(int port) {
    SmtpConfig config;
    config.host = "localhost";
    config.port = port;
    config.security = SmtpSecurity::None;
    config.hello = "city.example.jp";
    config.from = config.bounces = "bousai@city.example.jp";
    config.from_name = "ひかり市";
    config.retry = {.attempts = 3,
                    .first = std::chrono::seconds(0),
                    .longest = std::chrono::seconds(60),
                    .patience = std::chrono::seconds(300)};
    return config;
  }

  /// Time passes by waiting only in the store's own ticks.
  DeliveryReport run(const SmtpConfig& config) {
    SmtpSender sender(config);
    registry::MessageDesk desk(*session_);
    waited_ = {};
    return deliver(desk, sender, {},
                   {.clock = [this] { return now(); },
                    .wait = [this](std::chrono::milliseconds time) { waited_ += time; }});
  }

  std::map<std::pair<MessageState, std::string>, std::size_t> states() {
    std::map<std::pair<MessageState, std::string>, std::size_t> found;
    for (const auto& line : registry::MessageDesk(*session_).outbox()) {
      found[{line.state, line.detail}] += line.messages;
    }
    return found;
  }

  std::chrono::milliseconds waited_{};
};

TEST_F(Delivery, AcceptedRefusedAndPutOffMailsAreEachRecorded) {
  supporters_at(
      {"a@example.jp", "unknown@example.jp", "busy@example.jp", "always-busy@example.jp"});
  const SmtpServer server(folder() / "mails");
  const DeliveryReport report = run(config(server.port()));
  EXPECT_EQ(report.sent, 2U);
  EXPECT_EQ(report.refused, 2U);
  EXPECT_EQ(report.stopped, "");
  EXPECT_EQ(server.asked("busy@example.jp"), 2);
  EXPECT_EQ(server.asked("always-busy@example.jp"), 3);
  EXPECT_THAT(states(), ElementsAre(Pair(Pair(MessageState::Sent, "250 2.0.0"), 2),
                                    Pair(Pair(MessageState::Failed, "452 4.2.2"), 1),
                                    Pair(Pair(MessageState::Failed, "550 5.1.1"), 1)));
  EXPECT_EQ(run(config(server.port())).sent, 0U);  // nothing is sent twice
  EXPECT_THAT(server.mails(), SizeIs(2));
}

TEST_F(Delivery, WithoutAServerEverythingWaitsAndGoesOutLater) {
  supporters_at({"a@example.jp", "b@example.jp"});
  SmtpConfig nowhere = config(1);  // nobody listens there
  nowhere.retry.first = std::chrono::seconds(60);
  const DeliveryReport stopped = run(nowhere);
  EXPECT_EQ(stopped.sent, 0U);
  EXPECT_THAT(stopped.stopped, HasSubstr("接続できません"));
  EXPECT_FALSE(stopped.misconfigured);
  EXPECT_EQ(waited_, std::chrono::seconds(300));  // all of its patience
  EXPECT_THAT(states(), ElementsAre(Pair(Pair(MessageState::Queued, ""), 2)));
  const SmtpServer server(folder() / "mails");
  EXPECT_EQ(run(config(server.port())).sent, 2U);
}

TEST_F(Delivery, FaultOfTheConfigurationFailsNoMail) {
  supporters_at({"a@example.jp", "b@example.jp"});
  const SmtpServer server(folder() / "mails");
  SmtpConfig stranger = config(server.port());
  stranger.bounces = "stranger@city.example.jp";
  const DeliveryReport report = run(stranger);
  EXPECT_TRUE(report.misconfigured);
  EXPECT_THAT(states(), ElementsAre(Pair(Pair(MessageState::Queued, ""), 2)));
  EXPECT_THAT(server.mails(), IsEmpty());
}

}  // namespace
}  // namespace messages
