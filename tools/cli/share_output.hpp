// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/passphrase.hpp"
#include "cli/share_sheets.hpp"

namespace cli {

/// In which form a copy leaves the house: one copy, one form.
struct CopyForm {
  std::string out;      ///< .csv, .xlsx or .pdf
  std::string package;  ///< encrypted: .zip (CSV, XLSX and PDF) or .pdf
  std::string sheets;   ///< .pdf: one sheet per person
  bool cp932 = false;
  PassphraseOptions passphrase;

  [[nodiscard]] const std::string& file() const {
    return !package.empty() ? package : !sheets.empty() ? sheets : out;
  }
};

struct WrittenCopy {
  std::vector<std::string> substitutions;  ///< cells CP932 cannot hold
  std::vector<std::string> warnings;       ///< characters no installed font has
  std::string passphrase;                  ///< to be shown once; empty when nobody needs to see it
};

/// What can be known to be wrong before the ledger is written. Throws `CLI::ValidationError` or
/// `registry::InputError`.
void check_form(const CopyForm& form, const Context& context);

/// Writes the copy, whole or not at all. The passphrase's file comes first and goes again when the
/// package could not be written. Throws `registry::Error`.
[[nodiscard]] WrittenCopy write_copy(const CopySource& source, const CopyForm& form,
                                     const std::string& passphrase);

}  // namespace cli
