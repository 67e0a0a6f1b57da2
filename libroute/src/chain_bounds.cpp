// SPDX-License-Identifier: Apache-2.0
#include "chain_bounds.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "route/shelter_assignment.hpp"

// All work must fit into the helpers' time from `ready` to the limit. A person's work is the way to
// him or her and the service. Two bounds of the ways:
//   plain   the shortest from any start or shelter;
//   priced  every way begins at a helper's start, once, or at a shelter s, at most as often as
//           somebody is delivered there, n_s. The cheapest such assignment has prices v >= 0; with
//           m_i = min over places of (way + price), people K need ways of at least
//           sum_{i in K} m_i - sum_places capacity * v, whoever is in K (weak duality). So the same
//           prices also bound plans that leave people behind.

namespace route {
namespace {

constexpr std::size_t kLargestPriced = 2'000'000;  // entries of the table of ways

/// Sum without the `dropped` largest.
ChainSeconds smallest_sum(std::vector<ChainSeconds> values, std::size_t dropped) {
  std::ranges::sort(values, std::greater<>());
  return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(dropped), values.end(),
                         ChainSeconds{0});
}

}  // namespace

ChainBounds::ChainBounds(const ChainModel& model) : model_(model) {
  for (Person person = 0; person < model.people; ++person) {
    if (model.hopeless[person]) {
      hopeless_ += model.problem.people[person].weight;
    } else {
      people_.push_back(person);
    }
  }
  works_.push_back(plain_works());
  const std::size_t places = model.supporters + model.shelters;
  if (model.everybody_alone && !people_.empty() && people_.size() * places <= kLargestPriced) {
    add_priced_works();
  }
  for (const Works& works : works_) {
    unserved_ = std::max(unserved_, hopeless_ + left_behind(works));
  }
}

ChainBounds::Works ChainBounds::plain_works() const {
  Works plain;
  plain.work.reserve(people_.size());
  for (const Person person : people_) {
    ChainSeconds travel = kNeverInChain;
    for (std::uint32_t shelter = 0; shelter < model_.shelters; ++shelter) {
      travel = std::min(travel, model_.from(shelter, person));
    }
    std::uint32_t most_hands = 1;
    for (const Helper helper : model_.eligible[person]) {
      travel = std::min(travel, model_.to(helper, person));
      most_hands = std::max(most_hands, model_.problem.supporters[helper].hands);
    }
    const std::uint32_t hands = model_.problem.people[person].hands;
    const auto members = static_cast<ChainSeconds>((hands + most_hands - 1) / most_hands);
    plain.work.push_back(members * (travel + model_.service[person]));
  }
  return plain;
}

void ChainBounds::add_priced_works() {
  const std::size_t homes = model_.supporters;
  std::vector<std::uint32_t> capacity(homes + model_.shelters, 1);
  std::fill(capacity.begin() + static_cast<std::ptrdiff_t>(homes), capacity.end(), 0);
  DistanceTable ways(people_.size(), capacity.size());
  const auto weight = [](ChainSeconds seconds) {
    return seconds < kInfinity ? static_cast<Weight>(seconds) : kInfinity;
  };
  for (std::size_t i = 0; i < people_.size(); ++i) {
    for (Helper helper = 0; helper < homes; ++helper) {
      ways.at(i, helper) = weight(model_.to(helper, people_[i]));
    }
    for (std::uint32_t shelter = 0; shelter < model_.shelters; ++shelter) {
      ways.at(i, homes + shelter) = weight(model_.from(shelter, people_[i]));
    }
    ++capacity[homes + model_.problem.people[people_[i]].shelter];
  }
  const Assignment assignment = assign_shelters({ways, capacity});
  Works priced;
  for (std::size_t place = 0; place < capacity.size(); ++place) {
    priced.credit += static_cast<ChainSeconds>(capacity[place] * assignment.seat_price[place]);
  }
  priced.work.reserve(people_.size());
  for (std::size_t i = 0; i < people_.size(); ++i) {
    ChainSeconds least = kNeverInChain;
    for (std::size_t place = 0; place < capacity.size(); ++place) {
      if (ways.at(i, place) < kInfinity) {
        least = std::min(
            least, static_cast<ChainSeconds>(ways.at(i, place) + assignment.seat_price[place]));
      }
    }
    priced.work.push_back(least + model_.service[people_[i]]);
  }
  works_.push_back(std::move(priced));
}

