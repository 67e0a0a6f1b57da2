// SPDX-License-Identifier: Apache-2.0
#include "documents/zip_file.hpp"

#include <zip.h>

#include <memory>

#include "registry/error.hpp"

namespace documents {
namespace {

constexpr zip_uint16_t kFirstDosDay = (1U << 5U) | 1U;  // 1980-01-01: year 0, month 1, day 1

[[noreturn]] void fail() {
  throw registry::Error("ZIP を作れませんでした。空きメモリを確かめて、もう一度実行してください。");
}

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

zip_source_t* buffer(const void* bytes, std::size_t size) {
  zip_source_t* source = zip_source_buffer_create(bytes, size, 0, nullptr);
  if (source == nullptr) {
    fail();
  }
  return source;
}

void add(zip_t* archive, const ZipEntry& entry, const std::string& passphrase) {
  zip_source_t* source = buffer(entry.bytes.data(), entry.bytes.size());
  const zip_int64_t added = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (added < 0) {
    zip_source_free(source);
    fail();
  }
  const auto index = static_cast<zip_uint64_t>(added);
  if (zip_file_set_dostime(archive, index, 0, kFirstDosDay, 0) != 0 ||
      (!passphrase.empty() &&
       zip_file_set_encryption(archive, index, ZIP_EM_AES_256, passphrase.c_str()) != 0)) {
    fail();
  }
}

std::string bytes_of(zip_source_t* source) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_source_stat(source, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 ||
      zip_source_open(source) != 0) {
    fail();
  }
  std::string bytes(stat.size, '\0');
  const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (got < 0 || static_cast<zip_uint64_t>(got) != stat.size) {
    fail();
  }
  return bytes;
}

}  // namespace

std::string zip_file(std::span<const ZipEntry> entries, const std::string& passphrase) {
  TOMONI_EXPECT(!entries.empty());  // libzip makes no file of nothing
  const std::unique_ptr<zip_source_t, FreeSource> target(buffer(nullptr, 0));
  std::unique_ptr<zip_t, Discard> archive(
      zip_open_from_source(target.get(), ZIP_CREATE | ZIP_TRUNCATE, nullptr));
  if (!archive) {
    fail();
  }
  zip_source_keep(target.get());  // the archive's own share of it
  for (const ZipEntry& entry : entries) {
    add(archive.get(), entry, passphrase);
  }
  if (zip_close(archive.get()) != 0) {
    fail();
  }
  static_cast<void>(archive.release());  // closing freed it
  return bytes_of(target.get());
}

}  // namespace documents
