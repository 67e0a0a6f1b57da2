// SPDX-License-Identifier: Apache-2.0
#include "xml_tree.hpp"

#include <algorithm>
#include <utility>

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

[[noreturn]] void refuse_tree(const std::string& why) {
  throw InputError("XML として読めません: " + why);
}

void trim(std::string& text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  text = first == std::string::npos
             ? std::string()
             : text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

/// Grows the tree as the document is read.
class Builder {
 public:
  explicit Builder(std::size_t most) : most_(most) {}

  void open(std::string_view name, const XmlAttributes& attributes) {
    if (++nodes_ > most_) {
      refuse_tree("要素が多すぎます。");
    }
    open_.push_back(
        {.name = std::string(name), .text = {}, .attributes = attributes, .children = {}});
  }
  void close() {
    XmlNode node = std::move(open_.back());
    open_.pop_back();
    trim(node.text);
    XmlNode& parent = open_.empty() ? root_ : open_.back();
    parent.children.push_back(std::move(node));
  }
  void text(std::string_view text) { open_.back().text.append(text); }

  /// A document that was read to its end has one root.
  [[nodiscard]] XmlNode take() { return std::move(root_.children.front()); }

 private:
  std::size_t most_;
  std::size_t nodes_ = 0;
  XmlNode root_;
  std::vector<XmlNode> open_;  // the elements that have begun, outermost first
};

}  // namespace

std::string_view XmlNode::attribute(std::string_view key) const {
  const auto found = attributes.find(key);
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

const XmlNode* XmlNode::child(std::string_view child_name) const {
  const auto found = std::ranges::find(
      children, child_name, [](const XmlNode& node) { return std::string_view(node.name); });
  return found == children.end() ? nullptr : &*found;
}

std::string XmlNode::text_at(std::string_view path) const {
  const XmlNode* node = this;
  while (node != nullptr && !path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    node = node->child(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return node == nullptr ? std::string() : node->text;
}

std::string XmlNode::text_of(std::string_view element) const {
  for (const XmlNode& node : children) {
    if (node.name == element) {
      return node.text;
    }
    std::string below = node.text_of(element);
    if (!below.empty()) {
      return below;
    }
  }
  return {};
}

void XmlNode::each(std::string_view element, const std::function<void(const XmlNode&)>& use) const {
  for (const XmlNode& node : children) {
    if (node.name == element) {
      use(node);
    }
    node.each(element, use);
  }
}

XmlNode read_xml_tree(std::string_view bytes, const XmlLimits& limits) {
  if (bytes.size() > limits.bytes) {
    refuse_tree("ファイルが大きすぎます（上限 " + std::to_string(limits.bytes) + " バイト）。");
  }
  Builder tree(limits.nodes);
  XmlParser parser({.open = [&](std::string_view name,
                                const XmlAttributes& attributes) { tree.open(name, attributes); },
                    .close = [&](std::string_view /*name*/) { tree.close(); },
                    .text = [&](std::string_view text) { tree.text(text); }},
                   limits.depth, refuse_tree);
  parser.feed(bytes);
  parser.finish();
  return tree.take();
}

}  // namespace registry
