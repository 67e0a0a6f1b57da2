// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/registrant.hpp"

namespace registry {

/// What of a person a search looks at; the order is that of likeliness in the answer.
enum class SearchKind : std::uint8_t { Name = 1, Kana, Address, Building, Phone };

/// The first letters of a key as a number: keys with a common beginning lie in one range, exact
/// ones first in it. Plain integers sort alike in every database, which text does not.
struct CodeRange {
  std::int64_t from = 0;
  std::int64_t to = 0;  ///< inclusive
};
[[nodiscard]] CodeRange code_range(SearchKind kind, std::string_view key);

/// What stands in the index for one person: whole keys to check a hit by, and the codes of every
/// place in them where a search may begin.
struct SearchKeys {
  std::string name;
  std::string kana;
  std::string alias;
  std::string address;
  std::string building;
  std::string phones;  ///< digits, each number between blanks
  std::vector<std::int64_t> codes;
};
[[nodiscard]] SearchKeys search_keys(const Person& person);

}  // namespace registry
