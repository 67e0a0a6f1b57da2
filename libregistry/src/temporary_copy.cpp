// SPDX-License-Identifier: Apache-2.0
#include "temporary_copy.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <system_error>

#include "sealing.hpp"
#include "store_copy.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = ".copy-";

fs::path folder_of(const fs::path& store) {
  return store.has_parent_path() ? store.parent_path() : fs::path(".");
}

/// Files of copies with their logs and drafts, whoever may be writing them.
std::vector<fs::path> copies_beside(const fs::path& store) {
  const std::string prefix = store.filename().string() + kMark;
  std::vector<fs::path> copies;
  std::error_code unreadable;
  for (fs::directory_iterator entry(folder_of(store), unreadable), end; !unreadable && entry != end;
       entry.increment(unreadable)) {
    if (entry->path().filename().string().starts_with(prefix)) {
      copies.push_back(entry->path());
    }
  }
  std::ranges::sort(copies);
  return copies;
}

}  // namespace

CopyLock::CopyLock(const fs::path& store)
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open() of POSIX is variadic
    : descriptor_(::open(folder_of(store).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
      // Where the file system knows no locks nobody is alone, and nothing is ever removed.
      is_alone_(descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {}

void CopyLock::share() {
  is_alone_ = false;
  if (descriptor_ >= 0) {
    (void)::flock(descriptor_, LOCK_SH);
  }
}

CopyLock::~CopyLock() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

std::vector<fs::path> abandoned_copies(const fs::path& store) {
  const CopyLock lock(store);
  return lock.is_alone() ? copies_beside(store) : std::vector<fs::path>();
}

TemporaryCopy::TemporaryCopy(const fs::path& store) : lock_(store) {
  if (lock_.is_alone()) {
    for (const fs::path& abandoned : copies_beside(store)) {
      std::error_code kept;  // named by the check of the store
      fs::remove(abandoned, kept);
    }
  }
  lock_.share();
  std::array<unsigned char, 6> random{};
  randombytes_buf(random.data(), random.size());
  file_ = fs::path(store) += kMark + sealing::to_hex(random);
}

TemporaryCopy::~TemporaryCopy() {
  remove_with_logs(file_);
}

}  // namespace registry
