// SPDX-License-Identifier: Apache-2.0
#include "registry/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "registry/error.hpp"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string shipped_text() {
  std::ifstream in(std::string(TOMONI_SOURCE_DIR) + "/data/rules/messages.toml");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const MessageTemplates& shipped() {
  static const MessageTemplates templates = parse_message_templates(shipped_text());
  return templates;
}

MessageFacts facts() {
  return {.city = "ひかり市",
          .department = "危機管理課",
          .phone = "0000-00-0000",
          .event = "令和8年台風第99号",
          .areas = "川端町",
          .time = "2026-11-21 12:00",
          .note = {}};
}

SupportedPerson person(const std::string& name, const std::string& shelter = "見本小学校") {
  return {{"P-" + name}, name, shelter};
}

std::string with_template(const std::string& key, const std::string& text,
                          const std::string& to = "支援者") {
  std::string toml =
      "[general]\nvalid_hours=6\nno_shelter='x'\ndrill_mark='t'\ndrill_reading='t'\n"
      "radio_characters=100\n[[template]]\npurpose='避難指示'\nto='" +
      to + "'\n";
  for (const char* each : {"subject", "japanese", "plain", "english", "person"}) {
    if (each == key) {
      toml += std::string(each) + "='" + text + "'\n";
    } else if (std::string(each) != "person" || to == "支援者") {
      toml += std::string(each) + "='x'\n";
    }
  }
  return toml;
}

