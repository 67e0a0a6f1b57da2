// SPDX-License-Identifier: Apache-2.0
#include "registry/backup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "registry/error.hpp"
#include "sealed_stream.hpp"
#include "support/file_bytes.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;
using support::bytes_of;
using support::residents;
using support::write_bytes;
using testing::HasSubstr;
using testing::IsEmpty;

class Backups : public support::RegistryTest {
 protected:
  Backups() : key_(make_paper_key(PaperKeyUse::Backup)) {
    fs::create_directory(city());
    Registry registry = create_with_keys(StoreFiles::in(city()), support::test_surroundings());
    registry.appoint_first_admin("tester");
    (void)session(registry).import_residents(residents({"1", "2", "3"}));
    write_bytes(city() / "rules" / "eligibility.toml", "id = \"x\"\n");
    write_bytes(city() / "local_plan.toml", "[city]\n");
    write_bytes(city() / "empty", "");
    // Longer than a chunk, and ending exactly with one.
    write_bytes(city() / "roads.graph", std::string(200'000, 'r'));
  }

  [[nodiscard]] fs::path city() const { return folder() / "city"; }
  [[nodiscard]] fs::path file() const { return folder() / "city.backup"; }
  [[nodiscard]] fs::path restored() const { return folder() / "restored"; }

  [[nodiscard]] BackupRequest backup_request() const {
    return {.folder = city(),
            .to = file(),
            .readers = {key_.public_key()},
            .actor = {.name = "tester", .purpose = "控え"},
            .surroundings = support::test_surroundings()};
  }
  [[nodiscard]] BackupReport back_up() const { return write_backup(backup_request()); }

  [[nodiscard]] RestoreRequest request(const PaperKey& key) const {
    return {.from = file(),
            .folder = restored(),
            .key = key,
            .actor = {.name = "tester", .purpose = "復旧"},
            .surroundings = support::test_surroundings()};
  }

  /// The message restoring ends in; nothing may be left behind then.
  [[nodiscard]] std::string restore_error(const PaperKey& key) const {
    std::string message;
    try {
      (void)restore_backup(request(key));
    } catch (const Error& error) {
      message = error.what();
    }
    EXPECT_FALSE(fs::exists(restored()));
    for (const auto& entry : fs::directory_iterator(folder())) {
      EXPECT_EQ(entry.path().string().find("draft"), std::string::npos) << entry.path();
    }
    return message;
  }
  [[nodiscard]] std::string restore_error() const { return restore_error(key_); }

  void expect_restored(std::size_t people) const {
    Registry registry = open_with_keys(StoreFiles::in(restored()), support::test_surroundings());
    std::vector<ResidentRow> rows;
    for (std::size_t i = 1; i <= people; ++i) {
      rows.push_back(support::resident(std::to_string(i)));
    }
    EXPECT_EQ(session(registry).import_residents(support::parsed(std::move(rows))).unchanged,
              people);
    EXPECT_EQ(first_broken(session(registry).audit_log()), std::nullopt);
  }

  PaperKey key_;
};

TEST_F(Backups, RestoredFolderHasThePeopleTheRulesAndNewKeys) {
  const BackupReport report = back_up();
  EXPECT_EQ(report.files, 4U);
  EXPECT_EQ(report.keys, std::vector{key_name(key_.public_key())});
  const BackupReport back = restore_backup(request(key_));
  EXPECT_EQ(back.files, 4U);
  EXPECT_EQ(back.store_bytes, report.store_bytes);
  EXPECT_EQ(back.audit_entries, report.audit_entries + 1);
  expect_restored(3);
  for (const char* name : {"rules/eligibility.toml", "local_plan.toml", "empty", "roads.graph"}) {
    EXPECT_EQ(bytes_of(restored() / name), bytes_of(city() / name)) << name;
  }
  EXPECT_NE(bytes_of(restored() / "registry.key"), bytes_of(city() / "registry.key"));
  EXPECT_EQ(fs::status(restored()).permissions(), fs::perms::owner_all);
}

TEST_F(Backups, AuditLogSaysWhoMadeTheBackupAndWhoRestoredIt) {
  (void)back_up();
  (void)restore_backup(request(key_));
  Registry registry = open_with_keys(StoreFiles::in(restored()), support::test_surroundings());
  const auto log = session(registry).audit_log();
  ASSERT_EQ(log.size(), 4U);
  EXPECT_EQ(log[2].action, "backup");
  EXPECT_EQ(log[2].purpose, "控え");
  EXPECT_EQ(log[3].action, "restore");
  EXPECT_THAT(log[3].detail, HasSubstr(key_name(key_.public_key())));
}

TEST_F(Backups, FileHoldsNothingReadable) {
  (void)back_up();
  const std::string bytes = bytes_of(file());
  for (const char* secret :
       {"eligibility", "rrrrrrrr", "見本", "registry", "manifest", "data_key"}) {
    EXPECT_EQ(bytes.find(secret), std::string::npos) << secret;
  }
  EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Backups, NothingButTheFileIsLeftAfterwards) {
  (void)back_up();
  for (const auto& entry : fs::directory_iterator(city())) {
    EXPECT_EQ(entry.path().string().find("copy"), std::string::npos) << entry.path();
  }
}

TEST_F(Backups, RecoveryKeyOpensABackupToo) {
  const PaperKey paper = KeyRing::open(StoreFiles::in(city())).rotate_recovery_key();
  EXPECT_EQ(back_up().keys.size(), 2U);
  (void)restore_backup(request(paper));
  expect_restored(3);
  fs::remove(restored() / "registry.key");
  KeyRing::recover(StoreFiles::in(restored()), paper);
  expect_restored(3);
}

TEST_F(Backups, WritersAreNotStoppedAndNoneOfTheirWorkIsCutInHalf) {
  // Two people in one transaction: a backup has both or none.
  const auto pairs = [](int from, int count) {
    std::vector<ResidentRow> rows;
    for (int i = from; i < from + count; ++i) {
      rows.push_back(support::resident("w" + std::to_string(i) + "a"));
      rows.push_back(support::resident("w" + std::to_string(i) + "b"));
    }
    return support::parsed(std::move(rows));
  };
  constexpr int kMost = 600;
  Surroundings patient = support::test_surroundings();
  patient.patience = std::chrono::seconds(20);
  std::atomic<int> written{0};
  std::thread writer([&] {
    Registry registry = open_with_keys(StoreFiles::in(city()), patient);
    while (written < kMost) {
      EXPECT_EQ(session(registry).import_residents(pairs(written, 1)).added, 2U);
      ++written;
    }
  });
  for (std::uint64_t round = 0; round < 4; ++round) {
    while (written < static_cast<int>(20 * round + 1)) {
      std::this_thread::yield();
    }
    fs::remove(file());
    fs::remove_all(restored());
    const auto before = static_cast<std::size_t>(written);
    BackupRequest request_now = backup_request();
    request_now.surroundings.patience = patient.patience;
    (void)write_backup(request_now);
    (void)restore_backup(request(key_));
    Registry registry =
        open_with_keys(StoreFiles::in(restored()), support::test_surroundings(700 + round));
    const auto report = session(registry).import_residents(pairs(0, kMost));
    EXPECT_EQ(report.unchanged % 2, 0U) << "half a transaction";
    EXPECT_GE(report.unchanged, 2 * before);
  }
  writer.join();
}

TEST_F(Backups, OtherKeysAreRefusedByName) {
  (void)back_up();
  const std::string other = restore_error(make_paper_key(PaperKeyUse::Backup));
  EXPECT_THAT(other, HasSubstr("この鍵では開けない控え"));
  EXPECT_THAT(other, HasSubstr(key_name(key_.public_key())));
}

TEST_F(Backups, ForeignFilesAreRefusedByName) {
  EXPECT_THAT(restore_error(), HasSubstr("読めません"));
  write_bytes(file(), "");
  EXPECT_THAT(restore_error(), HasSubstr("控えではありません"));
  write_bytes(file(), std::string(100'000, 'x'));
  EXPECT_THAT(restore_error(), HasSubstr("控えではありません"));
  write_bytes(file(), bytes_of(city() / "registry.db"));
  EXPECT_THAT(restore_error(), HasSubstr("控えではありません"));
  (void)back_up();
  std::string newer = bytes_of(file());
  newer[14] = '2';
  write_bytes(file(), newer);
  EXPECT_THAT(restore_error(), HasSubstr("別の版"));
}

TEST_F(Backups, CutAtEveryPlaceIsRefused) {
  (void)back_up();
  const std::string whole = bytes_of(file());
  std::mt19937 random(3);
  std::vector<std::size_t> lengths = {16, 17, 50, 100, 130, whole.size() - 1, whole.size() - 21};
  for (int i = 0; i < 40; ++i) {
    lengths.push_back(16 + random() % (whole.size() - 16));
  }
  for (const std::size_t length : lengths) {
    write_bytes(file(), whole.substr(0, length));
    EXPECT_THAT(restore_error(), HasSubstr("途中で切れています")) << length;
  }
}

TEST_F(Backups, EveryChangedByteIsNoticed) {
  (void)back_up();
  const std::string whole = bytes_of(file());
  std::mt19937 random(4);
  for (std::size_t i = 0; i < 300; ++i) {
    std::string damaged = whole;
    // The header byte by byte, then anywhere.
    const std::size_t at = i < 150 ? i : random() % whole.size();
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (random() % 8)));
    write_bytes(file(), damaged);
    EXPECT_NE(restore_error(), "") << at;
  }
  write_bytes(file(), whole + "x");
  EXPECT_THAT(restore_error(), HasSubstr("余分"));
}

TEST_F(Backups, ChunksOutOfOrderAreNoticed) {
  (void)back_up();
  std::string whole = bytes_of(file());
  const std::size_t header = 16 + 1 + 8 + 80 + 24;
  const std::size_t chunk = 4 + 65536 + 17;
  ASSERT_GT(whole.size(), header + 2 * chunk);
  const std::string first = whole.substr(header, chunk);
  const std::string second = whole.substr(header + chunk, chunk);
  write_bytes(file(), whole.substr(0, header) + second + first + whole.substr(header + 2 * chunk));
  EXPECT_THAT(restore_error(), HasSubstr("壊れています"));
  write_bytes(file(), whole.substr(0, header) + first + whole.substr(header + 2 * chunk));
  EXPECT_THAT(restore_error(), HasSubstr("壊れています"));
}

TEST_F(Backups, UsedFolderIsNotTouched) {
  (void)back_up();
  write_bytes(restored() / "precious", "x");
  EXPECT_THROW((void)restore_backup(request(key_)), InputError);
  EXPECT_EQ(bytes_of(restored() / "precious"), "x");
  fs::remove(restored() / "precious");
  (void)restore_backup(request(key_));
  expect_restored(3);
}

TEST_F(Backups, NeedsAKeyAndAPlaceOutsideTheFolder) {
  BackupRequest bad = backup_request();
  bad.readers.clear();
  EXPECT_THROW((void)write_backup(bad), InputError);
  bad.readers = {key_.public_key()};
  bad.to = city() / "x.backup";
  EXPECT_THROW((void)write_backup(bad), InputError);
  bad.to = folder() / "none" / "x.backup";
  EXPECT_THROW((void)write_backup(bad), Error);
  EXPECT_FALSE(fs::exists(file()));
}

/// A stream as somebody with the public key could make it.
void forge(const fs::path& file, const PaperKey& key, const std::string& name) {
  SealedWriter out(file, {key.public_key()});
  const std::string manifest =
      R"({"made_at":1,"recovery_key":"","data_key":")" + std::string(64, '0') + "\"}";
  for (const auto& [entry, text] :
       {std::pair<std::string, std::string>{"manifest", manifest}, {name, "evil"}}) {
    out.write_number(entry.size());
    out.write(entry);
    out.write_number(text.size());
    out.write(text);
  }
  out.write_number(0);
  out.write_number(0);
  out.finish();
}

TEST_F(Backups, NamesThatLeaveTheFolderAreRefused) {
  for (const char* name : {"../evil", "/evil", "a/../../evil", "./evil", "registry.key",
                           "registry.ring", "registry.db-wal", "a//", "..", "evil"}) {
    forge(file(), key_, name);
    EXPECT_THAT(restore_error(), HasSubstr("決まりに合いません")) << name;
    EXPECT_FALSE(fs::exists(folder() / "evil"));
    EXPECT_FALSE(fs::exists("/evil"));
  }
}

TEST_F(Backups, ForgedStoreIsRefused) {
  forge(file(), key_, "registry.db");
  EXPECT_NE(restore_error(), "");
}

TEST_F(Backups, CheckFindsNothingInASoundStoreAndNamesWhatIsWrong) {
  const StoreFiles files = StoreFiles::in(city());
  const StoreCheck sound = check_store(files, support::test_surroundings());
  EXPECT_THAT(sound.faults, IsEmpty());
  EXPECT_EQ(sound.audit_entries, 2);
  EXPECT_FALSE(sound.recovery_key);

  const std::string store = bytes_of(files.store);
  std::string damaged = store;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  write_bytes(files.store, damaged);
  EXPECT_FALSE(check_store(files, support::test_surroundings()).faults.empty());
  write_bytes(files.store, store);

  fs::permissions(files.key, fs::perms::others_read, fs::perm_options::add);
  const StoreCheck open = check_store(files, support::test_surroundings());
  ASSERT_EQ(open.faults.size(), 1U);
  EXPECT_THAT(open.faults[0], HasSubstr("chmod 600"));
}

}  // namespace
}  // namespace registry
