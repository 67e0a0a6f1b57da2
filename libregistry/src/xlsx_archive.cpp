// SPDX-License-Identifier: Apache-2.0
#include "xlsx_archive.hpp"

#include <expat.h>
#include <zip.h>

#include <array>
#include <exception>

#include "registry/error.hpp"

namespace registry {
namespace {

constexpr std::string_view kZipMark("PK\x03\x04", 4);
constexpr std::string_view kOleMark("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::size_t kSmall = std::size_t{1} << 20U;  // a ratio says nothing about small parts
constexpr const char* kAdvice = "Excel で開いて、.xlsx か CSV として保存し直してください。";

[[noreturn]] void refuse(const std::string& what) {
  throw InputError("Excel ファイルとして読めません: " + what + kAdvice);
}

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

/// State of one parse. Exceptions must not pass through expat, so the first is kept.
struct Parse {
  XML_Parser parser = nullptr;
  const XmlHandler* handler = nullptr;
  std::size_t depth = 0;
  std::size_t deepest = 0;
  std::exception_ptr failure;

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

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void on_open(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& parse = *static_cast<Parse*>(user);
  parse.guarded([&] {
    if (++parse.depth > parse.deepest) {
      refuse("要素の入れ子が深すぎます。");
    }
    XmlAttributes named;
    for (std::size_t i = 0; attributes[i] != nullptr; i += 2) {
      named.emplace(local_name(attributes[i]), attributes[i + 1]);
    }
    parse.handler->open(local_name(name), named);
  });
}

void on_close(void* user, const XML_Char* name) {
  auto& parse = *static_cast<Parse*>(user);
  parse.guarded([&] {
    --parse.depth;
    parse.handler->close(local_name(name));
  });
}

void on_text(void* user, const XML_Char* text, int length) {
  auto& parse = *static_cast<Parse*>(user);
  parse.guarded([&] { parse.handler->text({text, static_cast<std::size_t>(length)}); });
}

void on_doctype(void* user, const XML_Char* /*name*/, const XML_Char* /*system*/,
                const XML_Char* /*public_id*/, int /*internal*/) {
  auto& parse = *static_cast<Parse*>(user);
  parse.guarded([] { refuse("文書型の宣言（DOCTYPE）があります。"); });
}

void feed(Parse& parse, std::string_view piece, bool last) {
  const XML_Status status = XML_Parse(parse.parser, piece.data(), static_cast<int>(piece.size()),
                                      last ? XML_TRUE : XML_FALSE);
  if (parse.failure) {
    std::rethrow_exception(parse.failure);
  }
  if (status != XML_STATUS_OK) {
    refuse("中の XML が壊れています（" + std::to_string(XML_GetCurrentLineNumber(parse.parser)) +
           "行目）。");
  }
}

}  // namespace

bool looks_like_workbook(std::string_view bytes) {
  return bytes.starts_with(kZipMark) || bytes.starts_with(kOleMark);
}

void XlsxArchive::Close::operator()(zip* archive) const {
  zip_discard(archive);
}

XlsxArchive::XlsxArchive(std::string_view bytes, const XlsxLimits& limits) : limits_(limits) {
  if (bytes.starts_with(kOleMark)) {
    refuse("パスワードで暗号化されているか、古い形式（.xls）です。");
  }
  if (!bytes.starts_with(kZipMark)) {
    refuse("ZIP 形式ではありません。");
  }
  if (bytes.size() > limits.file_bytes) {
    refuse("大きすぎます（上限 " + std::to_string(limits.file_bytes >> 20U) + " MiB）。");
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) {
    zip_error_fini(&error);
    throw Error("メモリーが足りません。ほかの処理を終えてから、もう一度実行してください。");
  }
  archive_.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
  zip_error_fini(&error);
  if (!archive_) {
    zip_source_free(source);
    refuse("ZIP の目次が壊れています。");
  }
  const zip_int64_t entries = zip_get_num_entries(archive_.get(), 0);
  if (entries < 0 || static_cast<std::size_t>(entries) > limits.entries) {
    refuse("中の部品が多すぎます。");
  }
}

bool XlsxArchive::has(const std::string& part) const {
  return zip_name_locate(archive_.get(), part.c_str(), 0) >= 0;
}

void XlsxArchive::read(const std::string& part,
                       const std::function<void(std::string_view)>& use) const {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(archive_.get(), part.c_str(), 0, &stat) != 0) {
    refuse("必要な部品 " + part + " がありません。");
  }
  constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
  if ((stat.valid & kNeeded) != kNeeded || stat.encryption_method != ZIP_EM_NONE) {
    refuse("中の部品が暗号化されています。");
  }
  if (stat.size > limits_.entry_bytes ||
      (stat.size > kSmall && stat.size / (stat.comp_size + 1) > limits_.ratio)) {
    refuse("広げると大きくなりすぎる部品があります。");
  }
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), stat.index, 0));
  if (!file) {
    refuse("中の部品を広げられません。");
  }
  std::array<char, 1U << 16U> buffer{};
  std::size_t total = 0;
  for (;;) {
    const zip_int64_t got = zip_fread(file.get(), buffer.data(), buffer.size());
    if (got < 0) {
      refuse("中の部品が壊れています。");
    }
    if (got == 0) {
      return;
    }
    total += static_cast<std::size_t>(got);
    if (total > stat.size) {  // the directory lied
      refuse("中の部品の大きさが目次と違います。");
    }
    use({buffer.data(), static_cast<std::size_t>(got)});
  }
}

void read_xml(const XlsxArchive& archive, const std::string& part, const XmlHandler& handler,
              const XlsxLimits& limits) {
  const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreate(nullptr));
  if (!parser) {
    throw Error("メモリーが足りません。ほかの処理を終えてから、もう一度実行してください。");
  }
  Parse parse{.parser = parser.get(),
              .handler = &handler,
              .depth = 0,
              .deepest = limits.depth,
              .failure = nullptr};
  XML_SetUserData(parser.get(), &parse);
  XML_SetElementHandler(parser.get(), on_open, on_close);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  archive.read(part, [&](std::string_view piece) { feed(parse, piece, false); });
  feed(parse, {}, true);
}

}  // namespace registry
