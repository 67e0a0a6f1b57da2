// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "datagen/random.hpp"

namespace datagen {

/// A part of a name with its reading.
struct NamePart {
  const char* text;
  const char* kana;
};

/// Common surnames, commonest first.
[[nodiscard]] std::span<const NamePart> surnames();
/// Surnames in forms that trip programs up: 髙 﨑 德 濵 are in CP932, 𠮷 and forms with a variation
/// selector are not.
[[nodiscard]] std::span<const NamePart> rare_surnames();
/// Given names of a generation.
[[nodiscard]] std::span<const NamePart> given_names(bool male, int birth_year);

/// Whether every character is in CP932, as far as the names above go.
[[nodiscard]] bool fits_cp932(std::string_view name);

/// Full name in the form of the resident file: surname, ideographic space, given name.
struct FullName {
  std::string text;
  std::string kana;
};
[[nodiscard]] FullName full_name(const NamePart& surname, const NamePart& given);

[[nodiscard]] const NamePart& draw_surname(Random& random);
[[nodiscard]] const NamePart& draw_given(Random& random, bool male, int birth_year);

}  // namespace datagen
