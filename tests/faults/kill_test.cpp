// SPDX-License-Identifier: Apache-2.0
// A program that is killed while it writes: nothing acknowledged is lost, nothing is there twice or
// by half.
#include <gtest/gtest.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <future>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "faults/ledger.hpp"
#include "registry/group_commit.hpp"
#include "support/registry_fixture.hpp"

namespace faults {
namespace {

namespace fs = std::filesystem;
using registry::GroupCommit;
using registry::Registry;
using registry::Session;

/// SIGKILL to this program, after a while of its own.
void kill_me_after(long microseconds) {
  ::signal(SIGALRM, [](int) { ::kill(::getpid(), SIGKILL); });
  itimerval timer{};
  timer.it_value = {microseconds / 1'000'000, microseconds % 1'000'000};
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

void acknowledge(int pipe, std::int64_t number) {
  (void)!::write(pipe, &number, sizeof(number));
}

/// One write after another.
[[noreturn]] void write_singly(Registry& registry, std::int64_t next, int pipe) {
  Session session = registry.session({.name = "tester", .purpose = "試験"});
  for (;; ++next) {
    write_numbered(session, next);
    acknowledge(pipe, next);
  }
}

/// Eight threads; the numbers are handed in in their order.
[[noreturn]] void write_in_groups(Registry& registry, std::int64_t next, int pipe) {
  GroupCommit group(registry, 5);
  std::mutex order;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (;;) {
        std::promise<void> done;
        {
          const std::scoped_lock lock(order);
          group.submit(
              {.name = "tester", .purpose = "試験"},
              [number = next](Session& session) { write_numbered_part(session, number); },
              [&done, pipe, number = next](const registry::JobResult& result) {
                if (result.kept()) {
                  acknowledge(pipe, number);
                }
                done.set_value();
              });
          ++next;
        }
        done.get_future().wait();
      }
    });
  }
  threads.front().join();
  ::_exit(3);
}

class Kill : public support::RegistryTest {
 protected:
  /// Starts a writer, lets it be killed, and gives the last number it acknowledged.
  std::int64_t write_until_killed(std::int64_t next, bool groups, long microseconds) const {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      try {
        // Every fourth is killed on its way in, too: that is where a log is read back.
        if (microseconds % 4 == 0) {
          kill_me_after(microseconds);
        }
        Registry registry = open(static_cast<std::uint64_t>(next) + 1'000'000);
        if (microseconds % 4 != 0) {
          kill_me_after(microseconds);
        }
        groups ? write_in_groups(registry, next, ends[1]) : write_singly(registry, next, ends[1]);
      } catch (...) {
        ::_exit(2);
      }
    }
    ::close(ends[1]);
    std::int64_t last = next - 1;
    for (std::int64_t number = 0; ::read(ends[0], &number, sizeof(number)) == sizeof(number);) {
      EXPECT_EQ(number, last + 1);
      last = number;
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
    return last;
  }
};

TEST_F(Kill, LosesNothingAcknowledgedAndDoublesNothing) {
  constexpr int kPerStore = 100;  // a store that grows makes the later looks slow
  const unsigned seed = 21;
  std::mt19937 random(seed);
  const int kills = rounds(200, 10'000);
  std::int64_t last = 0;
  std::int64_t acknowledged_in_all = 0;
  int unacknowledged = 0;
  for (int round = 0; round < kills; ++round) {
    if (round % kPerStore == 0) {
      for (const auto& entry : fs::directory_iterator(folder())) {
        fs::remove(entry.path());
      }
      { Registry registry = create(); }
      last = 0;
    }
    const bool groups = round % 2 == 1;
    const long delay = 1000 + static_cast<long>(random() % 40'000);
    const std::int64_t acknowledged = write_until_killed(last + 1, groups, delay);
    const Found found = inspect(file());
    ASSERT_EQ(found.fault, "") << "round " << round << ", seed " << seed;
    ASSERT_GE(found.last, acknowledged) << "round " << round << ", seed " << seed;
    // Committed but not yet answered: the group that was on its way.
    ASSERT_LE(found.last, acknowledged + (groups ? 5 : 1));
    unacknowledged += found.last > acknowledged ? 1 : 0;
    acknowledged_in_all += acknowledged - last;
    last = found.last;
  }
  std::cout << kills << " kills, seed " << seed << ", " << acknowledged_in_all
            << " acknowledged writes: 0 lost, 0 doubled; " << unacknowledged
            << " times a write was there that had not been answered yet\n";
  EXPECT_GT(acknowledged_in_all, kills / 2) << "the writers were killed before they wrote";
}

}  // namespace
}  // namespace faults
