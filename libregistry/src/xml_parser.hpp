// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct XML_ParserStruct;

namespace registry {

using XmlAttributes = std::map<std::string, std::string, std::less<>>;

/// What an XML document says, in order. Names are without their namespace prefix.
struct XmlHandler {
  std::function<void(std::string_view name, const XmlAttributes& attributes)> open;
  std::function<void(std::string_view name)> close;
  std::function<void(std::string_view text)> text;
};

/// Reads XML piece by piece. A document type is refused: it declares entities, which could name
/// other files or grow without bounds. So is what is nested too deeply.
class XmlParser {
 public:
  /// Throws the caller's `InputError` for a reason in Japanese that ends its sentence.
  using Refuse = std::function<void(const std::string& why)>;

  XmlParser(XmlHandler handler, std::size_t deepest, Refuse refuse);
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;
  XmlParser(XmlParser&&) = delete;
  XmlParser& operator=(XmlParser&&) = delete;
  ~XmlParser() = default;

  void feed(std::string_view piece) { parse(piece, false); }
  /// Refuses a document that is not whole.
  void finish() { parse({}, true); }
  /// Where it is, also while a handler is called; lines begin with 1.
  [[nodiscard]] std::size_t line() const;

 private:
  struct Callbacks;
  struct Free {
    void operator()(XML_ParserStruct* parser) const;
  };

  void parse(std::string_view piece, bool last);

  XmlHandler handler_;
  std::size_t deepest_;
  Refuse refuse_;
  std::size_t depth_ = 0;
  std::exception_ptr failure_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
};

}  // namespace registry
