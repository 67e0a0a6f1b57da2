// SPDX-License-Identifier: Apache-2.0
// Measures durable writes with their audit rows, one by one and in groups, and a backup with its
// restore; one JSON document. Usage: durable_writes FOLDER [PEOPLE]
#include <chrono>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "registry/backup.hpp"
#include "registry/group_commit.hpp"
#include "support/registry_fixture.hpp"

namespace {

namespace fs = std::filesystem;
using registry::GroupCommit;
using registry::Registry;
using registry::Session;
using registry::StoreFiles;

constexpr int kSingle = 3000;
constexpr int kCallers = 64;
constexpr int kEach = 500;
const registry::Actor kActor{.name = "bench", .purpose = "計測"};

template <class Work>
double seconds(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double single_writes(Registry& registry) {
  Session session = registry.session(kActor);
  return kSingle / seconds([&] {
           for (int i = 0; i < kSingle; ++i) {
             session.record_output("計測", {});
           }
         });
}

double grouped_writes(Registry& registry) {
  return kCallers * kEach / seconds([&] {
           GroupCommit group(registry);
           std::vector<std::thread> callers;
           for (int c = 0; c < kCallers; ++c) {
             callers.emplace_back([&group] {
               for (int i = 0; i < kEach; ++i) {
                 (void)group.run(kActor,
                                 [](Session& session) { session.record_output("計測", {}); });
               }
             });
           }
           for (std::thread& caller : callers) {
             caller.join();
           }
         });
}

void fill(Registry& registry, int people) {
  std::vector<registry::ResidentRow> rows;
  for (int i = 0; i < people; ++i) {
    rows.push_back(support::resident(std::to_string(i)));
  }
  (void)registry.session(kActor).import_residents(support::parsed(std::move(rows)));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: durable_writes FOLDER [PEOPLE]\n";
    return 2;
  }
  const fs::path folder = fs::path(argv[1]) / "durable_writes";
  const int people = argc > 2 ? std::atoi(argv[2]) : 20'000;
  fs::remove_all(folder);
  fs::create_directories(folder / "city");
  nlohmann::ordered_json result;
  {
    Registry registry =
        create_with_keys(StoreFiles::in(folder / "city"), support::test_surroundings());
    registry.appoint_first_admin("bench");
    result["single_writes_per_second"] = single_writes(registry);
    result["grouped_writes_per_second"] = grouped_writes(registry);
    result["callers"] = kCallers;
    fill(registry, people);
  }
  const auto key = registry::make_paper_key(registry::PaperKeyUse::Backup);
  result["people"] = people;
  result["backup_seconds"] = seconds([&] {
    const auto report = registry::write_backup({.folder = folder / "city",
                                                .to = folder / "backup",
                                                .readers = {key.public_key()},
                                                .actor = kActor,
                                                .surroundings = support::test_surroundings()});
    result["backup_bytes"] = report.bytes;
  });
  result["restore_seconds"] = seconds([&] {
    (void)registry::restore_backup({.from = folder / "backup",
                                    .folder = folder / "restored",
                                    .key = key,
                                    .actor = kActor,
                                    .surroundings = support::test_surroundings()});
  });
  result["rotate_data_key_seconds"] = seconds(
      [&] { registry::KeyRing::open(StoreFiles::in(folder / "restored")).rotate_data_key(); });
  std::cout << result.dump(2) << '\n';
  fs::remove_all(folder);
  return 0;
}
