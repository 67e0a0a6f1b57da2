// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "documents/roster_list.hpp"
#include "registry/table_io.hpp"

namespace documents {

struct SharePackage {
  std::string zip;
  std::vector<std::string> warnings;       ///< characters no installed font has
  std::vector<std::string> substitutions;  ///< cells CP932 cannot hold
};

/// What goes to the police or the fire service on a data carrier: a ZIP encrypted with AES-256 that
/// holds the list as CSV, as XLSX and as PDF, named after the copy's serial. The PDF is locked with
/// the same passphrase once more, because it is the one that gets passed on. The passphrase must
/// travel another way than the package.
[[nodiscard]] SharePackage share_package(const RosterPrint& print, registry::CsvEncoding encoding,
                                         const std::string& passphrase);

/// The list as a workbook; every printed page carries serial and recipient.
[[nodiscard]] std::string roster_workbook(const registry::DisclosureList& list);

}  // namespace documents
