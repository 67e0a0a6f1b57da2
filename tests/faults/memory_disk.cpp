// SPDX-License-Identifier: Apache-2.0
#include "faults/memory_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <stdexcept>
#include <utility>

namespace faults {

/// Content, locks and shared memory of one file; open handles keep it when its name is gone.
struct MemoryDisk::File {
  int number = 0;
  std::string bytes;
  int shared = 0;                  ///< handles that hold at least SHARED
  const void* reserved = nullptr;  ///< the handle that holds RESERVED or more
  bool exclusive = false;
  std::vector<std::unique_ptr<std::vector<char>>> shared_memory;
  std::array<int, SQLITE_SHM_NLOCK> readers{};
  std::array<const void*, SQLITE_SHM_NLOCK> writer{};
  int mapped = 0;
};

/// The functions SQLite calls (sqlite.org/vfs.html). No exception may leave them.
struct MemoryDisk::Vfs {
  struct Handle {
    std::shared_ptr<File> file;
    int lock = SQLITE_LOCK_NONE;
    bool mapped = false;
  };
  struct Open {
    sqlite3_file base;
    Handle* handle;
  };

  static Handle& handle(sqlite3_file* open) { return *reinterpret_cast<Open*>(open)->handle; }
  static File& file(sqlite3_file* open) { return *handle(open).file; }

  static void log(DiskStep step) {
    if (get().recording_) {
      get().log_.push_back(std::move(step));
    }
  }

  /// Counts down; whether this is the call that fails.
  static bool comes(std::int64_t& count) {
    if (count < 0) {
      return false;
    }
    if (count > 0) {
      --count;
      return false;
    }
    get().has_failed_ = true;
    return true;
  }

  static int open(sqlite3_vfs*, const char* name, sqlite3_file* opened, int flags, int* out) {
    auto& files = get().files_;
    auto* to = reinterpret_cast<Open*>(opened);
    to->base.pMethods = nullptr;
    const std::string key = name == nullptr ? "" : name;
    std::shared_ptr<File> found;
    if (const auto at = files.find(key); at != files.end() && name != nullptr) {
      found = at->second;
    } else if ((flags & SQLITE_OPEN_CREATE) == 0) {
      return SQLITE_CANTOPEN;
    } else {
      found = std::make_shared<File>();
      found->number = get().number_of(key);
      if (name != nullptr) {
        files[key] = found;
      }
    }
    to->handle = new Handle{std::move(found)};
    to->base.pMethods = &methods();
    if (out != nullptr) {
      *out = flags;
    }
    return SQLITE_OK;
  }

  static int close(sqlite3_file* opened) {
    unlock(opened, SQLITE_LOCK_NONE);
    shm_unmap(opened, 0);
    delete reinterpret_cast<Open*>(opened)->handle;
    return SQLITE_OK;
  }

  static int read(sqlite3_file* opened, void* to, int amount, sqlite3_int64 offset) {
    const std::string& bytes = file(opened).bytes;
    const auto from = std::min(bytes.size(), static_cast<std::size_t>(offset));
    const auto there = std::min(bytes.size() - from, static_cast<std::size_t>(amount));
    std::memcpy(to, bytes.data() + from, there);
    std::memset(static_cast<char*>(to) + there, 0, static_cast<std::size_t>(amount) - there);
    return there == static_cast<std::size_t>(amount) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* opened, const void* from, int amount, sqlite3_int64 offset) {
    if (comes(get().faults_.write)) {
      return SQLITE_FULL;
    }
    File& target = file(opened);
    const std::string bytes(static_cast<const char*>(from), static_cast<std::size_t>(amount));
    const auto at = static_cast<std::size_t>(offset);
    target.bytes.resize(std::max(target.bytes.size(), at + bytes.size()));
    target.bytes.replace(at, bytes.size(), bytes);
    log({DiskStep::Kind::Write, target.number, offset, bytes});
    return SQLITE_OK;
  }

