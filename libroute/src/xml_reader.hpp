// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace route {

/// What a reader of XML is told. Names are without their namespace prefix; texts come in pieces.
struct XmlVisitor {
  /// Answers whether to read on.
  std::function<bool(std::string_view element)> begin;
  std::function<bool(std::string_view element)> end;
  std::function<bool(std::string_view text)> text;
};

/// Reads an XML file in UTF-8, UTF-16 or Shift_JIS (whose two-byte characters all come as 〓) by
/// any path that GDAL's file layer knows. Nothing but that file is read: a document type, and with
/// it every entity, is refused. Throws `InputError` for what is not well-formed or too large.
void read_xml(const std::string& file, const XmlVisitor& visitor);

/// Throws `InputError` unless the file is XML without a document type up to its root element.
void expect_plain_xml(const std::string& file);

}  // namespace route
