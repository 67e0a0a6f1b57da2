// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "registry/disclosure_list.hpp"
#include "registry/local_plan.hpp"

namespace documents {

/// What a printed list is drawn from. Borrowed for one call. There is no list without its row in
/// the ledger, and so no paper.
struct RosterPrint {
  const registry::DisclosureList& list;
  const registry::LocalPlan& local_plan;
};

struct RosterFile {
  std::string pdf;                    ///< A4 landscape; same input, same bytes
  std::vector<std::string> warnings;  ///< characters no installed font has
};

/// The list for one recipient: the fields of its profile and no other, grouped by area. Every page
/// says which copy it is, for whom, why, until when, what the duty of secrecy is, and which page of
/// how many. A person's row is never divided between pages, and no text is cut: it wraps. Throws
/// `registry::Error` when one person's row is higher than a page.
[[nodiscard]] RosterFile roster_list(const RosterPrint& print);

}  // namespace documents
