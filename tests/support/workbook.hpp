// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

namespace support {

/// A ZIP archive of parts by name, with a password when there is one.
[[nodiscard]] std::string zipped(const std::map<std::string, std::string>& parts,
                                 const std::string& password = {});

/// The parts of a workbook with one sheet around the given rows, which are XML (`<row>...`).
[[nodiscard]] std::map<std::string, std::string> workbook_parts(const std::string& rows);

/// The same as bytes.
[[nodiscard]] std::string workbook(const std::string& rows);

}  // namespace support
