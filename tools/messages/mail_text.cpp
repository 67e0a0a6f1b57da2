// SPDX-License-Identifier: Apache-2.0
#include "messages/mail_text.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "registry/error.hpp"

namespace messages {
namespace {

constexpr std::size_t kWordBytes = 39;  // 52 characters of base64: "Subject: " and all fit in 76
constexpr std::size_t kLineBytes = 57;  // 76 characters of base64
constexpr std::string_view kLineEnd = "\r\n";

std::string base64(std::string_view bytes) {
  constexpr int kStandard = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_encoded_len(bytes.size(), kStandard), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kStandard);
  text.pop_back();  // libsodium's terminator
  return text;
}

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

bool is_plain(std::string_view text) {
  return text.size() < kLineBytes && std::ranges::all_of(text, [](char c) {
           return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '(' && c != '=';
         });
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

/// `Sat, 21 Nov 2026 12:04:05 +0900`.
std::string date_text(registry::Instant at) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const registry::Date day = registry::tokyo_date(at);
  const std::chrono::weekday weekday{std::chrono::sys_days(day)};
  constexpr std::int64_t kTokyoSeconds = 32'400;
  constexpr std::int64_t kDaySeconds = 86'400;
  const std::int64_t second = (at.milliseconds / 1000 + kTokyoSeconds) % kDaySeconds;
  return std::string(kDays.at(weekday.c_encoding())) + ", " +
         two_digits(static_cast<unsigned>(day.day())) + ' ' +
         kMonths.at(static_cast<unsigned>(day.month()) - 1) + ' ' +
         std::to_string(static_cast<int>(day.year())) + ' ' + two_digits(second / 3600) + ':' +
         two_digits(second / 60 % 60) + ':' + two_digits(second % 60) + " +0900";
}

std::string with_wire_ends(std::string_view text) {
  std::string wire;
  for (const char c : text) {
    wire += c == '\n' ? kLineEnd : std::string_view(&c, c == '\r' ? 0 : 1);
  }
  return wire;
}

}  // namespace

std::string header_words(std::string_view utf8) {
  TOMONI_EXPECT(utf8.find_first_of("\r\n") == std::string_view::npos);
  if (is_plain(utf8)) {
    return std::string(utf8);
  }
  std::string words;
  while (!utf8.empty()) {
    std::size_t size = std::min(kWordBytes, utf8.size());
    while (size < utf8.size() && size > 1 && continues_character(utf8[size])) {
      --size;
    }
    words += (words.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(utf8.substr(0, size))) + "?=";
    utf8.remove_prefix(size);
  }
  return words;
}

std::string mail_text(const Mail& mail) {
  const std::string host = mail.from.substr(mail.from.find('@') + 1);
  std::string text = "From: " + header_words(mail.from_name) + "\r\n <" + mail.from + ">\r\n";
  text += "To: <" + mail.to + ">\r\n";
  text += "Subject: " + header_words(mail.subject) + "\r\n";
  text += "Date: " + date_text(mail.at) + "\r\n";
  text += "Message-ID: <" + mail.id + "@" + host + ">\r\n";
  text += "Auto-Submitted: auto-generated\r\n";  // RFC 3834: no answers from machines
  text += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n";
  text += "Content-Transfer-Encoding: base64\r\n\r\n";
  const std::string body = with_wire_ends(mail.text);
  for (std::size_t at = 0; at < body.size(); at += kLineBytes) {
    text += base64(std::string_view(body).substr(at, kLineBytes));
    text += kLineEnd;
  }
  return text;
}

}  // namespace messages
