// SPDX-License-Identifier: Apache-2.0
// What a power cut may leave of the store: with our settings everything acknowledged and nothing
// torn; with weaker ones, as a control of the test itself, losses and damage.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "database.hpp"
#include "faults/ledger.hpp"
#include "faults/memory_disk.hpp"
#include "faults/power_cuts.hpp"
#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace faults {
namespace {

using registry::Registry;
using registry::Session;
using registry::SessionInside;

/// What many cuts left.
struct Tally {
  int cuts = 0;
  int sound = 0;
  int lost = 0;     ///< acknowledged writes missing, nothing else wrong
  int corrupt = 0;  ///< unreadable, or not what was written
  std::string first_fault;
};

class PowerCut : public support::RegistryTest {
 protected:
  PowerCut() : disk_(MemoryDisk::get()) { disk_.load({}); }
  ~PowerCut() override { disk_.load({}); }
  PowerCut(const PowerCut&) = delete;
  PowerCut& operator=(const PowerCut&) = delete;

  /// Opens the store and goes on writing after number `from`; marks each write acknowledged.
  std::int64_t write(std::int64_t from, int count, const char* settings) const {
    Registry registry = open(static_cast<std::uint64_t>(from) + 1);
    Session session = this->session(registry);
    SessionInside::store(session).run_script(settings);
    for (int i = 0; i < count; ++i) {
      write_numbered(session, ++from);
      disk_.mark(from);
    }
    return from;
  }

  /// Writes, closes and opens again several times, once so much that the writer moves its log into
  /// the file meanwhile, and logs what the disk was asked to do.
  void record(const char* settings) {
    disk_.load({});
    std::filesystem::remove(file());
    { Registry registry = create(); }
    disk_.record();
    std::int64_t last = 0;
    for (const int count : {7, 40, 1, 25, 400, 12}) {
      last = write(last, count, settings);
    }
  }

  /// Looks at one disk after a cut.
  void look(const DiskImage& image, std::int64_t acknowledged, Tally& tally) const {
    disk_.load(image);
    const Found found = inspect(file());
    ++tally.cuts;
    if (!found.fault.empty()) {
      ++tally.corrupt;
      tally.first_fault = tally.first_fault.empty() ? found.fault : tally.first_fault;
    } else if (found.last < acknowledged) {
      ++tally.lost;
    } else {
      ++tally.sound;
    }
  }

  /// Cuts the power at random places of one record, in their order.
  Tally cut(const char* settings, int cuts, std::size_t sector_bytes, unsigned seed) {
    record(settings);
    const MemoryDisk recorded = disk_;
    std::mt19937 random(seed);
    std::vector<std::size_t> places;
    for (int i = 0; i < cuts; ++i) {
      places.push_back(random() % (recorded.log().size() + 1));
    }
    std::ranges::sort(places);
    PowerCuts model(recorded, sector_bytes, random);
    Tally tally;
    for (const std::size_t place : places) {
      model.advance(place);
      look(model.cut(), model.last_mark(), tally);
    }
    return tally;
  }