  static int truncate(sqlite3_file* opened, sqlite3_int64 size) {
    file(opened).bytes.resize(static_cast<std::size_t>(size));
    log({DiskStep::Kind::Truncate, file(opened).number, size, {}});
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* opened, int) {
    const bool fails = comes(get().faults_.sync);
    if (fails) {
      get().faults_.sync = -1;
    }
    log({fails ? DiskStep::Kind::LostSync : DiskStep::Kind::Sync, file(opened).number, 0, {}});
    return fails ? SQLITE_IOERR_FSYNC : SQLITE_OK;
  }

  static int file_size(sqlite3_file* opened, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(file(opened).bytes.size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file* opened, int level) {
    Handle& mine = handle(opened);
    File& target = *mine.file;
    if (level <= mine.lock) {
      return SQLITE_OK;
    }
    if (target.exclusive ||
        (level > SQLITE_LOCK_SHARED && target.reserved != nullptr && target.reserved != &mine)) {
      return SQLITE_BUSY;
    }
    if (mine.lock == SQLITE_LOCK_NONE) {
      ++target.shared;
      mine.lock = SQLITE_LOCK_SHARED;
    }
    if (level == SQLITE_LOCK_SHARED) {
      return SQLITE_OK;
    }
    if (level == SQLITE_LOCK_EXCLUSIVE) {
      if (target.shared > 1) {
        return SQLITE_BUSY;
      }
      target.exclusive = true;
    }
    target.reserved = &mine;
    mine.lock = level;
    return SQLITE_OK;
  }

  static int unlock(sqlite3_file* opened, int level) {
    Handle& mine = handle(opened);
    File& target = *mine.file;
    if (level >= mine.lock) {
      return SQLITE_OK;
    }
    if (target.reserved == &mine) {
      target.reserved = nullptr;
      target.exclusive = false;
    }
    if (level == SQLITE_LOCK_NONE) {
      --target.shared;
    }
    mine.lock = level;
    return SQLITE_OK;
  }

  static int check_reserved(sqlite3_file* opened, int* held) {
    *held = file(opened).reserved != nullptr ? 1 : 0;
    return SQLITE_OK;
  }

  static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file*) { return 4096; }
  static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  static int shm_map(sqlite3_file* opened, int region, int size, int extend, void volatile** at) {
    File& target = file(opened);
    if (!std::exchange(handle(opened).mapped, true)) {
      ++target.mapped;
    }
    const auto index = static_cast<std::size_t>(region);
    while (extend != 0 && target.shared_memory.size() <= index) {
      target.shared_memory.push_back(
          std::make_unique<std::vector<char>>(static_cast<std::size_t>(size)));
    }
    *at = index < target.shared_memory.size() ? target.shared_memory[index]->data() : nullptr;
    return SQLITE_OK;
  }

  static int shm_lock(sqlite3_file* opened, int first, int count, int flags) {
    File& target = file(opened);
    const void* me = &handle(opened);
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    const auto begin = static_cast<std::size_t>(first);
    const auto end = begin + static_cast<std::size_t>(count);
    if ((flags & SQLITE_SHM_LOCK) != 0) {
      for (std::size_t i = begin; i < end; ++i) {
        const bool taken = target.writer.at(i) != nullptr && target.writer.at(i) != me;
        if (taken || (exclusive && target.readers.at(i) > 0)) {
          return SQLITE_BUSY;
        }
      }
    }
    const int change = (flags & SQLITE_SHM_LOCK) != 0 ? 1 : -1;
    for (std::size_t i = begin; i < end; ++i) {
      if (exclusive) {
        target.writer.at(i) = change > 0 ? me : nullptr;
      } else {
        target.readers.at(i) += change;
      }
    }
    return SQLITE_OK;
  }

  static void shm_barrier(sqlite3_file*) {}

