// SPDX-License-Identifier: Apache-2.0
// Memory or disk run out at every point of the operations people use: all of it or nothing happens,
// nothing wrong is shown, and the store goes on working.
#include <gtest/gtest.h>

#include "faults/core_operations.hpp"
#include "faults/failing_memory.hpp"
#include "faults/ledger.hpp"
#include "faults/memory_disk.hpp"
#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace faults {
namespace {

using registry::Registry;

class Exhausted : public support::RegistryTest {
 protected:
  static void SetUpTestSuite() {
    static const bool ready = [] {
      use_failing_memory();
      return true;
    }();
    (void)ready;
  }

  Exhausted() {
    MemoryDisk::get().load({});
    Registry registry = create();
    prepare(registry);
  }
  ~Exhausted() override { MemoryDisk::get().load({}); }
  Exhausted(const Exhausted&) = delete;
  Exhausted& operator=(const Exhausted&) = delete;

  /// All operations, one after the other, and the store is whole in the end.
  void exhaust_all(const Exhaustion& exhaustion) const {
    int failures = 0;
    {
      Registry registry = open(5'000);
      for (const Operation& operation : core_operations()) {
        const int here = exhaust(registry, operation, exhaustion);
        EXPECT_GT(here, 0) << operation.name;
        failures += here;
      }
    }
    std::cout << failures << " failures\n";
    Registry registry = open(6'000);
    EXPECT_EQ(first_broken(session(registry).audit_log()), std::nullopt);
    EXPECT_EQ(list_of(registry), list_of(registry));
  }

  static std::size_t list_of(Registry& registry) { return session(registry).registrants().size(); }
};

TEST_F(Exhausted, MemoryThatRunsOutOnceAtAnyPointLeavesAllOrNothing) {
  exhaust_all({.fail = [](int n) { refuse_memory(n, false); },
               .end =
                   [] {
                     const bool came = memory_was_refused();
                     refuse_memory(-1, false);
                     return came;
                   },
               .stride = 1});
}

TEST_F(Exhausted, MemoryThatStaysOutFromAnyPointLeavesAllOrNothing) {
  exhaust_all({.fail = [](int n) { refuse_memory(n, true); },
               .end =
                   [] {
                     const bool came = memory_was_refused();
                     refuse_memory(-1, false);
                     return came;
                   },
               .stride = 1});
}

TEST_F(Exhausted, DiskThatIsFullFromAnyWriteLeavesAllOrNothing) {
  exhaust_all({.fail = [](int n) { MemoryDisk::get().fail({.write = n, .sync = -1}); },
               .end =
                   [] {
                     const bool came = MemoryDisk::get().has_failed();
                     MemoryDisk::get().fail({});
                     return came;
                   },
               .stride = 1});
}

}  // namespace
}  // namespace faults
