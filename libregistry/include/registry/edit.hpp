// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "registry/calendar.hpp"

namespace registry {

// Two people may edit one record at the same time. Whoever reads a record to change it gets its
// revision too, and hands it back with the change: the change is kept only when the record is still
// at that revision. Nobody's work is overwritten unseen.

/// The change is kept; the record is now at this revision.
struct NewRevision {
  int revision = 0;
  friend bool operator==(const NewRevision&, const NewRevision&) = default;
};

/// Somebody else's change came first and nothing was written: read the record again and decide.
/// Says who and when, never what.
struct EditConflict {
  int revision = 0;        ///< at which the record is now; 0 when it is not there
  std::string changed_by;  ///< account; empty when it is not known, e.g. after an import
  Instant changed_at;      ///< of that change; 0 when it is not known
  friend bool operator==(const EditConflict&, const EditConflict&) = default;
};

/// A conflict is an ordinary answer, not an error.
using EditResult = std::variant<NewRevision, EditConflict>;

/// A record as it was read, for editing.
template <class Record>
struct Revised {
  Record record;
  int revision = 0;
};

/// For the person who lost the race: 「田中 さんが … に変更しています」.
[[nodiscard]] std::string conflict_text(const EditConflict& conflict);

}  // namespace registry
