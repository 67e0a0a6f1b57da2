// SPDX-License-Identifier: Apache-2.0
#include "registry/group_commit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <set>
#include <thread>

#include "database.hpp"
#include "registry/error.hpp"
#include "support/registry_fixture.hpp"

namespace registry {
namespace {

using support::residents;
using testing::ElementsAre;
using testing::HasSubstr;

const Actor kActor{.name = "tester", .purpose = "試験"};

GroupCommit::Job note(const std::string& text) {
  return [text](Session& session) { session.record_output(text, {}); };
}

class GroupCommits : public support::RegistryTest {
 protected:
  /// Details of the audit rows, in their order; the chain must hold.
  std::vector<std::string> details() const {
    Registry registry = open();
    const auto entries = session(registry).audit_log();
    EXPECT_EQ(first_broken(entries), std::nullopt);
    std::vector<std::string> texts;
    for (const AuditEntry& entry : entries) {
      if (entry.action == "appoint_admin") {
        continue;
      }
      texts.push_back(entry.detail);
    }
    return texts;
  }
};

TEST_F(GroupCommits, WritesOfManyThreadsAreAllThereOnceAndChained) {
  constexpr int kThreads = 16;
  constexpr int kEach = 50;
  {
    Registry registry = create();
    GroupCommit group(registry);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&group, t] {
        for (int i = 0; i < kEach; ++i) {
          const auto result = group.run(kActor, note(std::to_string(t) + "/" + std::to_string(i)));
          EXPECT_TRUE(result.kept()) << result.reason;
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
  }
  const auto found = details();
  EXPECT_EQ(found.size(), static_cast<std::size_t>(kThreads * kEach));
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), found.size());
}

/// The writing thread is kept busy by its first job until `release`, so that all others share one
/// group.
class Gate {
 public:
  GroupCommit::Job job() {
    return [this](Session& session) {
      session.record_output("first", {});
      begun_.set_value();
      opened_.get_future().wait();
    };
  }
  void wait_until_busy() { begun_.get_future().wait(); }
  void release() { opened_.set_value(); }

 private:
  std::promise<void> begun_;
  std::promise<void> opened_;
};

TEST_F(GroupCommits, JobThatFailsUndoesItselfOnly) {
  std::vector<JobResult> results;
  {
    Registry registry = create();
    Gate gate;  // outlives the thread that passes it
    GroupCommit group(registry);
    const auto keep = [&results](const JobResult& result) { results.push_back(result); };
    group.submit(kActor, gate.job(), keep);
    gate.wait_until_busy();
    group.submit(kActor, note("before"), keep);
    group.submit(
        kActor,
        [](Session& session) {
          session.record_output("half", {});
          (void)session.import_residents(residents({"1", "2"}));
          throw InputError("番号が違います");
        },
        keep);
    group.submit(
        kActor, [](Session&) { throw std::runtime_error("見本 太郎"); }, keep);
    group.submit(kActor, note("after"), keep);
    gate.release();
  }
  ASSERT_EQ(results.size(), 5U);
  EXPECT_TRUE(results[1].kept());
  EXPECT_EQ(results[2].end, JobResult::End::Refused);
  EXPECT_EQ(results[2].reason, "番号が違います");
  EXPECT_EQ(results[3].end, JobResult::End::Failed);
  EXPECT_EQ(results[3].reason.find("見本"), std::string::npos) << "a foreign text may quote a row";
  EXPECT_TRUE(results[4].kept());
  EXPECT_THAT(details(), ElementsAre("first", "before", "after"));
  Registry registry = open();
  EXPECT_EQ(session(registry).import_residents(residents({"1", "2"})).added, 2U);
}

TEST_F(GroupCommits, SessionCallThatFailsInsideAJobLeavesItsEarlierCallsToTheJob) {
  Registry registry = create();
  GroupCommit group(registry);
  const auto result = group.run(kActor, [](Session& session) {
    session.record_output("one", {});
    SessionInside::store(session).write([&] { session.record_output("two", {}); });
    try {
      SessionInside::store(session).write([&] {
        session.record_output("undone", {});
        throw Error("no");
      });
    } catch (const Error&) {
      session.record_output("three", {});
    }
  });
  EXPECT_TRUE(result.kept());
  EXPECT_THAT(details(), ElementsAre("one", "two", "three"));
}

TEST_F(GroupCommits, NoJobIsAcknowledgedWhenTheCommitFails) {
  std::vector<JobResult> results;
  const auto keep = [&results](const JobResult& result) { results.push_back(result); };
  Registry registry = create();
  {
    Gate gate;
    GroupCommit group(registry);
    group.submit(kActor, gate.job(), keep);
    gate.wait_until_busy();
    group.submit(kActor, note("a"), keep);
    group.submit(
        kActor,
        [](Session& session) {
          // What a full disk does: the database undoes everything by itself.
          SessionInside::store(session).run_script("ROLLBACK");
          throw Error("full");
        },
        keep);
    group.submit(kActor, note("b"), keep);
    gate.release();
  }
  ASSERT_EQ(results.size(), 4U);
  EXPECT_EQ(std::ranges::count_if(results, &JobResult::kept), 1);
  EXPECT_TRUE(results[0].kept()) << "committed before, in a group of its own";
  EXPECT_THAT(details(), ElementsAre("first"));
  GroupCommit again(registry);
  EXPECT_TRUE(again.run(kActor, note("later")).kept());
}

TEST_F(GroupCommits, WaitingJobsAreDoneBeforeTheEndInGroupsOfTheGivenSize) {
  int kept = 0;
  {
    Registry registry = create();
    GroupCommit group(registry, 3);
    for (int i = 0; i < 20; ++i) {
      group.submit(kActor, note(std::to_string(i)),
                   [&kept](const JobResult& result) { kept += result.kept() ? 1 : 0; });
    }
  }
  EXPECT_EQ(kept, 20);
  const auto found = details();
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(found.at(static_cast<std::size_t>(i)), std::to_string(i));
  }
}

TEST_F(GroupCommits, ActorWithoutPurposeIsRefused) {
  Registry registry = create();
  GroupCommit group(registry);
  const auto result = group.run({.name = "tester", .purpose = ""}, note("x"));
  EXPECT_EQ(result.end, JobResult::End::Refused);
  EXPECT_THAT(result.reason, HasSubstr("利用目的"));
}

TEST_F(GroupCommits, RefusedJobIsUndoneButItsRefusalStaysInTheLog) {
  {
    Registry registry = create();
    GroupCommit group(registry);
    const auto result = group.run({.name = "stranger", .purpose = "試験"}, note("x"));
    EXPECT_EQ(result.end, JobResult::End::Refused);
    EXPECT_TRUE(group.run(kActor, note("y")).kept());
  }
  const auto found = details();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_THAT(found[0], HasSubstr("refused="));
  EXPECT_EQ(found[1], "y");
}

}  // namespace
}  // namespace registry
