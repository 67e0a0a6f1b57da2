// SPDX-License-Identifier: Apache-2.0
#include "registry/group_commit.hpp"

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "database.hpp"
#include "registry/error.hpp"

namespace registry {
namespace {

constexpr const char* kUnknown = "処理の途中で予期しない誤りが起きました。何も保存していません。";

/// What `work` ends in. No exception leaves the writing thread.
template <class Work>
JobResult result_of(Work work) {
  try {
    work();
    return {JobResult::End::Kept, {}};
  } catch (const InputError& error) {
    return {JobResult::End::Refused, error.what()};
  } catch (const AccessRefused& refusal) {
    return {JobResult::End::Refused, refusal.what()};
  } catch (const Error& error) {
    return {JobResult::End::Failed, error.what()};
  } catch (...) {
    // Whatever else it says may quote a row.
    return {JobResult::End::Failed, kUnknown};
  }
}

}  // namespace

/// A job that was refused undid itself; that it was asked for stays.
void Database::keep_refusals() {
  for (const auto& [actor, note] : std::exchange(refusals_, {})) {
    append_audit(actor, note);
  }
}

void Database::grouped(const std::function<void()>& jobs) {
  TOMONI_EXPECT(!in_group_);
  group_lost_ = false;
  refusals_.clear();
  translated([&] {
    Transaction whole(*this);
    in_group_ = true;
    try {
      jobs();
      if (!group_lost_) {
        keep_refusals();
      }
    } catch (...) {
      in_group_ = false;
      throw;
    }
    in_group_ = false;
    if (std::exchange(group_lost_, false)) {
      throw Error(
          "記憶装置かメモリーが足りず、まとめて保存できませんでした。何も保存していません。もう一度"
          "実行してください。");
    }
    whole.commit();
  });
}

class GroupCommit::Writer {
 public:
  Writer(const Writer&) = delete;
  Writer(Writer&&) = delete;
  Writer& operator=(const Writer&) = delete;
  Writer& operator=(Writer&&) = delete;
  Writer(Registry& registry, std::size_t largest)
      : registry_(registry), largest_(largest), thread_([this] { work(); }) {}

  ~Writer() {
    {
      const std::scoped_lock lock(mutex_);
      ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void submit(Actor actor, Job job, Done done) {
    {
      const std::scoped_lock lock(mutex_);
      waiting_.push_back({std::move(actor), std::move(job), std::move(done), {}});
    }
    wake_.notify_one();
  }

 private:
  struct Entry {
    Actor actor;
    Job job;
    Done done;
    JobResult result;
  };

  /// The jobs of the next group; empty at the end.
  std::vector<Entry> next() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (waiting_.size() <= largest_) {
      return std::exchange(waiting_, {});
    }
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(largest_);
    std::vector<Entry> group(std::make_move_iterator(waiting_.begin()),
                             std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return group;
  }

  void do_job(Entry& entry) {
    entry.result = result_of([&] {
      Session session = registry_.session(entry.actor);
      SessionInside::store(session).write([&] { entry.job(session); });
    });
  }

  void do_group(std::vector<Entry>& group) {
    const JobResult whole = result_of([&] {
      SessionInside::store(registry_).grouped([&] {
        for (Entry& entry : group) {
          do_job(entry);
        }
      });
    });
    for (Entry& entry : group) {
      entry.done(whole.kept() || !entry.result.kept() ? std::as_const(entry.result) : whole);
    }
  }

  void work() {
    for (auto group = next(); !group.empty(); group = next()) {
      do_group(group);
    }
  }

  Registry& registry_;
  std::size_t largest_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Entry> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

GroupCommit::GroupCommit(Registry& registry, std::size_t largest_group)
    : writer_(std::make_unique<Writer>(registry, largest_group)) {}

GroupCommit::~GroupCommit() = default;

void GroupCommit::submit(Actor actor, Job job, Done done) {
  writer_->submit(std::move(actor), std::move(job), std::move(done));
}

JobResult GroupCommit::run(Actor actor, Job job) {
  std::promise<JobResult> answer;
  submit(std::move(actor), std::move(job),
         [&answer](const JobResult& result) { answer.set_value(result); });
  return answer.get_future().get();
}

}  // namespace registry
