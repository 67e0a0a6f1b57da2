// SPDX-License-Identifier: Apache-2.0
#include "xml_tree.hpp"

#include <expat.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "registry/error.hpp"

// Expat is C: an exception must not pass through it. The first one is kept and thrown afterwards.

namespace registry {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

[[noreturn]] void refuse(const std::string& why) {
  throw InputError("XML として読めません: " + why);
}

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void trim(std::string& text) {
  const std::size_t first = text.find_first_not_of(kSpaces);
  text = first == std::string::npos
             ? std::string()
             : text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

struct Parse {
  XML_Parser parser = nullptr;
  XmlLimits limits;
  XmlNode root{};               ///< its only child is the document's root
  std::vector<XmlNode> open{};  ///< the elements that have begun, outermost first
  std::size_t nodes = 0;
  std::exception_ptr failure{};

  template <class Work>
  void guarded(Work work) {
    if (failure) {
      return;
    }
    try {
      work();
    } catch (...) {
      failure = std::current_exception();
      XML_StopParser(parser, XML_FALSE);
    }
  }
};

void on_open(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& parse = *static_cast<Parse*>(user);
  parse.guarded([&] {
    if (parse.open.size() >= parse.limits.depth) {
      refuse("要素の入れ子が深すぎます。");
    }
    if (++parse.nodes > parse.limits.nodes) {
      refuse("要素が多すぎます。");
    }
    XmlNode node;
    node.name = local_name(name);
    for (std::size_t i = 0; attributes[i] != nullptr; i += 2) {
      node.attributes.emplace_back(local_name(attributes[i]), attributes[i + 1]);
    }
    parse.open.push_back(std::move(node));
  });
}

void on_close(void* user, const XML_Char* /*name*/) {
  auto& parse = *static_cast<Parse*>(user);
  parse.guarded([&] {
    XmlNode node = std::move(parse.open.back());
    parse.open.pop_back();
    trim(node.text);
    XmlNode& parent = parse.open.empty() ? parse.root : parse.open.back();
    parent.children.push_back(std::move(node));
  });
}

void on_text(void* user, const XML_Char* text, int length) {
  auto& parse = *static_cast<Parse*>(user);
  parse.guarded([&] { parse.open.back().text.append(text, static_cast<std::size_t>(length)); });
}

void on_doctype(void* user, const XML_Char* /*name*/, const XML_Char* /*system*/,
                const XML_Char* /*public_id*/, int /*internal*/) {
  auto& parse = *static_cast<Parse*>(user);
  parse.guarded([] { refuse("文書型の宣言（DOCTYPE）があります。"); });
}

}  // namespace

std::string_view XmlNode::attribute(std::string_view key) const {
  const auto found = std::ranges::find(
      attributes, key, [](const auto& each) { return std::string_view(each.first); });
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
    refuse("ファイルが大きすぎます（上限 " + std::to_string(limits.bytes) + " バイト）。");
  }
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreate(nullptr));
  if (!parser) {
    throw Error("メモリーが足りません。ほかの処理を終えてから、もう一度実行してください。");
  }
  Parse parse{.parser = parser.get(), .limits = limits};
  XML_SetUserData(parser.get(), &parse);
  XML_SetElementHandler(parser.get(), on_open, on_close);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  const XML_Status status =
      XML_Parse(parser.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
  if (parse.failure) {
    std::rethrow_exception(parse.failure);
  }
  if (status != XML_STATUS_OK || parse.root.children.size() != 1) {
    refuse(std::to_string(XML_GetCurrentLineNumber(parser.get())) +
           "行目が壊れています（途中で切れている、または XML ではない）。");
  }
  return std::move(parse.root.children.front());
}

}  // namespace registry
