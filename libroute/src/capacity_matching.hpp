// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace route {

/// Largest matching of people to supporters, each of whom takes several, by augmenting paths
/// (Kuhn). A person who is matched stays matched when more is asked for, so asking everybody
/// once, then everybody a second time, serves as many as possible in both rounds.
class CapacityMatching {
 public:
  explicit CapacityMatching(std::vector<std::uint32_t> capacity);

  /// One more supporter for the person, none of them twice; false when there is none.
  bool add(std::uint32_t person, const std::vector<std::vector<std::uint32_t>>& supporters_of);

  [[nodiscard]] bool matched(std::uint32_t person, std::uint32_t supporter) const;

 private:
  bool find(std::uint32_t person, const std::vector<std::vector<std::uint32_t>>& supporters_of);

  std::vector<std::uint32_t> capacity_;
  std::vector<std::vector<std::uint32_t>> people_of_;  // by supporter
  std::vector<std::uint32_t> seen_;                    // by supporter: in which search
  std::uint32_t search_ = 0;
};

}  // namespace route
