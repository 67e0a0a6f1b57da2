// SPDX-License-Identifier: Apache-2.0
#include "cli/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "registry/error.hpp"

namespace cli {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

/// A file descriptor that is closed whatever happens.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  [[nodiscard]] int get() const { return fd_; }
  /// Whether closing reported no late write error.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf() || in.peek() == std::ifstream::traits_type::eof())) {
    throw registry::InputError("ファイルを読めません: " + file.string() +
                               "。場所と読み取り権限を確かめてください。");
  }
  return std::move(text).str();
}

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::string temporary = file.string() + ".XXXXXX";
  Descriptor fd(::mkstemp(temporary.data()));
  bool done = fd.get() >= 0 && write_all(fd.get(), bytes) && ::fsync(fd.get()) == 0 && fd.close();
  done = done && ::rename(temporary.c_str(), file.c_str()) == 0;
  if (!done) {
    const int error = errno;
    ::unlink(temporary.c_str());
    throw registry::Error(
        "ファイルに書けません: " + file.string() + "（" + reason(error) +
        "）。空き容量と書き込み権限を確かめてください。元のファイルは変わっていません。");
  }
}

void write_file(const std::filesystem::path& file, std::span<const std::byte> bytes) {
  write_file(file, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

}  // namespace cli