  static int shm_unmap(sqlite3_file* opened, int) {
    if (std::exchange(handle(opened).mapped, false) && --file(opened).mapped == 0) {
      file(opened).shared_memory.clear();
    }
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs*, const char* name, int durable) {
    const auto at = get().files_.find(name);
    if (at == get().files_.end()) {
      return SQLITE_IOERR_DELETE_NOENT;
    }
    log({DiskStep::Kind::Delete, at->second->number, 0, {}, durable != 0});
    get().files_.erase(at);
    return SQLITE_OK;
  }

  static int access(sqlite3_vfs*, const char* name, int, int* there) {
    *there = get().files_.contains(name) ? 1 : 0;
    return SQLITE_OK;
  }

  static int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
  }

  static int randomness(sqlite3_vfs*, int size, char* out) {
    static std::mt19937 random(20260501);
    std::generate_n(out, size, [] { return static_cast<char>(random()); });
    return size;
  }

  static int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }

  static int current_time(sqlite3_vfs*, double* days) {
    *days = 2461161.5;
    return SQLITE_OK;
  }

  static int last_error(sqlite3_vfs*, int, char*) { return 0; }

  static const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods table = {2,
                                             close,
                                             read,
                                             write,
                                             truncate,
                                             sync,
                                             file_size,
                                             lock,
                                             unlock,
                                             check_reserved,
                                             control,
                                             sector_size,
                                             characteristics,
                                             shm_map,
                                             shm_lock,
                                             shm_barrier,
                                             shm_unmap,
                                             nullptr,
                                             nullptr};
    return table;
  }
};

MemoryDisk::MemoryDisk() {
  static sqlite3_vfs vfs{};
  vfs.iVersion = 1;
  vfs.szOsFile = sizeof(Vfs::Open);
  vfs.mxPathname = 1024;
  vfs.zName = "disk";
  vfs.xOpen = Vfs::open;
  vfs.xDelete = Vfs::remove;
  vfs.xAccess = Vfs::access;
  vfs.xFullPathname = Vfs::full_path;
  vfs.xRandomness = Vfs::randomness;
  vfs.xSleep = Vfs::sleep;
  vfs.xCurrentTime = Vfs::current_time;
  vfs.xGetLastError = Vfs::last_error;
  if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK || sqlite3mc_vfs_create("disk", 1) != SQLITE_OK) {
    throw std::runtime_error("the disk in memory cannot be registered");
  }
}

MemoryDisk& MemoryDisk::get() {
  static MemoryDisk disk;
  return disk;
}

int MemoryDisk::number_of(const std::string& name) {
  const auto at = std::ranges::find(names_, name);
  if (at == names_.end()) {
    names_.push_back(name);
    return static_cast<int>(names_.size() - 1);
  }
  return static_cast<int>(at - names_.begin());
}

void MemoryDisk::load(const DiskImage& image) {
  names_.clear();
  log_.clear();
  recording_ = false;
  fail({});
  put(image);
}

void MemoryDisk::go_back_to(const DiskImage& image, std::size_t log_size) {
  log_.erase(log_.begin() + static_cast<std::ptrdiff_t>(log_size), log_.end());
  put(image);
}

void MemoryDisk::put(const DiskImage& image) {
  files_.clear();
  for (const auto& [name, bytes] : image) {
    auto file = std::make_shared<File>();
    file->number = number_of(name);
    file->bytes = bytes;
    files_[name] = std::move(file);
  }
}

DiskImage MemoryDisk::image() const {
  DiskImage image;
  for (const auto& [name, file] : files_) {
    image[name] = file->bytes;
  }
  return image;
}

void MemoryDisk::record() {
  log_.clear();
  start_ = image();
  recording_ = true;
}

void MemoryDisk::mark(std::int64_t number) {
  Vfs::log({DiskStep::Kind::Mark, 0, number, {}});
}

void MemoryDisk::fail(Faults faults) {
  faults_ = faults;
  has_failed_ = false;
}

}  // namespace faults
