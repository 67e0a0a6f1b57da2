// SPDX-License-Identifier: Apache-2.0
#include "route/supporter_choice.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "capacity_matching.hpp"
#include "route/error.hpp"
#include "search_random.hpp"
#include "supporter_choice_bound.hpp"

// The value is a sum over people, so a change is judged by the people it touches. One iteration
// takes the supporters of a few people away, then gives to these in random order the candidate that
// helps each most, while it helps; a result at least as good is kept.

namespace route {
namespace {

constexpr double kMillion = 1e6;
constexpr std::size_t kRuined = 6;
constexpr double kBlink = 0.1;
constexpr double kWildBlink = 0.5;  // in one iteration of ten

using Supporters = std::vector<std::vector<std::uint32_t>>;  // by person

SupportChoiceValue& operator+=(SupportChoiceValue& a, const SupportChoiceValue& b) {
  a.alone += b.alone;
  a.uncovered += b.uncovered;
  a.missing += b.missing;
  a.extra += b.extra;
  a.unfit += b.unfit;
  a.exposed += b.exposed;
  a.absence += b.absence;
  a.unlinked += b.unlinked;
  a.travel += b.travel;
  return a;
}

class ChoiceSearch {
 public:
  ChoiceSearch(const SupportChoiceProblem& problem, std::uint64_t seed)
      : problem_(problem),
        random_(seed),
        of_person_(problem.people),
        free_(problem.most_people),
        chosen_(problem.people),
        sharing_(problem.most_people.size()) {
    for (std::uint32_t i = 0; i < problem.candidates.size(); ++i) {
      const SupportCandidate& candidate = problem.candidates[i];
      TOMONI_EXPECT(candidate.person < problem.people);
      TOMONI_EXPECT(candidate.supporter < problem.most_people.size());
      of_person_[candidate.person].push_back(i);
      sharing_[candidate.supporter].push_back(candidate.person);
    }
    start();
  }

  void improve(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations && !of_person_.empty(); ++i) {
      const std::vector<std::uint32_t> people = some_people();
      SupportChoiceValue before;
      std::vector<std::vector<std::uint32_t>> old;
      old.reserve(people.size());
      for (const std::uint32_t person : people) {
        before += value_of(person);
        old.push_back(chosen_[person]);
        clear(person);
      }
      SupportChoiceValue after;
      const double blink = random_.chance(0.1) ? kWildBlink : kBlink;
      for (const std::uint32_t person : people) {
        fill(person, blink);
        after += value_of(person);
      }
      if (after > before) {
        for (const std::uint32_t person : people) {
          clear(person);
        }
        for (std::size_t k = 0; k < people.size(); ++k) {
          std::ranges::for_each(old[k], [&](std::uint32_t c) { choose(c); });
        }
      }
    }
  }

  [[nodiscard]] SupportChoice result();

 private:
  [[nodiscard]] const SupportCandidate& candidate(std::uint32_t index) const {
    return problem_.candidates[index];
  }

  void choose(std::uint32_t index) {
    --free_[candidate(index).supporter];
    chosen_[candidate(index).person].push_back(index);
  }

  void clear(std::uint32_t person) {
    for (const std::uint32_t index : chosen_[person]) {
      ++free_[candidate(index).supporter];
    }
    chosen_[person].clear();
  }

  /// As many people as possible with one supporter, then as many with the second, and so on.
  void start() {
    Supporters supporters(problem_.people);
    for (std::uint32_t person = 0; person < problem_.people; ++person) {
      for (const std::uint32_t index : of_person_[person]) {
        supporters[person].push_back(candidate(index).supporter);
      }
    }
    CapacityMatching matching(problem_.most_people);
    for (std::size_t round = 0; round < problem_.wanted; ++round) {
      for (std::uint32_t person = 0; person < problem_.people; ++person) {
        matching.add(person, supporters);
      }
    }
    for (std::uint32_t person = 0; person < problem_.people; ++person) {
      for (const std::uint32_t index : of_person_[person]) {
        if (matching.matched(person, candidate(index).supporter) && !has(person, index)) {
          choose(index);
        }
      }
    }
    for (std::uint32_t person = 0; person < problem_.people; ++person) {
      fill(person, 0);
    }
  }

  /// The supporter is chosen for the person already, perhaps as another candidate.
  [[nodiscard]] bool has(std::uint32_t person, std::uint32_t index) const {
    return std::ranges::any_of(chosen_[person], [&](std::uint32_t other) {
      return candidate(other).supporter == candidate(index).supporter;
    });
  }

  /// Adds whoever helps most, as long as somebody is wanted or covers one more time of day.
  void fill(std::uint32_t person, double blink) {
    for (bool more = true; more;) {
      more = false;
      SupportChoiceValue best = value_of(person);
      std::uint32_t best_index = 0;
      for (const std::uint32_t index : of_person_[person]) {
        if (free_[candidate(index).supporter] == 0 || has(person, index) ||
            (blink > 0 && random_.chance(blink))) {
          continue;
        }
        chosen_[person].push_back(index);
        const SupportChoiceValue with = value_of(person);
        chosen_[person].pop_back();
        if (with < best) {
          best = with;
          best_index = index;
          more = true;
        }
      }
      if (more) {
        choose(best_index);
      }
    }
  }

