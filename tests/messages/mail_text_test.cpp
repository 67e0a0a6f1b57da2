// SPDX-License-Identifier: Apache-2.0
// Whether a mail program can read it is asked of a real one in smtp_sender_test.cpp.
#include "messages/mail_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace messages {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

TEST(MailText, PlainWordsStayAndOthersAreEncodedInLinesOf76) {
  EXPECT_EQ(header_words("Hikari City"), "Hikari City");
  EXPECT_EQ(header_words("避難"), "=?UTF-8?B?6YG/6Zuj?=");
  EXPECT_THAT(header_words("=?UTF-8?B?x?="), testing::StartsWith("=?UTF-8?B?PT9"));
  std::istringstream lines("Subject: " + header_words("【ひかり市】高齢者等避難: 避難の支援を"
                                                      "お願いします（令和八年台風第九十九号）"));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    EXPECT_LE(line.size(), 77U) << line;  // with the \r
  }
  EXPECT_GT(count, 2);
}

TEST(MailText, HeadingHasDateIdAndNoAnswersFromMachines) {
  const std::string text = mail_text({.id = "01JD0000000000000000000000",
                                      .from = "bousai@city.example.jp",
                                      .from_name = "ひかり市",
                                      .to = "a@example.jp",
                                      .subject = "試験",
                                      .text = "一行目\n二行目\n",
                                      .at = {1'795'230'245'000}});
  EXPECT_THAT(text, HasSubstr("\r\nDate: Sat, 21 Nov 2026 12:04:05 +0900\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nMessage-ID: <01JD0000000000000000000000@city.example.jp>\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\nAuto-Submitted: auto-generated\r\n"));
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    EXPECT_EQ(text[at - 1], '\r');
  }
}

}  // namespace
}  // namespace messages
