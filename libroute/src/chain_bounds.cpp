// SPDX-License-Identifier: Apache-2.0
#include "chain_bounds.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

#include "route/min_cost_flow.hpp"

// Every helper's time from `ready` to the limit must hold the work of his or her people: the way to
// the person and the service. The way is at least the shortest from any start or any shelter. Each
// helper starts from home only once: with f_i the work of person i coming from the nearest shelter,
// all work is at least sum f_i minus the most that a matching of helpers to first people can save.

namespace route {
namespace {

struct Load {
  ChainSeconds work = 0;      ///< of all helpers of the person together, at least
  ChainSeconds follow = 0;    ///< the same when nobody comes from home
  ChainSeconds earliest = 0;
  std::uint32_t weight = 1;
};

/// Of everybody who can be served at all.
std::vector<Load> loads_of(const ChainModel& model) {
  std::vector<Load> loads;
  for (Person person = 0; person < model.people; ++person) {
    if (model.hopeless[person]) {
      continue;
    }
    const ChainPerson& who = model.problem.people[person];
    ChainSeconds follow = kNeverInChain;
    for (std::uint32_t shelter = 0; shelter < model.shelters; ++shelter) {
      follow = std::min(follow, model.from(shelter, person));
    }
    ChainSeconds travel = follow;
    std::uint32_t most_hands = 1;
    for (const Helper helper : model.eligible[person]) {
      travel = std::min(travel, model.to(helper, person));
      most_hands = std::max(most_hands, model.problem.supporters[helper].hands);
    }
    const auto members = static_cast<ChainSeconds>((who.hands + most_hands - 1) / most_hands);
    loads.push_back({.work = members * (travel + model.service[person]),
                     .follow = members * (follow + model.service[person]),
                     .earliest = model.earliest[person],
                     .weight = who.weight});
  }
  return loads;
}

/// Time all helpers together have until then.
ChainSeconds time_until(const ChainModel& model, ChainSeconds limit) {
  ChainSeconds time = 0;
  for (const ChainSupporter& supporter : model.problem.supporters) {
    const ChainSeconds span = std::min(limit, supporter.retreat) - supporter.ready;
    time = std::min(kNeverInChain, time + std::max<ChainSeconds>(0, span));
  }
  return time;
}

ChainSeconds first_limit_with(const ChainModel& model, ChainSeconds work) {
  ChainSeconds low = 0;
  ChainSeconds high = kNeverInChain;
  while (low < high) {
    const ChainSeconds middle = low + (high - low) / 2;
    if (time_until(model, middle) >= work) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/// What starting from home saves at most: a matching of helpers to first people.
ChainSeconds most_saved(const ChainModel& model) {
  const std::size_t source = model.supporters + model.people;
  MinCostFlow flow(source + 2);
  ChainSeconds most = 0;
  std::vector<std::pair<std::pair<Helper, Person>, ChainSeconds>> savings;
  for (Person person = 0; person < model.people; ++person) {
    ChainSeconds follow = kNeverInChain;
    for (std::uint32_t shelter = 0; shelter < model.shelters; ++shelter) {
      follow = std::min(follow, model.from(shelter, person));
    }
    for (const Helper helper : model.eligible[person]) {
      const ChainSeconds saved = follow - model.to(helper, person);
      if (saved > 0 && !model.hopeless[person]) {
        savings.push_back({{helper, person}, saved});
        most = std::max(most, saved);
      }
    }
    flow.add_arc(model.supporters + person, source + 1, 1, 0);
  }
  for (const auto& [pair, saved] : savings) {
    flow.add_arc(pair.first, model.supporters + pair.second, 1, most - saved);
  }
  for (Helper helper = 0; helper < model.supporters; ++helper) {
    flow.add_arc(source, helper, 1, 0);
    flow.add_arc(helper, source + 1, 1, most);  // nobody, nothing saved
  }
  const auto supporters = static_cast<std::int64_t>(model.supporters);
  return supporters * most - flow.solve(source, source + 1, supporters).cost;
}

/// Sum without the `dropped` largest.
ChainSeconds smallest_sum(std::vector<ChainSeconds> values, std::size_t dropped) {
  std::ranges::sort(values, std::greater<>());
  return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(dropped), values.end(),
                         ChainSeconds{0});
}

template <class Part>
std::vector<ChainSeconds> parts(const std::vector<Load>& loads, Part part) {
  std::vector<ChainSeconds> values(loads.size());
  std::ranges::transform(loads, values.begin(), part);
  return values;
}

/// Last arrival that total work and time allow.
ChainSeconds work_bound(const ChainModel& model, const std::vector<Load>& loads,
                        std::size_t dropped, ChainSeconds at_least) {
  ChainSeconds work = smallest_sum(parts(loads, &Load::work), dropped);
  const ChainSeconds follow = smallest_sum(parts(loads, &Load::follow), dropped);
  // The matching is dear: only where it could say more than is known already.
  if (model.everybody_alone && follow < kNeverInChain &&
      first_limit_with(model, follow) > at_least) {
    work = std::max(work, follow - most_saved(model));
  }
  return first_limit_with(model, work);
}

/// Shortest work first on helpers who all start at once and lose nothing on the way.
ChainSeconds sum_bound(const ChainModel& model, const std::vector<Load>& loads,
                       std::size_t dropped) {
  const ChainSeconds alone = smallest_sum(parts(loads, &Load::earliest), dropped);
  std::vector<ChainSeconds> works = parts(loads, &Load::work);
  std::ranges::sort(works);
  works.resize(works.size() - dropped);
  std::ranges::reverse(works);
  ChainSeconds ready = kNeverInChain;
  for (const ChainSupporter& supporter : model.problem.supporters) {
    ready = std::min(ready, supporter.ready);
  }
  ChainSeconds queued = works.empty() ? 0 : ready * static_cast<ChainSeconds>(works.size());
  for (std::size_t rank = 0; rank < works.size(); ++rank) {
    queued += works[rank] * static_cast<ChainSeconds>(rank / model.supporters + 1);
  }
  return model.everybody_alone ? std::max(alone, queued) : alone;
}

}  // namespace

std::uint64_t unserved_bound(const ChainModel& model) {
  std::uint64_t hopeless = 0;
  ChainSeconds latest = 0;
  for (Person person = 0; person < model.people; ++person) {
    if (model.hopeless[person]) {
      hopeless += model.problem.people[person].weight;
    } else {
      latest = std::max(latest, model.deadline[person]);
    }
  }
  // The heaviest per second first, the last one in part: at least as good as any plan.
  std::vector<Load> loads = loads_of(model);
  std::ranges::sort(loads, [](const Load& a, const Load& b) {
    return a.work * static_cast<ChainSeconds>(b.weight) <
           b.work * static_cast<ChainSeconds>(a.weight);
  });
  ChainSeconds time = time_until(model, latest);
  std::uint64_t left = 0;
  for (const Load& load : loads) {
    if (load.work <= time) {
      time -= load.work;
      continue;
    }
    const auto served = static_cast<std::uint64_t>(time * static_cast<ChainSeconds>(load.weight) /
                                                   load.work);
    left += load.weight - served;
    time = 0;
  }
  return hopeless + left;
}

ChainValue chain_bound(const ChainModel& model, std::uint64_t unserved_weight) {
  ChainValue bound;
  bound.unserved = unserved_bound(model);
  const std::vector<Load> loads = loads_of(model);
  std::uint64_t hopeless = 0;
  std::uint64_t lightest = std::numeric_limits<std::uint32_t>::max();
  std::uint64_t always_late = 0;
  for (Person person = 0; person < model.people; ++person) {
    const ChainPerson& who = model.problem.people[person];
    if (model.hopeless[person]) {
      hopeless += who.weight;
    } else {
      lightest = std::min<std::uint64_t>(lightest, who.weight);
      always_late += model.earliest[person] > who.deadline ? 1U : 0U;
    }
  }
  const std::size_t dropped =
      std::min<std::size_t>(loads.size(), (unserved_weight - hopeless) / lightest);
  if (dropped == loads.size()) {
    return bound;
  }
  bound.late = always_late - std::min<std::uint64_t>(always_late, dropped);
  std::vector<ChainSeconds> earliest = parts(loads, &Load::earliest);
  std::ranges::sort(earliest, std::greater<>());
  bound.last = earliest[dropped];
  bound.last = std::max(bound.last, work_bound(model, loads, dropped, bound.last));
  bound.sum = sum_bound(model, loads, dropped);
  return bound;
}

}  // namespace route