/// Time all helpers together have until then.
ChainSeconds ChainBounds::time_until(ChainSeconds limit) const {
  ChainSeconds time = 0;
  for (const ChainSupporter& supporter : model_.problem.supporters) {
    const ChainSeconds span = std::min(limit, supporter.retreat) - supporter.ready;
    time = std::min(kNeverInChain, time + std::max<ChainSeconds>(0, span));
  }
  return time;
}

ChainSeconds ChainBounds::first_limit_with(ChainSeconds work) const {
  ChainSeconds low = 0;
  ChainSeconds high = kNeverInChain;
  while (low < high) {
    const ChainSeconds middle = low + (high - low) / 2;
    if (time_until(middle) >= work) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/// The heaviest per second first, the last one in part: at least as good as any plan.
std::uint64_t ChainBounds::left_behind(const Works& works) const {
  ChainSeconds latest = 0;
  for (const Person person : people_) {
    latest = std::max(latest, model_.deadline[person]);
  }
  const auto weight = [this](std::size_t i) {
    return static_cast<ChainSeconds>(model_.problem.people[people_[i]].weight);
  };
  std::vector<std::size_t> order(people_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return works.work[a] * weight(b) < works.work[b] * weight(a);
  });
  ChainSeconds time = std::min(kNeverInChain, time_until(latest) + works.credit);
  std::uint64_t left = 0;
  for (const std::size_t i : order) {
    const ChainSeconds work = works.work[i];
    if (work <= time) {
      time -= work;
      continue;
    }
    left += static_cast<std::uint64_t>(weight(i) - time * weight(i) / work);
    time = 0;
  }
  return left;
}

/// Shortest work first on helpers who all start at once and lose nothing on the way.
ChainSeconds ChainBounds::sum_bound(std::size_t dropped) const {
  std::vector<ChainSeconds> earliest;
  earliest.reserve(people_.size());
  for (const Person person : people_) {
    earliest.push_back(model_.earliest[person]);
  }
  const ChainSeconds alone = smallest_sum(std::move(earliest), dropped);
  if (!model_.everybody_alone) {
    return alone;
  }
  std::vector<ChainSeconds> works = works_.front().work;
  std::ranges::sort(works);
  works.resize(works.size() - dropped);
  ChainSeconds ready = kNeverInChain;
  for (const ChainSupporter& supporter : model_.problem.supporters) {
    ready = std::min(ready, supporter.ready);
  }
  ChainSeconds queued = ready * static_cast<ChainSeconds>(works.size());
  for (std::size_t rank = 0; rank < works.size(); ++rank) {
    const ChainSeconds work = works[works.size() - 1 - rank];
    queued += work * static_cast<ChainSeconds>(rank / model_.supporters + 1);
  }
  return std::max(alone, queued);
}

ChainValue ChainBounds::of(std::uint64_t unserved_weight) const {
  ChainValue bound;
  bound.unserved = unserved_;
  std::uint64_t lightest = std::numeric_limits<std::uint32_t>::max();
  std::uint64_t always_late = 0;
  std::vector<ChainSeconds> earliest;
  earliest.reserve(people_.size());
  for (const Person person : people_) {
    const ChainPerson& who = model_.problem.people[person];
    lightest = std::min<std::uint64_t>(lightest, who.weight);
    always_late += model_.earliest[person] > who.deadline ? 1U : 0U;
    earliest.push_back(model_.earliest[person]);
  }
  const std::size_t dropped =
      std::min<std::size_t>(people_.size(), (unserved_weight - hopeless_) / lightest);
  if (dropped == people_.size()) {
    return bound;
  }
  bound.late = always_late - std::min<std::uint64_t>(always_late, dropped);
  std::ranges::sort(earliest, std::greater<>());
  bound.last = earliest[dropped];
  for (const Works& works : works_) {
    bound.last =
        std::max(bound.last, first_limit_with(smallest_sum(works.work, dropped) - works.credit));
  }
  bound.sum = sum_bound(dropped);
  return bound;
}

}  // namespace route
