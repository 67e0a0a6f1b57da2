// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace route {

/// An element that begins; its name is without the namespace prefix.
struct XmlElement {
  std::string_view name;
  const char* const* attributes = nullptr;  // name, value, name, value, ..., null

  /// Value of the attribute, empty when there is none. `key` without a namespace prefix.
  [[nodiscard]] std::string_view attribute(std::string_view key) const;
};

/// What a reader of XML is told; texts come in pieces. Every answer says whether to read on.
struct XmlVisitor {
  std::function<bool(const XmlElement& element)> begin;
  std::function<bool(std::string_view name)> end;
  std::function<bool(std::string_view text)> text;
};

/// Reads an XML file in UTF-8, UTF-16 or Shift_JIS (whose two-byte characters all come as 〓) by
/// any path that GDAL's file layer knows. Nothing but that file is read: a document type, and with
/// it every entity, is refused. Throws `InputError` for what is not well-formed or too large.
void read_xml(const std::string& file, const XmlVisitor& visitor);

/// Throws `InputError` unless the file is XML without a document type up to its root element.
void expect_plain_xml(const std::string& file);

}  // namespace route
