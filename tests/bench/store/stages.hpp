// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

#include "registry/registry.hpp"
#include "report.hpp"

namespace bench {

/// How much is measured.
struct RegistryOptions {
  std::size_t residents = 200'000;
  std::size_t care_rows = 20'000;
  std::size_t queries = 2'000;
  std::size_t listed = 12'000;
  std::size_t audit_rows = 1'000'000;
  std::size_t single_writes = 2'000;
  std::size_t group_callers = 64;
  std::size_t group_writes = 200;  ///< of each caller
  std::uint32_t seed = 7;
  std::filesystem::path folder;  ///< scratch, on the device that is measured
};

/// What a stage works on, and where it reports. Times are of the wall: writes wait for the device.
struct RegistryBench {
  const RegistryOptions& options;
  Report& report;
};

[[nodiscard]] registry::Registry create_store(const std::filesystem::path& file);
[[nodiscard]] registry::Registry open_store(const std::filesystem::path& file);
[[nodiscard]] registry::Actor bench_actor();

/// First import of everybody and of the care file, the same with one percent changed, the criteria,
/// and the most memory any of it took.
void measure_imports(const RegistryBench& bench, const std::filesystem::path& store);
void measure_search(const RegistryBench& bench, const std::filesystem::path& store);
/// The list of `listed` people for the police: consents, preview, issue, file.
void measure_list(const RegistryBench& bench, const std::filesystem::path& store);
/// Verification of a long log that is written for it.
void measure_audit(const RegistryBench& bench);
/// One durable write after the other, and the same from many callers in groups.
void measure_writes(const RegistryBench& bench);

}  // namespace bench
