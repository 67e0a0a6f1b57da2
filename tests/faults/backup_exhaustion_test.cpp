// SPDX-License-Identifier: Apache-2.0
// Memory or disk run out, or a kill comes, while a store is opened or backed up: nothing half-made
// stays, and the store is as it was. Real files; each attempt is a process of its own.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "faults/failing_memory.hpp"
#include "faults/ledger.hpp"
#include "registry/backup.hpp"
#include "registry/error.hpp"
#include "support/child_process.hpp"
#include "support/registry_fixture.hpp"
#include "temporary_copy.hpp"

namespace faults {
namespace {

namespace fs = std::filesystem;
using registry::Error;
using registry::Registry;
using registry::StoreFiles;

/// How an attempt in a child ended.
enum class End { Done, Refused, Crashed, Wrong };

struct Attempt {
  End end;
  bool met;  ///< the failure came
};

template <class Work>
Attempt in_child(Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int code = 0;
    try {
      work();
    } catch (const Error&) {
      code = 1;
    } catch (...) {
      code = 2;
    }
    ::_exit(code + (memory_was_refused() ? 8 : 0));
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) {
    return {End::Crashed, true};
  }
  const int code = WEXITSTATUS(status) & 7;
  return {code == 0   ? End::Done
          : code == 1 ? End::Refused
                      : End::Wrong,
          (WEXITSTATUS(status) & 8) != 0};
}

class OutOfRoom : public support::RegistryTest {
 protected:
  static void SetUpTestSuite() {
    static const bool ready = [] {
      use_failing_memory();
      return true;
    }();
    (void)ready;
  }

  OutOfRoom() : key_(registry::make_paper_key(registry::PaperKeyUse::Backup)) {
    fs::create_directory(city());
    Registry registry = create_with_keys(StoreFiles::in(city()), support::test_surroundings());
    registry.appoint_first_admin("tester");
    std::vector<registry::ResidentRow> rows;
    for (int i = 0; i < 200; ++i) {
      rows.push_back(support::resident(std::to_string(i)));
    }
    (void)session(registry).import_residents(support::parsed(std::move(rows)));
  }

  [[nodiscard]] fs::path city() const { return folder() / "city"; }
  [[nodiscard]] fs::path target() const { return folder() / "city.backup"; }

  void back_up() const {
    (void)registry::write_backup({.folder = city(),
                                  .to = target(),
                                  .readers = {key_.public_key()},
                                  .actor = {.name = "tester", .purpose = "控え"},
                                  .surroundings = support::test_surroundings(77)});
  }

  [[nodiscard]] std::vector<fs::path> half_made() const {
    std::vector<fs::path> found;
    for (const fs::path& place : {folder(), city()}) {
      for (const auto& entry : fs::directory_iterator(place)) {
        const std::string name = entry.path().filename();
        if (name.find(".copy-") != std::string::npos || name.starts_with("city.backup.")) {
          found.push_back(entry.path());
        }
      }
    }
    return found;
  }

  [[nodiscard]] std::size_t copies() const {
    return static_cast<std::size_t>(std::ranges::count_if(half_made(), [](const fs::path& file) {
      return file.filename().string().find(".copy-") != std::string::npos;
    }));
  }

  /// The store is whole and nothing half-made lies about.
  void expect_clean(const Attempt& attempt) const {
    EXPECT_NE(attempt.end, End::Wrong);
    EXPECT_EQ(fs::exists(target()), attempt.end == End::Done);
    for (const fs::path& file : half_made()) {
      EXPECT_EQ(attempt.end, End::Crashed) << file.filename();
      fs::remove(file);  // what a crash has left is not the fault of the next attempt
    }
    Registry registry = open_with_keys(StoreFiles::in(city()), support::test_surroundings(78));
    EXPECT_EQ(first_broken(session(registry).audit_log()), std::nullopt);
  }

