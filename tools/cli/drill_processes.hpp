// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace cli {

/// Whether `mpirun` has started this process as one of several.
[[nodiscard]] bool is_one_of_many_processes();

/// Goes on as `tomoni-drill-mpi`, which stands beside this program and shares the runs out. Does
/// not return. Throws `registry::InputError` where it was not built.
[[noreturn]] void go_on_as_one_of_many(const std::vector<std::string>& arguments);

}  // namespace cli
