// SPDX-License-Identifier: Apache-2.0
// Against a real mail server, started for each test.
#include "messages/smtp_sender.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "registry/error.hpp"
#include "support/scratch_folder.hpp"
#include "support/smtp_server.hpp"

namespace messages {
namespace {

using support::Certificate;
using support::SmtpServer;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class Smtp : public testing::Test {
 protected:
  void SetUp() override {
    if (!SmtpServer::installed()) {
      GTEST_SKIP() << "[  SKIPPED ] aiosmtpd is not installed: apt-get install python3-aiosmtpd";
    }
  }

  static SmtpConfig config(int port, SmtpSecurity security = SmtpSecurity::None) {
    SmtpConfig config;
    config.host = "localhost";
    config.port = port;
    config.security = security;
    config.hello = "city.example.jp";
    config.from = "bousai@city.example.jp";
    config.from_name = "ひかり市 危機管理課";
    config.bounces = "bounces@city.example.jp";
    config.connect_timeout = std::chrono::seconds(5);
    config.reply_timeout = std::chrono::seconds(5);
    return config;
  }

  static Mail mail(const std::string& to) {
    return {.id = "01JD0000000000000000000001",
            .from = {},
            .from_name = {},
            .to = to,
            .subject = "【ひかり市】高齢者等避難: 避難の支援をお願いします",
            .text = "・見本 太郎 さん\n. 点で始まる行\n\nﾊﾝｶｸ 髙﨑 👍\n",
            .at = {1'795'230'245'000}};
  }

  std::vector<std::string> tls(const Certificate& certificate) const {
    return {"--cert", certificate.file.string(), "--key", certificate.key.string()};
  }

  support::ScratchFolder folder_;
};

TEST_F(Smtp, AcceptedMailIsReadAsItWasWritten) {
  const SmtpServer server(folder_ / "mails");
  SmtpSender sender(config(server.port()));
  const SmtpReply reply = sender.send(mail("a@example.jp"));
  EXPECT_EQ(reply.outcome, SmtpOutcome::Accepted);
  EXPECT_EQ(reply.detail, "250 2.0.0");
  ASSERT_THAT(server.mails(), SizeIs(1));
  const auto got = server.mails().front();
  EXPECT_EQ(got["sender"], "bounces@city.example.jp");
  EXPECT_EQ(got["recipients"][0], "a@example.jp");
  EXPECT_EQ(got["headers"]["subject"], mail("").subject);
  EXPECT_EQ(got["headers"]["from"], "ひかり市 危機管理課 <bousai@city.example.jp>");
  EXPECT_EQ(got["headers"]["message-id"], "<01JD0000000000000000000001@city.example.jp>");
  EXPECT_EQ(got["text"], mail("").text);
  EXPECT_TRUE(got["ascii"]);
  EXPECT_LE(got["longest_line"], 76);
}

TEST_F(Smtp, OneConnectionCarriesManyMailsAndARefusalDoesNotEndIt) {
  const SmtpServer server(folder_ / "mails");
  SmtpSender sender(config(server.port()));
  EXPECT_EQ(sender.send(mail("a@example.jp")).outcome, SmtpOutcome::Accepted);
  EXPECT_EQ(sender.send(mail("unknown@example.jp")).outcome, SmtpOutcome::Refused);
  EXPECT_EQ(sender.send(mail("b@example.jp")).outcome, SmtpOutcome::Accepted);
  EXPECT_THAT(server.mails(), SizeIs(2));
}

TEST_F(Smtp, RefusalsTellCodesAndNeverTheServersWords) {
  const SmtpServer server(folder_ / "mails");
  SmtpSender sender(config(server.port()));
  const SmtpReply unknown = sender.send(mail("unknown@example.jp"));
  EXPECT_EQ(unknown.outcome, SmtpOutcome::Refused);
  EXPECT_EQ(unknown.detail, "550 5.1.1");
  const SmtpReply spam = sender.send(mail("spam@example.jp"));
  EXPECT_EQ(spam.outcome, SmtpOutcome::Refused);
  EXPECT_EQ(spam.detail, "554 5.6.0");
  const SmtpReply busy = sender.send(mail("busy@example.jp"));
  EXPECT_EQ(busy.outcome, SmtpOutcome::TryLater);
  EXPECT_EQ(busy.detail, "451 4.2.0");
  EXPECT_EQ(sender.send(mail("busy@example.jp")).outcome, SmtpOutcome::Accepted);
}

TEST_F(Smtp, RefusedSenderIsAFaultOfTheConfigurationNotOfTheMail) {
  const SmtpServer server(folder_ / "mails");
  SmtpConfig config = Smtp::config(server.port());
  config.bounces = "stranger@city.example.jp";
  const SmtpReply reply = SmtpSender(config).send(mail("a@example.jp"));
  EXPECT_EQ(reply.outcome, SmtpOutcome::Misconfigured);
  EXPECT_THAT(reply.detail, HasSubstr("553 5.7.1"));
  EXPECT_THAT(reply.detail, Not(HasSubstr("@")));
}

TEST_F(Smtp, NoServerIsNoFaultOfTheMail) {
  int port = 0;
  {
    const SmtpServer server(folder_ / "mails");
    port = server.port();
  }
  EXPECT_EQ(SmtpSender(config(port)).send(mail("a@example.jp")).outcome, SmtpOutcome::Unreachable);
}

TEST_F(Smtp, EncryptedConversationSignsInWithThePasswordFile) {
  const Certificate certificate = support::make_certificate(folder_ / "ca", "localhost");
  auto options = tls(certificate);
  options.insert(options.end(), {"--user", "bousai", "--password", "合言葉 word"});
  const SmtpServer server(folder_ / "mails", options);
  SmtpConfig config = Smtp::config(server.port(), SmtpSecurity::StartTls);
  config.ca_file = certificate.file;
  config.user = "bousai";
  config.password_file = folder_ / "password";
  std::ofstream(config.password_file) << "合言葉 word\n";
  std::filesystem::permissions(config.password_file, std::filesystem::perms(0600));
  EXPECT_EQ(SmtpSender(config).send(mail("a@example.jp")).outcome, SmtpOutcome::Accepted);
  ASSERT_THAT(server.mails(), SizeIs(1));
  EXPECT_TRUE(server.mails().front()["encrypted"]);
  EXPECT_TRUE(server.mails().front()["signed_in"]);
  std::ofstream(config.password_file) << "wrong\n";
  const SmtpReply reply = SmtpSender(config).send(mail("a@example.jp"));
  EXPECT_EQ(reply.outcome, SmtpOutcome::Misconfigured);
  EXPECT_THAT(reply.detail, HasSubstr("サインイン"));
  EXPECT_THAT(reply.detail, Not(HasSubstr("wrong")));
}

TEST_F(Smtp, EncryptionFromTheStartWorks) {
  const Certificate certificate = support::make_certificate(folder_ / "ca", "localhost");
  auto options = tls(certificate);
  options.emplace_back("--tls-from-start");
  const SmtpServer server(folder_ / "mails", options);
  SmtpConfig config = Smtp::config(server.port(), SmtpSecurity::Tls);
  config.ca_file = certificate.file;
  EXPECT_EQ(SmtpSender(config).send(mail("a@example.jp")).outcome, SmtpOutcome::Accepted);
}

TEST_F(Smtp, WrongCertificateStopsBeforeAnythingIsSaid) {
  const Certificate theirs = support::make_certificate(folder_ / "theirs", "localhost");
  const Certificate ours = support::make_certificate(folder_ / "ours", "localhost");
  const Certificate other_host = support::make_certificate(folder_ / "other", "mail.example.jp");
  {
    const SmtpServer server(folder_ / "mails", tls(theirs));
    SmtpConfig config = Smtp::config(server.port(), SmtpSecurity::StartTls);
    config.ca_file = ours.file;  // another authority
    const SmtpReply reply = SmtpSender(config).send(mail("a@example.jp"));
    EXPECT_EQ(reply.outcome, SmtpOutcome::Misconfigured);
    EXPECT_THAT(reply.detail, HasSubstr("証明書"));
    EXPECT_EQ(server.asked("a@example.jp"), 0);
  }
  const SmtpServer server(folder_ / "mails2", tls(other_host));
  SmtpConfig config = Smtp::config(server.port(), SmtpSecurity::StartTls);
  config.ca_file = other_host.file;  // trusted, but made out to another name
  EXPECT_EQ(SmtpSender(config).send(mail("a@example.jp")).outcome, SmtpOutcome::Misconfigured);
  EXPECT_EQ(server.asked("a@example.jp"), 0);
}

TEST_F(Smtp, ServerWithoutEncryptionGetsNothing) {
  const SmtpServer server(folder_ / "mails");
  const SmtpConfig config = Smtp::config(server.port(), SmtpSecurity::StartTls);
  EXPECT_EQ(SmtpSender(config).send(mail("a@example.jp")).outcome, SmtpOutcome::Misconfigured);
  EXPECT_EQ(server.asked("a@example.jp"), 0);
}

}  // namespace
}  // namespace messages
