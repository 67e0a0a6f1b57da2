// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "xml_parser.hpp"

namespace registry {

/// An element of a small XML document. Names are without their namespace prefix.
struct XmlNode {
  std::string name;
  std::string text;  ///< of the element itself, trimmed
  XmlAttributes attributes;
  std::vector<XmlNode> children;

  [[nodiscard]] std::string_view attribute(std::string_view key) const;  ///< empty = none
  [[nodiscard]] const XmlNode* child(std::string_view child_name) const;
  /// Text of the first element at `a/b/c` below this one, or empty.
  [[nodiscard]] std::string text_at(std::string_view path) const;
  /// Text of the first element of the name at any depth, or empty.
  [[nodiscard]] std::string text_of(std::string_view element) const;
  /// Calls `use` for every element of the name below this one, in their order.
  void each(std::string_view element, const std::function<void(const XmlNode&)>& use) const;
};

struct XmlLimits {
  std::size_t bytes;
  std::size_t depth;
  std::size_t nodes;
};

/// Throws `InputError` for what is not well-formed, beyond the limits, or has a document type.
[[nodiscard]] XmlNode read_xml_tree(std::string_view bytes, const XmlLimits& limits);

}  // namespace registry
