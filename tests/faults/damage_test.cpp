// SPDX-License-Identifier: Apache-2.0
// Damaged files are refused or read as what was written, never as something else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "faults/damages.hpp"
#include "faults/ledger.hpp"
#include "registry/error.hpp"
#include "registry/key_ring.hpp"
#include "support/file_bytes.hpp"
#include "support/registry_fixture.hpp"

namespace faults {
namespace {

namespace fs = std::filesystem;
using registry::Error;
using registry::Registry;
using registry::StoreFiles;
using support::bytes_of;
using support::write_bytes;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t kEarlier = 150;
constexpr std::int64_t kInStore = 300;
constexpr std::int64_t kInLog = 20;

class Damaged : public support::RegistryTest {
 protected:
  /// Made once: the tests only look.
  Damaged() : stores_(made()) {}

  const Stores& made() const {
    static const Stores stores = make();
    return stores;
  }

  Stores make() const {
    Stores stores;
    stores.other = {filled("other", support::test_key(99), kInStore), ""};
    std::int64_t last = 0;
    {
      Registry registry = create();
      last = write(registry, last, kEarlier);
    }
    stores.earlier.store = bytes_of(file());
    {
      Registry registry = open(10);
      last = write(registry, last, kInStore);
    }
    Registry registry = open(20);
    (void)write(registry, last, kInStore + kInLog);
    stores.now = {bytes_of(file()), bytes_of(log_file())};
    return stores;
  }

  static std::int64_t write(Registry& registry, std::int64_t from, std::int64_t to) {
    auto session = RegistryTest::session(registry);
    while (from < to) {
      write_numbered(session, ++from);
    }
    return from;
  }

  std::string filled(const char* name, const registry::StoreKey& key, std::int64_t count) const {
    const fs::path path = folder() / name;
    {
      Registry registry = Registry::create(path, key, support::test_surroundings());
      registry.appoint_first_admin("tester");
      (void)write(registry, 0, count);
    }
    return bytes_of(path);
  }

  [[nodiscard]] fs::path log_file() const { return fs::path(file()) += "-wal"; }

  /// What a store of these bytes turns out to be.
  [[nodiscard]] Found look(const StoreBytes& bytes) const {
    fs::remove(fs::path(file()) += "-shm");
    fs::remove(log_file());
    write_bytes(file(), bytes.store);
    if (!bytes.log.empty()) {
      write_bytes(log_file(), bytes.log);
    }
    const Found found = inspect(file());
    EXPECT_THAT(found.fault, Not(HasSubstr("見本"))) << "an error quotes a row";
    return found;
  }

  const Stores& stores_;
};

TEST_F(Damaged, SoundFilesAreReadWhole) {
  const Found whole = look(stores_.now);
  EXPECT_EQ(whole.fault, "");
  EXPECT_EQ(whole.last, kInStore + kInLog);
  const Found closed = look({stores_.now.store, ""});
  EXPECT_EQ(closed.fault, "");
  EXPECT_EQ(closed.last, kInStore);
}

TEST_F(Damaged, FiftyKindsOfDamageAreNeverReadAsSomethingElse) {
  const auto all = damages();
  EXPECT_GE(all.size(), 50U);
  int refused = 0;
  for (const Damage& damage : all) {
    SCOPED_TRACE(damage.name);
    StoreBytes bytes = damage.make(stores_);
    const bool of_log = damage.name.find("log") != std::string::npos;
    if (!of_log) {
      bytes.log.clear();
    }
    const Found found = look(bytes);
    if (!found.fault.empty()) {
      ++refused;
      continue;
    }
    if (of_log) {
      // A log that ends early looks as after a power cut: an older true state, no other. The signed
      // heads of the audit chain tell the two apart.
      EXPECT_GE(found.last, kInStore);
      EXPECT_LE(found.last, kInStore + kInLog);
    } else {
      EXPECT_EQ(found.last, kInStore);
    }
  }
  std::cout << all.size() << " kinds, " << refused << " refused\n";
}

TEST_F(Damaged, FlippedBitsAreRefusedOrWithoutEffect) {
  const unsigned seed = 31;
  std::mt19937 random(seed);
  const int flips = rounds(300, 10'000);
  int refused = 0;
  for (int i = 0; i < flips; ++i) {
    StoreBytes bytes{stores_.now.store, ""};
    const std::size_t at = random() % bytes.store.size();
    bytes.store[at] = static_cast<char>(bytes.store[at] ^ (1 << (random() % 8)));
    const Found found = look(bytes);
    refused += found.fault.empty() ? 0 : 1;
    EXPECT_TRUE(!found.fault.empty() || found.last == kInStore)
        << "byte " << at << ", seed " << seed;
  }
  std::cout << flips << " flips, seed " << seed << ": " << refused << " refused, 0 silent\n";
  // Every page is authenticated; only pages without content are never read.
  EXPECT_GT(refused, flips * 9 / 10);
}

TEST_F(Damaged, FlippedBitsOfTheLogShowAnOlderTrueStateOrNone) {
  std::mt19937 random(32);
  for (int i = 0; i < rounds(100, 3000); ++i) {
    StoreBytes bytes = stores_.now;
    const std::size_t at = random() % bytes.log.size();
    bytes.log[at] = static_cast<char>(bytes.log[at] ^ (1 << (random() % 8)));
    const Found found = look(bytes);
    EXPECT_TRUE(!found.fault.empty() || found.last >= kInStore) << "byte " << at;
  }
}

TEST_F(Damaged, WrongKeysAreSaidToBeWrong) {
  write_bytes(file(), stores_.now.store);
  fs::remove(log_file());
  fs::remove(fs::path(file()) += "-shm");
  for (int bit = 0; bit < 256; bit += rounds(8, 1)) {
    registry::StoreKey key = support::test_key();
    auto& byte = key.at(static_cast<std::size_t>(bit / 8));
    byte = static_cast<unsigned char>(byte ^ (1U << (bit % 8)));
    try {
      (void)Registry::open(file(), key, support::test_surroundings());
      ADD_FAILURE() << "opened with a wrong bit " << bit;
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("鍵が違うか"));
    }
  }
  EXPECT_EQ(bytes_of(file()), stores_.now.store) << "a wrong key must not change the file";
}

TEST_F(Damaged, FlippedBitsOfKeyFileAndRingAreRefusedOrWithoutEffect) {
  fs::create_directory(folder() / "keys");
  const StoreFiles files = StoreFiles::in(folder() / "keys");
  const auto key = registry::KeyRing::create(files).data_key();
  (void)registry::KeyRing::open(files).rotate_recovery_key();
  for (const fs::path& each : {files.key, files.ring}) {
    const std::string whole = bytes_of(each);
    for (std::size_t at = 0; at < whole.size(); ++at) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
      write_bytes(each, damaged);
      try {
        EXPECT_EQ(registry::KeyRing::open(files).data_key(), key) << each << " byte " << at;
      } catch (const Error&) {
      }
    }
    write_bytes(each, whole);
  }
}

}  // namespace
}  // namespace faults
