// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "import_matching.hpp"
#include "import_targets.hpp"
#include "registry/city_import.hpp"

namespace registry {

/// One person's change, found in a file; images as in import_images.hpp.
struct FoundChange {
  PersonId person;
  std::size_t line = 0;
  Difference difference;
  std::string before;
  std::string after;
};

/// A comparison of a file with the store. `found` receives each change once per person, in the
/// order of the file, and may apply it at once.
struct Comparison {
  Database& database;
  ImportTarget& target;
  QuestionBook& questions;
  ImportKind kind;
  bool full;
  Date on;
  std::function<void(const FoundChange&)> found;
};

ImportReport compare(const ParsedRows<ResidentRow>& rows, const Comparison& comparison);
ImportReport compare(const ParsedRows<CertificateRow>& rows, const Comparison& comparison);
ImportReport compare(const ParsedRows<VoluntaryRow>& rows, const Comparison& comparison);

/// The rejection of a row that went to the queue.
[[nodiscard]] Rejected waiting_row(std::size_t line);

/// `text（行: 3, 7）` when there are lines.
void note_lines(ImportReport& report, std::string_view text, const std::vector<std::size_t>& lines);

}  // namespace registry
