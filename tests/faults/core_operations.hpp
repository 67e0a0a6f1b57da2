// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "registry/registry.hpp"

namespace faults {

/// Something people do with a store. `run` says what it showed.
struct Operation {
  std::string name;
  std::function<std::string(registry::Registry&)> run;
};

/// Import, eligibility, lists, one person, plans, an audit row, a group: each can be repeated and
/// then shows and adds the same again.
[[nodiscard]] std::vector<Operation> core_operations();

/// Fills a new store with what the operations work on.
void prepare(registry::Registry& registry);

/// Rows of each table.
[[nodiscard]] std::vector<long long> row_counts(registry::Registry& registry);

/// Runs every operation again and again, each time with one more step before `fail(n)` makes it
/// fail, until it succeeds without having met the failure. It must leave all of it or nothing, and
/// must never show anything else than it shows when nothing fails. `end` stops the failing and says
/// whether it had come. The number of failures.
struct Exhaustion {
  std::function<void(int n)> fail;
  std::function<bool()> end;
  int stride = 1;  ///< of n
};
int exhaust(registry::Registry& registry, const Operation& operation, const Exhaustion& exhaustion);

}  // namespace faults
