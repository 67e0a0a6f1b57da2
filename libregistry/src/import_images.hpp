// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "person_record.hpp"
#include "registry/import_diff.hpp"

namespace registry {

// Images: what stands in the store for one person and one kind of file, as JSON text in which equal
// contents are equal texts. Throws `Error` for text that was not written here.

/// What the resident file gives a person, with what other files have said since.
struct PersonImage {
  PersonRecord record;  ///< without id
  LivingPlace stated_living_place = LivingPlace::Home;
  std::string content_hash;  ///< of the row of the resident file
};
[[nodiscard]] std::string to_image(const PersonImage& image);
[[nodiscard]] PersonImage person_from_image(const std::string& text);

[[nodiscard]] std::string to_image(const WelfareState& state);
[[nodiscard]] WelfareState welfare_from_image(const std::string& text);

/// One stay on the voluntary register.
struct Stay {
  Date joined_on{};
  std::optional<Date> left_on;
  std::string rule_set;
  std::string clauses;  ///< JSON, as stored
  friend bool operator==(const Stay&, const Stay&) = default;
};
using Stays = std::vector<Stay>;  ///< in the order of joining
[[nodiscard]] std::string to_image(const Stays& stays);
[[nodiscard]] Stays stays_from_image(const std::string& text);

/// Digest of an image, in hexadecimal.
[[nodiscard]] std::string image_hash(const std::string& image);

}  // namespace registry
