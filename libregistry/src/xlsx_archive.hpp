// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "registry/table_io.hpp"
#include "xml_parser.hpp"

struct zip;

namespace registry {

/// The parts of a workbook (a ZIP archive in memory), unpacked as they are read and never beyond
/// the limits. Borrows the bytes.
class XlsxArchive {
 public:
  /// Throws `InputError` for what is no ZIP archive, is encrypted or has too many parts.
  XlsxArchive(std::string_view bytes, const XlsxLimits& limits);

  [[nodiscard]] bool has(const std::string& part) const;
  /// Hands over the part piece by piece. Throws `InputError` when it is missing, damaged, encrypted
  /// or too large.
  void read(const std::string& part, const std::function<void(std::string_view)>& use) const;

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  XlsxLimits limits_;
  std::unique_ptr<zip, Close> archive_;
};

/// Parses one part. Throws `InputError` for what `XmlParser` refuses.
void read_xml(const XlsxArchive& archive, const std::string& part, const XmlHandler& handler,
              const XlsxLimits& limits);

}  // namespace registry
