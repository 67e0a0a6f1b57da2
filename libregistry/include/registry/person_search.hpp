// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/access.hpp"
#include "registry/registrant.hpp"

namespace registry {

class Session;

/// What of the person was found.
enum class Matched : std::uint8_t {
  Name,
  Kana,
  Alias,
  Address,
  Building,
  Phone,
  ResidentNumber,
  BirthDate
};
[[nodiscard]] std::string_view to_text(Matched matched);  ///< 氏名, カナ, ...

struct SearchHit {
  PersonId id;
  Matched matched = Matched::Name;
  bool exact = false;  ///< the whole field, not only its beginning
  Person person;       ///< with the fields the account may see
};

struct SearchResult {
  std::vector<SearchHit> hits;  ///< best first
  bool more = false;            ///< there are more; ask more narrowly
};

/// Finds people as the desk is asked for them: by name in any form of its kanji, by reading,
/// 通称名, address in any spelling, 方書, phone (also the last four digits), 宛名番号 or birth
/// date; several words must all fit. Only people the account may see are found, and by nothing it
/// may not see; protected people are found by nobody they are closed to. What was typed is not
/// logged.
class PersonSearch {
 public:
  static constexpr std::size_t kDefaultLimit = 20;
  static constexpr std::size_t kMostHits = 200;

  explicit PersonSearch(Session& session);

  /// Throws `InputError` for a query without letters or digits.
  [[nodiscard]] SearchResult find(std::string_view query, std::size_t limit = kDefaultLimit);

 private:
  Session* session_;
};

}  // namespace registry
