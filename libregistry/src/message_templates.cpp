// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "message_fill.hpp"
#include "registry/message.hpp"
#include "toml_fields.hpp"

namespace registry {
namespace {

constexpr const char* kFile = "messages.toml";
constexpr std::int64_t kHourMs = 3'600'000;

using Words = std::set<std::string, std::less<>>;

/// A message that says too much must not be possible, so the file is refused for it.
void check(const TomlFields& fields, std::string_view key, std::string_view text,
           const Words& allowed) {
  for (const std::string& word : placeholders_of(text)) {
    if (allowed.contains(word)) {
      continue;
    }
    std::string complaint = "の波括弧が閉じていません。";
    if (word != "{") {
      complaint = "に「{" + word;
      complaint += "}」は使えません。使えるもの:";
      for (const std::string& each : allowed) {
        complaint += " {" + each;
        complaint += "}";
      }
    }
    fields.fail(key, complaint);
  }
}

const Words& facts_words() {
  static const Words words = {"city", "department", "phone", "event", "areas", "time", "note"};
  return words;
}

Words body_words(Audience audience) {
  Words words = facts_words();
  words.insert(audience == Audience::Supporter ? "people" : "shelter");
  return words;
}

MessagePurpose purpose_of(const TomlFields& fields) {
  const auto purpose = parse_message_purpose(fields.text("purpose"));
  if (!purpose) {
    std::string known;
    for (std::size_t i = 0; i < kMessagePurposes; ++i) {
      known += " " + std::string(to_text(static_cast<MessagePurpose>(i)));
    }
    fields.fail("purpose", "は知らない目的です。使えるもの:" + known);
  }
  return *purpose;
}

Audience audience_of(const TomlFields& fields) {
  const std::string word = fields.text("to");
  for (const Audience audience : {Audience::Supporter, Audience::Registrant}) {
    if (word == to_text(audience)) {
      return audience;
    }
  }
  fields.fail("to", "には「支援者」か「本人・家族」を書いてください。");
}

/// The text of a `"""` block ends with a line break that belongs to the file.
std::string block(const TomlFields& fields, std::string_view key) {
  std::string text = fields.text(key);
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  return text;
}

MessageTemplate mail_of(const TomlFields& unnamed) {
  unnamed.refuse_unknown({"purpose", "to", "subject", "japanese", "plain", "english", "person"});
  MessageTemplate mail;
  mail.purpose = purpose_of(unnamed);
  mail.audience = audience_of(unnamed);
  const TomlFields fields =
      unnamed.renamed(unnamed.where() + " " + std::string(to_text(mail.purpose)) + "・" +
                      std::string(to_text(mail.audience)));
  mail.subject = fields.text("subject");
  mail.japanese = block(fields, "japanese");
  mail.plain = block(fields, "plain");
  mail.english = block(fields, "english");
  check(fields, "subject", mail.subject, {"city", "event"});
  const Words words = body_words(mail.audience);
  check(fields, "japanese", mail.japanese, words);
  check(fields, "plain", mail.plain, words);
  check(fields, "english", mail.english, words);
  if (mail.audience == Audience::Supporter) {
    mail.person = fields.text("person");
    check(fields, "person", mail.person, {"name", "shelter"});
  } else if (fields.has("person")) {
    fields.fail("person", "は支援者向けの文だけに書けます。");
  }
  return mail;
}

RadioTemplate radio_of(const TomlFields& fields) {
  fields.refuse_unknown({"purpose", "text", "reading"});
  RadioTemplate radio{.purpose = purpose_of(fields),
                      .text = block(fields, "text"),
                      .reading = block(fields, "reading")};
  check(fields, "text", radio.text, {"city", "areas"});
  check(fields, "reading", radio.reading, {"city", "areas"});
  return radio;
}

}  // namespace

MessageTemplates parse_message_templates(std::string_view toml) {
  const toml::table table = parse_toml_text(toml, kFile);
  const TomlFields file(table, kFile);
  file.refuse_unknown({"general", "template", "radio"});
  const TomlFields general = file.table("general");
  general.refuse_unknown({"valid_hours", "no_shelter", "drill_mark", "drill_reading",
                          "city_reading", "radio_characters"});
  MessageTemplates templates;
  templates.valid_ms = kHourMs * general.integer("valid_hours", {1, 168});
  templates.no_shelter = general.text("no_shelter");
  templates.drill_mark = general.text("drill_mark");
  templates.drill_reading = general.text("drill_reading");
  templates.city_reading = general.text_or_empty("city_reading");
  templates.radio_characters =
      static_cast<std::size_t>(general.integer("radio_characters", {20, 2000}));
  for (const TomlFields& each : file.tables("template")) {
    MessageTemplate mail = mail_of(each);
    const bool twice = std::ranges::any_of(templates.mails, [&](const MessageTemplate& other) {
      return other.purpose == mail.purpose && other.audience == mail.audience;
    });
    if (twice) {
      each.fail("purpose", "「" + std::string(to_text(mail.purpose)) + "」の「" +
                               std::string(to_text(mail.audience)) +
                               "」向けの文が二つあります。一つにしてください。");
    }
    templates.mails.push_back(std::move(mail));
  }
  for (const TomlFields& each : file.tables("radio")) {
    templates.radio.push_back(radio_of(each));
  }
  return templates;
}

}  // namespace registry
