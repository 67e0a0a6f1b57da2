// SPDX-License-Identifier: Apache-2.0
#include "registry/key_ring.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "registry/error.hpp"
#include "support/file_bytes.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

namespace fs = std::filesystem;
using support::bytes_of;
using support::residents;
using support::write_bytes;
using testing::ElementsAre;
using testing::HasSubstr;

class KeyRings : public support::RegistryTest {
 protected:
  KeyRings() : files_(StoreFiles::in(folder())) {}

  void make() const {
    Registry registry = create_with_keys(files_, support::test_surroundings());
    registry.appoint_first_admin("tester");
    (void)session(registry).import_residents(residents({"1", "2", "3"}));
  }

  /// A folder of the first version: the data key in the key file, no ring.
  void make_old() const {
    std::string hex;
    for (const unsigned char byte : support::test_key()) {
      constexpr std::string_view kHex = "0123456789abcdef";
      hex += {kHex[byte >> 4U], kHex[byte & 15U]};
    }
    write_bytes(files_.key, hex + "\n");
    fs::permissions(files_.key, fs::perms::owner_read | fs::perms::owner_write);
    Registry registry =
        Registry::create(files_.store, support::test_key(), support::test_surroundings());
    registry.appoint_first_admin("tester");
    (void)session(registry).import_residents(residents({"1", "2", "3"}));
  }

  /// The three people are there and the chain holds.
  void expect_sound() const {
    Registry registry = open_with_keys(files_, support::test_surroundings(next_series_++));
    EXPECT_EQ(session(registry).import_residents(residents({"1", "2", "3"})).unchanged, 3U);
    EXPECT_EQ(first_broken(session(registry).audit_log()), std::nullopt);
  }

  std::string open_error() const {
    try {
      (void)open_with_keys(files_, support::test_surroundings());
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }

  /// Runs `change` in a child that is killed before the given step; whether it came that far.
  template <class Change>
  static bool killed_before_step(int step, Change change) {
    const pid_t child = ::fork();
    if (child == 0) {
      int count = 0;
      try {
        change([&](std::string_view) {
          if (count++ == step) {
            ::kill(::getpid(), SIGKILL);
          }
        });
      } catch (...) {
        ::_exit(2);
      }
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
  }

  StoreFiles files_;
  mutable std::uint64_t next_series_ = 100;
};

TEST_F(KeyRings, NewStoreHasARingAndAPrivateMachineKey) {
  make();
  expect_sound();
  EXPECT_EQ(fs::status(files_.key).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(KeyRing::open(files_).plain());
}

TEST_F(KeyRings, NeitherFileHoldsTheDataKey) {
  make();
  const StoreKey data = KeyRing::open(files_).data_key();
  std::string hex;
  for (const unsigned char byte : data) {
    constexpr std::string_view kHex = "0123456789abcdef";
    hex += {kHex[byte >> 4U], kHex[byte & 15U]};
  }
  EXPECT_EQ(bytes_of(files_.key).find(hex), std::string::npos);
  EXPECT_EQ(bytes_of(files_.ring).find(hex), std::string::npos);
}

TEST_F(KeyRings, FolderOfTheFirstVersionOpensAndIsUpgradedByTheFirstChange) {
  make_old();
  EXPECT_TRUE(KeyRing::open(files_).plain());
  expect_sound();
  KeyRing::open(files_).rotate_machine_key();
  EXPECT_FALSE(KeyRing::open(files_).plain());
  EXPECT_EQ(KeyRing::open(files_).data_key(), support::test_key());
  expect_sound();
}

TEST_F(KeyRings, RotatedMachineKeyLeavesTheOldFileUseless) {
  make();
  const std::string old = bytes_of(files_.key);
  KeyRing::open(files_).rotate_machine_key();
  expect_sound();
  write_bytes(files_.key, old);
  EXPECT_THAT(open_error(), HasSubstr("組合せが違います"));
}

TEST_F(KeyRings, RecoveryKeyReplacesALostMachineKey) {
  make();
  const PaperKey paper = KeyRing::open(files_).rotate_recovery_key();
  fs::remove(files_.key);
  EXPECT_THAT(open_error(), HasSubstr("鍵ファイルがありません"));
  const auto typed = parse_paper_key(to_text(paper), PaperKeyUse::Recovery);
  KeyRing::recover(files_, typed);
  expect_sound();
}

TEST_F(KeyRings, RecoveryKeySurvivesEveryRotationButItsOwn) {
  make();
  const PaperKey first = KeyRing::open(files_).rotate_recovery_key();
  KeyRing::open(files_).rotate_machine_key();
  KeyRing::open(files_).rotate_data_key();
  KeyRing::recover(files_, first);
  expect_sound();
  const PaperKey second = KeyRing::open(files_).rotate_recovery_key();
  EXPECT_THROW(KeyRing::recover(files_, first), InputError);
  expect_sound();
  KeyRing::recover(files_, second);
  expect_sound();
}

TEST_F(KeyRings, RecoveryWithoutARecoveryKeySaysThatThereIsNone) {
  make();
  try {
    KeyRing::recover(files_, make_paper_key(PaperKeyUse::Recovery));
    FAIL() << "recovered with a foreign key";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("作られていません"));
  }
}

TEST_F(KeyRings, RotatedDataKeyRewritesTheStore) {
  make();
  const StoreKey old = KeyRing::open(files_).data_key();
  KeyRing::open(files_).rotate_data_key();
  expect_sound();
  EXPECT_NE(KeyRing::open(files_).data_key(), old);
  EXPECT_THROW(Registry::open(files_.store, old, support::test_surroundings()), Error);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder())) {
    names.push_back(entry.path().filename());
  }
  std::ranges::sort(names);
  EXPECT_THAT(names, ElementsAre("registry.db", "registry.key", "registry.ring"));
}

