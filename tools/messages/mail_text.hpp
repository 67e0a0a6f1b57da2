// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "registry/calendar.hpp"

namespace messages {

/// A mail to one address. The id stands in its Message-ID, so that what comes back can be told
/// apart.
struct Mail {
  std::string id;
  std::string from;
  std::string from_name;
  std::string to;
  std::string subject;
  std::string text;  ///< UTF-8, lines end with \n
  registry::Instant at;
};

/// The mail as it goes over the wire (RFC 5322): one part of plain text in base64, because libcurl
/// encodes no headers and a mail of one part is readable on the oldest telephone.
[[nodiscard]] std::string mail_text(const Mail& mail);

/// Words of a header beyond ASCII (RFC 2047), folded; never split inside a character.
[[nodiscard]] std::string header_words(std::string_view utf8);

}  // namespace messages
