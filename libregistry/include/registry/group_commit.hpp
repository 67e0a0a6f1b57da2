// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "registry/registry.hpp"

namespace registry {

/// How a job of a group ended.
struct JobResult {
  enum class End : std::uint8_t {
    Kept,     ///< durable: its changes and audit rows are on the device
    Refused,  ///< not permitted, or what it was given is at fault; nothing of it is kept
    Failed    ///< it could not be done; nothing of it is kept
  };
  End end = End::Failed;
  std::string reason;  ///< text of the error, empty for `Kept`

  [[nodiscard]] bool kept() const { return end == End::Kept; }
};

/// Small writes of many threads share commits: one thread does the jobs that wait, each in a
/// savepoint inside one transaction, and answers after its commit. A job that throws undoes itself
/// only; when the transaction fails, every job of it does. After a device failed once, no job is
/// answered with `Kept` any more: the store must be reopened.
class GroupCommit {
 public:
  /// Any calls of a session that write; nothing else of the registry may be used in it.
  using Job = std::function<void(Session&)>;
  /// Called once per job by the writing thread, which waits meanwhile.
  using Done = std::function<void(const JobResult&)>;

  /// From here on `registry` belongs to the writing thread; readers open the store beside it. At
  /// most `largest_group` jobs share a commit.
  explicit GroupCommit(Registry& registry, std::size_t largest_group = 256);
  /// Does the jobs that still wait.
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit(GroupCommit&&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;
  GroupCommit& operator=(GroupCommit&&) = delete;

  /// Hands in a job and returns at once.
  void submit(Actor actor, Job job, Done done);
  /// Hands in a job and waits for its end; not from within a job.
  [[nodiscard]] JobResult run(Actor actor, Job job);

 private:
  class Writer;
  std::unique_ptr<Writer> writer_;
};

}  // namespace registry
