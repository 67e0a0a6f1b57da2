// SPDX-License-Identifier: Apache-2.0
#include "messages/smtp_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "registry/error.hpp"
#include "support/scratch_folder.hpp"

namespace messages {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string toml(const std::string& server, const std::string& more = {}) {
  return "[server]\n" + server + "\n[sender]\naddress='bousai@city.example.jp'\nname='ひかり市'\n" +
         more;
}

std::string refusal(const std::string& text) {
  try {
    static_cast<void>(parse_smtp_config(text, "smtp.toml"));
    return {};
  } catch (const registry::InputError& error) {
    return error.what();
  }
}

TEST(SmtpConfigs, WhatIsNotSaidHasASafeDefault) {
  const SmtpConfig config =
      parse_smtp_config(toml("host='mail.example.jp'\nsecurity='starttls'"), "smtp.toml");
  EXPECT_EQ(config.port, 587);
  EXPECT_EQ(config.hello, "city.example.jp");
  EXPECT_EQ(config.bounces, "bousai@city.example.jp");
  EXPECT_EQ(config.security, SmtpSecurity::StartTls);
}

TEST(SmtpConfigs, MailInTheClearStaysOnThisMachine) {
  EXPECT_THAT(refusal(toml("host='mail.example.jp'\nsecurity='none'")), HasSubstr("localhost"));
  EXPECT_EQ(refusal(toml("host='localhost'\nsecurity='none'")), "");
  EXPECT_THAT(refusal(toml("host='localhost'\nsecurity='none'\nuser='u'\npassword_file='p'")),
              HasSubstr("暗号化せずに"));
}

TEST(SmtpConfigs, FaultsAreNamedByTheirKey) {
  EXPECT_THAT(refusal("nonsense"), HasSubstr("1行目"));
  EXPECT_THAT(refusal(toml("security='tls'")), HasSubstr("host"));
  EXPECT_THAT(refusal(toml("host='mail.example.jp'")), HasSubstr("security"));
  EXPECT_THAT(refusal(toml("host='mail.example.jp/x'\nsecurity='tls'")), HasSubstr("host"));
  EXPECT_THAT(refusal(toml("host='m.example.jp'\nsecurity='tls'\npassword='x'")),
              HasSubstr("password"));  // never in the file itself
  EXPECT_THAT(refusal(toml("host='m.example.jp'\nsecurity='tls'\nuser='u'")), HasSubstr("user"));
  EXPECT_THAT(refusal(toml("host='m.example.jp'\nsecurity='tls'\nport=70000")), HasSubstr("port"));
  EXPECT_THAT(refusal(toml("host='m.example.jp'\nsecurity='tls'", "bounces='x y'")),
              HasSubstr("bounces"));
}

TEST(SmtpConfigs, PasswordIsReadFromAFileOfItsOwnersOnly) {
  const support::ScratchFolder folder;
  const auto file = folder / "password";
  std::ofstream(file) << "secret word\r\n";
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  EXPECT_THROW(static_cast<void>(read_password(file)), registry::InputError);
  std::filesystem::permissions(file, std::filesystem::perms(0600));
  EXPECT_EQ(read_password(file), "secret word");
  EXPECT_THROW(static_cast<void>(read_password(folder / "none")), registry::InputError);
}

}  // namespace
}  // namespace messages
