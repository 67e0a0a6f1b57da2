// SPDX-License-Identifier: Apache-2.0
#include "load_moves.hpp"

#include <algorithm>
#include <set>

namespace route {
namespace {

/// Every size there is, and what two of them make together.
std::vector<std::uint32_t> loads_of(const SeatingProblem& problem) {
  std::set<std::uint32_t> sizes;
  for (const Party& party : problem.parties) {
    sizes.insert(party.seats);
  }
  sizes.erase(0);
  const std::uint32_t most = largest_load(problem);
  std::set<std::uint32_t> loads = sizes;
  for (const std::uint32_t a : sizes) {
    for (const std::uint32_t b : sizes) {
      if (a + b <= most) {
        loads.insert(a + b);
      }
    }
  }
  return {loads.begin(), loads.end()};
}

bool has_limited_need(const SeatingProblem& problem, std::size_t person) {
  const std::uint8_t need = problem.parties[person].need;
  return need > 0 && need <= problem.limited_needs();
}

}  // namespace

std::uint32_t largest_load(const SeatingProblem& problem) {
  std::uint32_t most = 4;
  for (const Party& party : problem.parties) {
    most = std::max(most, party.seats);
  }
  return most;
}

LoadMoves::LoadMoves(const HouseholdSeating& seating)
    : places_(seating.problem().shelters() + 1),
      loads_(loads_of(seating.problem())),
      load_of_(loads_.empty() ? 1 : loads_.back() + 1, loads_.size()),
      extra_(places_ * places_ * loads_.size(), kNever),
      bundle_(extra_.size()),
      few_(loads_.size() * places_) {
  for (std::size_t load = 0; load < loads_.size(); ++load) {
    load_of_[loads_[load]] = load;
  }
  for (std::size_t from = 0; from < places_; ++from) {
    refresh(seating, from);
  }
}

void LoadMoves::find_few(const HouseholdSeating& seating, std::size_t from) {
  std::ranges::fill(few_, Few{});
  for (const std::uint32_t person : seating.members(from)) {
    const std::size_t load = load_of_[seating.seats(person)];
    const Cost now = seating.cost(person, from);
    const bool limited = has_limited_need(seating.problem(), person);
    for (std::size_t to = 0; to < places_; ++to) {
      const Cost there = seating.cost(person, to);
      if (to == from || there == kNever || !seating.has_place(person, to)) {
        continue;
      }
      Few& few = few_[load * places_ + to];
      const Best best{there - now, person};
      const auto before = [&best](const Best& other) {
        return best.extra < other.extra ||
               (best.extra == other.extra && best.person < other.person);
      };
      if (before(few.alone)) {
        few.alone = best;
      }
      if (!limited && before(few.plain[0])) {
        few.plain[1] = few.plain[0];
        few.plain[0] = best;
      } else if (!limited && before(few.plain[1])) {
        few.plain[1] = best;
      }
    }
  }
}

void LoadMoves::offer(std::size_t at, Cost extra, const Bundle& bundle) {
  if (extra < extra_[at]) {
    extra_[at] = extra;
    bundle_[at] = bundle;
  }
}

void LoadMoves::refresh(const HouseholdSeating& seating, std::size_t from) {
  find_few(seating, from);
  std::fill_n(extra_.begin() + static_cast<std::ptrdiff_t>(entry(from, 0, 0)),
              loads_.size() * places_, kNever);
  for (std::size_t a = 0; a < loads_.size(); ++a) {
    for (std::size_t to = 0; to < places_; ++to) {
      const Best& alone = few_[a * places_ + to].alone;
      offer(entry(from, a, to), alone.extra, {alone.person, Bundle::kNobody});
    }
    for (std::size_t b = a; b < loads_.size() && loads_[a] + loads_[b] <= loads_.back(); ++b) {
      const std::size_t load = load_of_[loads_[a] + loads_[b]];
      for (std::size_t to = 0; to < places_; ++to) {
        const Best& one = few_[a * places_ + to].plain[0];
        const Best& other = few_[b * places_ + to].plain[a == b ? 1 : 0];
        if (one.extra < kNever && other.extra < kNever) {
          offer(entry(from, load, to), one.extra + other.extra, {one.person, other.person});
        }
      }
    }
  }
}

}  // namespace route
