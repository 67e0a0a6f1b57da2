// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace bench {

/// Exit codes of the program.
constexpr int kDone = 0;
constexpr int kFailed = 1;  // a wrong answer, or a run that could not go on
constexpr int kWrongUse = 2;
constexpr int kBadInput = 3;

struct ModeRequest {
  std::filesystem::path file;      ///< empty: the mode's invented instances
  std::filesystem::path solution;  ///< empty: not written
  std::filesystem::path instance;  ///< chains: where to write the instance; empty: not written
  std::uint32_t seed = 1;
  std::optional<std::uint64_t> iterations = {};  ///< chains: of the search; else by its size
  bool worst_first = false;
  bool quick = false;  ///< little of everything: shows that it runs
};

// One function per mode: reads, computes, checks, prints one JSON document; returns an exit code.
// main.cpp holds the table of them.

/// Shelter assignment.
int run_assign(const ModeRequest& request);

/// The whole plan run over a road file, with invented people.
int run_plan(const ModeRequest& request);

/// Chains of supporters.
int run_chain(const ModeRequest& request);

}  // namespace bench
