// SPDX-License-Identifier: Apache-2.0
#include "registry/message.hpp"

#include <algorithm>
#include <array>

#include "message_fill.hpp"
#include "registry/error.hpp"
#include "registry/text_normalizer.hpp"
#include "unicode.hpp"

namespace registry {
namespace {

constexpr std::array<std::string_view, kMessagePurposes> kPurposes = {
    "高齢者等避難", "避難指示", "緊急安全確保", "安否確認", "経路変更", "避難所開設", "終了"};
constexpr std::size_t kLongestAddress = 254;  // RFC 5321 4.5.3.1.3, without the brackets
constexpr const char* kSeparator = "\n\n――――――――――\n";

Filling filling_of(const MessageFacts& facts) {
  return {{"city", facts.city},   {"department", facts.department}, {"phone", facts.phone},
          {"event", facts.event}, {"areas", facts.areas},           {"time", facts.time},
          {"note", facts.note}};
}

/// A value that was empty leaves no hole in the text.
std::string without_holes(std::string text) {
  for (std::size_t at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n")) {
    text.erase(at, 1);
  }
  return text;
}

std::size_t characters(const std::string& text) {
  return unicode::code_points(text).size();
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_local_character(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~.";
  return is_letter_or_digit(c) || kMarks.find(c) != std::string_view::npos;
}

bool is_host_character(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '.';
}

}  // namespace

std::string_view to_text(MessagePurpose purpose) {
  return kPurposes.at(static_cast<std::size_t>(purpose));
}

std::optional<MessagePurpose> parse_message_purpose(std::string_view text) {
  const std::string word = normalized_code(text);
  for (std::size_t i = 0; i < kPurposes.size(); ++i) {
    if (kPurposes.at(i) == word) {
      return static_cast<MessagePurpose>(i);
    }
  }
  return std::nullopt;
}

std::string_view to_text(Audience audience) {
  return audience == Audience::Supporter ? "支援者" : "本人・家族";
}

std::string_view to_text(MessageState state) {
  switch (state) {
    case MessageState::Queued:
      return "送信待ち";
    case MessageState::Sent:
      return "送信済";
    case MessageState::Failed:
      return "失敗";
    case MessageState::Bounced:
      return "不達";
  }
  contract_violated("state is an enumerator", __FILE__, __LINE__);
}

const MessageTemplate& MessageTemplates::mail(MessagePurpose purpose, Audience audience) const {
  const auto found = std::ranges::find_if(mails, [&](const MessageTemplate& each) {
    return each.purpose == purpose && each.audience == audience;
  });
  if (found == mails.end()) {
    throw InputError("messages.toml に「" + std::string(to_text(purpose)) + "」の「" +
                     std::string(to_text(audience)) +
                     "」向けの文がありません。書き加えてください。");
  }
  return *found;
}

const RadioTemplate& MessageTemplates::radio_for(MessagePurpose purpose) const {
  const auto found = std::ranges::find(radio, purpose, &RadioTemplate::purpose);
  if (found == radio.end()) {
    throw InputError("messages.toml に「" + std::string(to_text(purpose)) +
                     "」の放送文（[[radio]]）がありません。書き加えてください。");
  }
  return *found;
}

std::vector<std::string> placeholders_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = text.find_first_of("{}"); at != std::string_view::npos;
       at = text.find_first_of("{}", at + 1)) {
    const std::size_t end = text.find_first_of("{}", at + 1);
    if (text[at] == '}' || end == std::string_view::npos || text[end] == '{') {
      words.emplace_back("{");
      continue;
    }
    words.emplace_back(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return words;
}

std::string filled(std::string_view text, const Filling& values) {
  std::string result;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find('{'), text.size());
    result += text.substr(0, begin);
    text.remove_prefix(begin);
    if (text.empty()) {
      break;
    }
    const std::size_t end = text.find('}');
    TOMONI_EXPECT(end != std::string_view::npos);
    const auto value = values.find(text.substr(1, end - 1));
    TOMONI_EXPECT(value != values.end());
    result += value->second;
    text.remove_prefix(end + 1);
  }
  return result;
}

ComposedMessage compose(const MessageTemplates& templates, const MessageTemplate& mail,
                        const MessageFacts& facts, std::span<const SupportedPerson> people) {
  TOMONI_EXPECT(mail.audience == Audience::Supporter || people.size() == 1);
  Filling values = filling_of(facts);
  const auto shelter = [&](const SupportedPerson& person) {
    return person.shelter.empty() ? templates.no_shelter : person.shelter;
  };
  ComposedMessage message;
  if (mail.audience == Audience::Supporter) {
    std::string lines;
    for (const SupportedPerson& person : people) {
      lines += (lines.empty() ? "" : "\n") +
               filled(mail.person, {{"name", person.name}, {"shelter", shelter(person)}});
    }
    values["people"] = std::move(lines);
  } else {
    values["shelter"] = shelter(people.front());
  }
  const std::string mark = facts.drill ? templates.drill_mark : std::string();
  message.subject = mark + filled(mail.subject, values);
  if (message.subject.find_first_of("\r\n") != std::string::npos) {
    throw InputError("件名に入る言葉（災害の名称など）に改行があります。取り除いてください。");
  }
  message.text = mark + (mark.empty() ? "" : "\n") + filled(mail.japanese, values) + kSeparator +
                 filled(mail.plain, values) + kSeparator + filled(mail.english, values) + "\n";
  message.text = without_holes(std::move(message.text));
  for (const SupportedPerson& person : people) {
    message.people.push_back(person.id);
  }
  return message;
}

RadioText compose_radio(const MessageTemplates& templates, MessagePurpose purpose,
                        const MessageFacts& facts, const std::string& areas_reading) {
  const RadioTemplate& radio = templates.radio_for(purpose);
  const Filling values = {{"city", facts.city}, {"areas", facts.areas}};
  RadioText said{.text = filled(radio.text, values),
                 .reading = filled(radio.reading,
                                   {{"city", templates.city_reading}, {"areas", areas_reading}})};
  if (templates.city_reading.empty()) {
    throw InputError(
        "messages.toml の [general] に city_reading（市の名前の読み）を書いてください。");
  }
  if (areas_reading.empty()) {
    throw InputError("放送する区域の読みがありません。--areas-reading で書いてください。");
  }
  if (facts.drill) {
    said.text = templates.drill_mark + said.text;
    said.reading = templates.drill_reading + said.reading;
  }
  if (characters(said.text) > templates.radio_characters) {
    throw InputError("放送文が " + std::to_string(characters(said.text)) + " 文字あります（上限 " +
                     std::to_string(templates.radio_characters) +
                     " 文字）。区域をまとめるか、文を短くしてください。");
  }
  return said;
}

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.size() > kLongestAddress) {
    return false;
  }
  const std::string_view host = text.substr(at + 1);
  // A dot may stand anywhere before the @: Japanese carriers gave out such addresses.
  return std::ranges::all_of(text.substr(0, at), is_local_character) && !host.empty() &&
         host.front() != '.' && host.front() != '-' && host.back() != '.' && host.back() != '-' &&
         std::ranges::all_of(host, is_host_character);
}

}  // namespace registry