TEST_F(KeyRings, DataKeyIsNotRotatedWhileTheStoreIsOpenElsewhere) {
  make();
  Registry other = open_with_keys(files_, support::test_surroundings());
  EXPECT_EQ(session(other).import_residents(residents({"4"})).added, 1U);
  EXPECT_THROW(KeyRing::open(files_).rotate_data_key(), Error);
  EXPECT_EQ(session(other).import_residents(residents({"5"})).added, 1U);
  { Registry closing = std::move(other); }
  expect_sound();
  KeyRing::open(files_).rotate_data_key();
  expect_sound();
}

TEST_F(KeyRings, RenewedStoreKeepsItsKeyAndItsContent) {
  make();
  const StoreKey key = KeyRing::open(files_).data_key();
  KeyRing::open(files_).renew_store();
  EXPECT_EQ(KeyRing::open(files_).data_key(), key);
  expect_sound();
}

TEST_F(KeyRings, ChangeKilledAtAnyStepLeavesAStoreThatOpensAndCanBeChangedAgain) {
  using Steps = const KeyRing::Steps&;
  const std::vector<std::function<void(const StoreFiles&, Steps)>> changes = {
      [](const StoreFiles& files, Steps steps) { KeyRing::open(files).rotate_machine_key(steps); },
      [](const StoreFiles& files, Steps steps) {
        (void)KeyRing::open(files).rotate_recovery_key(steps);
      },
      [](const StoreFiles& files, Steps steps) { KeyRing::open(files).rotate_data_key(steps); }};
  for (const bool old : {true, false}) {
    for (const auto& change : changes) {
      for (int step = 0;; ++step) {
        for (const auto& entry : fs::directory_iterator(folder())) {
          fs::remove_all(entry.path());
        }
        old ? make_old() : make();
        if (!killed_before_step(step, [&](Steps steps) { change(files_, steps); })) {
          ASSERT_GE(step, 2) << "the change has no steps";
          break;
        }
        expect_sound();
        for (const auto& again : changes) {
          again(files_, {});
          expect_sound();
        }
      }
    }
  }
}

TEST_F(KeyRings, RecoveryKilledAtAnyStepIsSimplyRepeated) {
  make();
  const PaperKey paper = KeyRing::open(files_).rotate_recovery_key();
  for (const bool lost : {true, false}) {
    for (int step = 0; step < 4; ++step) {
      if (lost) {
        fs::remove(files_.key);
      }
      ASSERT_TRUE(killed_before_step(
          step, [&](const KeyRing::Steps& steps) { KeyRing::recover(files_, paper, steps); }));
      if (!lost) {
        expect_sound();
      }
      KeyRing::recover(files_, paper);
      expect_sound();
    }
  }
}

TEST_F(KeyRings, FilesAreRefusedByName) {
  make();
  const std::string key = bytes_of(files_.key);
  const std::string ring = bytes_of(files_.ring);
  write_bytes(files_.key, "tomoni machine key 1\nabc\n");
  EXPECT_THAT(open_error(), HasSubstr("鍵ファイルの中身が壊れています"));
  write_bytes(files_.key, "");
  EXPECT_THAT(open_error(), HasSubstr("鍵ファイルの中身が壊れています"));
  write_bytes(files_.key, key);
  write_bytes(files_.ring, "{}");
  EXPECT_THAT(open_error(), HasSubstr("鍵束のファイルが壊れています"));
  write_bytes(files_.ring, ring.substr(0, ring.size() / 2));
  EXPECT_THAT(open_error(), HasSubstr("鍵束のファイルが壊れています"));
  fs::remove(files_.ring);
  EXPECT_THAT(open_error(), HasSubstr("registry.ring"));
  write_bytes(files_.ring, ring);
  expect_sound();
  fs::permissions(files_.key, fs::perms::group_read, fs::perm_options::add);
  EXPECT_THAT(open_error(), HasSubstr("chmod 600"));
}

TEST_F(KeyRings, RecoveryKeyPutInByAStrangerIsNoticed) {
  make();
  (void)KeyRing::open(files_).rotate_recovery_key();
  std::string ring = bytes_of(files_.ring);
  const std::string mark = "\"recovery_key\": \"";
  const std::size_t at = ring.find(mark) + mark.size();
  ring[at] = ring[at] == '0' ? '1' : '0';
  write_bytes(files_.ring, ring);
  EXPECT_THAT(open_error(), HasSubstr("書き換えられています"));
}

TEST_F(KeyRings, KeysAreNeverOverwritten) {
  make();
  EXPECT_THROW(KeyRing::create(files_), Error);
  expect_sound();
}

}  // namespace
}  // namespace registry