std::string templates_refusal(const std::string& toml) {
  try {
    static_cast<void>(parse_message_templates(toml));
    return {};
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(Messages, EveryPurposeHasItsTextForBothReadersInThreeTongues) {
  for (std::size_t i = 0; i < kMessagePurposes; ++i) {
    const auto purpose = static_cast<MessagePurpose>(i);
    for (const Audience audience : {Audience::Supporter, Audience::Registrant}) {
      const auto people = std::vector{person("見本 太郎")};
      const ComposedMessage message =
          compose(shipped(), shipped().mail(purpose, audience), facts(), people);
      EXPECT_THAT(message.subject, HasSubstr("ひかり市"));
      EXPECT_THAT(message.text, Not(testing::ContainsRegex("[{}]")));
      EXPECT_THAT(message.text, Not(HasSubstr("\n\n\n")));
      EXPECT_THAT(message.text, HasSubstr("――――――――――"));
      EXPECT_EQ(parse_message_purpose(to_text(purpose)), purpose);
    }
  }
}

TEST(Messages, SupporterReadsNamesAndSheltersAndARegistrantOnlyTheOwnShelter) {
  const auto two = std::vector{person("見本 太郎"), person("見本 花子", "")};
  const auto& to_supporter = shipped().mail(MessagePurpose::ElderlyEvacuation, Audience::Supporter);
  const ComposedMessage message = compose(shipped(), to_supporter, facts(), two);
  EXPECT_THAT(message.text, HasSubstr("・見本 太郎 さん（避難先: 見本小学校）\n"
                                      "・見本 花子 さん（避難先: （計画で決まっていません））"));
  EXPECT_THAT(message.people, ElementsAre(PersonId{"P-見本 太郎"}, PersonId{"P-見本 花子"}));
  EXPECT_THAT(message.subject, Not(HasSubstr("見本")));
  const auto one = std::vector{person("見本 太郎")};
  const ComposedMessage own =
      compose(shipped(), shipped().mail(MessagePurpose::ElderlyEvacuation, Audience::Registrant),
              facts(), one);
  EXPECT_THAT(own.text, HasSubstr("避難先: 見本小学校"));
  EXPECT_THAT(own.text, Not(HasSubstr("見本 太郎")));
}

TEST(Messages, WhatStandsInAValueIsNoPlaceholder) {
  auto odd = facts();
  odd.note = "{people} {phone} {";
  const auto people = std::vector{person("{shelter}")};
  const ComposedMessage message = compose(
      shipped(), shipped().mail(MessagePurpose::Evacuation, Audience::Supporter), odd, people);
  EXPECT_THAT(message.text, HasSubstr("・{shelter} さん"));
  EXPECT_THAT(message.text, HasSubstr("{people} {phone} {"));
}

TEST(Messages, DrillIsMarkedInSubjectTextAndRadio) {
  auto drill = facts();
  drill.drill = true;
  const auto people = std::vector{person("見本 太郎")};
  const ComposedMessage message = compose(
      shipped(), shipped().mail(MessagePurpose::Evacuation, Audience::Supporter), drill, people);
  EXPECT_THAT(message.subject, testing::StartsWith("【訓練】"));
  EXPECT_THAT(message.text, testing::StartsWith("【訓練】"));
}

TEST(Messages, LineBreakCannotGetIntoASubject) {
  auto odd = facts();
  odd.city = "ひかり市\r\nBcc: somebody@example.jp";
  const auto people = std::vector{person("見本 太郎")};
  EXPECT_THROW(
      static_cast<void>(compose(
          shipped(), shipped().mail(MessagePurpose::Evacuation, Audience::Supporter), odd, people)),
      InputError);
}

TEST(Messages, TemplateThatWouldSayTooMuchIsRefused) {
  EXPECT_EQ(templates_refusal(with_template("japanese", "{people} {event}")), "");
  EXPECT_THAT(templates_refusal(with_template("japanese", "{diagnosis}")),
              HasSubstr("{diagnosis}"));
  EXPECT_THAT(templates_refusal(with_template("japanese", "{name}")), HasSubstr("{name}"));
  EXPECT_THAT(templates_refusal(with_template("subject", "{people}")), HasSubstr("{people}"));
  EXPECT_THAT(templates_refusal(with_template("person", "{name} {phone}")), HasSubstr("{phone}"));
  EXPECT_THAT(templates_refusal(with_template("japanese", "{people}", "本人・家族")),
              HasSubstr("{people}"));
  EXPECT_EQ(templates_refusal(with_template("japanese", "{shelter}", "本人・家族")), "");
  for (const char* open : {"{event", "event}", "{{event}}", "{"}) {
    EXPECT_THAT(templates_refusal(with_template("japanese", open)), Not("")) << open;
  }
  const std::string one = with_template("japanese", "x");
  EXPECT_THAT(templates_refusal(one + one.substr(one.find("[[template]]"))), HasSubstr("二つ"));
  EXPECT_THAT(templates_refusal(with_template("japanese", "x", "隣人")), HasSubstr("本人・家族"));
}

TEST(Messages, RadioTextIsShortHasItsReadingAndSpeaksOfNobody) {
  MessageTemplates templates = shipped();
  EXPECT_THROW(static_cast<void>(
                   compose_radio(templates, MessagePurpose::Evacuation, facts(), "かわばたちょう")),
               InputError);  // the city has not said how its name is read
  templates.city_reading = "ひかりし";
  const RadioText said =
      compose_radio(templates, MessagePurpose::Evacuation, facts(), "かわばたちょう");
  EXPECT_THAT(said.text, HasSubstr("川端町に、警戒レベル4、避難指示"));
  EXPECT_THAT(said.reading, HasSubstr("かわばたちょうに、けいかいれべるよん"));
  EXPECT_THROW(static_cast<void>(compose_radio(templates, MessagePurpose::Evacuation, facts(), "")),
               InputError);
  templates.radio_characters = 30;
  EXPECT_THROW(static_cast<void>(
                   compose_radio(templates, MessagePurpose::Evacuation, facts(), "かわばたちょう")),
               InputError);
  EXPECT_THROW(static_cast<void>(compose_radio(templates, MessagePurpose::AskSafety, facts(), "x")),
               InputError);
}

TEST(Messages, AddressesAreOneAddressAndNoHeader) {
  for (const char* good :
       {"a@example.jp", "a.b+c@mail.example.jp", ".keitai..old.@example.jp", "a@localhost"}) {
    EXPECT_TRUE(is_mail_address(good)) << good;
  }
  for (const char* bad :
       {"", "a", "@example.jp", "a@", "a@b,c@d", "a@b c", "a b@c", "a@b\r\nRCPT TO:<x@y>", "<a@b>",
        "a@b>", "あ@example.jp", "a@例え.jp", "a@.jp", "a@b@c", "a\"@b", "a@b_c"}) {
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  }
  EXPECT_FALSE(is_mail_address(std::string(250, 'a') + "@example.jp"));
}

}  // namespace
}  // namespace registry