  registry::PaperKey key_;
  registry::Surroundings patient_ = [] {
    auto surroundings = support::test_surroundings(77);
    surroundings.patience = std::chrono::seconds(20);
    return surroundings;
  }();
};

TEST_F(OutOfRoom, BackupWithoutMemoryLeavesNothingHalfMade) {
  int refused = 0;
  int crashed = 0;
  for (int n = 0;; n += rounds(61, 1)) {
    fs::remove(target());
    const Attempt attempt = in_child([&] {
      refuse_memory(n, n % 2 == 0);
      back_up();
    });
    expect_clean(attempt);
    refused += attempt.end == End::Refused ? 1 : 0;
    crashed += attempt.end == End::Crashed ? 1 : 0;
    if (!attempt.met || HasFailure()) {
      break;
    }
  }
  // The encryption layer of the database does not check one of its first requests while opening.
  std::cout << refused << " refused, " << crashed << " crashed while opening\n";
  EXPECT_GT(refused, 5);
  EXPECT_LT(crashed, refused);
}

TEST_F(OutOfRoom, BackupOntoAFullDiskLeavesNothingHalfMade) {
  const auto size = fs::file_size(city() / "registry.db");
  int refused = 0;
  for (std::uintmax_t room = 0; room < 2 * size; room += long_form() ? 4096U : 40'000U) {
    fs::remove(target());
    const Attempt attempt = in_child([&] {
      ::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit is then refused, not deadly
      const rlimit limit{room, room};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      back_up();
    });
    expect_clean(attempt);
    refused += attempt.end == End::Refused ? 1 : 0;
    if (attempt.end == End::Done || HasFailure()) {
      break;
    }
  }
  EXPECT_GT(refused, 2);
}

TEST_F(OutOfRoom, CopyOfAKilledBackupIsNamedByTheCheckAndRemovedByTheNextBackup) {
  const auto store_bytes = fs::file_size(city() / "registry.db");
  std::ofstream(city() / "roads.graph", std::ios::binary)
      << std::string(2 * store_bytes, 'r');  // the backup grows larger than any copy
  const Attempt attempt = in_child([&] {
    ::signal(SIGXFSZ, SIG_DFL);  // deadly
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    const rlimit limit{2 * store_bytes, 2 * store_bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    back_up();
  });
  ASSERT_EQ(attempt.end, End::Crashed);
  const auto faults = [&] {
    return registry::check_store(StoreFiles::in(city()), support::test_surroundings(78)).faults;
  };
  ASSERT_EQ(copies(), 1U);
  ASSERT_EQ(faults().size(), 1U);
  EXPECT_NE(faults()[0].find(".copy-"), std::string::npos);
  {
    registry::CopyLock running(city() / "registry.db");  // as a backup that still runs holds it
    running.share();
    EXPECT_TRUE(faults().empty());
    fs::remove(target());
    back_up();
    EXPECT_EQ(copies(), 1U);  // it could be the other one's
  }
  fs::remove(target());
  back_up();
  EXPECT_EQ(copies(), 0U);
  EXPECT_TRUE(faults().empty());
}

TEST_F(OutOfRoom, BackupsAtTheSameTimeLeaveEachOtherAlone) {
  const int each = rounds(10, 200);
  const auto work = [&](const char* name) {
    for (int i = 0; i < each; ++i) {
      const fs::path file = folder() / name;
      fs::remove(file);
      (void)registry::write_backup({.folder = city(),
                                    .to = file,
                                    .readers = {key_.public_key()},
                                    .actor = {.name = "tester", .purpose = "控え"},
                                    .surroundings = patient_});
    }
    return 0;
  };
  const pid_t other = support::start_child([&] { return work("other.backup"); });
  EXPECT_EQ(work("city.backup"), 0);
  EXPECT_EQ(support::end_of(other), 0);
  EXPECT_EQ(copies(), 0U);
}

TEST_F(OutOfRoom, OpeningWithoutMemoryIsHarmless) {
  int refused = 0;
  for (int n = 0;; n += rounds(23, 1)) {
    const Attempt attempt = in_child([&] {
      refuse_memory(n, n % 2 == 0);
      Registry registry = open_with_keys(StoreFiles::in(city()), support::test_surroundings(79));
      (void)session(registry).registrants();
    });
    EXPECT_NE(attempt.end, End::Wrong) << n;
    refused += attempt.end == End::Refused ? 1 : 0;
    Registry registry = open_with_keys(StoreFiles::in(city()), support::test_surroundings(80));
    ASSERT_EQ(first_broken(session(registry).audit_log()), std::nullopt);
    if (!attempt.met) {
      break;
    }
  }
  EXPECT_GT(refused, 5);
}

}  // namespace
}  // namespace faults
