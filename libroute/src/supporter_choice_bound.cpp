// SPDX-License-Identifier: Apache-2.0
#include "supporter_choice_bound.hpp"

#include "capacity_matching.hpp"

namespace route {
namespace {

/// How many of the people find somebody, `rounds` times each, among candidates that count.
template <class Counts>
std::int64_t most_matched(const SupportChoiceProblem& problem, std::size_t rounds, Counts counts) {
  std::vector<std::vector<std::uint32_t>> supporters(problem.people);
  for (const SupportCandidate& candidate : problem.candidates) {
    if (counts(candidate)) {
      supporters[candidate.person].push_back(candidate.supporter);
    }
  }
  CapacityMatching matching(problem.most_people);
  std::int64_t matched = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    for (std::uint32_t person = 0; person < problem.people; ++person) {
      matched += matching.add(person, supporters) ? 1 : 0;
    }
  }
  return matched;
}

}  // namespace

SupportChoiceValue support_choice_bound(const SupportChoiceProblem& problem) {
  const auto people = static_cast<std::int64_t>(problem.people);
  const auto anybody = [](const SupportCandidate& /*candidate*/) { return true; };
  SupportChoiceValue bound;
  bound.alone = people - most_matched(problem, 1, anybody);
  bound.missing = people * static_cast<std::int64_t>(problem.wanted) -
                  most_matched(problem, problem.wanted, anybody);
  for (std::size_t time = 0; time < kTimesOfDay; ++time) {
    bound.uncovered += people - most_matched(problem, 1, [time](const SupportCandidate& c) {
                         return c.absent[time] < 1;
                       });
  }
  return bound;
}

}  // namespace route
