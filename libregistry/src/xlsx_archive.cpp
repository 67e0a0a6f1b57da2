// SPDX-License-Identifier: Apache-2.0
#include "xlsx_archive.hpp"

#include <zip.h>

#include <array>

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
  XmlParser parser(handler, limits.depth, refuse);
  archive.read(part, [&](std::string_view piece) { parser.feed(piece); });
  parser.finish();
}

}  // namespace registry
