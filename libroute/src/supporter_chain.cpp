// SPDX-License-Identifier: Apache-2.0
#include "route/supporter_chain.hpp"

#include <algorithm>
#include <numeric>

#include "chain_bounds.hpp"
#include "chain_description.hpp"
#include "chain_search.hpp"

// In the order of what is minimised: fewest left behind, fewest late, then the last arrival as a
// question of packing: can everybody be delivered by T? First for T at the bound itself, because
// the last arrival is often simply that of the farthest person; else step by step towards it. What
// is left of the iterations goes into the sum.

namespace route {
namespace {

/// Three orders of list scheduling: as given, the longest work first, the most pressing first.
void construct(const ChainModel& model, ChainSearch& search) {
  std::vector<Person> order(model.people);
  std::iota(order.begin(), order.end(), 0U);
  search.schedule(order);
  std::ranges::stable_sort(order, std::greater<>(), [&](Person p) { return model.service[p]; });
  search.schedule(order);
  std::ranges::stable_sort(order, {}, [&](Person p) { return model.deadline[p]; });
  search.schedule(order);
}

constexpr ChainSeconds kSteps = 4;  // part of what could still be gained that one step asks for

void shorten(const ChainBounds& bounds, ChainSearch& search, std::uint64_t iterations) {
  ChainSeconds impossible = bounds.of(search.best_value().unserved).last - 1;
  const std::uint64_t end = search.iterations_used() + iterations;
  const auto left = [&] { return end - std::min(end, search.iterations_used()); };
  if (search.best_value().last > impossible + 1 &&
      search.pack(impossible + 1, search.best_value().unserved, left() / 3)) {
    return;
  }
  ++impossible;
  while (left() > 0 && search.best_value().last > impossible + 1) {
    const ChainSeconds last = search.best_value().last;
    const ChainSeconds middle = last - std::max<ChainSeconds>(1, (last - impossible) / kSteps);
    if (!search.pack(middle, search.best_value().unserved, left() / 3 + 1)) {
      impossible = middle;  // not proven, but not found either
    }
  }
}

void improve(const ChainModel& model, const ChainBounds& bounds, ChainSearch& search,
             std::uint64_t iterations) {
  const auto left = [&] { return iterations - std::min(iterations, search.iterations_used()); };
  const std::uint64_t least = bounds.unserved();
  if (search.best_value().unserved > least) {
    search.pack(kNeverInChain, least, left() * 3 / 4);
  }
  const bool soft = model.problem.deadlines == ChainDeadlines::Soft;
  if (soft && search.best_value().late > 0) {
    search.polish(kNeverInChain, left() / 3);
  }
  if (soft) {
    search.fix_deadlines();
  }
  shorten(bounds, search, left() * 3 / 4);
  search.polish(search.best_value().last, left());
}

}  // namespace

double ChainPlan::gap() const {
  const auto bound = static_cast<double>(lower_bound.last);
  return bound <= 0 ? 0 : (static_cast<double>(value.last) - bound) / bound;
}

ChainPlan chain_supporters(const ChainProblem& problem, const ChainOptions& options) {
  const ChainModel model(problem);
  const ChainBounds bounds(model);
  ChainSearch search(model, options.seed);
  construct(model, search);
  if (options.iterations > 0) {
    improve(model, bounds, search, options.iterations);
  }
  return describe(model, bounds, search.best());
}

}  // namespace route
