// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/ids.hpp"

namespace registry {

/// What a message is for.
enum class MessagePurpose : std::uint8_t {
  ElderlyEvacuation,  ///< 高齢者等避難 (level 3)
  Evacuation,         ///< 避難指示 (level 4)
  EmergencySafety,    ///< 緊急安全確保 (level 5)
  AskSafety,          ///< 安否確認
  RouteChanged,       ///< 経路変更
  ShelterOpened,      ///< 避難所開設
  EventOver           ///< 終了
};
inline constexpr std::size_t kMessagePurposes = 7;
[[nodiscard]] std::string_view to_text(MessagePurpose purpose);
[[nodiscard]] std::optional<MessagePurpose> parse_message_purpose(std::string_view text);

/// Who reads it.
enum class Audience : std::uint8_t {
  Supporter,  ///< 支援者: is told of the people he or she helps
  Registrant  ///< 本人・家族: is told of nobody but the registrant
};
[[nodiscard]] std::string_view to_text(Audience audience);

/// What became of it.
enum class MessageState : std::uint8_t { Queued, Sent, Failed, Bounced };
[[nodiscard]] std::string_view to_text(MessageState state);  ///< 送信待ち, 送信済, 失敗, 不達

/// What is the same for everybody, and therefore says nothing of anybody.
struct MessageFacts {
  std::string city;
  std::string department;
  std::string phone;
  std::string event;  ///< name of the disaster
  std::string areas;  ///< in words
  std::string time;   ///< in Asia/Tokyo
  std::string note;   ///< what the desk adds; may be empty
  bool drill = false;
};

/// All that a mail says of a person: no address, telephone number or diagnosis. Those stand on the
/// supporter's sheet.
struct SupportedPerson {
  PersonId id;
  std::string name;
  std::string shelter;  ///< empty = the plan names none
};

/// A text with placeholders in braces.
struct MessageTemplate {
  MessagePurpose purpose = MessagePurpose::ElderlyEvacuation;
  Audience audience = Audience::Supporter;
  std::string subject;
  std::string japanese;
  std::string plain;    ///< やさしい日本語
  std::string english;  ///< second language
  std::string person;   ///< a line of {people}; supporters only
};

/// 防災行政無線: nothing about anybody, and its reading.
struct RadioTemplate {
  MessagePurpose purpose = MessagePurpose::ElderlyEvacuation;
  std::string text;
  std::string reading;
};

struct MessageTemplates {
  std::vector<MessageTemplate> mails;
  std::vector<RadioTemplate> radio;
  std::size_t radio_characters = 0;  ///< a longer text is refused
  std::string drill_mark;            ///< before everything in a drill, e.g. 【訓練】
  std::string drill_reading;
  std::string city_reading;   ///< empty = nobody has written it yet
  std::string no_shelter;     ///< in the place of a shelter that is not known
  std::int64_t valid_ms = 0;  ///< a message that could not be sent by then is not sent any more

  /// Throws `InputError` when there is none.
  [[nodiscard]] const MessageTemplate& mail(MessagePurpose purpose, Audience audience) const;
  [[nodiscard]] const RadioTemplate& radio_for(MessagePurpose purpose) const;
};
/// Reads `data/rules/messages.toml`. Throws `InputError` naming template and key for an unknown
/// placeholder or one that would say more than its reader may know: {people} belongs to
/// supporters, {name} only into the line of a person, and no subject speaks of people.
[[nodiscard]] MessageTemplates parse_message_templates(std::string_view toml);

struct ComposedMessage {
  std::string subject;
  std::string text;
  std::vector<PersonId> people;  ///< whom it speaks of
};

/// `people` are the supporter's own, or the one registrant. What stands in a value is never taken
/// for a placeholder. Throws `InputError` for a line break in what goes into the subject.
[[nodiscard]] ComposedMessage compose(const MessageTemplates& templates,
                                      const MessageTemplate& mail, const MessageFacts& facts,
                                      std::span<const SupportedPerson> people);

struct RadioText {
  std::string text;
  std::string reading;
};
/// `areas_reading` is how `facts.areas` is read. Throws `InputError` for a text over the limit, or
/// where the reading of the city or the areas is missing.
[[nodiscard]] RadioText compose_radio(const MessageTemplates& templates, MessagePurpose purpose,
                                      const MessageFacts& facts, const std::string& areas_reading);

/// `name@host`, ASCII, without anything that could be taken for more than one address or a header.
[[nodiscard]] bool is_mail_address(std::string_view text);

}  // namespace registry
