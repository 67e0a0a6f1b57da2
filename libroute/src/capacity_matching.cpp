// SPDX-License-Identifier: Apache-2.0
#include "capacity_matching.hpp"

#include <algorithm>
#include <utility>

namespace route {

CapacityMatching::CapacityMatching(std::vector<std::uint32_t> capacity)
    : capacity_(std::move(capacity)), people_of_(capacity_.size()), seen_(capacity_.size(), 0) {}

bool CapacityMatching::add(std::uint32_t person,
                           const std::vector<std::vector<std::uint32_t>>& supporters_of) {
  ++search_;
  return find(person, supporters_of);
}

bool CapacityMatching::matched(std::uint32_t person, std::uint32_t supporter) const {
  return std::ranges::find(people_of_[supporter], person) != people_of_[supporter].end();
}

/// Depth first. The path may lead through a supporter only once, and to a supporter the person
/// has already it would lead nowhere.
bool CapacityMatching::find(std::uint32_t person,
                            const std::vector<std::vector<std::uint32_t>>& supporters_of) {
  for (const std::uint32_t supporter : supporters_of[person]) {
    if (seen_[supporter] == search_ || matched(person, supporter)) {
      continue;
    }
    seen_[supporter] = search_;
    std::vector<std::uint32_t>& people = people_of_[supporter];
    if (people.size() < capacity_[supporter]) {
      people.push_back(person);
      return true;
    }
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (find(people[i], supporters_of)) {
        people_of_[supporter][i] = person;
        return true;
      }
    }
  }
  return false;
}

}  // namespace route
