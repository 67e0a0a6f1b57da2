// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "registry/calendar.hpp"

namespace registry {

/// Identifier of one kind of record: a ULID as text (26 characters, Crockford base 32). Opaque;
/// says nothing about the person, and is never the city's own number (宛名番号).
template <class Tag>
struct TextId {
  std::string value;

  friend auto operator<=>(const TextId&, const TextId&) = default;
  [[nodiscard]] bool empty() const { return value.empty(); }
};

/// A person in the city's records; a registrant is a person who is on a register.
using PersonId = TextId<struct PersonTag>;
using SupporterId = TextId<struct SupporterTag>;
using ShelterId = TextId<struct ShelterTag>;
using PlanId = TextId<struct PlanTag>;

/// Fills a block with unpredictable bytes (a test hands in a counter instead).
using RandomSource = std::function<void(std::array<std::uint8_t, 10>&)>;

/// Makes a ULID (github.com/ulid/spec): 48 bits of milliseconds since 1970, then 80 random bits.
[[nodiscard]] std::string make_ulid(Instant now, const RandomSource& random);

/// Whether the text is a well-formed ULID.
[[nodiscard]] bool is_ulid(std::string_view text);

}  // namespace registry
