// SPDX-License-Identifier: Apache-2.0
#include "messages/bounce_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace messages {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kId = "01JD0000000000000000000001";

/// An invented report in the form of RFC 3464.
std::string report(const std::string& action, const std::string& status, const std::string& id) {
  return "Return-Path: <>\r\nFrom: MAILER-DAEMON@example.jp\r\n"
         "Message-ID: <20261121120000.ABC@example.jp>\r\n"
         "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"
         "--b\r\nContent-Type: text/plain\r\n\r\nStatus: 9.9.9 of no importance\r\n"
         "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.jp\r\n"
         "\r\nFinal-Recipient: rfc822; a@example.jp\r\nAction: " +
         action + "\r\nStatus: " + status +
         " (no such user a@example.jp)\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
         "Subject: x\r\nMessage-ID: <" +
         id + "@city.example.jp>\r\n\r\n--b--\r\n";
}

TEST(BounceReports, FailedReportNamesTheMessageAndItsStatusOnly) {
  const BounceFile file = read_bounces(report("failed", "5.1.1", kId));
  ASSERT_THAT(file.bounced, SizeIs(1));
  EXPECT_EQ(file.bounced.front().id.value, kId);
  EXPECT_EQ(file.bounced.front().status, "5.1.1");
}

TEST(BounceReports, MailboxHoldsManyAndDelaysAreNoFailures) {
  const std::string mailbox = "From MAILER-DAEMON Sat Nov 21 12:00:00 2026\r\n" +
                              report("failed", "5.2.2", kId) +
                              "\r\nFrom MAILER-DAEMON Sat Nov 21 12:01:00 2026\r\n" +
                              report("Delayed", "4.4.1", "01JD0000000000000000000002") +
                              "\r\nFrom a@example.jp Sat Nov 21 12:02:00 2026\r\nSubject: "
                              "thanks\r\n\r\n>From here on well\r\n";
  const BounceFile file = read_bounces(mailbox);
  EXPECT_EQ(file.mails, 3U);
  EXPECT_THAT(file.bounced, SizeIs(1));
  EXPECT_EQ(file.delayed, 1U);
  EXPECT_EQ(file.not_report, 1U);
}

TEST(BounceReports, FoldedIdIsReadAndForeignOnesAreNotBelieved) {
  std::string folded = report("failed", "5.1.1", kId);
  const std::string field = std::string("Message-ID: <") + kId;
  folded.replace(folded.rfind(field), field.size(), std::string("Message-Id:\r\n <") + kId);
  EXPECT_THAT(read_bounces(folded).bounced, SizeIs(1));
  EXPECT_THAT(read_bounces(report("failed", "5.1.1", "somebody-elses")).bounced, IsEmpty());
  EXPECT_THAT(read_bounces("").bounced, IsEmpty());
  EXPECT_THAT(read_bounces(std::string(100'000, '\n') + "From \n:\n::<@>").bounced, IsEmpty());
}

TEST(BounceReports, StatusIsDigitsWhateverStandsThere) {
  const BounceFile file = read_bounces(report("failed", "a@example.jp", kId));
  ASSERT_THAT(file.bounced, SizeIs(1));
  EXPECT_EQ(file.bounced.front().status, "");
}

}  // namespace
}  // namespace messages
