// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "registry/city_import.hpp"

namespace registry {

/// What storing one row did.
enum class Change : std::uint8_t { Added, Changed, Unchanged };

inline void count(ImportReport& report, Change change) {
  switch (change) {
    case Change::Added:
      ++report.added;
      return;
    case Change::Changed:
      ++report.changed;
      return;
    case Change::Unchanged:
      ++report.unchanged;
      return;
  }
}

/// The report of the parser, to be continued by the store.
[[nodiscard]] inline ImportReport continued(const ImportReport& parsed) {
  ImportReport report = parsed;
  report.added = 0;
  report.changed = 0;
  report.unchanged = 0;
  return report;
}

/// The counts in the words of the audit log.
[[nodiscard]] inline std::string counts(const ImportReport& report) {
  return "added=" + std::to_string(report.added) + " changed=" + std::to_string(report.changed) +
         " unchanged=" + std::to_string(report.unchanged) +
         " rejected=" + std::to_string(report.rejected.size());
}

/// A row for a person the registry does not know; the number itself is not repeated.
[[nodiscard]] inline Rejected unknown_person(std::size_t line, std::string column) {
  return {
      .line = line,
      .column = std::move(column),
      .code = "UNKNOWN_PERSON",
      .message =
          "この宛名番号の人は台帳にいません。住民記録を先に取り込むか、番号を確かめてください。"};
}

}  // namespace registry
