// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "route/supporter_chain.hpp"

namespace bench {

struct ChainRun {
  std::string file;          ///< an instance file, or `c300`, `c1000`, `c300tight`
  std::string solution_out;  ///< empty: none
  std::string instance_out;  ///< the instance as a file; empty: none
  std::uint64_t seed = 1;
  std::optional<std::uint64_t> iterations;  ///< without: by the size of the instance
};

/// What cities do without a planner: each person, in list order, calls the nearest supporter, who
/// fetches them one after the other.
struct NearestPractice {
  std::size_t late = 0;  ///< after the deadline
  route::ChainSeconds last = 0;
  std::size_t most_people = 0;  ///< of one supporter
};
[[nodiscard]] NearestPractice nearest_practice(const route::ChainProblem& problem);

/// Solves the instance, beside it nearest supporter and list scheduling; prints one JSON document.
int run_chain(const ChainRun& run, std::ostream& out);
int run_chain(const std::string& file, const std::string& solution_out, std::ostream& out);

}  // namespace bench
