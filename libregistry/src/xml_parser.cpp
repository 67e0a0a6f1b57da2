// SPDX-License-Identifier: Apache-2.0
#include "xml_parser.hpp"

#include <expat.h>

#include <utility>

#include "registry/error.hpp"

namespace registry {
namespace {

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

/// Expat is C: an exception must not pass through it. The first one is kept and thrown afterwards.
struct XmlParser::Callbacks {
  template <class Work>
  static void guarded(void* user, Work work) {
    auto& self = *static_cast<XmlParser*>(user);
    if (self.failure_) {
      return;
    }
    try {
      work(self);
    } catch (...) {
      self.failure_ = std::current_exception();
      XML_StopParser(self.parser_.get(), XML_FALSE);
    }
  }

  static void open(void* user, const XML_Char* name, const XML_Char** attributes) {
    guarded(user, [&](XmlParser& self) {
      if (++self.depth_ > self.deepest_) {
        self.refuse_("要素の入れ子が深すぎます。");
      }
      XmlAttributes named;
      for (std::size_t i = 0; attributes[i] != nullptr; i += 2) {
        named.emplace(local_name(attributes[i]), attributes[i + 1]);
      }
      self.handler_.open(local_name(name), named);
    });
  }

  static void close(void* user, const XML_Char* name) {
    guarded(user, [&](XmlParser& self) {
      --self.depth_;
      self.handler_.close(local_name(name));
    });
  }

  static void text(void* user, const XML_Char* text, int length) {
    guarded(user, [&](XmlParser& self) {
      self.handler_.text({text, static_cast<std::size_t>(length)});
    });
  }

  static void doctype(void* user, const XML_Char* /*name*/, const XML_Char* /*system*/,
                      const XML_Char* /*public_id*/, int /*internal*/) {
    guarded(user, [](XmlParser& self) { self.refuse_("文書型の宣言（DOCTYPE）があります。"); });
  }
};

void XmlParser::Free::operator()(XML_ParserStruct* parser) const {
  XML_ParserFree(parser);
}

XmlParser::XmlParser(XmlHandler handler, std::size_t deepest, Refuse refuse)
    : handler_(std::move(handler)),
      deepest_(deepest),
      refuse_(std::move(refuse)),
      parser_(XML_ParserCreate(nullptr)) {
  if (!parser_) {
    throw Error("メモリーが足りません。ほかの処理を終えてから、もう一度実行してください。");
  }
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), Callbacks::open, Callbacks::close);
  XML_SetCharacterDataHandler(parser_.get(), Callbacks::text);
  XML_SetStartDoctypeDeclHandler(parser_.get(), Callbacks::doctype);
}

std::size_t XmlParser::line() const {
  return XML_GetCurrentLineNumber(parser_.get());
}

void XmlParser::parse(std::string_view piece, bool last) {
  const XML_Status status = XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()),
                                      last ? XML_TRUE : XML_FALSE);
  if (failure_) {
    std::rethrow_exception(failure_);
  }
  if (status != XML_STATUS_OK) {
    refuse_("XML の" + std::to_string(XML_GetCurrentLineNumber(parser_.get())) +
            "行目が壊れています（途中で切れている、または XML ではない）。");
  }
}

}  // namespace registry
