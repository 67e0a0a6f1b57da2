// SPDX-License-Identifier: Apache-2.0
#include "chain_neighbours.hpp"

#include <algorithm>
#include <utility>

namespace route {
namespace {

constexpr std::size_t kNeighbours = 40;
constexpr std::size_t kCandidates = 2'000;  // looked at for each person; keeps large towns quick
constexpr std::size_t kLandmarks = 12;      // supporters from whom people are seen

using Views = std::vector<ChainSeconds>;  // from every landmark

Views views_of(const ChainModel& model, Person person) {
  Views views;
  views.reserve(model.shelters + kLandmarks + 1);
  for (std::uint32_t shelter = 0; shelter < model.shelters; ++shelter) {
    views.push_back(model.from(shelter, person));
  }
  const std::size_t step = std::max<std::size_t>(1, model.supporters / kLandmarks);
  for (std::size_t helper = 0; helper < model.supporters; helper += step) {
    views.push_back(model.to(static_cast<Helper>(helper), person));
  }
  return views;
}

ChainSeconds distance(const Views& a, const Views& b) {
  ChainSeconds distance = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] < kNeverInChain && b[i] < kNeverInChain) {
      distance = std::max(distance, std::max(a[i], b[i]) - std::min(a[i], b[i]));
    }
  }
  return distance;
}

}  // namespace

std::vector<std::vector<Person>> find_neighbours(const ChainModel& model,
                                                 const std::vector<Person>& people) {
  std::vector<Views> views(model.people);
  for (const Person person : people) {
    views[person] = views_of(model, person);
  }
  std::vector<std::vector<Person>> neighbours(model.people);
  const std::size_t stride = people.size() / kCandidates + 1;
  std::vector<std::pair<ChainSeconds, Person>> near;
  for (const Person person : people) {
    near.assign(1, {-1, person});
    for (std::size_t i = person % stride; i < people.size(); i += stride) {
      if (people[i] != person) {
        near.emplace_back(distance(views[person], views[people[i]]), people[i]);
      }
    }
    const std::size_t count = std::min(near.size(), kNeighbours);
    std::ranges::partial_sort(near, near.begin() + static_cast<std::ptrdiff_t>(count));
    neighbours[person].reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      neighbours[person].push_back(near[i].second);
    }
  }
  return neighbours;
}

}  // namespace route
