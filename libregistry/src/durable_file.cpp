// SPDX-License-Identifier: Apache-2.0
#include "durable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkstemp is POSIX, not in <cstdlib>

#include "registry/error.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_file_error(const char* what, const fs::path& file, int reason) {
  throw Error(std::string(what) + ": " + file.string() + "（" +
              std::generic_category().message(reason) +
              "）。置き場所の空きと権限を確かめてください。");
}

fs::path folder_of(const fs::path& file) {
  const fs::path folder = file.parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

void sync_path(const fs::path& path, int flags) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() of POSIX is variadic
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) {
    ::close(descriptor);
  }
  if (!done) {
    throw_file_error("記憶装置に書き込めません", path, reason);
  }
}

}  // namespace

DurableFile::DurableFile(fs::path place)
    : place_(std::move(place)),
      temporary_(place_.string() + ".XXXXXX"),
      descriptor_(::mkstemp(temporary_.data())) {
  if (descriptor_ < 0) {
    throw_file_error("ファイルを作れません", place_, errno);
  }
}

DurableFile::~DurableFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
  }
}

void DurableFile::fail(int reason) {
  throw_file_error("ファイルに書けません。元のファイルは変わっていません", place_, reason);
}

void DurableFile::write(std::span<const unsigned char> bytes) {
  size_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      fail(written == 0 ? ENOSPC : errno);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void DurableFile::write(std::string_view text) {
  write(std::span(reinterpret_cast<const unsigned char*>(text.data()), text.size()));
}

void DurableFile::keep() {
  if (::fsync(descriptor_) != 0 || ::rename(temporary_.c_str(), place_.c_str()) != 0) {
    fail(errno);
  }
  ::close(std::exchange(descriptor_, -1));
  sync_folder(folder_of(place_));
}

void write_durably(const fs::path& file, std::string_view text) {
  DurableFile out(file);
  out.write(text);
  out.keep();
}

std::string read_whole(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf() || in.peek() == std::ifstream::traits_type::eof())) {
    throw Error("ファイルを読めません: " + file.string() + "。場所と権限を確かめてください。");
  }
  return std::move(text).str();
}

void rename_durably(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) {
    throw_file_error("名前を変えられません", from, errno);
  }
  sync_folder(folder_of(to));
}

void sync_folder(const fs::path& folder) {
  sync_path(folder, O_RDONLY | O_DIRECTORY);
}

void sync_file(const fs::path& file) {
  sync_path(file, O_RDONLY);
}

}  // namespace registry
