// SPDX-License-Identifier: Apache-2.0
#include "xml_reader.hpp"

#include <cpl_vsi.h>
#include <expat.h>

#include <array>
#include <exception>
#include <memory>

#include "route/error.hpp"

// Expat is C: an exception must not pass through it. Callbacks keep it and stop the parser.

namespace route {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;  // unpacked; a larger sheet is a bomb
constexpr std::size_t kPiece = 1 << 16;

struct CloseFile {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};
struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

struct Reading {
  const XmlVisitor& visitor;
  XML_Parser parser = nullptr;
  std::exception_ptr fault;
  bool has_doctype = false;
  bool stopped = false;

  template <class Call>
  void tell(const Call& call) {
    if (stopped) {
      return;  // Expat delivers what it has already read
    }
    bool on = false;
    try {
      on = call();
    } catch (...) {
      fault = std::current_exception();
    }
    if (!on) {
      stop();
    }
  }
  void stop() {
    stopped = true;
    XML_StopParser(parser, XML_FALSE);
  }
};

Reading& state_of(void* data) {
  return *static_cast<Reading*>(data);
}

std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  const auto colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

void on_begin(void* data, const XML_Char* name, const XML_Char** attributes) {
  Reading& state = state_of(data);
  state.tell([&] {
    return !state.visitor.begin || state.visitor.begin({local_name(name), attributes});
  });
}

void on_end(void* data, const XML_Char* name) {
  Reading& state = state_of(data);
  state.tell([&] { return !state.visitor.end || state.visitor.end(local_name(name)); });
}

void on_text(void* data, const XML_Char* text, int length) {
  Reading& state = state_of(data);
  state.tell([&] {
    return !state.visitor.text ||
           state.visitor.text(std::string_view(text, static_cast<std::size_t>(length)));
  });
}

void on_doctype(void* data, const XML_Char* /*name*/, const XML_Char* /*system*/,
                const XML_Char* /*public_id*/, int /*internal*/) {
  state_of(data).has_doctype = true;
  state_of(data).stop();
}

/// Every two-byte character of Shift_JIS becomes the geta mark: only numbers matter here.
int any_character(void* /*data*/, const char* /*bytes*/) {
  constexpr int kGeta = 0x3013;
  return kGeta;
}

int on_encoding(void* /*data*/, const XML_Char* name, XML_Encoding* encoding) {
  constexpr std::array<std::string_view, 5> kNames{"Shift_JIS", "shift_jis", "SHIFT_JIS", "SJIS",
                                                   "Windows-31J"};
  bool known = false;
  for (const std::string_view candidate : kNames) {
    known = known || candidate == name;
  }
  if (!known) {
    return XML_STATUS_ERROR;
  }
  constexpr int kHalfWidthKana = 0xFF61 - 0xA1;
  for (int byte = 0; byte < 256; ++byte) {
    int meaning = byte < 0x80 ? byte : -1;
    if ((byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC)) {
      meaning = -2;  // first of two bytes
    } else if (byte >= 0xA1 && byte <= 0xDF) {
      meaning = byte + kHalfWidthKana;
    }
    encoding->map[byte] = meaning;
  }
  encoding->convert = any_character;
  encoding->release = nullptr;
  return XML_STATUS_OK;
}

[[noreturn]] void refuse(const std::string& file, const std::string& why) {
  throw InputError(file + " をXMLとして読めません（" + why +
                   "）。途中で切れていないか確かめて、もう一度入手してください");
}

}  // namespace

std::string_view XmlElement::attribute(std::string_view key) const {
  for (const char* const* at = attributes; at != nullptr && *at != nullptr; at += 2) {
    if (local_name(*at) == key) {
      return *(at + 1);
    }
  }
  return {};
}

void read_xml(const std::string& file, const XmlVisitor& visitor) {
  const std::unique_ptr<VSILFILE, CloseFile> in(VSIFOpenL(file.c_str(), "rb"));
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreate(nullptr));
  if (in == nullptr || parser == nullptr) {
    throw InputError(file + " を開けません。場所と読み取り権限を確かめてください");
  }
  Reading state{visitor, parser.get(), nullptr};
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  XML_SetUnknownEncodingHandler(parser.get(), on_encoding, nullptr);
  std::array<char, kPiece> piece{};
  std::size_t total = 0;
  for (bool last = false; !last && !state.stopped;) {
    const std::size_t size = VSIFReadL(piece.data(), 1, piece.size(), in.get());
    total += size;
    last = size < piece.size();
    if (total > kMostBytes) {
      refuse(file, "大きすぎます");
    }
    const auto result = XML_Parse(parser.get(), piece.data(), static_cast<int>(size), last);
    if (result != XML_STATUS_OK && !state.stopped) {
      refuse(file, std::to_string(XML_GetCurrentLineNumber(parser.get())) +
                       "行目: " + XML_ErrorString(XML_GetErrorCode(parser.get())));
    }
  }
  if (state.fault != nullptr) {
    std::rethrow_exception(state.fault);
  }
  if (state.has_doctype) {
    throw InputError(file +
                     " は文書型宣言（DOCTYPE）を含むので読みません。宣言のないファイルに"
                     "してください");
  }
}

void expect_plain_xml(const std::string& file) {
  read_xml(file, {[](const XmlElement& /*root*/) { return false; }, {}, {}});
}

}  // namespace route