  /// One at random, and people who share supporters with those already picked.
  [[nodiscard]] std::vector<std::uint32_t> some_people() {
    std::vector<std::uint32_t> people = {
        static_cast<std::uint32_t>(random_.below(problem_.people))};
    const std::size_t wanted = 1 + random_.below(kRuined);
    for (std::size_t tries = 0; tries < 2 * kRuined && people.size() < wanted; ++tries) {
      const std::uint32_t from = people[random_.below(people.size())];
      if (of_person_[from].empty()) {
        break;
      }
      const std::uint32_t index = of_person_[from][random_.below(of_person_[from].size())];
      const auto& sharing = sharing_[candidate(index).supporter];
      const std::uint32_t next = sharing[random_.below(sharing.size())];
      if (std::ranges::find(people, next) == people.end()) {
        people.push_back(next);
      }
    }
    random_.shuffle(people);
    return people;
  }

  [[nodiscard]] ByTimeOfDay<double> absence_of(std::uint32_t person) const {
    ByTimeOfDay<double> absence;
    absence.fill(1);
    for (const std::uint32_t index : chosen_[person]) {
      for (std::size_t time = 0; time < kTimesOfDay; ++time) {
        absence[time] *= candidate(index).absent[time];
      }
    }
    return absence;
  }

  [[nodiscard]] bool is_covered(std::uint32_t person, std::size_t time) const {
    return std::ranges::any_of(
        chosen_[person], [&](std::uint32_t index) { return candidate(index).absent[time] < 1; });
  }

  [[nodiscard]] SupportChoiceValue value_of(std::uint32_t person) const {
    const std::vector<std::uint32_t>& chosen = chosen_[person];
    SupportChoiceValue value;
    value.alone = chosen.empty() ? 1 : 0;
    const auto beyond =
        static_cast<std::int64_t>(chosen.size()) - static_cast<std::int64_t>(problem_.wanted);
    value.missing = std::max<std::int64_t>(0, -beyond);
    value.extra = std::max<std::int64_t>(0, beyond);
    const ByTimeOfDay<double> absence = absence_of(person);
    for (std::size_t time = 0; time < kTimesOfDay; ++time) {
      value.uncovered += is_covered(person, time) ? 0 : 1;
      value.absence += std::llround(absence[time] * kMillion);
    }
    value.exposed = !chosen.empty() && std::ranges::all_of(chosen, [this](std::uint32_t index) {
      return candidate(index).in_hazard_zone;
    });
    for (const std::uint32_t index : chosen) {
      value.unfit += candidate(index).unfit;
      value.unlinked += candidate(index).linked ? 0 : 1;
      value.travel += candidate(index).travel;
    }
    return value;
  }

  const SupportChoiceProblem& problem_;
  SearchRandom random_;
  std::vector<std::vector<std::uint32_t>> of_person_;  // candidates
  std::vector<std::uint32_t> free_;                    // by supporter
  std::vector<std::vector<std::uint32_t>> chosen_;
  std::vector<std::vector<std::uint32_t>> sharing_;  // by supporter: people
};

SupportChoice ChoiceSearch::result() {
  SupportChoice result;
  result.chosen = chosen_;
  result.coverage.resize(problem_.people);
  std::vector<std::uint32_t> first_of(problem_.most_people.size(), 0);
  for (std::uint32_t person = 0; person < problem_.people; ++person) {
    result.value += value_of(person);
    const ByTimeOfDay<double> absence = absence_of(person);
    for (std::uint32_t time = 0; time < kTimesOfDay; ++time) {
      result.coverage[person][time] = 1 - absence[time];
      if (!is_covered(person, time)) {
        result.uncovered.push_back({person, time});
      }
    }
    std::vector<std::uint32_t>& chosen = result.chosen[person];
    if (chosen.empty()) {
      result.alone.push_back(person);
      continue;
    }
    // First goes who suits best, is linked, lives safely, is there most often, has the shortest
    // way.
    std::ranges::stable_sort(chosen, {}, [this](std::uint32_t index) {
      const SupportCandidate& who = candidate(index);
      const double absent = std::accumulate(who.absent.begin(), who.absent.end(), 0.0);
      return std::tuple(who.unfit, !who.linked, who.in_hazard_zone, absent, who.travel);
    });
    ++first_of[candidate(chosen.front()).supporter];
  }
  for (std::uint32_t supporter = 0; supporter < first_of.size(); ++supporter) {
    if (first_of[supporter] > 1) {
      result.double_booked.push_back(supporter);
    }
  }
  result.lower_bound = support_choice_bound(problem_);
  return result;
}

}  // namespace

SupportChoice choose_supporters(const SupportChoiceProblem& problem, const ChainOptions& options) {
  ChoiceSearch search(problem, options.seed);
  search.improve(options.iterations);
  return search.result();
}

}  // namespace route