  MemoryDisk& disk_;
};

constexpr const char* kOurs = "PRAGMA synchronous = FULL";
constexpr const char* kNormal = "PRAGMA synchronous = NORMAL";
constexpr const char* kOff = "PRAGMA synchronous = OFF";

TEST_F(PowerCut, LosesNothingAcknowledgedAndTearsNothing) {
  for (const std::size_t sector : {512U, 4096U}) {
    const unsigned seed = 7;
    const Tally tally = cut(kOurs, rounds(300, 50'000), sector, seed);
    std::cout << tally.cuts << " cuts, sectors of " << sector << " bytes, seed " << seed << ": "
              << tally.lost << " lost, " << tally.corrupt << " corrupt\n";
    EXPECT_EQ(tally.lost, 0);
    EXPECT_EQ(tally.corrupt, 0) << tally.first_fault;
  }
}

TEST_F(PowerCut, ControlWithSyncNormalLosesTheLastAcknowledgedWrites) {
  const Tally tally = cut(kNormal, rounds(100, 1000), 4096, 8);
  std::cout << tally.cuts << " cuts: " << tally.lost << " lost, " << tally.corrupt << " corrupt\n";
  EXPECT_GT(tally.lost, tally.cuts / 10);
  EXPECT_EQ(tally.corrupt, 0) << "NORMAL loses, but must not tear: " << tally.first_fault;
}

TEST_F(PowerCut, ControlWithSyncOffTearsTheFile) {
  const Tally tally = cut(kOff, rounds(100, 1000), 4096, 9);
  std::cout << tally.cuts << " cuts: " << tally.lost << " lost, " << tally.corrupt << " corrupt\n";
  EXPECT_GT(tally.corrupt, tally.cuts / 10);
}

class FailedSync : public PowerCut {
 protected:
  FailedSync() {
    { Registry registry = create(); }
    write(0, 30, kOurs);
    begin_ = disk_.image();
  }

  /// How the program ends after the failure.
  enum class End { Closes, IsKilled };

  /// Writes until a sync fails, and ends.
  void write_until_failure(std::int64_t sync, End end) const {
    std::int64_t acknowledged = 30;
    disk_.load(begin_);
    disk_.record();
    DiskImage at_failure;
    std::size_t log_size = 0;
    {
      Registry registry = open(1000);
      Session session = this->session(registry);
      disk_.fail({.write = -1, .sync = sync});
      try {
        for (int i = 0; i < 20; ++i) {
          write_numbered(session, acknowledged + 1);
          disk_.mark(++acknowledged);
        }
      } catch (const registry::Error&) {
      }
      at_failure = disk_.image();
      log_size = disk_.log().size();
    }
    EXPECT_TRUE(disk_.has_failed());
    if (end == End::IsKilled) {
      disk_.go_back_to(at_failure, log_size);
    }
    disk_.fail({});
  }

  DiskImage begin_;
};

TEST_F(FailedSync, AndACutWhileTheStoreIsClosedLoseNothingAcknowledged) {
  std::mt19937 random(10);
  Tally tally;
  const int wanted = rounds(300, 10'000);
  for (int round = 0; round < wanted; ++round) {
    write_until_failure(random() % 8, End::Closes);
    const MemoryDisk recorded = disk_;
    const auto failure =
        std::ranges::find(recorded.log(), DiskStep::Kind::LostSync, &DiskStep::kind);
    const auto from = static_cast<std::size_t>(failure - recorded.log().begin());
    EXPECT_FALSE(std::any_of(failure, recorded.log().end(), [](const DiskStep& step) {
      return step.kind == DiskStep::Kind::Mark;
    })) << "acknowledged after a failed sync";
    PowerCuts model(recorded, 512, random);
    model.advance(from + random() % (recorded.log().size() - from + 1));
    look(model.cut(), model.last_mark(), tally);
  }
  EXPECT_EQ(tally.lost, 0);
  EXPECT_EQ(tally.corrupt, 0) << tally.first_fault;
}

TEST_F(FailedSync, AndWorkGoingOnAfterReopeningLoseNothingAcknowledged) {
  std::mt19937 random(11);
  Tally tally;
  const int wanted = rounds(300, 10'000);
  for (int round = 0; round < wanted; ++round) {
    write_until_failure(random() % 8, round % 2 == 0 ? End::Closes : End::IsKilled);
    const auto from = disk_.log().size();
    {
      Registry registry = open(2000);
      Session session = this->session(registry);
      // What the failed commit wrote may have become true by reopening.
      const auto log = session.audit_log();
      std::int64_t acknowledged = std::stoll(log.back().detail.substr(6));
      for (int i = 0; i < 5; ++i) {
        write_numbered(session, ++acknowledged);
        disk_.mark(acknowledged);
      }
    }
    const MemoryDisk recorded = disk_;
    PowerCuts model(recorded, 512, random);
    model.advance(from + random() % (recorded.log().size() - from + 1));
    look(model.cut(), model.last_mark(), tally);
  }
  EXPECT_EQ(tally.lost, 0);
  EXPECT_EQ(tally.corrupt, 0) << tally.first_fault;
}

}  // namespace
}  // namespace faults
