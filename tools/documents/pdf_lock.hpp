// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace documents {

/// The PDF encrypted with AES-256 (PDF 2.0, revision 6): it opens with the passphrase only. Reading
/// and printing are permitted; copying text and changing the file are not, as far as the reader's
/// program obeys. Each call gives other bytes. Throws `registry::Error` when the PDF cannot be
/// read.
[[nodiscard]] std::string locked_pdf(const std::string& pdf, const std::string& passphrase);

}  // namespace documents
