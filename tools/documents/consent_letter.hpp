// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/calendar.hpp"
#include "registry/consent_book.hpp"
#include "registry/local_plan.hpp"

namespace documents {

/// Everything the letters of one round are drawn from. Borrowed for one call.
struct LetterPrint {
  const registry::LetterSet& letters;
  const registry::LocalPlan& local_plan;
  registry::Date printed_on;
  /// Names of those who would receive the data.
  std::vector<std::string> recipients;
  /// Scopes for which the city's ordinance takes silence as consent; the letter must say so.
  std::vector<registry::ConsentScope> silence_counts = {};
  bool reminder = false;
};

struct LetterFile {
  std::string pdf;                    ///< one A4 page per letter; same input, same bytes
  std::vector<std::string> warnings;  ///< characters no installed font has
};

/// The letters of a consent round: above, address for a window envelope and what is asked; below
/// the line, the answer sheet with the letter's code as text and as a QR code. Address and answer
/// sheet are on one sheet and both carry the code and its mark, so that no answer sheet can get
/// into another person's envelope.
[[nodiscard]] LetterFile consent_letters(const LetterPrint& print);

}  // namespace documents
