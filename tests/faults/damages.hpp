// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace faults {

/// The files of a store: the database and, where it was not closed, its log.
struct StoreBytes {
  std::string store;
  std::string log;
};

/// What a damage can be made of: the store, the same at an earlier time, and another city's.
struct Stores {
  StoreBytes now;
  StoreBytes earlier;
  StoreBytes other;
};

/// One way in which disks, people and programs spoil files.
struct Damage {
  std::string name;
  std::function<StoreBytes(const Stores&)> make;
};

/// Fifty and more of them.
[[nodiscard]] std::vector<Damage> damages();

}  // namespace faults
